//! What reads the fields of a request: each has its own idea of lists and empty values.

use serde::{Deserialize, Serialize};

/// The library that reads a handler's fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reader {
    /// `axum::Form` and `Query`, and those of actix-web and poem.
    SerdeUrlencoded,
    /// axum-extra's `Form` and `Query`.
    SerdeHtmlForm,
    /// `serde_qs`.
    SerdeQs,
    /// Rocket's forms.
    Rocket,
    /// `axum_typed_multipart`.
    AxumTypedMultipart,
    /// `actix_multipart`.
    ActixMultipart,
    /// The `Json` of each framework.
    SerdeJson,
}
