//! `#[form(posts_to = …, page = …, since = "…", until = "…", sends = T, encoding = "…", name = "…")]`.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, LitStr, Meta, Result, Token, Type};

use super::{Keys, Range, Target, handler, pairs, parse_all, targets, text};
use crate::errors::Errors;

/// The last one is for the macros alone: see [`tell`].
const KEYS: [&str; 8] = [
    "posts_to", "page", "since", "until", "sends", "encoding", "name", TOLD,
];
const TOLD: &str = "__told";

/// What one attribute of an item tells those below it, which cannot see it.
pub(crate) enum Tell<'a> {
    /// A form above has this name: what it stands for in a template is taken.
    Taken(&'a str),
    /// A `#[handler]` above makes the item a page of its own.
    Page,
}

/// The arguments of `#[form]`, as written.
#[derive(Default)]
pub(crate) struct FormAttr {
    pub(crate) posts_to: Option<PostsTo>,
    pub(crate) page: Option<Vec<Target>>,
    pub(crate) range: Range,
    pub(crate) sends: Option<Type>,
    pub(crate) encoding: Option<LitStr>,
    pub(crate) name: Option<LitStr>,
    /// The names of the forms above, on the same item.
    pub(crate) taken: Vec<String>,
    /// Whether a `#[handler]` stands above, on the same item.
    pub(crate) is_page: bool,
    pub(crate) keys: Keys,
}

/// The value of `posts_to`.
pub(crate) enum PostsTo {
    /// `_`: what HTML does not tell is left undeclared.
    Undeclared,
    Targets(Vec<Target>),
}

impl FormAttr {
    /// Parses the arguments; what they get wrong is added to `mistakes`.
    pub(crate) fn parse(args: TokenStream, mistakes: &mut Errors) -> Result<Self> {
        parse_all(args, |input| {
            let mut attr = Self::default();
            let keys = pairs(input, &KEYS, mistakes, |key, input| {
                match key.to_string().as_str() {
                    "since" => attr.range.since = Some(text(key, input, "1.0.0")?),
                    "until" => attr.range.until = Some(text(key, input, "2.0.0")?),
                    "encoding" => attr.encoding = Some(text(key, input, "urlencoded")?),
                    "name" => attr.name = Some(text(key, input, "save")?),
                    "sends" => attr.sends = Some(handler::ty(key, input)?),
                    "page" => {
                        let pages = targets::parse(key, input, targets::EXPECTED_PAGE)?;
                        attr.page = Some(pages);
                    }
                    TOLD => attr.hear(input)?,
                    _posts_to if input.peek(Token![_]) => {
                        input.parse::<Token![_]>()?;
                        attr.posts_to = Some(PostsTo::Undeclared);
                    }
                    _posts_to => {
                        let targets = targets::parse(key, input, targets::EXPECTED)?;
                        attr.posts_to = Some(PostsTo::Targets(targets));
                    }
                }
                Ok(())
            });
            keys.report_unknown(mistakes);
            attr.keys = keys;
            attr
        })
    }

    /// Parses what attributes above have told: a list of texts; the empty one is for
    /// a page.
    fn hear(&mut self, input: ParseStream<'_>) -> Result<()> {
        let list: proc_macro2::Group = input.parse()?;
        let parser = syn::punctuated::Punctuated::<LitStr, Token![,]>::parse_terminated;
        for told in parser.parse2(list.stream())? {
            match told.value() {
                page if page.is_empty() => self.is_page = true,
                name => self.taken.push(name),
            }
        }
        Ok(())
    }
}

/// Tells each `#[form]` below: it is written into its arguments.
pub(crate) fn tell(attrs: &mut [Attribute], what: &Tell<'_>) {
    for attr in attrs {
        tell_meta(&mut attr.meta, what);
    }
}

fn tell_meta(meta: &mut Meta, what: &Tell<'_>) {
    let Meta::List(list) = meta else { return };
    let Some(last) = list.path.segments.last() else {
        return;
    };
    if last.ident == "cfg_attr" {
        let parser = syn::punctuated::Punctuated::<Meta, Token![,]>::parse_terminated;
        if let Ok(mut parts) = parser.parse2(list.tokens.clone()) {
            parts
                .iter_mut()
                .skip(1)
                .for_each(|part| tell_meta(part, what));
            list.tokens = parts.to_token_stream();
        }
    } else if last.ident == "form" {
        let told = match what {
            Tell::Taken(name) => name,
            Tell::Page => "",
        };
        list.tokens = told_also(&list.tokens, told);
    }
}

/// The arguments, with one more text in the list of what has been told.
fn told_also(args: &TokenStream, told: &str) -> TokenStream {
    let mut args: Vec<TokenTree> = args.clone().into_iter().collect();
    let is_told = |tree: &TokenTree| matches!(tree, TokenTree::Ident(word) if word == TOLD);
    if let [.., key, _equals, TokenTree::Group(list)] = args.as_mut_slice()
        && is_told(key)
    {
        let others = list.stream();
        *list = Group::new(Delimiter::Bracket, quote!(#others, #told));
        return args.into_iter().collect();
    }
    let needs_comma = args
        .last()
        .is_some_and(|last| !matches!(last, TokenTree::Punct(punct) if punct.as_char() == ','));
    let comma = needs_comma.then(|| quote!(,));
    let key = Ident::new(TOLD, Span::call_site());
    let args: TokenStream = args.into_iter().collect();
    quote!(#args #comma #key = [#told])
}
