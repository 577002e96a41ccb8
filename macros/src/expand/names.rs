//! Names in records and messages.

use proc_macro2::Ident;

/// The name without `r#`.
pub(super) fn plain_name(name: &Ident) -> String {
    let name = name.to_string();
    name.trim_start_matches("r#").to_owned()
}
