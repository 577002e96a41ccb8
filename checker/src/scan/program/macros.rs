//! The definitions and calls of macros among a program's items: what they seem to make, which is
//! not read.

use std::path::PathBuf;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::index::Index;
use crate::scan::gap::Gap;

/// What coexist calls at the top of a crate: it is read.
const OWN: [&str; 3] = ["files", "prefix", "release"];

/// The attributes that state routes.
const ATTRIBUTES: [&str; 9] = [
    "get", "post", "put", "patch", "delete", "head", "route", "oai", "handler",
];

/// The methods that register routes.
const METHODS: [&str; 5] = ["route", "nest", "nest_service", "service", "mount"];

/// What the macros of a program seem to make.
pub(crate) fn seen(index: &Index<'_>) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for item in &index.macros {
        let Some(last) = item.called.path.segments.last() else {
            continue;
        };
        if OWN.iter().any(|own| last.ident == own) {
            continue;
        }
        let mut seen = Seen::default();
        seen.look(item.called.tokens.clone());
        let file: PathBuf = index.path(item.file).to_owned();
        let name = if last.ident == "macro_rules" {
            "a `macro_rules!`".to_owned()
        } else {
            format!("`{}!`", last.ident)
        };
        if let Some(line) = seen.route {
            let why = format!("{name} makes a route: what macros make is not read");
            gaps.push(Gap::of_route(&file, line, why));
        }
        if let Some(line) = seen.html {
            let why = format!("{name} makes a page: what macros make is not read");
            gaps.push(Gap::new(&file, line, why));
        }
    }
    gaps
}

/// The first line of each kind.
#[derive(Default)]
struct Seen {
    route: Option<usize>,
    html: Option<usize>,
}

impl Seen {
    fn look(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (position, token) in tokens.iter().enumerate() {
            let line = token.span().start().line;
            let before = |back: usize| position.checked_sub(back).map(|at| &tokens[at]);
            match token {
                TokenTree::Literal(literal) => {
                    let text = literal.to_string();
                    if ["<form", "<a ", "hx-"].iter().any(|tag| text.contains(tag)) {
                        self.html.get_or_insert(line);
                    }
                }
                TokenTree::Group(group) => {
                    let is_macro =
                        matches!(before(1), Some(TokenTree::Punct(c)) if c.as_char() == '!');
                    let is_markup =
                        matches!(before(2), Some(TokenTree::Ident(word)) if word == "html");
                    if is_macro && is_markup {
                        self.html.get_or_insert(line);
                    }
                    let is_attribute = group.delimiter() == Delimiter::Bracket
                        && matches!(before(1), Some(TokenTree::Punct(c)) if c.as_char() == '#');
                    if is_attribute {
                        self.attribute(group.stream(), line);
                    } else {
                        self.look(group.stream());
                    }
                }
                TokenTree::Ident(word) => {
                    let is_method =
                        matches!(before(1), Some(TokenTree::Punct(c)) if c.as_char() == '.');
                    if is_method && METHODS.iter().any(|method| word == method) {
                        self.route.get_or_insert(line);
                    }
                }
                TokenTree::Punct(_) => {}
            }
        }
    }

    /// Looks at what stands between the brackets of an attribute.
    fn attribute(&mut self, tokens: TokenStream, line: usize) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let [path @ .., TokenTree::Group(arguments)] = &tokens[..] else {
            return;
        };
        let Some(TokenTree::Ident(name)) = path.last() else {
            return;
        };
        if name == "template" {
            self.html.get_or_insert(line);
        }
        // `#[get(copy)]` is another crate's.
        let has_path = arguments
            .stream()
            .into_iter()
            .any(|token| !matches!(token, TokenTree::Ident(_)));
        if has_path && ATTRIBUTES.iter().any(|attribute| name == attribute) {
            self.route.get_or_insert(line);
        }
    }
}
