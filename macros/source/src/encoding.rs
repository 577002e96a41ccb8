//! How the fields of a request are written.

use crate::text::alternatives;

/// An encoding of fields, by the name that records and annotations give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Encoding {
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

/// A name that no encoding has.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownEncoding(pub String);

impl Encoding {
    const ALL: [Self; 5] = [
        Self::Urlencoded,
        Self::Multipart,
        Self::Json,
        Self::Text,
        Self::Query,
    ];

    /// The encoding of this name.
    ///
    /// # Errors
    ///
    /// Lists the names if none of them is this one.
    pub fn from_name(name: &str) -> Result<Self, UnknownEncoding> {
        let mut all = Self::ALL.into_iter();
        let found = all.find(|encoding| encoding.name() == name);
        found.ok_or_else(|| UnknownEncoding(name.to_owned()))
    }

    /// Its name in annotations and in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Urlencoded => "urlencoded",
            Self::Multipart => "multipart",
            Self::Json => "json",
            Self::Text => "text",
            Self::Query => "query",
        }
    }
}

impl std::fmt::Display for UnknownEncoding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (name, expected) = (&self.0, alternatives(&Encoding::ALL.map(Encoding::name)));
        write!(f, "unknown encoding `{name}`: expected {expected}")
    }
}

impl std::error::Error for UnknownEncoding {}
