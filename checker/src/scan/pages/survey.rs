//! The items that show HTML, for those who annotate them: what each sends, in numbers.

use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;

use coexist_html::{Element, Form as Html, Url};
use coexist_source::registration::names;
use syn::visit::{self, Visit};

use super::{Node, Pages, Shows, line_of};
use crate::scan::program::index::Function;
use crate::support::text::plural;

/// An item that shows HTML.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// The file, seen from the workspace.
    pub(crate) file: PathBuf,
    /// The line, from 1.
    pub(crate) line: usize,
    /// Its name.
    pub(crate) name: String,
    /// Whether it is annotated.
    pub(crate) is_annotated: bool,
    /// A macro makes it of its arguments.
    pub(crate) is_made: bool,
    /// What it sends, or why its template cannot be read.
    pub(crate) sends: Result<Sends, String>,
}

/// How many forms, links, calls and redirects there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sends {
    forms: usize,
    links: usize,
    calls: usize,
    redirects: usize,
}

impl Pages<'_, '_> {
    /// The items that show HTML which sends something, or are annotated.
    pub(crate) fn survey(&self) -> Vec<Page> {
        let Shows {
            mut of,
            made,
            unreadable,
            ..
        } = self.html();
        for node in self.every() {
            if self.is_annotated(node) {
                of.entry(node).or_default();
            }
        }
        let mut redirects: HashMap<Node, usize> = HashMap::new();
        for (position, function) in self.index.functions.iter().enumerate() {
            let count = redirects_in(function);
            // A handler that only redirects says so itself.
            if count > 0 && !self.annotations.is_redirect(function) {
                of.entry(Node::Function(position)).or_default();
                redirects.insert(Node::Function(position), count);
            }
        }
        let mut pages = Vec::new();
        for (node, found) in &of {
            let sends = Sends {
                redirects: redirects.get(node).copied().unwrap_or_default(),
                ..Sends::of(found)
            };
            let is_annotated = self.is_annotated(*node);
            if sends == Sends::default() && !is_annotated {
                continue;
            }
            let (name, line) = match node {
                Node::Function(position) => {
                    let function = &self.index.functions[*position];
                    (function.name.clone(), function.sig.ident.span())
                }
                Node::Value(position) => {
                    let ident = self.index.values[*position].ident;
                    (crate::workspace::modules::plain(ident), ident.span())
                }
                Node::Type(position) => {
                    pages.push(self.of_item(*position, Ok(sends)));
                    continue;
                }
                Node::Made(position) => {
                    let made = &made[*position];
                    pages.push(Page {
                        file: self
                            .index
                            .path(self.index.macros[made.called].file)
                            .to_owned(),
                        line: made.line,
                        name: made.name.clone(),
                        is_annotated,
                        is_made: true,
                        sends: Ok(sends),
                    });
                    continue;
                }
            };
            pages.push(Page {
                file: self.index.path(self.file_of(*node)).to_owned(),
                line: line.start().line,
                name,
                is_annotated,
                is_made: false,
                sends: Ok(sends),
            });
        }
        let unreadable = unreadable.into_iter();
        let unreadable =
            unreadable.filter(|(position, _)| !self.is_annotated(Node::Type(*position)));
        pages.extend(
            unreadable.map(|(position, error)| self.of_item(position, Err(error.to_string()))),
        );
        pages
    }

    fn of_item(&self, position: usize, sends: Result<Sends, String>) -> Page {
        let item = &self.index.types[position];
        Page {
            file: self.index.path(item.file).to_owned(),
            line: line_of(item),
            name: item.name.clone(),
            is_annotated: self.is_annotated(Node::Type(position)),
            is_made: false,
            sends,
        }
    }

    fn is_annotated(&self, node: Node) -> bool {
        let attrs = self.attrs_of(node);
        !attrs.is_empty() && self.annotations.is_form(self.file_of(node), attrs)
    }
}

impl Sends {
    fn of(found: &[Html]) -> Self {
        let mut sends = Self::default();
        for form in found {
            match form.element {
                Element::Form | Element::Button => sends.forms += 1,
                Element::Link if is_jump(form) => {}
                Element::Link => sends.links += 1,
                Element::Htmx => sends.calls += 1,
            }
        }
        sends
    }
}

/// How many redirects a function makes: `Redirect::to("/x")`.
fn redirects_in(function: &Function<'_>) -> usize {
    #[derive(Default)]
    struct Redirects(usize);
    impl<'ast> Visit<'ast> for Redirects {
        fn visit_item(&mut self, _: &'ast syn::Item) {}

        fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
            visit::visit_expr_call(self, call);
            let syn::Expr::Path(path) = &*call.func else {
                return;
            };
            let names = names(&path.path);
            if matches!(&names[..], [.., ty, _made] if ty == "Redirect") {
                self.0 += 1;
            }
        }
    }
    let mut redirects = Redirects::default();
    if let Some(body) = function.body {
        redirects.visit_block(body);
    }
    redirects.0
}

/// A link to a place in its own page sends nothing.
fn is_jump(form: &Html) -> bool {
    form.urls.iter().all(|url| matches!(url, Url::Page))
}

impl fmt::Display for Sends {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [
            (self.forms, "form"),
            (self.links, "link"),
            (self.calls, "htmx call"),
            (self.redirects, "redirect"),
        ];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let counts = counts.map(|(count, word)| plural(count, word));
        counts.collect::<Vec<_>>().join(", ").fmt(f)
    }
}
