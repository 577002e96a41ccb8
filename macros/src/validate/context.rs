//! What stands around a function and is not among its tokens: the `impl` or trait that
//! it is in, and attributes that were expanded before `#[handler]`. So its file is
//! read: once for all, and only where there may be something.

use std::collections::HashMap;

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens as _;
use syn::{Attribute, ImplItem, Item, Stmt, TraitItem, Type};

use crate::files::Files;
use crate::frameworks;

/// What stands around an annotated function.
#[derive(Clone, Default)]
pub(crate) struct Surroundings {
    /// It stands in an `impl` or a trait.
    pub(crate) is_associated: bool,
    /// The name of the type or trait that it belongs to.
    pub(crate) owner: String,
    /// Its attributes, and those of the `impl`, each with its `#` and brackets.
    attrs: String,
}

impl Surroundings {
    /// All attributes of the function, and of the `impl` that it is in, as they are
    /// written; none if the file was not read.
    pub(crate) fn attrs(&self) -> Vec<Attribute> {
        let tokens: Option<TokenStream> = self.attrs.parse().ok();
        let parser = Attribute::parse_outer;
        tokens
            .and_then(|tokens| syn::parse::Parser::parse2(parser, tokens).ok())
            .unwrap_or_default()
    }

    /// The same in the block of a type or trait.
    fn of(self, owner: &str) -> Self {
        Self {
            is_associated: true,
            owner: owner.to_owned(),
            ..self
        }
    }
}

/// A file with annotations.
#[derive(Default)]
struct File {
    text: String,
    /// A framework's attribute may be in it.
    holds_frameworks: bool,
    /// Its functions with attributes, by their marked names; `None`: not looked for yet.
    /// Tokens do not outlive the macro that reads them, so the attributes are text.
    functions: Option<HashMap<String, Surroundings>>,
}

static KNOWN: Files<File> = Files::new();

/// What stands around the function of this name, whose `#[handler]` is being expanded;
/// nothing if that cannot be told.
pub(crate) fn around(name: &Ident) -> Surroundings {
    let found = KNOWN.ask(name.span(), File::new, |file| {
        if is_at_margin() && !file.holds_frameworks {
            return None;
        }
        let name = marked(&name.to_string(), name.span().unwrap().line());
        file.functions().get(&name).cloned()
    });
    found.flatten().unwrap_or_default()
}

/// Whether the attribute that is being expanded stands at the left margin, where what
/// is annotated is in nothing.
fn is_at_margin() -> bool {
    Span::call_site().unwrap().column() == 1
}

impl File {
    fn new(text: String) -> Self {
        let holds_frameworks = holds_frameworks(&text);
        Self {
            text,
            holds_frameworks,
            functions: None,
        }
    }

    fn functions(&mut self) -> &HashMap<String, Surroundings> {
        self.functions.get_or_insert_with(|| {
            let mut found = HashMap::new();
            if let Ok(file) = syn::parse_file(&with_marks(&self.text)) {
                in_items(&file.items, &mut found);
            }
            found
        })
    }
}

/// The name of a function in a line of the file. Several functions of a file may have
/// the same name, and what is parsed out of text has no places.
fn marked(name: &str, line: usize) -> String {
    format!("{name}__coexist_line_{line}")
}

/// The text with the names of functions marked. A comment may be changed, too.
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
fn holds_frameworks(text: &str) -> bool {
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

fn in_items(items: &[Item], found: &mut HashMap<String, Surroundings>) {
    for item in items {
        match item {
            Item::Mod(module) => {
                if let Some((_, items)) = &module.content {
                    in_items(items, found);
                }
            }
            Item::Fn(function) => {
                found.insert(function.sig.ident.to_string(), with(&[&function.attrs]));
                for statement in &function.block.stmts {
                    if let Stmt::Item(item) = statement {
                        in_items(std::slice::from_ref(item), found);
                    }
                }
            }
            Item::Impl(block) => {
                let owner = name_of(&block.self_ty);
                for item in &block.items {
                    if let ImplItem::Fn(method) = item {
                        let surroundings = with(&[&block.attrs, &method.attrs]);
                        found.insert(method.sig.ident.to_string(), surroundings.of(&owner));
                    }
                }
            }
            Item::Trait(block) => {
                let owner = block.ident.to_string();
                for item in &block.items {
                    if let TraitItem::Fn(method) = item {
                        let surroundings = with(&[&method.attrs]);
                        found.insert(method.sig.ident.to_string(), surroundings.of(&owner));
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
        owner: String::new(),
        attrs: written.collect::<Vec<_>>().join("\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::{File, holds_frameworks, with_marks};

    #[test]
    fn functions_of_one_name_are_told_apart() {
        let text = "mod a {\n#[get(\"/a\")]\nfn x() {}\n}\nmod b { #[get(\"/b\")] fn x() {} }\n\
                    fn test() {\n    #[put(\"/c\")]\n    async fn r#x() {}\n}\n\
                    #[OpenApi]\nimpl T {\n    #[oai]\n    fn x(&self) {}\n}\n";
        let mut file = File::new(text.to_owned());
        for (name, attrs, owner) in [
            ("x__coexist_line_3", "#[get(\"/a\")]", ""),
            ("x__coexist_line_5", "#[get(\"/b\")]", ""),
            ("r#x__coexist_line_8", "#[put(\"/c\")]", ""),
            ("x__coexist_line_13", "#[OpenApi]\n#[oai]", "T"),
        ] {
            let found = &file.functions()[name];
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
            assert_eq!(holds_frameworks(text), expected, "{text}");
        }
    }
}
