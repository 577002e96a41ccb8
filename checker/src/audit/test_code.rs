//! Recognizes the code that an audit ignores: code that is compiled only in tests.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Meta};

/// Whether the item is compiled only in tests: `#[test]` by whatever path,
/// `#[cfg(test)]`, `#[cfg(all(test, …))]`.
pub(super) fn is_test(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| {
        let last = attr.path().segments.last();
        let is_test = last.is_some_and(|last| last.ident == "test");
        match &attr.meta {
            Meta::List(list) if attr.path().is_ident("cfg") => needs_test(list.tokens.clone()),
            _ => is_test,
        }
    })
}

fn needs_test(condition: TokenStream) -> bool {
    let mut is_all = false;
    for token in condition {
        match token {
            TokenTree::Ident(name) if name == "test" => return true,
            // An item that is compiled in tests *or* elsewhere counts.
            TokenTree::Ident(name) => is_all = name == "all",
            TokenTree::Group(group) if is_all && needs_test(group.stream()) => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::is_test;

    #[test]
    fn what_is_only_there_in_tests_is_told_from_the_rest() {
        for (attribute, expected) in [
            ("#[cfg(test)]", true),
            ("#[cfg(all(unix, test))]", true),
            ("#[tokio::test(flavor = \"multi_thread\")]", true),
            ("#[cfg(any(test, feature = \"x\"))]", false),
            ("#[cfg(not(test))]", false),
            ("#[cfg(feature = \"test\")]", false),
            ("#[get(\"/test\")]", false),
        ] {
            let item: syn::ItemFn = syn::parse_str(&format!("{attribute} fn a() {{}}")).unwrap();
            assert_eq!(is_test(&item.attrs), expected, "{attribute}");
        }
    }
}
