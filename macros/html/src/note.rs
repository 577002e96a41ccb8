//! Comments that say something of the element that follows: `coexist: since = "1.4.0"`.

/// How such a comment begins.
const MARK: &str = "coexist:";

/// Whether a comment is for coexist.
#[cfg(feature = "askama")]
pub(crate) fn is_note(comment: &str) -> bool {
    note(comment).is_some()
}

/// What a comment says of the element that follows, if it is for coexist.
pub(crate) fn note(comment: &str) -> Option<String> {
    let text = comment.trim().strip_prefix(MARK)?;
    Some(text.trim().to_owned())
}
