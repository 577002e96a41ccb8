//! Hosts in addresses of other programs (RFC 952, RFC 1123): a name in lowercase, without scheme,
//! port or path.

use std::fmt;

/// Why a text is not the name of a host.
#[derive(Debug, PartialEq, Eq)]
pub enum HostError {
    /// It contains a parameter of a path pattern.
    Parameter,
    /// It is more than the name, or not in lowercase; the name alone.
    NotAlone(String),
    /// It contains characters that no host has, or none at all.
    Name,
}

/// Checks the name of a host.
///
/// # Errors
///
/// Says how the name is written, or what it may consist of.
pub fn check(host: &str) -> Result<(), HostError> {
    if host.contains(['{', '}']) {
        return Err(HostError::Parameter);
    }
    let bare = host.split_once("://").map_or(host, |(_, rest)| rest);
    let bare = bare.trim_start_matches('/');
    let bare = bare.split(['/', '?', '#']).next().unwrap_or_default();
    let is_port = |port: &str| port.bytes().all(|b| b.is_ascii_digit());
    let bare = match bare.rsplit_once(':') {
        Some((name, port)) if is_port(port) => name,
        _ => bare,
    };
    let bare = bare.to_ascii_lowercase();
    let is_label = |label: &str| {
        let is_allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        !label.is_empty() && label.bytes().all(is_allowed) && !label.starts_with('-')
    };
    match (bare.split('.').all(is_label), bare == host) {
        (true, true) => Ok(()),
        (true, false) => Err(HostError::NotAlone(bare)),
        (false, _) => Err(HostError::Name),
    }
}

/// Splits a place into its host, if it is an address, and its path.
#[must_use]
pub fn split_address(place: &str) -> (Option<&str>, &str) {
    /// What begins an address; how the host is reached does not matter.
    const SCHEMES: [&str; 3] = ["https://", "http://", "//"];
    let rest = SCHEMES.iter().find_map(|scheme| place.strip_prefix(scheme));
    match rest {
        None => (None, place),
        Some(rest) => match rest.find('/') {
            Some(slash) => (Some(&rest[..slash]), &rest[slash..]),
            None => (Some(rest), "/"),
        },
    }
}

impl fmt::Display for HostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parameter => {
                f.write_str("a host cannot contain parameters; list one endpoint per host")
            }
            Self::NotAlone(bare) => write!(
                f,
                "write the name alone, in lowercase, without scheme, port or path: `{bare}`"
            ),
            Self::Name => f.write_str(
                "expected a name of letters, digits, hyphens and dots, such as `billing.example.com`",
            ),
        }
    }
}

impl std::error::Error for HostError {}

#[cfg(test)]
mod tests {
    use super::{HostError, check, split_address};

    #[test]
    fn an_address_is_a_host_and_a_path() {
        for (place, expected) in [
            ("/pay/{id}", (None, "/pay/{id}")),
            ("https://a.example/pay", (Some("a.example"), "/pay")),
            ("http://localhost/", (Some("localhost"), "/")),
            ("//a-1.example/{id}", (Some("a-1.example"), "/{id}")),
            ("https://a.example", (Some("a.example"), "/")),
        ] {
            assert_eq!(split_address(place), expected, "{place}");
        }
    }

    #[test]
    fn names_of_hosts_are_accepted() {
        for host in ["a.example", "localhost", "a-1.b", "127.0.0.1"] {
            assert_eq!(check(host), Ok(()), "{host}");
        }
    }

    #[test]
    fn the_name_alone_is_offered() {
        for host in [
            "A.example",
            "a.example:8443",
            "https://a.example/pay",
            "//a.example?b",
        ] {
            let expected = HostError::NotAlone("a.example".to_owned());
            assert_eq!(check(host), Err(expected), "{host}");
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for host in [
            "",
            "me@a.example",
            "a..example",
            "-a.example",
            "ä.example",
            "a:b",
        ] {
            assert_eq!(check(host), Err(HostError::Name), "{host}");
        }
        assert_eq!(check("{tenant}.example"), Err(HostError::Parameter));
    }
}
