//! What an expression in an address says by its words: which handler's constant it
//! is, what its value would be called.

/// The constants that a handler has for its address.
const CONSTANTS: [&str; 2] = ["PATH", "URL"];

/// Methods that hand on a value under another type.
const CONVERSIONS: [&str; 9] = [
    "as_ref",
    "as_str",
    "clone",
    "get",
    "into",
    "to_owned",
    "to_string",
    "unwrap",
    "unwrap_or_default",
];

/// The path of the handler whose constant this is, and the constant; methods and
/// filters may follow it.
pub(super) fn handler(expression: &str) -> Option<(String, String)> {
    let expression: String = expression.split_whitespace().collect();
    let expression = expression.trim_start_matches('&');
    let is_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '#');
    let end = expression.find(|c| !is_path(c)).unwrap_or(expression.len());
    let (path, rest) = expression.split_at(end);
    let (path, constant) = path.rsplit_once("::")?;
    let is_call = rest.starts_with('.') && rest.ends_with(')');
    let is_filter = rest.starts_with('|') && !rest.starts_with("||");
    let segments = path.strip_prefix("::").unwrap_or(path);
    // `Self` is the template's own type, and no handler.
    let is_handler = segments.split("::").next() != Some("Self")
        && CONSTANTS.contains(&constant)
        && (rest.is_empty() || is_call || is_filter)
        && segments.split("::").all(is_identifier);
    is_handler.then(|| (path.to_owned(), constant.to_owned()))
}

/// What to call the parameter that an expression fills.
pub(super) fn name(expression: &str) -> &str {
    let words = words(unfiltered(expression));
    let mut words = words.into_iter().rev();
    let word = words.find(|word| !CONVERSIONS.contains(word));
    word.unwrap_or("hole")
}

/// Whether an expression is called as if its value began with a `?`.
pub(super) fn may_be_query(expression: &str) -> bool {
    let name = name(expression);
    let mut words = name.split('_');
    words.any(|word| {
        matches!(
            word,
            "query" | "querystring" | "qs" | "params" | "fragment" | "anchor"
        )
    })
}

/// An expression without askama's filters: `id|urlencode`.
fn unfiltered(expression: &str) -> &str {
    let bytes = expression.as_bytes();
    let is_filter = |(index, _): &(usize, &str)| {
        let before = index.checked_sub(1).and_then(|index| bytes.get(index));
        bytes.get(index + 1) != Some(&b'|') && before != Some(&b'|')
    };
    let filter = expression.match_indices('|').find(is_filter);
    filter
        .and_then(|(index, _)| expression.get(..index))
        .unwrap_or(expression)
}

/// The identifiers of an expression; what is in quotes is none.
fn words(expression: &str) -> Vec<&str> {
    let code = expression.split('"').step_by(2);
    let words = code.flat_map(|code| code.split(|c: char| !c.is_ascii_alphanumeric() && c != '_'));
    words
        .filter(|word| is_identifier(word) && *word != "_")
        .collect()
}

fn is_identifier(word: &str) -> bool {
    let word = word.strip_prefix("r#").unwrap_or(word);
    let is_letter = |c: char| c.is_alphabetic() || c == '_';
    word.starts_with(is_letter) && word.chars().all(|c| c.is_alphanumeric() || c == '_')
}
