//! Tells which handlers are annotated: by the registrations that name them, by the
//! attributes of their frameworks, and by their annotations.

use std::collections::HashSet;

use coexist_source::registration::RoutePath;

use super::collect::{Collected, Function, Place, Registration, ServedBy};
use super::resolve::Functions;
use super::{Item, State};

/// The handlers that were found.
pub(super) fn items(collected: &Collected) -> Vec<Item> {
    let functions = Functions::new(collected);
    let mut registered = HashSet::new();
    let mut items = Vec::new();
    for registration in &collected.registrations {
        let module = &registration.at.module;
        let named = match &registration.served_by {
            ServedBy::Named(names) => functions.find(names, module),
            ServedBy::Closure | ServedBy::Files | ServedBy::Other => None,
        };
        let route = shown(registration.method.as_deref(), &registration.path);
        if let Some(position) = named {
            registered.insert(position);
            let function = &collected.functions[position];
            let is_stated = function.is_annotated && states(function, registration);
            items.push(of_function(function, route, is_stated));
            continue;
        }
        if let ServedBy::Files = registration.served_by
            && let Some(position) = declared_files(collected, &functions, registration)
        {
            registered.insert(position);
            items.push(of_function(&collected.functions[position], route, true));
            continue;
        }
        // The annotation is the route: whatever serves it, it is the one that is meant.
        let is_annotated = annotation(&registration.path)
            .and_then(|names| functions.find(names, module))
            .is_some_and(|position| collected.functions[position].is_annotated);
        let state = if is_annotated {
            State::Annotated
        } else {
            State::NotAnnotatable {
                advice: advice(registration),
            }
        };
        items.push(item(&registration.at, route, None, state));
    }
    let others = collected.functions.iter().enumerate();
    let others = others.filter(|(position, function)| {
        let is_handler = function.is_annotated || function.stated.is_some();
        is_handler && !registered.contains(position)
    });
    items.extend(others.map(|(_, function)| {
        let route = function.stated.as_ref();
        let route = route.and_then(|(method, path)| shown(method.as_deref(), path));
        of_function(function, route, function.is_annotated)
    }));
    items
}

/// Whether the annotation of the function is for this route, as far as is known: it
/// states whole paths, a registration may stand below a prefix.
fn states(function: &Function, registration: &Registration) -> bool {
    let RoutePath::Text(path) = &registration.path else {
        return true;
    };
    let endpoints = &function.endpoints;
    endpoints.is_empty()
        || endpoints.iter().any(|(method, stated)| {
            let is_method = registration.method.as_ref().is_none_or(|own| own == method);
            is_method && (stated.ends_with(path) || path == "/")
        })
}

fn of_function(function: &Function, route: Option<String>, is_annotated: bool) -> Item {
    let state = if is_annotated {
        State::Annotated
    } else {
        State::Open { sends: None }
    };
    item(&function.at, route, Some(function.name.clone()), state)
}

fn item(at: &Place, route: Option<String>, name: Option<String>, state: State) -> Item {
    Item {
        file: at.file.clone(),
        line: at.line,
        route,
        name,
        state,
    }
}

/// The declaration of the files that this registration serves.
fn declared_files(
    collected: &Collected,
    functions: &Functions<'_>,
    registration: &Registration,
) -> Option<usize> {
    if let Some(names) = annotation(&registration.path) {
        let found = functions.find(names, &registration.at.module);
        return found.filter(|position| collected.functions[*position].is_files);
    }
    let RoutePath::Text(path) = &registration.path else {
        return None;
    };
    let path = path.trim_end_matches('/');
    collected.functions.iter().position(|function| {
        function.is_files && function.endpoints.iter().any(|(_, stated)| stated == path)
    })
}

fn advice(registration: &Registration) -> String {
    match &registration.served_by {
        ServedBy::Files => {
            let path = match &registration.path {
                RoutePath::Text(path) => path,
                RoutePath::Constant(_) | RoutePath::Unknown => "/…",
            };
            format!(
                "files: declare them with `coexist::files!(Assets = \"{path}\", since = \"…\")`"
            )
        }
        ServedBy::Closure => "a closure: make it a function with a name".to_owned(),
        ServedBy::Named(names) => {
            let name = names.join("::");
            format!("`{name}` is not a function of this workspace")
        }
        ServedBy::Other => "served by no function that is named here".to_owned(),
    }
}

/// The names on the way to the item whose `PATH` the route is.
fn annotation(path: &RoutePath) -> Option<&[String]> {
    match path {
        RoutePath::Constant(names) => match names.split_last()? {
            (last, item) if last == "PATH" && !item.is_empty() => Some(item),
            _ => None,
        },
        RoutePath::Text(_) | RoutePath::Unknown => None,
    }
}

/// `POST /imports`, as much of it as is known.
fn shown(method: Option<&str>, path: &RoutePath) -> Option<String> {
    let path = match path {
        RoutePath::Text(text) => Some(text.clone()),
        RoutePath::Constant(names) => Some(names.join("::")),
        RoutePath::Unknown => None,
    };
    let parts: Vec<&str> = method.into_iter().chain(path.as_deref()).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}
