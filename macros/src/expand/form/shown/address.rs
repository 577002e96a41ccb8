//! Where an element sends to, as far as the compiler knows it.

use coexist_html::{Element, Url};
use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use syn::Path;

use super::super::page::{PageHandler, Pages};
use crate::expand::metadata::option;
use crate::form::model::Form;
use crate::page::html_forms::Shown;

/// Where one element sends to.
pub(super) enum Address {
    /// A path pattern.
    Path(String),
    /// A handler that the HTML names by its constant.
    Handler {
        /// The constant that holds whether it is a handler.
        found: Ident,
        /// The constant of its metadata.
        metadata: Ident,
        /// Its path, as it is written.
        name: String,
        /// Whether it is named by `PATH`, which lacks the prefix, instead of `URL`.
        is_path: bool,
    },
    /// Each of the pages that contain the element: here one of them.
    Page {
        /// The constant that holds its paths.
        paths: Ident,
        /// The handler that serves it, if it is named.
        handler: Option<PageHandler>,
    },
    /// What is relative to each path of the pages: the constant that holds the paths.
    Relative(Ident),
    /// One of the targets in `posts_to`.
    PostsTo,
}

impl Address {
    /// The paths, an expression of type `&'static [&'static str]`; none if they are not known.
    pub(super) fn paths(&self) -> TokenStream {
        match self {
            Self::Path(path) => quote!(&[#path]),
            Self::Page { paths, .. } | Self::Relative(paths) => quote!(#paths),
            Self::Handler { .. } | Self::PostsTo => quote!(&[]),
        }
    }
}

/// Finds the addresses of elements, and gathers the constants that they need.
pub(super) struct Addresses<'a> {
    form: &'a Form,
    shown: &'a Shown,
    pages: &'a Pages<'a>,
    /// The handlers that the HTML names: their paths as written, and their definitions.
    named: Vec<(String, TokenStream)>,
    /// The definitions of the constants that hold paths.
    paths: Vec<TokenStream>,
}

impl<'a> Addresses<'a> {
    pub(super) fn new(form: &'a Form, shown: &'a Shown, pages: &'a Pages<'a>) -> Self {
        Self {
            form,
            shown,
            pages,
            named: Vec::new(),
            paths: Vec::new(),
        }
    }

    /// The definitions of the constants.
    pub(super) fn constants(self) -> TokenStream {
        let named = self.named.into_iter().map(|(_, tokens)| tokens);
        named.chain(self.paths).collect()
    }

    /// The addresses of an element; `None` if they are left undeclared.
    pub(super) fn find(&mut self, sent: &coexist_html::Form) -> Vec<Address> {
        let mut addresses = Vec::new();
        let mut is_open = false;
        for url in &sent.urls {
            match url {
                Url::Path(path) | Url::Based(path) => {
                    addresses.push(Address::Path(path.clone()));
                }
                Url::Page if self.form.pages.is_empty() => is_open |= sent.element != Element::Link,
                Url::Page => match self.pages.single_path() {
                    Some(path) => addresses.push(Address::Path(path.to_owned())),
                    None => {
                        for (endpoints, handler) in self.pages.each() {
                            let paths = self.paths(None, "", &[endpoints]);
                            addresses.push(Address::Page { paths, handler });
                        }
                    }
                },
                Url::Relative(relative) => {
                    let pages: Vec<TokenStream> =
                        self.pages.each().map(|(endpoints, _)| endpoints).collect();
                    if !pages.is_empty() {
                        let (ups, below) = climbed(relative);
                        let paths = self.paths(Some(ups), below, &pages);
                        addresses.push(Address::Relative(paths));
                    }
                }
                Url::Handler { path, constant } => {
                    // Anything but a path fails to compile where it is written.
                    if let Ok(parsed) = syn::parse_str::<Path>(path) {
                        let span = self.shown.span(sent);
                        addresses.push(self.handler(path, &parsed, constant == "PATH", span));
                    }
                }
                Url::Unknown(_) => is_open = true,
            }
        }
        if is_open && !self.form.posts_to.is_empty() {
            addresses.push(Address::PostsTo);
        }
        addresses
    }

    /// The constant that holds the paths of an address that is relative to pages: `below` in the
    /// directory `ups` levels above each path, or without `ups` these paths themselves.
    fn paths(&mut self, ups: Option<usize>, below: &str, pages: &[TokenStream]) -> Ident {
        let constant = format_ident!("__PATHS_{}", self.paths.len());
        let ups = option(ups.map(|ups| quote!(#ups)));
        self.paths.push(quote! {
            #[allow(dead_code)]
            const #constant: &[&str] = ::coexist::__paths!(#ups, #below, #(#pages),*);
        });
        constant
    }

    fn handler(&mut self, name: &str, path: &Path, is_path: bool, span: Span) -> Address {
        let known = self.named.iter().position(|(known, _)| known == name);
        let position = known.unwrap_or(self.named.len());
        let found = format_ident!("__FOUND_{position}");
        let metadata = format_ident!("__NAMED_{position}");
        if known.is_none() {
            let tokens = definitions(&found, &metadata, path, span);
            self.named.push((name.to_owned(), tokens));
        }
        Address::Handler {
            found,
            metadata,
            name: name.to_owned(),
            is_path,
        }
    }
}

/// The constants of a handler that the HTML names.
///
/// The compiler already reports an unknown name where the HTML contains it, and must not report
/// it here again. So a name that the module does not have, or that is private, resolves here to
/// the `NotAnnotated` of the outer scope.
fn definitions(found: &Ident, metadata: &Ident, path: &Path, span: Span) -> TokenStream {
    let path = located(path.to_token_stream(), span);
    let mut segments: Vec<TokenTree> = path.clone().into_iter().collect();
    let last = segments.pop();
    // The two colons in front.
    segments.truncate(segments.len().saturating_sub(2));
    let module: TokenStream = segments.into_iter().collect();
    let value = if module.is_empty() {
        quote_spanned!(span=> <::coexist::__private::checks::Named<#path>>::FOUND)
    } else {
        quote_spanned! {span=>
            #[allow(unused_imports)]
            use ::coexist::__private::NotAnnotated as #last;
            {
                #[allow(unused_imports, clippy::wildcard_imports, clippy::enum_glob_use)]
                use #module::*;
                <::coexist::__private::checks::Named<#last>>::FOUND
            }
        }
    };
    quote! {
        const #found: ::coexist::__private::checks::Found = {
            #[allow(unused_imports)]
            use ::coexist::__private::checks::NotAHandler as _;
            #value
        };
        #[allow(dead_code)]
        const #metadata: &::coexist::__private::HandlerMetadata =
            ::coexist::__private::checks::metadata(&#found);
    }
}

/// The tokens, all with the same span.
fn located(tokens: TokenStream, span: Span) -> TokenStream {
    let locate = |mut tree: TokenTree| {
        if let TokenTree::Group(group) = &tree {
            tree = Group::new(group.delimiter(), located(group.stream(), span)).into();
        }
        tree.set_span(span);
        tree
    };
    tokens.into_iter().map(locate).collect()
}

/// The number of `..` segments of a relative path, and what follows them.
fn climbed(relative: &str) -> (usize, &str) {
    let (mut ups, mut below) = (0, relative);
    loop {
        if let Some(rest) = below.strip_prefix("../") {
            ups += 1;
            below = rest;
        } else if below == ".." {
            return (ups + 1, "");
        } else if let Some(rest) = below.strip_prefix("./") {
            below = rest;
        } else {
            return (ups, if below == "." { "" } else { below });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::climbed;

    #[test]
    fn steps_up_are_counted() {
        for (relative, expected) in [
            ("edit", (0, "edit")),
            ("./edit", (0, "edit")),
            ("../edit", (1, "edit")),
            ("../../{id}/edit", (2, "{id}/edit")),
            ("..", (1, "")),
            (".", (0, "")),
        ] {
            assert_eq!(climbed(relative), expected, "{relative}");
        }
    }
}
