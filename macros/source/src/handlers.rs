//! `#[handlers]` on an `impl` block: tells the annotations in it which block it is.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::parse::ParseStream;
use syn::{Attribute, Error, Generics, Result, Token, Type, WhereClause};

use crate::annotation::find::{FORM, HANDLER};
use crate::annotation::within::{WITHIN, Within};

const OF_A_TRAIT: &str = "the methods of a trait cannot be handlers, because `#[handlers]` adds a \
    constant for each. Annotate the block of the type's own methods, `impl Api { … }`";

const NO_ANNOTATION: &str = "no method of this block has `#[handler]` or `#[form]`: annotate one, or \
    remove `#[handlers]`";

const NO_ARGUMENTS: &str = "`#[handlers]` has no arguments: each method states its own, as \
    `#[handler(POST \"/path\", since = \"1.0.0\")]`";

/// The block with the annotations of its methods told what it is. `arguments` are those of the
/// attribute. Where these are wrong, or the block is, an error is before it.
///
/// # Errors
///
/// If it is not an `impl` block.
pub fn block(arguments: &TokenStream, block: TokenStream) -> Result<TokenStream> {
    let told = syn::parse::Parser::parse2(parse, block)?;
    let first = arguments.clone().into_iter().next();
    let error = first.map(|first| Error::new(first.span(), NO_ARGUMENTS).to_compile_error());
    Ok(quote!(#error #told))
}

fn parse(input: ParseStream<'_>) -> Result<TokenStream> {
    let attrs = input.call(Attribute::parse_outer)?;
    let unsafety: Option<Token![unsafe]> = input.parse()?;
    if !input.peek(Token![impl]) {
        return Err(input.error("`#[handlers]` can only be applied to an `impl` block"));
    }
    let keyword: Token![impl] = input.parse()?;
    let mut generics = if input.peek(Token![<]) {
        input.parse()?
    } else {
        Generics::default()
    };
    let mut owner: Type = input.parse()?;
    let of_trait: Option<Token![for]> = input.parse()?;
    let mut implemented = None;
    if of_trait.is_some() {
        implemented = Some(std::mem::replace(&mut owner, input.parse()?));
    }
    generics.where_clause = input.parse::<Option<WhereClause>>()?;
    let body: Group = input.parse()?;
    let within = Within { owner, generics };
    let mut found = 0;
    let tell = of_trait.is_none().then_some(&within);
    let told = tell_items(body.stream(), tell, &mut found);
    let told = with_stream(&body, told);
    let error = match of_trait {
        Some(of_trait) => Some(Error::new(of_trait.span, OF_A_TRAIT)),
        None if found == 0 => Some(Error::new(keyword.span, NO_ANNOTATION)),
        None => None,
    };
    let error = error.map(|error| error.to_compile_error());
    let Within { owner, generics } = &within;
    let clause = &generics.where_clause;
    Ok(quote! {
        #error
        #(#attrs)* #unsafety #keyword #generics #implemented #of_trait #owner #clause #told
    })
}

/// Tells the annotations among the attributes of the items in a block, and counts them; without a
/// block, it removes them.
fn tell_items(items: TokenStream, within: Option<&Within>, found: &mut usize) -> TokenStream {
    let mut is_attribute = false;
    let each = items.into_iter().map(|token| {
        let was_hash = std::mem::replace(&mut is_attribute, is_sign(&token, '#'));
        match token {
            TokenTree::Group(group) if was_hash && group.delimiter() == Delimiter::Bracket => {
                let before = *found;
                let told = tell(group.stream(), within, found);
                let is_removed = within.is_none() && *found > before;
                with_stream(
                    &group,
                    if is_removed {
                        quote!(allow(unused_attributes))
                    } else {
                        told
                    },
                )
            }
            // What a macro was given for several items.
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                with_stream(&group, tell_items(group.stream(), within, found))
            }
            other => other,
        }
    });
    each.collect()
}

/// Tells the annotations in an attribute, also those inside `cfg_attr(…)`.
fn tell(attribute: TokenStream, within: Option<&Within>, found: &mut usize) -> TokenStream {
    let mut last: Option<Ident> = None;
    let each = attribute
        .into_iter()
        .map(|token| match (token, last.take()) {
            (TokenTree::Ident(word), _) => {
                last = Some(word.clone());
                TokenTree::Ident(word)
            }
            (TokenTree::Group(group), _) if group.delimiter() == Delimiter::None => {
                with_stream(&group, tell(group.stream(), within, found))
            }
            (TokenTree::Group(group), Some(name)) if name == "cfg_attr" => {
                with_stream(&group, tell(group.stream(), within, found))
            }
            (TokenTree::Group(group), Some(name)) if name == HANDLER || name == FORM => {
                *found += 1;
                match within {
                    Some(within) => with_stream(&group, with_block(group.stream(), within)),
                    None => TokenTree::Group(group),
                }
            }
            (other, _) => other,
        });
    each.collect()
}

/// The arguments of an annotation, with the block behind them. `Self` among them means its type.
fn with_block(arguments: TokenStream, within: &Within) -> TokenStream {
    let owner = within.path().map(|path| path.to_token_stream());
    let arguments = arguments.into_iter().collect::<Vec<TokenTree>>();
    let needs_comma = arguments.last().is_some_and(|last| !is_sign(last, ','));
    let comma = needs_comma.then(|| quote!(,));
    let arguments: TokenStream = arguments.into_iter().collect();
    let arguments = match owner {
        Some(owner) if !within.is_generic() => with_owner(arguments, &owner),
        _ => arguments,
    };
    let (key, value) = (Ident::new(WITHIN, Span::call_site()), within.to_value());
    quote!(#arguments #comma #key = #value)
}

/// The arguments with the type in the place of `Self`.
fn with_owner(tokens: TokenStream, owner: &TokenStream) -> TokenStream {
    let each = tokens.into_iter().flat_map(|token| match token {
        TokenTree::Ident(word) if word == "Self" => owner.clone(),
        TokenTree::Group(group) => {
            with_stream(&group, with_owner(group.stream(), owner)).into_token_stream()
        }
        other => other.into_token_stream(),
    });
    each.collect()
}

fn with_stream(group: &Group, stream: TokenStream) -> TokenTree {
    let mut with = Group::new(group.delimiter(), stream);
    with.set_span(group.span());
    TokenTree::Group(with)
}

fn is_sign(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}
