//! An endpoint of another program: a method, and a path or an address.

use syn::LitStr;

use crate::endpoint::Endpoint;
use crate::errors::Errors;
use crate::{host, method, path};

/// An endpoint of another program.
#[derive(Debug)]
pub struct ExternalEndpoint {
    /// The method and the path.
    pub endpoint: Endpoint,
    /// The host of that program, if it is stated.
    pub host: Option<String>,
}

impl ExternalEndpoint {
    /// Checks `"METHOD /path"` and `"METHOD https://host/path"`.
    pub fn from_text(text: &LitStr, errors: &mut Errors) -> Option<Self> {
        let value = text.value();
        let parts = value.split_once(' ');
        let is_pair =
            |(method, place): &(&str, &str)| !method.is_empty() && !place.starts_with(' ');
        let Some((method, place)) = parts.filter(is_pair) else {
            let message = format!("expected an endpoint, \"POST /path\", found \"{value}\"");
            errors.push(text.span(), message);
            return None;
        };
        let (host, path) = host::split_address(place);
        errors.ok_at(text.span(), method::check(method))?;
        if let Some(host) = host {
            let checked = host::check(host);
            let checked = checked.map_err(|why| format!("`{host}` is not a valid host: {why}"));
            errors.ok_at(text.span(), checked)?;
        }
        errors.ok_at(text.span(), path::check(path))?;
        Some(Self {
            endpoint: Endpoint {
                method: method.to_owned(),
                path: path.to_owned(),
            },
            host: host.map(str::to_owned),
        })
    }
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
