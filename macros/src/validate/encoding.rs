//! How the fields of a request are written.

use syn::LitStr;

use crate::attr::listed;
use crate::errors::Errors;

/// An encoding, by the name that records and annotations give it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Encoding {
    /// `application/x-www-form-urlencoded` in the body.
    Urlencoded,
    /// `multipart/form-data`.
    Multipart,
    /// `application/json`.
    Json,
    /// `text/plain`.
    Text,
    /// The query of the URL.
    Query,
}

impl Encoding {
    const ALL: [Self; 5] = [
        Self::Urlencoded,
        Self::Multipart,
        Self::Json,
        Self::Text,
        Self::Query,
    ];

    /// The encoding that an annotation states.
    pub(crate) fn parse(text: &LitStr, mistakes: &mut Errors) -> Option<Self> {
        let value = text.value();
        let found = Self::ALL
            .into_iter()
            .find(|encoding| encoding.name() == value);
        if found.is_none() {
            let names = Self::ALL.map(Self::name);
            mistakes.at(
                text.span(),
                format!("unknown encoding `{value}`: expected {}", listed(&names)),
            );
        }
        found
    }

    /// Its name in the record.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Urlencoded => "urlencoded",
            Self::Multipart => "multipart",
            Self::Json => "json",
            Self::Text => "text",
            Self::Query => "query",
        }
    }
}
