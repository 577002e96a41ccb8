//! The implementations of `Fields` for the standard library's types.

use coexist_source::fields::values::VALUES;

use super::fields::compared;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Result, Type};

/// An implementation for each type of the table.
pub(crate) fn values() -> Result<TokenStream> {
    let implementations = VALUES.iter().map(|(name, wire)| {
        let ty: Type = syn::parse_str(name)?;
        let value = compared(wire, &quote!(Value));
        // If a form leaves out a `bool`, Rocket reads `false`.
        let must_arrive = *name != "bool";
        Ok(quote! {
            impl Fields for #ty {
                const WIRE: &'static str = #wire;
                const VALUE: Value = #value;
                const MUST_ARRIVE: bool = #must_arrive;
            }
        })
    });
    implementations.collect()
}
