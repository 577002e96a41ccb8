//! Who reads a type out of a request: serde, by `Deserialize`; Rocket, by `FromForm` and
//! `FromFormField`; or a derive for multipart bodies.
//!
//! A derive does not see its siblings. So the file that contains the type is parsed, if the word is
//! in it, and the type is found there by its name. In code that a macro emits, there is no such
//! type: there an attribute of the reader's own tells it, as Rocket's `#[field(…)]`. Otherwise the type is taken to
//! be serde's.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::{Attribute, Data, DeriveInput, Item, Meta, Stmt, Token};

use super::multipart::Multipart;

/// The derives, or what their names have in common.
const DERIVES: [&str; 4] = [
    "FromForm",
    "TryFromMultipart",
    "TryFromField",
    "MultipartForm",
];

/// Who reads a type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    /// Rocket reads it, in forms.
    pub rocket: bool,
    /// serde reads it.
    pub serde: bool,
    /// A derive for multipart bodies reads it.
    pub multipart: Option<Multipart>,
}

/// The types of a file in which Rocket's derives are named.
pub struct KnownTypes(Vec<KnownType>);

/// A type of a file, and who reads it.
struct KnownType {
    name: String,
    /// What tells it from others of that name, in other modules.
    fields: String,
    reader: Reader,
}

impl KnownTypes {
    /// The types of a file with this text.
    #[must_use]
    pub fn from_file(text: &str) -> Self {
        if !DERIVES.iter().any(|derive| text.contains(derive)) {
            return Self(Vec::new());
        }
        let parsed = crate::nesting::parse_file(text);
        Self(parsed.map_or_else(|_| Vec::new(), |file| types(&file.items)))
    }

    /// Who reads this type, if the file has it.
    #[must_use]
    pub fn find(&self, input: &DeriveInput) -> Option<Reader> {
        self.find_named(&input.ident.to_string(), &fields_of(&input.data))
    }

    /// Who reads the type of this name and, among several, with these fields.
    fn find_named(&self, name: &str, fields: &str) -> Option<Reader> {
        let named = || self.0.iter().filter(|known| known.name == name);
        named()
            .find(|known| known.fields == fields)
            .or_else(|| named().next())
            .map(|known| known.reader)
    }
}

impl Reader {
    /// Who reads this type, which its file lists as `listed`, if it does.
    #[must_use]
    pub fn new(input: &DeriveInput, listed: Option<Self>) -> Self {
        let mut reader = listed.unwrap_or_default();
        reader.multipart = reader.multipart.or_else(|| multipart_attribute(input));
        reader.rocket |= reader.multipart.is_none() && has_field_attribute(input);
        reader
    }

    /// Who reads a type with these attributes, by its derives.
    #[must_use]
    pub fn of_attributes(attrs: &[Attribute]) -> Self {
        let mut reader = Self::default();
        for attr in attrs {
            reader.add(&attr.meta);
        }
        reader
    }

    /// Whether anybody reads it.
    #[must_use]
    pub fn is_some(self) -> bool {
        self != Self::default()
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
                    Some(last) => {
                        let of_multipart = Multipart::of(&last.ident.to_string());
                        self.multipart = self.multipart.or(of_multipart);
                    }
                    None => {}
                }
            }
        }
    }
}

fn has_field_attribute(input: &DeriveInput) -> bool {
    attributes(input).any(|attr| attr.path().is_ident("field"))
}

fn multipart_attribute(input: &DeriveInput) -> Option<Multipart> {
    attributes(input).find_map(|attr| Multipart::of(&attr.path().get_ident()?.to_string()))
}

/// Those of the type, and of its fields or variants.
fn attributes(input: &DeriveInput) -> impl Iterator<Item = &Attribute> {
    let inside: Vec<&Vec<Attribute>> = match &input.data {
        Data::Struct(data) => data.fields.iter().map(|field| &field.attrs).collect(),
        Data::Enum(data) => data.variants.iter().map(|variant| &variant.attrs).collect(),
        Data::Union(_) => Vec::new(),
    };
    input.attrs.iter().chain(inside.into_iter().flatten())
}

fn types(items: &[Item]) -> Vec<KnownType> {
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
        known.push(KnownType {
            name: name.to_string(),
            fields: without_spaces(&fields),
            reader: Reader::of_attributes(attrs),
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
    use super::{KnownTypes, Reader, types, without_spaces};
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
        KnownTypes(types(&file.items)).find_named(name, fields)
    }

    #[test]
    fn the_derives_beside_it_are_found() {
        let rocket = Reader {
            rocket: true,
            ..Reader::default()
        };
        let serde = Reader {
            serde: true,
            ..Reader::default()
        };
        let both = Reader {
            rocket: true,
            serde: true,
            ..Reader::default()
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
