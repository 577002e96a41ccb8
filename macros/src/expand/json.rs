//! Writes JSON.

use coexist_source::endpoint::Endpoint;

/// The text as a JSON string, with its quotes.
pub(super) fn string(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    json.push('"');
    for c in text.chars() {
        match c {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            c if c.is_control() => json.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => json.push(c),
        }
    }
    json.push('"');
    json
}

/// The items as a JSON array of strings.
pub(super) fn strings<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    let items: Vec<String> = items.into_iter().map(string).collect();
    format!("[{}]", items.join(","))
}

/// `"method":…,"path":…`.
pub(super) fn method_and_path(endpoint: &Endpoint) -> String {
    let Endpoint { method, path } = endpoint;
    format!("\"method\":{},\"path\":{}", string(method), string(path))
}

#[cfg(test)]
mod tests {
    use super::string;

    #[test]
    fn what_json_reserves_is_escaped() {
        assert_eq!(string("C:\\a \"b\"\n"), "\"C:\\\\a \\\"b\\\"\\u000a\"");
        assert_eq!(string("müller"), "\"müller\"");
    }
}
