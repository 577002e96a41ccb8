//! `#[form(redirect, posts_to = …, page = …, since = "…", until = "…", sends = T, …)]`.

use proc_macro2::{Group, TokenStream};
use syn::parse::{ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::{LitStr, Result, Token, Type};

use super::keys::{Keys, Range, pairs, parse_all, text, ty};
use super::targets::{self, Target};
use super::within::{WITHIN, Within};
use crate::errors::Errors;

/// The key under which an annotation hears of those above it on the same item, which have been
/// expanded already: a list of texts. Only the macros write it.
pub const CONTEXT: &str = "__context";

const KEYS: [&str; 12] = [
    "posts_to", "page", "since", "until", "sends", "encoding", "name", "flag", "lifetime",
    REDIRECT, CONTEXT, WITHIN,
];

/// The key that makes a form a redirect. It has no value.
const REDIRECT: &str = "redirect";

/// The arguments of `#[form]`, as written.
#[derive(Default)]
pub struct FormAttr {
    /// The handlers of the form.
    pub posts_to: Option<PostsTo>,
    /// The pages that contain it.
    pub page: Option<Vec<Target>>,
    /// Its releases.
    pub range: Range,
    /// The type of the fields that it sends.
    pub sends: Option<Type>,
    /// How it sends them.
    pub encoding: Option<LitStr>,
    /// What tells it apart from other forms on the same item.
    pub name: Option<LitStr>,
    /// The feature flag that must be on for it to be there.
    pub flag: Option<LitStr>,
    /// How long it stays open.
    pub lifetime: Option<LitStr>,
    /// It is a redirect that a handler answers with.
    pub is_redirect: bool,
    /// The names of the forms above, on the same item.
    pub taken: Vec<String>,
    /// Whether a `#[handler]` is above, on the same item.
    pub is_page: bool,
    /// The `impl` block around it, if `#[handlers]` has told of one.
    pub within: Option<Within>,
    /// The keys that are written.
    pub keys: Keys,
}

/// The value of `posts_to`.
pub enum PostsTo {
    /// `_`: what HTML does not tell is left undeclared.
    Undeclared,
    /// These targets.
    Targets(Vec<Target>),
}

impl FormAttr {
    /// Parses the arguments, and adds what is wrong in them to `errors`.
    ///
    /// # Errors
    ///
    /// If the arguments are not even tokens in pairs of brackets.
    pub fn parse(args: TokenStream, errors: &mut Errors) -> Result<Self> {
        parse_all(args, |input| {
            let mut attr = Self::default();
            let keys = pairs(input, &KEYS, &[REDIRECT], errors, |key, input| {
                match key.to_string().as_str() {
                    "since" => attr.range.since = Some(text(key, input, "1.0.0")?),
                    "until" => attr.range.until = Some(text(key, input, "2.0.0")?),
                    "encoding" => attr.encoding = Some(text(key, input, "urlencoded")?),
                    "name" => attr.name = Some(text(key, input, "save")?),
                    "flag" => attr.flag = Some(text(key, input, "new-checkout")?),
                    "lifetime" => attr.lifetime = Some(text(key, input, "30d")?),
                    REDIRECT => attr.is_redirect = true,
                    "sends" => attr.sends = Some(ty(key, input)?),
                    "page" => {
                        let pages = targets::parse(key, input, targets::EXPECTED_PAGE)?;
                        attr.page = Some(pages);
                    }
                    CONTEXT => attr.parse_context(input)?,
                    WITHIN => attr.within = Some(Within::parse(input)?),
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
            keys.report_unknown(errors);
            attr.keys = keys;
            attr
        })
    }

    /// Parses what the macros have written about the annotations above: the names of forms, and
    /// an empty text for a `#[handler]`.
    fn parse_context(&mut self, input: ParseStream<'_>) -> Result<()> {
        let list: Group = input.parse()?;
        let parser = Punctuated::<LitStr, Token![,]>::parse_terminated;
        for text in parser.parse2(list.stream())? {
            match text.value() {
                handler if handler.is_empty() => self.is_page = true,
                name => self.taken.push(name),
            }
        }
        Ok(())
    }
}
