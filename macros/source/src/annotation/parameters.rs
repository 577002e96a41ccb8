//! `parameters(locale = ["en", "fr"], id = u32, slug = "[a-z-]+")`.

use proc_macro2::{Group, Ident};
use syn::ext::IdentExt as _;
use syn::parse::{Parse as _, ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::{Error, LitStr, Result, Token, Type};

/// What the annotation says of a parameter.
pub struct StatedParameter {
    /// Its name in the path.
    pub name: Name,
    /// What it takes.
    pub limit: StatedLimit,
}

/// The name of a parameter: a word, or in quotes if it is not one in Rust.
pub enum Name {
    /// A word.
    Word(Ident),
    /// In quotes.
    Text(LitStr),
}

/// What a parameter takes, as written.
pub enum StatedLimit {
    /// What this regular expression matches.
    Pattern(LitStr),
    /// One of these texts.
    Choices(Vec<String>),
    /// What is parsed as this type.
    Type(Box<Type>),
}

impl Name {
    /// The name.
    #[must_use]
    pub fn value(&self) -> String {
        match self {
            Self::Word(word) => word.unraw().to_string(),
            Self::Text(text) => text.value(),
        }
    }

    /// Where it is written.
    #[must_use]
    pub fn span(&self) -> proc_macro2::Span {
        match self {
            Self::Word(word) => word.span(),
            Self::Text(text) => text.span(),
        }
    }
}

/// Parses the parentheses and what is in them.
pub(super) fn parse(input: ParseStream<'_>) -> Result<Vec<StatedParameter>> {
    let list: Group = input.parse()?;
    let parser = Punctuated::<StatedParameter, Token![,]>::parse_terminated_with;
    let parameters = (|input: ParseStream<'_>| parser(input, parameter)).parse2(list.stream())?;
    let parameters: Vec<StatedParameter> = parameters.into_iter().collect();
    for (at, parameter) in parameters.iter().enumerate() {
        let name = parameter.name.value();
        if parameters[..at]
            .iter()
            .any(|known| known.name.value() == name)
        {
            let message = format!("duplicate parameter `{name}`");
            return Err(Error::new(parameter.name.span(), message));
        }
    }
    Ok(parameters)
}

fn parameter(input: ParseStream<'_>) -> Result<StatedParameter> {
    let name = if input.peek(LitStr) {
        Name::Text(input.parse()?)
    } else {
        Name::Word(
            input
                .call(Ident::parse_any)
                .map_err(|error| Error::new(error.span(), EXPECTED))?,
        )
    };
    if !input.peek(Token![=]) {
        return Err(Error::new(name.span(), EXPECTED));
    }
    input.parse::<Token![=]>()?;
    let limit = limit(input)?;
    Ok(StatedParameter { name, limit })
}

const EXPECTED: &str = "expected parameters of the path with what they take, such as `id = u32`, \
    `locale = [\"en\", \"fr\"]` or `slug = \"[a-z-]+\"`";

fn limit(input: ParseStream<'_>) -> Result<StatedLimit> {
    if input.peek(LitStr) {
        return input.parse().map(StatedLimit::Pattern);
    }
    if input.peek(syn::token::Bracket) {
        let list: Group = input.parse()?;
        let choices = Punctuated::<LitStr, Token![,]>::parse_terminated.parse2(list.stream())?;
        if choices.is_empty() {
            return Err(Error::new(list.span(), "the list of choices is empty"));
        }
        let choices = choices.iter().map(LitStr::value).collect();
        return Ok(StatedLimit::Choices(choices));
    }
    let ty = Type::parse(input).map_err(|error| Error::new(error.span(), EXPECTED))?;
    Ok(StatedLimit::Type(Box::new(ty)))
}
