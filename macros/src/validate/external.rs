//! An endpoint of another program: a method, and a path or an address.

use proc_macro2::Span;
use syn::LitStr;

use super::Endpoint;
use super::endpoint::{check_method, check_path};
use crate::errors::Errors;

/// What begins an address; what it is fetched by does not matter.
const SCHEMES: [&str; 3] = ["https://", "http://", "//"];

/// An endpoint of another program.
pub(crate) struct Elsewhere {
    pub(crate) endpoint: Endpoint,
    /// The host of that program, if it is stated.
    pub(crate) host: Option<String>,
}

impl Elsewhere {
    /// Checks `"METHOD /path"` and `"METHOD https://host/path"`.
    pub(super) fn from_text(text: &LitStr, mistakes: &mut Errors) -> Option<Self> {
        let value = text.value();
        let span: Span = text.span();
        let parts = value.split_once(' ');
        let Some((method, place)) =
            parts.filter(|(method, place)| !method.is_empty() && !place.starts_with(' '))
        else {
            mistakes.at(
                span,
                format!("expected an endpoint, \"POST /path\", found \"{value}\""),
            );
            return None;
        };
        let (host, path) = split(place);
        let checked = check_method(method)
            .and_then(|()| host.map_or(Ok(()), check_host))
            .and_then(|()| check_path(path));
        if let Err(message) = checked {
            mistakes.at(span, message);
            return None;
        }
        Some(Self {
            endpoint: Endpoint {
                method: method.to_owned(),
                path: path.to_owned(),
            },
            host: host.map(str::to_owned),
        })
    }
}

/// The host, if the place is an address, and the path.
fn split(place: &str) -> (Option<&str>, &str) {
    let rest = SCHEMES.iter().find_map(|scheme| place.strip_prefix(scheme));
    match rest {
        None => (None, place),
        Some(rest) => match rest.find('/') {
            Some(slash) => (Some(&rest[..slash]), &rest[slash..]),
            None => (Some(rest), "/"),
        },
    }
}

/// Checks the name of a host.
fn check_host(host: &str) -> Result<(), String> {
    if host.contains(['{', '}']) {
        return Err(format!(
            "`{host}` has a parameter: name each host, in an endpoint of its own"
        ));
    }
    if let Some((name, _port)) = host.rsplit_once(':') {
        return Err(format!(
            "the host alone tells the program, without a port: `{name}`"
        ));
    }
    let small = host.to_ascii_lowercase();
    if small != host {
        return Err(format!("hosts are written in small letters: `{small}`"));
    }
    let is_part = |part: &str| {
        let is_fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        !part.is_empty() && part.chars().all(is_fine) && !part.starts_with('-')
    };
    if host.split('.').all(is_part) {
        return Ok(());
    }
    Err(format!(
        "`{host}` is not the name of a host: expected letters, digits, hyphens and dots"
    ))
}

#[cfg(test)]
mod tests {
    use super::{Elsewhere, check_host};
    use crate::errors::Errors;

    #[test]
    fn an_address_is_a_host_and_a_path() {
        for (text, host, path) in [
            ("POST /pay/{id}", None, "/pay/{id}"),
            ("POST https://a.example/pay", Some("a.example"), "/pay"),
            ("POST http://localhost/", Some("localhost"), "/"),
            ("POST //a-1.example/{id}", Some("a-1.example"), "/{id}"),
            ("POST https://a.example", Some("a.example"), "/"),
        ] {
            let literal = syn::LitStr::new(text, proc_macro2::Span::call_site());
            let mut mistakes = Errors::default();
            let elsewhere = Elsewhere::from_text(&literal, &mut mistakes).unwrap();
            assert_eq!(elsewhere.host.as_deref(), host, "{text}");
            assert_eq!(elsewhere.endpoint.path, path, "{text}");
        }
    }

    #[test]
    fn what_is_no_host_is_refused() {
        for host in [
            "",
            "A.example",
            "a.example:8443",
            "me@a.example",
            "a..example",
            "-a.example",
            "{tenant}.example",
            "ä.example",
        ] {
            assert!(check_host(host).is_err(), "{host}");
        }
    }
}
