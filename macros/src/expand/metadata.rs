//! The metadata of an item that the compiler checks, as tokens: see `metadata` in the crate
//! `coexist`.

use coexist_source::encoding::Encoding;
use coexist_source::lifespan::{Bound, Lifespan};
use proc_macro2::TokenStream;
use quote::quote;
use semver::{Prerelease, Version};

/// An expression of type `Lifespan`.
pub(super) fn lifespan(lifespan: &Lifespan) -> TokenStream {
    let since = match &lifespan.since {
        Bound::Version(version) => version_parts(version),
        next @ Bound::Next => {
            let text = next.to_string();
            let greatest = [u64::MAX; 3];
            quote!(::coexist::__private::Version { numbers: [#(#greatest),*], pre: &[255], text: #text })
        }
    };
    let until = option(lifespan.until.as_ref().map(version_parts));
    quote!(::coexist::__private::Lifespan { since: #since, until: #until })
}

/// An expression of type `Option`.
pub(super) fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or_else(
        || quote!(::core::option::Option::None),
        |value| quote!(::core::option::Option::Some(#value)),
    )
}

/// An expression of type `Option<&str>`, for a method.
pub(super) fn method(method: Option<&str>) -> TokenStream {
    option(method.map(|method| quote!(#method)))
}

/// An expression of type `Option<&str>`, for the name of an encoding.
pub(super) fn encoding(encoding: Option<Encoding>) -> TokenStream {
    let name = encoding.map(Encoding::name);
    option(name.map(|name| quote!(#name)))
}

fn version_parts(version: &Version) -> TokenStream {
    let Version {
        major,
        minor,
        patch,
        pre,
        ..
    } = version;
    let (text, pre) = (version.to_string(), ordered(pre));
    quote!(::coexist::__private::Version {
        numbers: [#major, #minor, #patch],
        pre: &[#(#pre),*],
        text: #text,
    })
}

/// Bytes whose order is that of pre-releases (semver, section 11): numbers before
/// words, fewer identifiers before more, and the release itself last.
fn ordered(pre: &Prerelease) -> Vec<u8> {
    if pre.is_empty() {
        return vec![255];
    }
    let identifiers = pre.split('.').map(|identifier| {
        let is_number = identifier.bytes().all(|byte| byte.is_ascii_digit());
        let mut bytes = vec![if is_number { 1 } else { 2 }];
        if is_number {
            // There are no leading zeros, so the longer number is the greater one.
            bytes.extend(
                u32::try_from(identifier.len())
                    .unwrap_or(u32::MAX)
                    .to_be_bytes(),
            );
        }
        bytes.extend(identifier.bytes());
        bytes.push(0);
        bytes
    });
    identifiers.flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::ordered;
    use semver::Prerelease;

    #[test]
    fn bytes_are_ordered_as_semver_orders_prereleases() {
        let texts = [
            "1",
            "2",
            "10",
            "1.a",
            "alpha",
            "alpha.1",
            "alpha.beta",
            "beta",
            "beta.2",
            "beta.11",
            "rc.1",
            "",
        ];
        for one in texts.map(|text| Prerelease::new(text).unwrap()) {
            for other in texts.map(|text| Prerelease::new(text).unwrap()) {
                assert_eq!(
                    ordered(&one).cmp(&ordered(&other)),
                    one.cmp(&other),
                    "{one} {other}"
                );
            }
        }
    }
}
