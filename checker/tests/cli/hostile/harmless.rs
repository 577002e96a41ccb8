//! Asserts that a text is not obeyed: by terminals, runners of pipelines, Markdown or parsers.

use serde_json::Value;

use super::markdown::assert_plain;

/// The text without the colors that the program prints.
fn without_colors(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (color, rest) = part
            .split_once('m')
            .expect("an escape sequence that is not a color");
        let is_color = |number: &str| matches!(number.parse(), Ok(0 | 1 | 30..=37 | 39 | 90..=97));
        assert!(color.split(';').all(is_color), "{color}");
        plain.push_str(rest);
    }
    plain
}

/// Asserts that nothing that is printed in this format is obeyed by what displays it.
#[track_caller]
pub(crate) fn assert_harmless(format: &str, printed: &str, context: &str) {
    let plain = without_colors(printed);
    let is_obeyed = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fdd0}'..='\u{fdef}')
            || u32::from(c) & 0xfffe == 0xfffe
    };
    assert!(!plain.contains(is_obeyed), "{format}: {context}");
    if format == "html" {
        // It is a file, and goes into no log.
        return;
    }
    let lower = plain.to_lowercase();
    assert!(
        !lower.contains("##[") && !lower.contains("##vso["),
        "{format}: {context}"
    );
    for line in plain
        .lines()
        .filter(|line| line.trim_start().starts_with("::"))
    {
        let mut parts = line.strip_prefix("::").unwrap_or_default().splitn(2, "::");
        let head = parts.next().unwrap_or_default();
        let is_own = ["error ", "warning ", "notice "]
            .iter()
            .any(|name| head.starts_with(name))
            && head.contains("title=coexist")
            && parts.next().is_some();
        assert!(format == "github" && is_own, "{format}: {line:?} {context}");
    }
    match format {
        _ if printed.is_empty() => {}
        "json" => drop(serde_json::from_str::<Value>(printed).unwrap()),
        "sarif" => {
            let log: Value = serde_json::from_str(printed).unwrap();
            for result in log["runs"][0]["results"].as_array().unwrap() {
                let message = result["message"]["text"].as_str().unwrap();
                assert!(!message.contains("]("), "{message}");
            }
        }
        "junit" => {
            quick_junit::Report::deserialize_from_str(printed).expect(context);
        }
        "markdown" => assert_plain(printed, context),
        _ => {}
    }
}
