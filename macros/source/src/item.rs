//! The item below an attribute, parsed only as far as needed: the body of a function stays a group
//! of tokens.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Generics, Meta, Result, Signature, Token, Type, Visibility};

/// An annotated item.
#[derive(Clone)]
pub struct Item {
    /// Its other attributes.
    pub attrs: Vec<Attribute>,
    /// Its visibility.
    pub vis: Visibility,
    /// The rest.
    pub kind: Kind,
}

/// The kinds of items that the macros treat differently.
#[derive(Clone)]
pub enum Kind {
    /// A function.
    Fn {
        /// Its signature.
        sig: Box<Signature>,
        /// Its body in braces; `None` for a declaration in a trait.
        body: Option<Group>,
    },
    /// A struct or an enum.
    Type {
        /// `struct` or `enum`.
        keyword: Ident,
        /// Its name.
        name: Ident,
        /// Generics and fields.
        rest: TokenStream,
    },
    /// A const or a static.
    Value {
        /// Its name.
        name: Ident,
        /// Everything before the value.
        head: TokenStream,
        /// Its value; `None` for a declaration.
        value: Option<Box<Expr>>,
    },
    /// Anything else.
    Other {
        /// The word that it begins with.
        word: String,
        /// Where that word is.
        span: Span,
        /// All of it.
        tokens: TokenStream,
    },
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        let vis = input.parse()?;
        let kind = input.parse()?;
        Ok(Self { attrs, vis, kind })
    }
}

impl Parse for Kind {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if is_fn(input) {
            return Self::parse_fn(input);
        }
        if input.peek(Token![struct]) || input.peek(Token![enum]) {
            return Ok(Self::Type {
                keyword: input.call(Ident::parse_any)?,
                name: input.parse()?,
                rest: input.parse()?,
            });
        }
        if input.peek(Token![const]) || input.peek(Token![static]) {
            return Self::parse_value(input);
        }
        let tokens: TokenStream = input.parse()?;
        let is_qualifier = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "unsafe" || word == "safe");
        let first = tokens
            .clone()
            .into_iter()
            .find(|token| !is_qualifier(token));
        let span = first.as_ref().map_or_else(Span::call_site, TokenTree::span);
        let word = first.map_or_else(|| "nothing".to_owned(), |token| token.to_string());
        Ok(Self::Other { word, span, tokens })
    }
}

impl Kind {
    fn parse_fn(input: ParseStream<'_>) -> Result<Self> {
        let sig = Box::new(input.parse()?);
        let body = match input.parse::<TokenTree>()? {
            TokenTree::Group(group) => Some(group),
            _semicolon => None,
        };
        Ok(Self::Fn { sig, body })
    }

    fn parse_value(input: ParseStream<'_>) -> Result<Self> {
        let keyword = input.call(Ident::parse_any)?;
        let mutability: Option<Token![mut]> = input.parse()?;
        let name = input.call(Ident::parse_any)?;
        let colon: Token![:] = input.parse()?;
        let ty: Type = input.parse()?;
        let equals: Option<Token![=]> = input.parse()?;
        let value = equals.map(|_| input.parse()).transpose()?;
        input.parse::<Token![;]>()?;
        let head = quote!(#keyword #mutability #name #colon #ty #equals);
        Ok(Self::Value { name, head, value })
    }
}

/// Whether a function's signature comes next.
fn is_fn(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    let is = |word: &str| {
        ahead
            .cursor()
            .ident()
            .is_some_and(|(ident, _)| ident == word)
    };
    while is("const") || is("async") || is("unsafe") || is("extern") {
        if ahead.call(Ident::parse_any).is_err() {
            return false;
        }
        let _abi: Result<syn::LitStr> = ahead.parse();
    }
    is("fn")
}

impl Item {
    /// The `cfg` attributes, which also apply to what is emitted beside the item.
    #[must_use]
    pub fn cfgs(&self) -> Vec<TokenStream> {
        self.attrs
            .iter()
            .filter_map(|attr| cfg_only(&attr.meta))
            .map(|meta| quote!(#[#meta]))
            .collect()
    }

    /// The parameters of a function or a type.
    #[must_use]
    pub fn generics(&self) -> Generics {
        match &self.kind {
            Kind::Fn { sig, .. } => sig.generics.clone(),
            Kind::Type { rest, .. } => {
                let leading = |input: ParseStream<'_>| {
                    let generics = input.parse()?;
                    input.parse::<TokenStream>().map(|_fields| generics)
                };
                // rustc reports what is wrong with a type that it cannot parse.
                leading.parse2(rest.clone()).unwrap_or_default()
            }
            Kind::Value { .. } | Kind::Other { .. } => Generics::default(),
        }
    }
}

/// The part of an attribute that decides whether the item is compiled at all.
fn cfg_only(meta: &Meta) -> Option<TokenStream> {
    let Meta::List(list) = meta else { return None };
    if list.path.is_ident("cfg") {
        return Some(quote!(#list));
    }
    if !list.path.is_ident("cfg_attr") {
        return None;
    }
    let parts = list
        .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
        .ok()?;
    let mut parts = parts.iter();
    let condition = parts.next()?;
    let cfgs: Vec<TokenStream> = parts.filter_map(cfg_only).collect();
    (!cfgs.is_empty()).then(|| quote!(cfg_attr(#condition, #(#cfgs),*)))
}

impl ToTokens for Item {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { attrs, vis, kind } = self;
        tokens.extend(match kind {
            Kind::Fn {
                sig,
                body: Some(body),
            } => quote!(#(#attrs)* #vis #sig #body),
            Kind::Fn { sig, body: None } => quote!(#(#attrs)* #vis #sig;),
            Kind::Type {
                keyword,
                name,
                rest,
            } => quote!(#(#attrs)* #vis #keyword #name #rest),
            Kind::Value { head, value, .. } => quote!(#(#attrs)* #vis #head #value;),
            Kind::Other { tokens, .. } => quote!(#(#attrs)* #vis #tokens),
        });
    }
}

impl Kind {
    /// The token that shows the kind, and a noun for it, for a message.
    #[must_use]
    pub fn described(&self) -> (Span, String) {
        match self {
            Self::Fn { sig, .. } => (sig.ident.span(), "a function".to_owned()),
            Self::Type { keyword, .. } if keyword == "enum" => {
                (keyword.span(), "an enum".to_owned())
            }
            Self::Type { keyword, .. } => (keyword.span(), format!("a {keyword}")),
            Self::Value { name, head, .. } => {
                let mut head = head.clone().into_iter();
                let is_static = head.next().is_some_and(|word| word.to_string() == "static");
                let what = if is_static { "a static" } else { "a constant" };
                (name.span(), what.to_owned())
            }
            Self::Other { word, span, tokens } => {
                let has = |word: &str| {
                    tokens
                        .clone()
                        .into_iter()
                        .any(|token| token.to_string() == word)
                };
                let what = match word.as_str() {
                    "impl" => "an `impl` block",
                    "mod" => "a module",
                    "trait" => "a trait",
                    "union" => "a union",
                    "type" => "a type alias",
                    "fn" => "a foreign function",
                    "use" => "a `use` declaration",
                    "extern" if has("crate") => "an `extern crate` item",
                    "extern" => "an `extern` block",
                    _ if has("!") => "a macro",
                    word => return (*span, format!("`{word}`")),
                };
                (*span, what.to_owned())
            }
        }
    }
}
