//! Which paths the names in a file stand for, according to its `use` declarations. They are found
//! by their lines: to parse the whole file would take much longer.

use std::collections::HashMap;

use quote::quote;
use syn::{Item, ItemType, Type, UseTree};

use crate::reader::Reader;

/// How many declarations lead from a name to its path at most: `use a::b; use b::c;` has two.
const MAX_HOPS: usize = 8;

/// How many lines a declaration has at most.
const MAX_LINES: usize = 1_000;

/// How deep its braces are nested at most.
const MAX_DEPTH: usize = 16;

/// The segments of a path.
type Segments = Vec<String>;

/// The names that a file declares with `use`, in all of its modules.
#[derive(Debug, Default)]
pub struct Uses {
    /// The path of each name; `None`: the file has several.
    names: HashMap<String, Option<Segments>>,
    /// The modules of which all names are declared.
    globs: Vec<Segments>,
}

impl Uses {
    /// The declarations in a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut uses = Self::default();
        let lines: Vec<&str> = text.lines().collect();
        let mut at = 0;
        while at < lines.len() {
            let rest = &lines[at..];
            at += 1;
            match declared_by(rest[0]) {
                Some("struct" | "enum") => uses.declare_type(rest[0]),
                Some(_) => {
                    // Where it is none, a declaration may begin in the next line.
                    let Some((declaration, length)) = declaration(rest) else {
                        continue;
                    };
                    at += length - 1;
                    match syn::parse_str::<Item>(&declaration) {
                        Ok(Item::Use(item)) => uses.add(&item.tree, &[]),
                        Ok(Item::Type(item)) => uses.add_alias(&item),
                        _ => {}
                    }
                }
                None => {}
            }
        }
        uses
    }

    /// The whole path of the extractor that has this path in the file; `None` if it is not known.
    #[must_use]
    pub fn extractor(&self, path: &[String]) -> Option<Segments> {
        let path = self.resolve(within(path).to_vec())?;
        let is_known = |path: &Segments| Reader::of_extractor(path).is_some();
        if path.len() > 1 {
            return Some(path).filter(is_known);
        }
        let modules = self.globs.iter();
        let modules = modules.filter_map(|module| self.resolve(module.clone()));
        let mut found: Vec<Segments> = modules
            .map(|module| [module, path.clone()].concat())
            .filter(is_known)
            .collect();
        found.dedup();
        found.pop().filter(|_| found.is_empty())
    }

    /// The path from the crate on; `None` if the file declares the name several times.
    fn resolve(&self, mut path: Segments) -> Option<Segments> {
        for _hop in 0..MAX_HOPS {
            let Some(known) = path.first().and_then(|first| self.names.get(first)) else {
                return Some(path);
            };
            let declared = known.as_ref()?;
            let is_itself = declared.first() == path.first();
            path = [&declared[..], &path[1..]].concat();
            if is_itself {
                return Some(path);
            }
        }
        None
    }

    /// Adds what a tree declares below a module.
    fn add(&mut self, tree: &UseTree, module: &[String]) {
        let below = |name: String| [module, &[name]].concat();
        match tree {
            UseTree::Path(path) => self.add(&path.tree, &below(path.ident.to_string())),
            UseTree::Name(name) if name.ident == "self" => self.declare(module.last(), module),
            UseTree::Name(name) => {
                let name = name.ident.to_string();
                self.declare(Some(&name), &below(name.clone()));
            }
            UseTree::Rename(rename) if rename.ident == "self" => {
                self.declare(Some(&rename.rename.to_string()), module);
            }
            UseTree::Rename(rename) => {
                let path = below(rename.ident.to_string());
                self.declare(Some(&rename.rename.to_string()), &path);
            }
            UseTree::Glob(_) => self.globs.push(module.to_vec()),
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.add(tree, module);
                }
            }
        }
    }

    /// Adds `type F<T> = axum::Form<T>;`; another alias is a type of its own.
    fn add_alias(&mut self, alias: &ItemType) {
        let name = alias.ident.to_string();
        let meant = match &*alias.ty {
            Type::Path(meant) if meant.qself.is_none() => &meant.path,
            _ => return self.declare_own(name),
        };
        let mut segments = meant.segments.iter();
        let passes_on = segments.next_back().is_some_and(|last| {
            let (own, passed) = (&alias.generics.params, &last.arguments);
            quote!(<#own>).to_string() == quote!(#passed).to_string()
        });
        if passes_on {
            let segments = meant.segments.iter();
            let path: Segments = segments.map(|segment| segment.ident.to_string()).collect();
            self.declare(Some(&name), &path);
        } else {
            self.declare_own(name);
        }
    }

    /// Adds the type that a line declares.
    fn declare_type(&mut self, line: &str) {
        let words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
        let mut words = words.skip_while(|word| !matches!(*word, "struct" | "enum"));
        if let Some(name) = words.nth(1) {
            self.declare_own(name.to_owned());
        }
    }

    /// Adds a type of the file's own: it is no extractor that is known.
    fn declare_own(&mut self, name: String) {
        self.names.insert(name, None);
    }

    fn declare(&mut self, name: Option<&String>, path: &[String]) {
        let Some(name) = name else { return };
        let path = within(path);
        if path == [name.clone()] {
            // The module around, which the file declares as well, has it.
            return;
        }
        let known = self.names.entry(name.clone());
        known
            .and_modify(|known| {
                if !known.as_deref().is_some_and(|known| is_same(known, path)) {
                    *known = None;
                }
            })
            .or_insert_with(|| Some(path.to_vec()));
    }
}

/// Whether both are one path, or two to the same extractor: `axum::Form` and
/// `axum::extract::Form`.
fn is_same(one: &[String], other: &[String]) -> bool {
    let ends = |path: &[String]| path.first().cloned().zip(path.last().cloned());
    one == other || (Reader::of_extractor(one).is_some() && ends(one) == ends(other))
}

/// A path without the modules around: the names of all modules of a file are declared together.
fn within(path: &[String]) -> &[String] {
    let outer = path
        .iter()
        .take_while(|segment| matches!(segment.as_str(), "self" | "super"));
    &path[outer.count()..]
}

/// The keyword of the declaration that a line begins, perhaps behind a visibility.
fn declared_by(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let line = match line.strip_prefix("pub") {
        None => line,
        Some(rest) => match rest.trim_start().strip_prefix('(') {
            None => rest.trim_start(),
            Some(rest) => rest.split_once(')')?.1.trim_start(),
        },
    };
    let keyword = line.split([' ', ':', '{']).next()?;
    matches!(keyword, "use" | "type" | "struct" | "enum").then_some(keyword)
}

/// The declaration that begins in the first of these lines, and how many lines it has. `None` if
/// it holds what no such declaration has: it is prose. The compiler reports what cannot be split
/// into tokens, even if nothing is done with them.
fn declaration(lines: &[&str]) -> Option<(String, usize)> {
    let mut text = String::new();
    for (length, line) in (1..=MAX_LINES).zip(lines) {
        let code = line.split_once("//").map_or(*line, |(code, _)| code);
        let (code, is_end) = match code.split_once(';') {
            Some((code, _)) => (code, true),
            None => (code, false),
        };
        if !code.chars().all(is_of_a_declaration) {
            return None;
        }
        text.push_str(code);
        if is_end {
            text.push(';');
            return is_well_formed(&text).then_some((text, length));
        }
        text.push(' ');
    }
    None
}

fn is_of_a_declaration(c: char) -> bool {
    c.is_ascii_alphanumeric() || " \t_:,{}*#<>=()".contains(c)
}

/// Whether the brackets are in pairs, not too deep, and no word is a number.
fn is_well_formed(text: &str) -> bool {
    let mut open = Vec::new();
    for c in text.chars() {
        let is_closed = match c {
            '{' | '(' => {
                open.push(c);
                true
            }
            '}' => open.pop() == Some('{'),
            ')' => open.pop() == Some('('),
            _ => true,
        };
        if !is_closed || open.len() > MAX_DEPTH {
            return false;
        }
    }
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    open.is_empty() && !words.any(|word| word.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::Uses;
    use crate::reader::Reader;

    #[track_caller]
    fn assert_read(text: &str, path: &str, expected: Option<Reader>) {
        let path: Vec<String> = path.split("::").map(str::to_owned).collect();
        let found = Uses::of(text).extractor(&path);
        let found = found.and_then(|path| Reader::of_extractor(&path));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn extractors_are_known_by_their_paths() {
        let urlencoded = Some(Reader::SerdeUrlencoded);
        for (text, path, expected) in [
            ("", "axum::Form", urlencoded),
            ("", "axum::extract::Query", urlencoded),
            ("use axum::Form;", "Form", urlencoded),
            ("use axum::Form as F;", "F", urlencoded),
            (
                "use axum::Form;\nmod m {\n    use axum::extract::{Form, State};\n}",
                "Form",
                urlencoded,
            ),
            ("use axum::{extract, Json};", "extract::Form", urlencoded),
            ("use axum::extract::{self as ex};", "ex::Form", urlencoded),
            ("use actix_web::{get, web};", "web::Form", urlencoded),
            ("use actix_web::web;\nuse web::Query;", "Query", urlencoded),
            (
                "    pub(crate) use\n    axum::{\n  Form, // a form\n};",
                "Form",
                urlencoded,
            ),
            (
                "use axum::extract::*;\nuse crate::x::*;",
                "Query",
                urlencoded,
            ),
            ("use ::axum::Form;", "Form", urlencoded),
            ("/*\nuse of it\n*/\nuse axum::Form;", "Form", urlencoded),
            ("use axum::{Form, // a; b\n Json};", "Form", urlencoded),
            ("use axum::Form;", "super::super::Form", urlencoded),
            (
                "use axum::Form;\nmod m {\n    use super::Form;\n}",
                "Form",
                urlencoded,
            ),
            ("type F<T> = axum::Form<T>;", "F", urlencoded),
            (
                "use axum::Form;\npub type F<T> =\n    Form<T>;",
                "F",
                urlencoded,
            ),
            ("use axum::axum;", "axum::Form", urlencoded),
            (
                "use axum_extra::extract::Form;",
                "Form",
                Some(Reader::SerdeHtmlForm),
            ),
            (
                "use serde_qs::axum::QsForm;",
                "QsForm",
                Some(Reader::SerdeQs),
            ),
            ("use rocket::form::*;", "Form", Some(Reader::Rocket)),
            (
                "use rocket::serde::json::Json;",
                "Json",
                Some(Reader::SerdeJson),
            ),
            (
                "use actix_multipart::form as f;",
                "f::MultipartForm",
                Some(Reader::ActixMultipart),
            ),
        ] {
            assert_read(text, path, expected);
        }
    }

    #[test]
    fn prose_is_no_declaration() {
        for text in [
            "use the `Form`;",
            "use a \"string\nuse b;",
            "use 0x;",
            "use {axum::Form;",
            "use axum::Form};",
            "use axum::(Form};",
            &format!("use {}axum::Form{};", "{".repeat(17), "}".repeat(17)),
        ] {
            assert!(
                super::declaration(&text.lines().collect::<Vec<_>>()).is_none(),
                "{text}"
            );
        }
    }

    #[test]
    fn what_belongs_to_somebody_else_is_not_known() {
        for (text, path) in [
            ("", "Form"),
            ("", "crate::Form"),
            ("use crate::extract::Form;", "Form"),
            ("use super::*;", "Form"),
            ("use team::ValidatedForm;", "ValidatedForm"),
            ("use axum::Form as ValidatedForm;", "Form"),
            ("// use axum::Form;", "Form"),
            (
                "use axum::Form;\nmod m {\n    use axum_extra::extract::Form;\n}",
                "Form",
            ),
            ("use axum::*;\nuse axum_extra::extract::*;", "Form"),
            ("use axum::Form", "Form"),
            ("use a::b;\nuse b::a;", "a"),
            ("useful!(axum::Form);", "Form"),
            ("use axum::*;\npub(crate) struct Form<T>(T);", "Form"),
            ("struct Form<T>(axum::Form<T>);", "self::Form"),
            ("type Form<T> = axum::Form<Valid<T>>;", "Form"),
            ("type Form = axum::Form<Note>;", "Form"),
        ] {
            assert_read(text, path, None);
        }
    }
}
