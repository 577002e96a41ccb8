//! The HTML in code: markup of maud, texts, and which templates and items code names.

use std::cell::RefCell;
use std::collections::BTreeSet;

use coexist_html::{Place, Source, maud};
use coexist_source::escaped::{Declarations, Values};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::visit::{self, Visit};
use syn::{Expr, LitStr};

use coexist_source::registration::names;

/// What code holds.
#[derive(Default)]
pub(super) struct Code {
    /// Its HTML.
    pub(super) sources: Vec<Source>,
    /// Its texts, each with its line.
    pub(super) texts: BTreeSet<String>,
    /// The paths that it names.
    pub(super) paths: BTreeSet<Vec<String>>,
    /// The methods that it calls.
    pub(super) methods: BTreeSet<String>,
    /// What is seen in it and not read: the line, and why.
    pub(super) unread: Vec<(usize, String)>,
    /// Files that it includes as texts.
    pub(super) included: Vec<(String, usize)>,
}

/// Where code stands.
pub(super) struct At<'c> {
    /// The file, as places name it.
    pub(super) file: &'c str,
    /// Which expressions are texts, of the function.
    pub(super) function: Option<(&'c syn::Signature, &'c str)>,
    /// The types and functions of the file.
    pub(super) declarations: &'c RefCell<Declarations>,
    /// Whether maud's `html!` may be called in it.
    pub(super) has_markup: bool,
}

impl Code {
    /// Looks through the body of a function.
    pub(super) fn of_block(block: &syn::Block, at: &At<'_>) -> Self {
        let mut code = Self::default();
        if at.has_markup {
            code.markup(&block.to_token_stream(), at);
        }
        let mut visitor = Visitor {
            code: &mut code,
            file: at.file,
        };
        visitor.visit_block(block);
        code
    }

    /// Looks through the value of a const or a static.
    pub(super) fn of_value(value: &Expr, at: &At<'_>) -> Self {
        let mut code = Self::default();
        if at.has_markup {
            code.markup(&value.to_token_stream(), at);
        }
        let mut visitor = Visitor {
            code: &mut code,
            file: at.file,
        };
        visitor.visit_expr(value);
        code
    }

    /// Reads the calls of maud's `html!`.
    fn markup(&mut self, tokens: &TokenStream, at: &At<'_>) {
        let calls = maud::calls(tokens.clone());
        if calls.is_empty() {
            return;
        }
        let place = |span: proc_macro2::Span| Place {
            file: at.file.to_owned(),
            line: u32::try_from(span.start().line).unwrap_or(u32::MAX),
        };
        let mut declarations = at.declarations.borrow_mut();
        let values = at.function.map(|(signature, owner)| {
            Values::new(signature, tokens.clone(), owner, &mut declarations)
        });
        let is_text = |expression| {
            let values = values.as_ref();
            values.is_some_and(|values| values.is_text(expression))
        };
        for markup in calls {
            match maud::read(markup, &place, &is_text) {
                Ok(source) => self.sources.push(source),
                Err(error) => {
                    let line = error.span.start().line;
                    self.unread
                        .push((line, format!("this markup cannot be read: {error}")));
                }
            }
        }
    }

    /// Takes a text; `is_format`: braces in it are holes.
    fn text(&mut self, text: &LitStr, is_format: bool, file: &str) {
        let value = text.value();
        if may_send(&value) {
            let place = Place {
                file: file.to_owned(),
                line: u32::try_from(text.span().start().line).unwrap_or(u32::MAX),
            };
            let mut source = Source::new();
            if is_format {
                format(&value, &place, &mut source);
            } else {
                source.text(&value, place.clone());
            }
            // Another text may go on where this one ends.
            source.markup("…", place);
            self.sources.push(source);
        }
        self.texts.insert(value);
    }

    /// Looks through the tokens of a macro's call.
    fn tokens(&mut self, tokens: TokenStream, is_format: bool, file: &str) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut path: Vec<String> = Vec::new();
        for (position, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Ident(word) => {
                    let goes_on = position >= 2
                        && matches!(&tokens[position - 1], TokenTree::Punct(c) if c.as_char() == ':');
                    if !goes_on {
                        path.clear();
                    }
                    path.push(crate::workspace::modules::plain(word));
                    let is_method = position >= 1
                        && matches!(&tokens[position - 1], TokenTree::Punct(c) if c.as_char() == '.');
                    let is_over = !matches!(
                        tokens.get(position + 1),
                        Some(TokenTree::Punct(c)) if c.as_char() == ':'
                    );
                    if is_method {
                        self.methods.insert(path.pop().unwrap_or_default());
                    } else if is_over {
                        self.paths.insert(path.clone());
                    }
                }
                TokenTree::Group(group) => {
                    // The strings in markup are not HTML.
                    let is_markup = group.delimiter() != Delimiter::None
                        && position >= 2
                        && matches!(&tokens[position - 1], TokenTree::Punct(c) if c.as_char() == '!')
                        && matches!(&tokens[position - 2], TokenTree::Ident(word) if word == "html");
                    let inner = is_format || is_format_macro(&tokens[..position]);
                    if is_markup {
                        self.words(group.stream());
                    } else {
                        self.tokens(group.stream(), inner, file);
                    }
                }
                TokenTree::Literal(literal) => {
                    let literal = TokenTree::Literal(literal.clone());
                    if let Ok(text) = syn::parse2::<LitStr>(literal.into()) {
                        self.text(&text, is_format, file);
                    }
                }
                TokenTree::Punct(_) => {}
            }
        }
    }

    /// Takes the names in markup: of functions and constants that it splices in.
    fn words(&mut self, tokens: TokenStream) {
        let mut inner = Self::default();
        inner.tokens(tokens, false, "");
        self.paths.extend(inner.paths);
        self.methods.extend(inner.methods);
    }
}

/// Whether what stands before a group is the name of a macro that formats.
fn is_format_macro(before: &[TokenTree]) -> bool {
    let [.., TokenTree::Ident(name), TokenTree::Punct(bang)] = before else {
        return false;
    };
    bang.as_char() == '!' && formats(&name.to_string())
}

fn formats(name: &str) -> bool {
    matches!(
        name,
        "format" | "write" | "writeln" | "print" | "println" | "format_args"
    )
}

/// Appends the text of `format!`: its braces are holes.
fn format(text: &str, place: &Place, source: &mut Source) {
    let mut rest = text;
    let mut line = place.line;
    let at = |line: u32| Place {
        file: place.file.clone(),
        line,
    };
    while let Some(open) = rest.find(['{', '}']) {
        let (before, after) = rest.split_at(open);
        source.text(before, at(line));
        line += u32::try_from(before.matches('\n').count()).unwrap_or_default();
        if after.starts_with("{{") || after.starts_with("}}") {
            source.text(&after[..1], at(line));
            rest = &after[2..];
            continue;
        }
        let Some((inner, behind)) = after[1..].split_once('}') else {
            rest = &after[1..];
            continue;
        };
        let name = inner.split(':').next().unwrap_or_default();
        // What is put in may be HTML.
        let name = if name.is_empty() { "value" } else { name };
        source.markup(name, at(line));
        rest = behind;
    }
    source.text(rest, at(line));
}

/// Whether a text looks as if a request could be sent from it.
fn may_send(html: &str) -> bool {
    let html = html.to_ascii_lowercase();
    ["<form", "<a ", "<area ", "formaction", "hx-"]
        .iter()
        .any(|tag| html.contains(tag))
}

struct Visitor<'c, 'f> {
    code: &'c mut Code,
    file: &'f str,
}

impl<'ast> Visit<'ast> for Visitor<'_, '_> {
    fn visit_item(&mut self, _: &'ast syn::Item) {}

    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    fn visit_lit_str(&mut self, text: &'ast LitStr) {
        self.code.text(text, false, self.file);
    }

    fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
        self.code.paths.insert(names(&path.path));
    }

    fn visit_expr_struct(&mut self, made: &'ast syn::ExprStruct) {
        self.code.paths.insert(names(&made.path));
        visit::visit_expr_struct(self, made);
    }

    fn visit_type_path(&mut self, _: &'ast syn::TypePath) {}

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        let name = crate::workspace::modules::plain(&call.method);
        self.code.methods.insert(name);
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        let Some(last) = called.path.segments.last() else {
            return;
        };
        let name = last.ident.to_string();
        let line = last.ident.span().start().line;
        match &*name {
            "html" => return self.code.words(called.tokens.clone()),
            "view" | "rsx" => {
                let why = format!("`{name}!` is markup that is not read yet");
                self.code.unread.push((line, why));
                return;
            }
            "include_str" => {
                if let Ok(path) = called.parse_body::<LitStr>() {
                    self.code.included.push((path.value(), line));
                }
                return;
            }
            _ => {}
        }
        self.code.paths.insert(names(&called.path));
        self.code
            .tokens(called.tokens.clone(), formats(&name), self.file);
    }
}
