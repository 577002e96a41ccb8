//! A handler that does nothing but send the request on.

use coexist_source::method;
use serde::{Deserialize, Serialize};

/// Where a handler sends every request on to, and how.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redirect {
    /// 301, 302, 303, 307 or 308.
    pub status: u16,
    /// The path; its holes are named as the parameters of the handler's path.
    pub to: String,
    /// Whether the query of the request is appended to it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub query: bool,
}

impl Redirect {
    /// The statuses with which a browser goes on by itself.
    pub(crate) const STATUSES: [u16; 5] = [301, 302, 303, 307, 308];

    /// The method of the request that follows one of this method, by the Fetch standard
    /// (HTTP-redirect fetch, step 12).
    #[must_use]
    pub fn method_after<'m>(&self, method: &'m str) -> &'m str {
        method::after_redirect(self.status, method)
    }
}
