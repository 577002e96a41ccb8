//! JSON that is printed.

use std::io::{self, Write};

use serde::Serialize;

use super::visible::{is_escaped, is_joiner};

/// Writes a value, indented, with a newline at its end. What a terminal or a log would obey
/// is escaped, as in `\u001b`: the value that a reader gets stays the same.
pub(crate) fn write(value: &impl Serialize, to: &mut dyn Write) -> io::Result<()> {
    let json = serde_json::to_string_pretty(value)?;
    to.write_all(escaped(&json).as_bytes())?;
    writeln!(to)
}

/// Outside of its strings, JSON has none of what is escaped here.
fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    let mut command = CommandMark::default();
    for c in json.chars() {
        if (c != '\n' && is_escaped(c)) || command.ends_with(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// Looks for `##[` and `##vso[`, which the runners of GitHub and Azure obey anywhere in a
/// line.
#[derive(Default)]
pub(crate) struct CommandMark {
    /// How much of a mark there is.
    seen: usize,
}

impl CommandMark {
    /// Whether a mark is complete with the next character.
    pub(crate) fn ends_with(&mut self, c: char) -> bool {
        const MARK: [char; 5] = ['#', '#', 'v', 's', 'o'];
        if is_joiner(c) {
            return false;
        }
        let is_complete = c == '[' && (self.seen == 2 || self.seen == MARK.len());
        self.seen = match MARK.get(self.seen) {
            Some(next) if c.to_ascii_lowercase() == *next => self.seen + 1,
            // Of more than two, the last two count.
            _ if c == '#' => {
                if self.seen == 2 {
                    2
                } else {
                    1
                }
            }
            _ => 0,
        };
        is_complete
    }
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn the_value_stays_the_same() {
        for text in [
            "\u{7f}\u{9b}2J \u{2028}\u{202e}\u{ffff}\u{10ffff}",
            "##[add-mask]x ###[error] #\u{200d}#[x ##VSO[task] ##v##[x",
            "plain [#] ## [ ## vso[",
        ] {
            let json = serde_json::to_string(text).unwrap();
            let escaped = escaped(&json);
            assert_eq!(serde_json::from_str::<String>(&escaped).unwrap(), text);
            assert!(!escaped.contains("##[") && !escaped.to_lowercase().contains("##vso["));
            assert!(!escaped.contains(super::is_escaped), "{escaped}");
        }
        assert_eq!(escaped("[\"# [ ##\"]"), "[\"# [ ##\"]");
    }
}
