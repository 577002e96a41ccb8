//! What reads the fields of a request: each library has its own idea of lists and empty values.

use std::fmt;

use crate::encoding::Encoding;
use crate::text::alternatives;

/// The library that reads a handler's fields, by the name that records and annotations give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Reader {
    /// `axum::Form` and `Query`, and those of actix-web and poem.
    SerdeUrlencoded,
    /// axum-extra's `Form` and `Query`.
    SerdeHtmlForm,
    /// `serde_qs`.
    SerdeQs,
    /// Rocket's forms.
    Rocket,
    /// The same in `Strict`.
    RocketStrict,
    /// `axum_typed_multipart`.
    AxumTypedMultipart,
    /// `actix_multipart`.
    ActixMultipart,
    /// The `Json` of each framework.
    SerdeJson,
}

/// A name that no reader has.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownReader(pub String);

/// The crates whose extractors are known, the names of these, and their readers.
const EXTRACTORS: [(&str, &[&str], Reader); 13] = [
    ("axum", &["Form", "Query"], Reader::SerdeUrlencoded),
    ("axum", &["Json"], Reader::SerdeJson),
    ("axum_extra", &["Form", "Query"], Reader::SerdeHtmlForm),
    ("actix_web", &["Form", "Query"], Reader::SerdeUrlencoded),
    ("actix_web", &["Json"], Reader::SerdeJson),
    ("poem", &["Form", "Query"], Reader::SerdeUrlencoded),
    ("poem", &["Json"], Reader::SerdeJson),
    ("poem_openapi", &["Form"], Reader::SerdeUrlencoded),
    ("rocket", &["Form"], Reader::Rocket),
    ("rocket", &["Json"], Reader::SerdeJson),
    ("serde_qs", &["QsForm", "QsQuery"], Reader::SerdeQs),
    (
        "axum_typed_multipart",
        &["TypedMultipart"],
        Reader::AxumTypedMultipart,
    ),
    (
        "actix_multipart",
        &["MultipartForm"],
        Reader::ActixMultipart,
    ),
];

impl Reader {
    const ALL: [Self; 8] = [
        Self::SerdeUrlencoded,
        Self::SerdeHtmlForm,
        Self::SerdeQs,
        Self::Rocket,
        Self::RocketStrict,
        Self::AxumTypedMultipart,
        Self::ActixMultipart,
        Self::SerdeJson,
    ];

    /// The reader of this name.
    ///
    /// # Errors
    ///
    /// Lists the names if none of them is this one.
    pub fn from_name(name: &str) -> Result<Self, UnknownReader> {
        let mut all = Self::ALL.into_iter();
        let found = all.find(|reader| reader.name() == name);
        found.ok_or_else(|| UnknownReader(name.to_owned()))
    }

    /// Its name in annotations and in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SerdeUrlencoded => "serde_urlencoded",
            Self::SerdeHtmlForm => "serde_html_form",
            Self::SerdeQs => "serde_qs",
            Self::Rocket => "rocket",
            Self::RocketStrict => "rocket_strict",
            Self::AxumTypedMultipart => "axum_typed_multipart",
            Self::ActixMultipart => "actix_multipart",
            Self::SerdeJson => "serde_json",
        }
    }

    /// The reader of the extractor with this path, whose first segment is a crate.
    #[must_use]
    pub fn of_extractor(path: &[String]) -> Option<Self> {
        let (krate, name) = (path.first()?, path.last()?);
        let mut extractors = EXTRACTORS.iter();
        let found =
            extractors.find(|(known, names, _)| known == krate && names.contains(&name.as_str()));
        found.map(|(_, _, reader)| *reader)
    }

    /// How what it reads arrives, where the name of the extractor does not show it.
    #[must_use]
    pub const fn encoding(self) -> Option<Encoding> {
        match self {
            Self::SerdeUrlencoded | Self::SerdeHtmlForm | Self::SerdeQs => {
                Some(Encoding::Urlencoded)
            }
            Self::AxumTypedMultipart | Self::ActixMultipart => Some(Encoding::Multipart),
            Self::SerdeJson => Some(Encoding::Json),
            // Either of the two that a form sends.
            Self::Rocket | Self::RocketStrict => None,
        }
    }
}

impl fmt::Display for UnknownReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Reader::ALL.map(Reader::name);
        let Self(name) = self;
        write!(
            f,
            "the reader `{name}` is unknown: expected {}",
            alternatives(&names)
        )
    }
}

impl std::error::Error for UnknownReader {}
