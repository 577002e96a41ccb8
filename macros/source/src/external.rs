//! An endpoint of another program: a method, and a path or an address.

use syn::LitStr;

use crate::endpoint::Endpoint;
use crate::errors::Errors;
use crate::host::{self, HostError};
use crate::method;
use crate::path::{self, PathError};

/// An endpoint of another program.
#[derive(Debug)]
pub struct ExternalEndpoint {
    /// The method and the path.
    pub endpoint: Endpoint,
    /// The host of that program, if it is named.
    pub host: Option<String>,
}

impl ExternalEndpoint {
    /// Checks `"METHOD /path"` and `"METHOD https://host/path"`.
    pub fn from_text(text: &LitStr, errors: &mut Errors) -> Option<Self> {
        let value = text.value();
        let (method, place) = errors.ok_at(text.span(), split_endpoint(&value))?;
        let (host, path) = host::split_address(place);
        errors.ok_at(text.span(), method::check(method))?;
        if let Some(host) = host {
            errors.ok_at(text.span(), check_host(host, &value))?;
        }
        let checked = path::check(path).map_err(|why| match why {
            PathError::Address if host.is_none() => {
                "expected a path, or `https://` and a host".to_owned()
            }
            why => why.to_string(),
        });
        errors.ok_at(text.span(), checked)?;
        Some(Self {
            endpoint: Endpoint {
                method: method.to_owned(),
                path: path.to_owned(),
            },
            host: host.map(str::to_owned),
        })
    }
}

/// Splits `METHOD place` at its space.
fn split_endpoint(text: &str) -> Result<(&str, &str), String> {
    if let Some((method, place)) = text.split_once(' ')
        && !method.is_empty()
        && !place.starts_with(' ')
    {
        return Ok((method, place));
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    Err(match words[..] {
        [] => {
            "the endpoint is empty: expected a method and a path, such as \"POST /path\"".to_owned()
        }
        [method, place] => format!(
            "expected exactly one space between method and path, and none before them: write \
             \"{method} {place}\""
        ),
        [word] if is_handler(word) => format!("a handler is named without quotes: write `{word}`"),
        _ => format!("expected an endpoint, such as \"POST /path\", found \"{text}\""),
    })
}

/// Whether a word looks like the path of a handler, and not like a method.
fn is_handler(word: &str) -> bool {
    method::check(word).is_err() && syn::parse_str::<syn::Path>(word).is_ok()
}

/// Checks the host of the endpoint `text`.
fn check_host(host: &str, text: &str) -> Result<(), String> {
    host::check(host).map_err(|why| match why {
        HostError::NotAlone(bare) => {
            let corrected = text.replacen(host, &bare, 1);
            format!(
                "`{host}` is not a valid host: write \"{corrected}\", in lowercase and without a port"
            )
        }
        HostError::Name if host.is_empty() => {
            "the host is empty: expected one such as `billing.example.com`".to_owned()
        }
        why => format!("`{host}` is not a valid host: {why}"),
    })
}

#[cfg(test)]
mod tests {
    use super::ExternalEndpoint;
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
            let external = ExternalEndpoint::from_text(&literal, &mut Errors::default()).unwrap();
            assert_eq!(external.host.as_deref(), host, "{text}");
            assert_eq!(external.endpoint.path, path, "{text}");
        }
    }
}
