//! What the programs of a workspace have, for those who annotate them: each route with what
//! serves it, each item that shows HTML, and what was seen beside that and is not read.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use super::annotated::Annotations;
use super::gap::{Gap, Gaps};
use super::handlers::{Found, Handlers, endpoint};
use super::pages::Pages;
use super::pages::survey::Page as ShownPage;
use super::program::conditions::Features;
use super::program::files::{Cache, Crate, Reader, SourceFile};
use super::program::index::{Function, Index};
use super::program::manifest::{Package, Target, Workspace};
use super::program::{macros, variants};
use super::requests::{self, Request};
use super::routes::{self, Handler as Serves, Route};
use super::tree::{Disk, Tree};
use super::{ScanError, htmx_of};
use crate::support::parallel::deeply;

/// What was found in a program, or in a library that no program uses.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    /// Its routes, and the handlers that are annotated.
    pub(crate) handlers: Vec<Served>,
    /// The items that show HTML.
    pub(crate) pages: Vec<ShownPage>,
    /// What was seen and not read.
    pub(crate) gaps: Vec<Gap>,
    /// Requests that scripts may send.
    pub(crate) requests: Vec<Request>,
}

/// A route, or an annotated handler that no router has which was followed.
#[derive(Clone, Debug)]
pub(crate) struct Served {
    /// The file of the function, or of the registration if there is none.
    pub(crate) file: PathBuf,
    /// The line there, from 1.
    pub(crate) line: usize,
    /// Where it is registered; `None`: nowhere, as far as is known.
    pub(crate) registered: Option<(PathBuf, usize)>,
    /// The method; `None`: every one, or it is not known.
    pub(crate) method: Option<String>,
    /// The whole path, or the expression that is not known.
    pub(crate) path: Option<Result<String, String>>,
    /// The name of the function.
    pub(crate) name: Option<String>,
    /// What serves it.
    pub(crate) by: ServedBy,
}

/// What serves a route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ServedBy {
    /// An annotation states it.
    Annotation,
    /// A function whose annotation states other routes.
    OtherAnnotation,
    /// A function that can be annotated.
    Function,
    /// A method, in a block without `#[handlers]`.
    Method,
    /// A method that a trait declares.
    TraitMethod,
    /// A closure.
    Closure,
    /// What serves files.
    Files,
    /// Something else: what it is.
    Other(String),
}

/// Surveys the programs of the workspace in this folder, and the libraries that none of them
/// names.
///
/// # Errors
///
/// If the manifests cannot be read.
pub(crate) fn survey(workspace: &Path) -> Result<Vec<Survey>, ScanError> {
    deeply(|| survey_tree(&Disk::new(workspace)))?
}

fn survey_tree(tree: &dyn Tree) -> Result<Vec<Survey>, ScanError> {
    let workspace = Workspace::read(tree).map_err(ScanError::Source)?;
    let packages = workspace.packages.values();
    // A route of a feature is a route: what is there with any of them counts.
    let features: BTreeMap<PathBuf, Features> = packages
        .clone()
        .map(|package| (package.folder.clone(), Features::open()))
        .collect();
    let programs = packages
        .clone()
        .flat_map(|package| package.programs.iter().map(move |one| (package, one)));
    let mut libraries: Vec<(&Package, &Target)> = packages
        .clone()
        .filter_map(|package| Some((package, package.library.as_ref()?)))
        .collect();
    // What others depend on is read with them.
    let is_needed = |folder: &Path| {
        packages.clone().any(|package| {
            let mut dependencies = package.dependencies.values();
            dependencies.any(|one| one.folder.as_deref() == Some(folder))
        })
    };
    libraries.sort_by_key(|(package, _)| is_needed(&package.folder));
    let mut read: HashSet<PathBuf> = HashSet::new();
    let mut surveys = Vec::new();
    for (package, target) in programs.chain(libraries) {
        if read.contains(&target.root) {
            continue;
        }
        let gaps = Gaps::default();
        let mut reader = Reader {
            workspace: &workspace,
            tree,
            cache: &Cache::default(),
            features: &features,
            gaps: &gaps,
            files: Vec::new(),
            crates: Vec::new(),
        };
        reader.program(package, target).map_err(ScanError::Source)?;
        let (files, crates) = (reader.files, reader.crates);
        read.extend(files.iter().map(|file| file.path.clone()));
        let mut survey = of_crates(tree, package, &files, &crates, &gaps);
        survey.requests = requests::find(tree, &files, &crates);
        surveys.push(survey);
    }
    Ok(surveys)
}

/// What is in the crates of a program.
fn of_crates(
    tree: &dyn Tree,
    package: &Package,
    files: &[SourceFile],
    crates: &[Crate],
    gaps: &Gaps,
) -> Survey {
    let index = Index::new(files, crates);
    let variants = variants::find(&index);
    let routes = routes::find(&index, &variants, gaps);
    let annotations = Annotations::new(&index);
    let handlers = Handlers::new(&index, gaps, &annotations, &routes);
    let found = handlers.annotated();
    let htmx = htmx_of(tree, package);
    let pages = Pages::new(&handlers, &found, &routes, &variants, tree, htmx);
    let routing = Surveyor {
        index: &index,
        annotations: &annotations,
        found: &found,
    };
    let handlers = routing.handlers(&routes);
    let pages = pages.survey();
    for gap in macros::seen(&index) {
        gaps.push(gap);
    }
    Survey {
        handlers,
        pages,
        gaps: gaps.sorted(),
        requests: Vec::new(),
    }
}

/// Tells what serves each route.
struct Surveyor<'s, 'a> {
    index: &'s Index<'a>,
    annotations: &'s Annotations<'a, 's>,
    /// The handlers that are annotated.
    found: &'s Found,
}

impl<'a> Surveyor<'_, 'a> {
    fn handlers(&self, routes: &[Route<'a>]) -> Vec<Served> {
        let mut all: Vec<Served> = routes.iter().map(|route| self.of_route(route)).collect();
        let registered: HashSet<usize> = routes
            .iter()
            .filter_map(|route| match route.handler {
                Serves::Function(position) => Some(position),
                _ => None,
            })
            .collect();
        for (position, function) in self.index.functions.iter().enumerate() {
            if registered.contains(&position) {
                continue;
            }
            let is_annotated = self.annotations.is_handler(function);
            let stated = routes::stated(self.index, function).routes;
            let stated = stated.into_iter().next();
            if !is_annotated && stated.is_none() {
                continue;
            }
            let (file, line) = self.place_of(function);
            all.push(Served {
                file,
                line,
                registered: None,
                method: stated.as_ref().map(|route| route.method.clone()),
                path: stated.map(|route| Ok(route.path)),
                name: Some(function.name.clone()),
                by: if is_annotated {
                    ServedBy::Annotation
                } else {
                    self.function(function)
                },
            });
        }
        all.extend(self.files(&all));
        all
    }

    /// The declared files that no route serves which was followed.
    fn files(&self, known: &[Served]) -> Vec<Served> {
        let declared = self.annotations.files().into_iter();
        let declared = declared.map(|(position, name, handler)| {
            let called = &self.index.macros[position];
            let mut endpoints = self.annotations.endpoints(&handler, false).into_iter();
            Served {
                file: self.index.path(called.file).to_owned(),
                line: handler.name.span().start().line,
                registered: None,
                method: Some("GET".to_owned()),
                path: endpoints
                    .next()
                    .map(|route| Ok(folder(&route.path).to_owned())),
                name: Some(name),
                by: ServedBy::Annotation,
            }
        });
        let is_known = |files: &Served| {
            let mut known = known.iter();
            known.any(|known| known.by == ServedBy::Annotation && known.path == files.path)
        };
        declared.filter(|files| !is_known(files)).collect()
    }

    fn of_route(&self, route: &Route<'a>) -> Served {
        let place = (self.index.path(route.place.0).to_owned(), route.place.1);
        let patterns = route.path.patterns(route.framework);
        let paths: Vec<String> = patterns.iter().flat_map(|one| one.all.clone()).collect();
        let function = match route.handler {
            Serves::Function(position) => Some((position, &self.index.functions[position])),
            _ => None,
        };
        let is_files = matches!(route.handler, Serves::Files);
        let has_base = patterns.as_ref().is_ok_and(|known| known.base.is_some());
        let path = match (patterns, paths.first()) {
            (Err(unknown), _) => Some(Err(unknown.0)),
            (Ok(known), Some(path)) if is_files => Some(match (folder(path), known.base) {
                ("/", Some(base)) => Err(base),
                (folder, _) => Ok(folder.to_owned()),
            }),
            (Ok(_), path) => path.cloned().map(Ok),
        };
        let (file, line) = match function {
            Some((_, function)) => self.place_of(function),
            None => place.clone(),
        };
        let by = match (function, &route.handler) {
            (Some((position, function)), _) if self.annotations.is_handler(function) => {
                let endpoints = self.found.endpoints.get(&position);
                let endpoints = endpoints.into_iter().flatten();
                let endpoints: Vec<_> = endpoints
                    .map(|(method, path)| (&**method, &**path))
                    .collect();
                let is_stated = endpoints.is_empty()
                    || paths.is_empty()
                    || paths.iter().any(|path| {
                        let method = route.method.as_deref();
                        endpoints
                            .iter()
                            .any(|stated| states(*stated, method, path, has_base))
                    });
                if is_stated {
                    ServedBy::Annotation
                } else {
                    ServedBy::OtherAnnotation
                }
            }
            (Some((_, function)), _) => self.function(function),
            // The annotation is the route: whatever serves it, it is the one that is meant.
            (None, _) if self.is_annotated(route.method.as_deref(), &paths) => ServedBy::Annotation,
            (None, Serves::Files) => ServedBy::Files,
            (None, Serves::Closure { .. }) => ServedBy::Closure,
            (None, Serves::Other(what)) => ServedBy::Other(what.clone()),
            (None, Serves::Function(_)) => ServedBy::Function,
        };
        Served {
            file,
            line,
            registered: Some(place),
            method: route.method.clone(),
            path,
            name: function.map(|(_, function)| function.name.clone()),
            by,
        }
    }

    /// Whether an annotation states one of these paths, whatever it is on.
    fn is_annotated(&self, method: Option<&str>, paths: &[String]) -> bool {
        self.found.handlers.iter().any(|handler| {
            let is_method = method.is_none_or(|method| method == handler.method);
            is_method
                && paths
                    .iter()
                    .any(|path| endpoint("", path) == endpoint("", &handler.path))
        })
    }

    /// Whether a function can be annotated that is not.
    fn function(&self, function: &Function<'_>) -> ServedBy {
        let Some(owner) = &function.owner else {
            return ServedBy::Function;
        };
        if owner.ty.is_none() || owner.implemented.is_some() {
            return ServedBy::TraitMethod;
        }
        let is_handlers = owner.attrs.iter().any(|attr| {
            let last = attr.path().segments.last();
            last.is_some_and(|last| last.ident == "handlers")
        });
        // poem-openapi states the routes of methods.
        let is_stated = !routes::stated(self.index, function).routes.is_empty();
        if is_handlers || is_stated {
            ServedBy::Function
        } else {
            ServedBy::Method
        }
    }

    fn place_of(&self, function: &Function<'_>) -> (PathBuf, usize) {
        let file = self.index.path(function.file).to_owned();
        (file, function.sig.ident.span().start().line)
    }
}

/// Whether an endpoint that an annotation states is this route, as far as is known: the annotation
/// states the whole path, and the route may stand below what is not seen.
fn states(
    (stated_method, stated): (&str, &str),
    method: Option<&str>,
    path: &str,
    has_base: bool,
) -> bool {
    let (stated, own) = (endpoint("", stated), endpoint("", path));
    let (stated, own) = (stated.trim_end_matches('/'), own.trim_end_matches('/'));
    let is_root = own.trim().is_empty();
    let is_path = if is_root {
        has_base || stated.trim().is_empty()
    } else {
        stated.ends_with(own.trim())
    };
    is_path && method.is_none_or(|method| method == stated_method)
}

/// The path below which files are: without what stands for theirs.
fn folder(path: &str) -> &str {
    match path.split_once("/{*") {
        Some(("", _)) => "/",
        Some((folder, _)) => folder,
        None => path,
    }
}
