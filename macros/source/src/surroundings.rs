//! What stands around a function and is not among its tokens: the `impl` or trait that contains it,
//! and attributes that were expanded before `#[handler]`. It is read from the text of the file.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::{Attribute, ImplItem, Item, Stmt, TraitItem, Type};

use crate::annotation::within::Within;
use crate::frameworks;
use crate::nesting;

/// What stands around an annotated function.
#[derive(Clone, Default)]
pub struct Surroundings {
    /// The function is in an `impl` or a trait.
    pub is_associated: bool,
    /// The name of the type or trait that it belongs to; empty for a free function.
    pub owner: String,
    /// `#[handlers]` is above the `impl`, so that there may be a constant beside the function.
    pub has_handlers: bool,
    /// Its attributes, and those of the `impl`, each with its `#` and brackets.
    attrs: String,
}

impl Surroundings {
    /// All attributes of the function and of its `impl`, as they are written; none if the file was
    /// not read.
    #[must_use]
    pub fn attrs(&self) -> Vec<Attribute> {
        let tokens: Option<TokenStream> = self.attrs.parse().ok();
        let parser = Attribute::parse_outer;
        tokens
            .and_then(|tokens| syn::parse::Parser::parse2(parser, tokens).ok())
            .unwrap_or_default()
    }

    /// The same in a block of which `#[handlers]` has told.
    #[must_use]
    pub fn within(self, within: &Within) -> Self {
        Self {
            has_handlers: true,
            ..self.inside(&within.name())
        }
    }

    /// The same inside the block of a type or trait.
    fn inside(self, owner: &str) -> Self {
        Self {
            is_associated: true,
            owner: owner.to_owned(),
            ..self
        }
    }
}

/// A file with annotated functions.
pub struct SourceFile {
    text: String,
    may_hold_routes: bool,
    /// Its functions with attributes, by their marked names; `None`: not parsed yet.
    functions: Option<HashMap<String, Surroundings>>,
}

impl SourceFile {
    /// A file with this text.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self {
            may_hold_routes: may_hold_routes(&text),
            text,
            functions: None,
        }
    }

    /// Whether attributes of frameworks may be in the file.
    #[must_use]
    pub fn may_hold_routes(&self) -> bool {
        self.may_hold_routes
    }

    /// What stands around the function `name`, whose name is in `line`, counted from 1. The file is
    /// parsed when the first function is looked for.
    pub fn around(&mut self, name: &str, line: usize) -> Option<&Surroundings> {
        let functions = self.functions.get_or_insert_with(|| {
            let mut found = HashMap::new();
            if let Ok(file) = nesting::parse_file(&with_marks(&self.text)) {
                in_items(&file.items, None, &mut found);
            }
            found
        });
        functions.get(&marked(name, line))
    }
}

/// The name of a function in a line of the file. Several functions of a file may have
/// the same name, and what is parsed out of text has no places.
fn marked(name: &str, line: usize) -> String {
    format!("{name}__coexist_line_{line}")
}

/// The text with the names of functions marked, also those in comments.
fn with_marks(text: &str) -> String {
    let mut with_marks = String::with_capacity(text.len() * 2);
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        let mut rest = line;
        while let Some(at) = rest.find("fn ") {
            let is_word = !rest[..at].ends_with(is_in_word);
            let (before, after) = rest.split_at(at + "fn ".len());
            with_marks.push_str(before);
            rest = after;
            let name_begins = rest.len() - rest.trim_start().len();
            let name_ends = rest[name_begins..]
                .find(|c| !is_in_word(c) && c != '#')
                .map_or(rest.len(), |length| name_begins + length);
            let (name, after) = rest.split_at(name_ends);
            if is_word && name_ends > name_begins {
                with_marks.push_str(&marked(name, number));
                rest = after;
            }
        }
        with_marks.push_str(rest);
    }
    with_marks
}

fn is_in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether one of the attributes in a text may be a framework's.
fn may_hold_routes(text: &str) -> bool {
    text.match_indices("#[").any(|(at, opening)| {
        let path = text[at + opening.len()..].trim_start();
        let end = path.find(|c: char| !is_in_word(c) && c != ':' && !c.is_whitespace());
        let (path, behind) = path.split_at(end.unwrap_or(path.len()));
        let word = path.rsplit(':').next().unwrap_or_default().trim();
        match behind.chars().next() {
            Some('(') => frameworks::may_be_read(word, true),
            Some(']') => frameworks::may_be_read(word, false),
            _ => false,
        }
    })
}

/// Adds the functions among the items; `scope` is the prefix that their module gives them.
fn in_items(items: &[Item], scope: Option<&str>, found: &mut HashMap<String, Surroundings>) {
    for item in items {
        match item {
            Item::Mod(module) => {
                if let Some((_, items)) = &module.content {
                    let scope = frameworks::scope_of(&module.attrs);
                    in_items(items, scope.as_deref(), found);
                }
            }
            Item::Fn(function) => {
                let own = function.attrs.iter();
                let attrs: Vec<Attribute> = match scope {
                    Some(scope) => own.map(|attr| frameworks::in_scope(attr, scope)).collect(),
                    None => own.cloned().collect(),
                };
                found.insert(function.sig.ident.to_string(), with(&[&attrs]));
                for statement in &function.block.stmts {
                    if let Stmt::Item(item) = statement {
                        in_items(std::slice::from_ref(item), None, found);
                    }
                }
            }
            Item::Impl(block) => {
                let owner = name_of(&block.self_ty);
                for item in &block.items {
                    if let ImplItem::Fn(method) = item {
                        let surroundings = with(&[&block.attrs, &method.attrs]);
                        found.insert(method.sig.ident.to_string(), surroundings.inside(&owner));
                    }
                }
            }
            Item::Trait(block) => {
                let owner = block.ident.to_string();
                for item in &block.items {
                    if let TraitItem::Fn(method) = item {
                        let surroundings = with(&[&method.attrs]);
                        found.insert(method.sig.ident.to_string(), surroundings.inside(&owner));
                    }
                }
            }
            _ => {}
        }
    }
}

fn name_of(ty: &Type) -> String {
    let last = match ty {
        Type::Path(ty) => ty.path.segments.last(),
        _ => None,
    };
    last.map(|last| last.ident.to_string()).unwrap_or_default()
}

fn with(attrs: &[&[Attribute]]) -> Surroundings {
    let attrs = attrs.iter().copied().flatten();
    let written = attrs.map(|attr| attr.to_token_stream().to_string());
    Surroundings {
        is_associated: false,
        has_handlers: false,
        owner: String::new(),
        attrs: written.collect::<Vec<_>>().join("\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::{SourceFile, may_hold_routes, with_marks};

    #[test]
    fn functions_of_one_name_are_told_apart() {
        let text = "mod a {\n#[get(\"/a\")]\nfn x() {}\n}\nmod b { #[get(\"/b\")] fn x() {} }\n\
                    fn test() {\n    #[put(\"/c\")]\n    async fn r#x() {}\n}\n\
                    #[OpenApi]\nimpl T {\n    #[oai]\n    fn x(&self) {}\n}\n\
                    #[w::scope(\"/s\")] mod s {\n\
                    #[get(\"/a\")] #[m::get(\"/b\")] fn x() {}\n\
                    #[route(\"/c\", method = \"GET\")] fn x() {\n\
                    #[get(\"/d\")] fn x() {} }\n\
                    mod t { #[get(\"/e\")] fn x() {} } }\n";
        let mut file = SourceFile::new(text.to_owned());
        for (name, line, attrs, owner) in [
            ("x", 3, "#[get(\"/a\")]", ""),
            ("x", 5, "#[get(\"/b\")]", ""),
            ("r#x", 8, "#[put(\"/c\")]", ""),
            ("x", 13, "#[OpenApi]\n#[oai]", "T"),
            ("x", 16, "#[get(\"/s/a\")]\n#[m::get(\"/b\")]", ""),
            ("x", 17, "#[route(\"/s/c\",method=\"GET\")]", ""),
            ("x", 18, "#[get(\"/d\")]", ""),
            ("x", 19, "#[get(\"/e\")]", ""),
        ] {
            let found = file.around(name, line).unwrap();
            assert_eq!(found.attrs.replace(' ', ""), attrs, "{name}");
            assert_eq!(found.owner, owner, "{name}");
            assert_eq!(found.is_associated, !owner.is_empty(), "{name}");
        }
    }

    #[test]
    fn only_names_of_functions_are_marked() {
        assert_eq!(
            with_marks("pub fn a<T>(f: fn (u8) -> u8, g: Fn (u8)) {}\nfn\nb() {} fn  c() {}"),
            "pub fn a__coexist_line_1<T>(f: fn (u8) -> u8, g: Fn (u8)) {}\nfn\nb() {} fn  c__coexist_line_3() {}",
        );
    }

    #[test]
    fn attributes_of_frameworks_are_seen() {
        for (text, expected) in [
            ("#[get(\"/\")]", true),
            ("#[ rocket :: post (\"/\")]", true),
            ("x\n#[routes]\n", true),
            ("#[poem::handler]", true),
            ("#[utoipa::path(\n    get)]", true),
            (
                "#[handler(GET \"/\", since = \"1.0.0\")] Router::new().route(a, get(a))",
                false,
            ),
            ("#[path = \"a.rs\"]", false),
            ("#[test]", false),
            ("#[", false),
        ] {
            assert_eq!(may_hold_routes(text), expected, "{text}");
        }
    }
}
