//! Email addresses and URLs, as far as `validator`, `garde` and browsers agree on them. They
//! differ on long names, on addresses in brackets and on letters beyond ASCII.

use std::sync::LazyLock;

use regex::Regex;

/// The HTML standard's, with the lengths that the crates allow.
const EMAIL: &str = r"^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$";

/// What nobody takes for anything but a URL.
const URL: &str =
    r"^https?://(?:[a-z][a-z0-9]*\.)*[a-z][a-z0-9]*(?::[1-9][0-9]{0,3})?(?:/[a-zA-Z0-9._~/-]*)?$";

/// Whether a text is an email address; `None`: that depends on who is asked.
pub(super) fn is_email(text: &str) -> Option<bool> {
    static SURE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(EMAIL).ok());
    let Some((user, domain)) = text.split_once('@') else {
        return Some(false);
    };
    let is_sure = SURE.as_ref().is_some_and(|sure| sure.is_match(text));
    if is_sure && domain.len() <= 255 {
        return Some(true);
    }
    let is_disputed = user.len() > 64 || domain.len() > 255 || domain.contains('[');
    (text.is_ascii() && !is_disputed).then_some(false)
}

/// Whether a text is a URL; `None`: it takes a parser to tell.
pub(super) fn is_url(text: &str) -> Option<bool> {
    static SURE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(URL).ok());
    if !text.contains(':') {
        return Some(false);
    }
    let is_sure = SURE.as_ref().is_some_and(|sure| sure.is_match(text));
    is_sure.then_some(true)
}
