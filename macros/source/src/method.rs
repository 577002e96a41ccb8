//! HTTP methods, as sources write them.

use std::fmt;

use crate::text::alternatives;

/// The methods that a handler can serve (RFC 9110, section 9, and RFC 5789).
const SERVED: [&str; 8] = [
    "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE",
];

/// Why a text is not a method that a handler can serve.
#[derive(Debug, PartialEq, Eq)]
pub enum MethodError {
    /// It is written in lowercase; the method in uppercase.
    Lowercase(String),
    /// HTTP has no such method, or no page can send it.
    Unknown(String),
}

/// Checks that a handler can serve the method.
///
/// # Errors
///
/// Says how the method is written, or which ones there are.
pub fn check(method: &str) -> Result<(), MethodError> {
    if SERVED.contains(&method) {
        return Ok(());
    }
    let uppercase = method.to_ascii_uppercase();
    Err(if SERVED.contains(&uppercase.as_str()) {
        MethodError::Lowercase(uppercase)
    } else {
        MethodError::Unknown(method.to_owned())
    })
}

/// The method of the request that a browser sends after a redirect with this status, which
/// answers a request of this method, by the Fetch standard (HTTP-redirect fetch, step 12).
#[must_use]
pub fn after_redirect(status: u16, method: &str) -> &str {
    let is_read = matches!(method, "GET" | "HEAD");
    match status {
        301 | 302 if method == "POST" => "GET",
        303 if !is_read => "GET",
        _ => method,
    }
}

/// The method that frameworks name a function or an attribute after, `get`: in uppercase.
#[must_use]
pub fn from_word(word: &str) -> Option<&'static str> {
    let mut known = SERVED.into_iter().chain(["CONNECT"]);
    let is_lowercase = !word.bytes().any(|byte| byte.is_ascii_uppercase());
    known.find(|method| is_lowercase && method.eq_ignore_ascii_case(word))
}

impl fmt::Display for MethodError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lowercase(uppercase) => {
                write!(f, "methods must be uppercase: write `{uppercase}`")
            }
            Self::Unknown(method) => {
                let expected = alternatives(&SERVED);
                write!(f, "`{method}` is not an HTTP method: expected {expected}")
            }
        }
    }
}

impl std::error::Error for MethodError {}

#[cfg(test)]
mod tests {
    use super::{MethodError, after_redirect, check, from_word};

    #[test]
    fn methods_are_in_uppercase() {
        assert_eq!(check("PATCH"), Ok(()));
        assert_eq!(check("get"), Err(MethodError::Lowercase("GET".to_owned())));
        assert_eq!(
            check("CONNECT"),
            Err(MethodError::Unknown("CONNECT".to_owned()))
        );
    }

    #[test]
    fn words_of_frameworks_are_in_lowercase() {
        assert_eq!(from_word("delete"), Some("DELETE"));
        assert_eq!(from_word("connect"), Some("CONNECT"));
        assert_eq!(from_word("Get"), None);
        assert_eq!(from_word("any"), None);
    }

    #[test]
    fn methods_change_as_the_fetch_standard_says() {
        for (status, methods) in [
            (301, ["GET", "HEAD", "GET", "PUT"]),
            (302, ["GET", "HEAD", "GET", "PUT"]),
            (303, ["GET", "HEAD", "GET", "GET"]),
            (307, ["GET", "HEAD", "POST", "PUT"]),
            (308, ["GET", "HEAD", "POST", "PUT"]),
        ] {
            let after = ["GET", "HEAD", "POST", "PUT"].map(|method| after_redirect(status, method));
            assert_eq!(after, methods, "{status}");
        }
    }
}
