//! Who reads a type out of a request: serde, by `Deserialize`, or Rocket, by `FromForm`
//! and `FromFormField`.
//!
//! A derive does not see its siblings. So the file is read in which the type stands, if
//! the word is in it, and the type is found there by its name. In code that a macro of
//! the user's writes, there is none to be found: one `#[field(…)]`, Rocket's own
//! attribute, tells it, too. Else the type is taken to be serde's.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, quote};
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::{Attribute, Data, DeriveInput, Item, Meta, Stmt, Token};

use crate::files::Files;

/// Who reads a type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Reader {
    /// Rocket does, in its forms.
    pub(super) rocket: bool,
    /// serde does, too: the type is for JSON as well.
    pub(super) serde: bool,
}

/// A type of a file, and who reads it.
struct Known {
    name: String,
    /// What tells it from others of that name, in other modules.
    fields: String,
    reader: Reader,
}

/// The types of files in which Rocket's derives are named.
static FILES: Files<Vec<Known>> = Files::new();

impl Reader {
    /// Who reads this type.
    pub(super) fn of(input: &DeriveInput) -> Self {
        let mut reader = in_file(input).unwrap_or_default();
        reader.rocket |= has_rockets_attribute(input);
        reader
    }

    fn of_derives(attrs: &[Attribute]) -> Self {
        let mut reader = Self::default();
        for attr in attrs {
            reader.add(&attr.meta);
        }
        reader
    }

    fn add(&mut self, meta: &Meta) {
        let Meta::List(list) = meta else { return };
        let parser = Punctuated::<Meta, Token![,]>::parse_terminated;
        let Ok(parts) = parser.parse2(list.tokens.clone()) else {
            return;
        };
        if list.path.is_ident("cfg_attr") {
            parts.iter().skip(1).for_each(|part| self.add(part));
        } else if list.path.is_ident("derive") {
            for derive in parts {
                match derive.path().segments.last() {
                    Some(last) if last.ident == "FromForm" || last.ident == "FromFormField" => {
                        self.rocket = true;
                    }
                    Some(last) if last.ident == "Deserialize" => self.serde = true,
                    _ => {}
                }
            }
        }
    }
}

fn has_rockets_attribute(input: &DeriveInput) -> bool {
    let is_there = |attrs: &[Attribute]| attrs.iter().any(|attr| attr.path().is_ident("field"));
    is_there(&input.attrs)
        || match &input.data {
            Data::Struct(data) => data.fields.iter().any(|field| is_there(&field.attrs)),
            Data::Enum(data) => data.variants.iter().any(|variant| is_there(&variant.attrs)),
            Data::Union(_) => false,
        }
}

/// What the file says, in which the type stands.
fn in_file(input: &DeriveInput) -> Option<Reader> {
    let found = FILES.ask(
        Span::call_site(),
        |text| read(&text),
        |known| find(known, &input.ident.to_string(), &fields_of(&input.data)),
    );
    found.flatten()
}

/// Who reads the type of this name and, among several, with these fields.
fn find(known: &[Known], name: &str, fields: &str) -> Option<Reader> {
    let named = || known.iter().filter(|known| known.name == name);
    named()
        .find(|known| known.fields == fields)
        .or_else(|| named().next())
        .map(|known| known.reader)
}

fn read(text: &str) -> Vec<Known> {
    if !text.contains("FromForm") {
        return Vec::new();
    }
    let parsed = syn::parse_file(text);
    parsed.map_or_else(|_| Vec::new(), |file| types(&file.items))
}

fn types(items: &[Item]) -> Vec<Known> {
    let mut known = Vec::new();
    for item in items {
        let (attrs, name, fields) = match item {
            Item::Mod(module) => {
                let inside = module.content.as_ref();
                known.extend(inside.map_or_else(Vec::new, |(_, items)| types(items)));
                continue;
            }
            Item::Fn(function) => {
                let inside = function.block.stmts.iter().filter_map(|stmt| match stmt {
                    Stmt::Item(item) => Some(item.clone()),
                    _ => None,
                });
                known.extend(types(&inside.collect::<Vec<Item>>()));
                continue;
            }
            Item::Struct(item) => (&item.attrs, &item.ident, item.fields.to_token_stream()),
            Item::Enum(item) => (&item.attrs, &item.ident, item.variants.to_token_stream()),
            _ => continue,
        };
        known.push(Known {
            name: name.to_string(),
            fields: without_spaces(&fields),
            reader: Reader::of_derives(attrs),
        });
    }
    known
}

fn fields_of(data: &Data) -> String {
    without_spaces(&match data {
        Data::Struct(data) => data.fields.to_token_stream(),
        Data::Enum(data) => data.variants.to_token_stream(),
        Data::Union(_) => quote!(),
    })
}

/// The text of the tokens; how they are spaced depends on where they come from.
fn without_spaces(tokens: &TokenStream) -> String {
    tokens.to_string().split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use super::{Reader, find, types, without_spaces};
    use quote::quote;

    fn reader(name: &str, fields: &str) -> Option<Reader> {
        let file = syn::parse_quote! {
            #[derive(Clone, rocket::FromForm, Fields)]
            struct Signup { name: String }

            #[derive(Fields)]
            #[cfg_attr(feature = "json", derive(Deserialize))]
            #[derive(FromForm)]
            struct Both { name: String }

            mod inner {
                #[derive(Deserialize, Fields)]
                struct Signup { email: String }
            }

            fn function() {
                #[derive(FromFormField, Fields)]
                enum Choice { A, B }
            }
        };
        let file: syn::File = file;
        find(&types(&file.items), name, fields)
    }

    #[test]
    fn the_derives_beside_it_are_found() {
        let rocket = Reader {
            rocket: true,
            serde: false,
        };
        let serde = Reader {
            rocket: false,
            serde: true,
        };
        let both = Reader {
            rocket: true,
            serde: true,
        };
        assert_eq!(reader("Choice", ""), Some(rocket));
        assert_eq!(reader("Both", ""), Some(both));
        assert_eq!(reader("Elsewhere", ""), None);
        let outer = without_spaces(&quote!({ name: String }));
        let inner = without_spaces(&quote!({ email: String }));
        assert_eq!(reader("Signup", &outer), Some(rocket));
        assert_eq!(reader("Signup", &inner), Some(serde));
    }
}
