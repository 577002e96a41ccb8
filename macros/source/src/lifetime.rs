//! How long a form stays open: `30d`, `1h 30m`, `90s`.

use std::fmt;

/// The units, from the longest to the shortest.
const UNITS: [char; 5] = ['w', 'd', 'h', 'm', 's'];

/// A text that is not a length of time.
#[derive(Debug, PartialEq, Eq)]
pub struct LifetimeError(pub String);

/// Checks a length of time: whole numbers, each with a unit, the longest unit first.
///
/// # Errors
///
/// If the text is anything else. The checker reads more spellings; these are the ones that every
/// version of it reads.
pub fn check(text: &str) -> Result<(), LifetimeError> {
    let wrong = || LifetimeError(text.to_owned());
    let mut rest = text;
    let mut units = UNITS.as_slice();
    while !rest.is_empty() {
        let digits = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        // A century has less than a million hours.
        if !(1..=7).contains(&digits) {
            return Err(wrong());
        }
        let unit = rest[digits..].chars().next().ok_or_else(wrong)?;
        let position = units.iter().position(|known| *known == unit);
        units = &units[position.ok_or_else(wrong)? + 1..];
        let after = &rest[digits + 1..];
        rest = after.strip_prefix(' ').unwrap_or(after);
        if rest.is_empty() && after != rest {
            return Err(wrong());
        }
    }
    if text.is_empty() {
        Err(wrong())
    } else {
        Ok(())
    }
}

impl fmt::Display for LifetimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a valid duration: write numbers with their units, such as \"30d\", \
             \"24h\", \"1h 30m\" or \"90s\"",
            self.0
        )
    }
}

impl std::error::Error for LifetimeError {}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn lengths_of_time_have_units() {
        for text in ["30d", "24h", "1h 30m", "1h30m", "90s", "2w 1d", "0s"] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
        for text in [
            "",
            " ",
            "30",
            "d",
            "30 d",
            "30 days",
            "1m 1h",
            "1h 1h",
            "-1h",
            "1.5h",
            "1h ",
            " 1h",
            "1M",
            "99999999h",
            "1y",
        ] {
            assert!(check(text).is_err(), "{text}");
        }
    }
}
