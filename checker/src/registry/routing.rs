//! How a router goes on where a path fits and its handlers do not take the method.

use serde::{Deserialize, Serialize};

/// What decides first: the path, or the method together with the path.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Routing {
    /// The first path that fits is taken; where it does not have the method, the answer is
    /// 405. So does axum, and actix-web within `web::resource`.
    #[default]
    PathFirst,
    /// A route fits with path and method, or the next one is tried. So do actix-web's and
    /// Rocket's attributes.
    MethodFirst,
}

/// What the app does with the slash at the end of a path, before it routes the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TrailingSlash {
    /// It takes the slash off, so `/admin/` is served as `/admin`.
    Trim,
    /// It appends one where there is none, so `/admin` is served as `/admin/`.
    Append,
}

impl TrailingSlash {
    /// Its name in snapshots and annotations.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Trim => "trim",
            Self::Append => "append",
        }
    }
}

impl Routing {
    /// Its name in snapshots and annotations.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PathFirst => "path-first",
            Self::MethodFirst => "method-first",
        }
    }
}
