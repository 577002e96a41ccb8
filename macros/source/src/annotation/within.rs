//! The `impl` block around a method, which `#[handlers]` writes into the annotations in it: a macro
//! on a method sees nothing of what is around.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::parse::ParseStream;
use syn::{GenericParam, Generics, Path, PathArguments, Result, Signature, Type, parenthesized};

/// The key of an annotation whose value is the block. Only the macros write it.
pub const WITHIN: &str = "__within";

/// The block around a method.
pub struct Within {
    /// The type that it is for.
    pub owner: Type,
    /// Its parameters.
    pub generics: Generics,
}

impl Within {
    /// Parses what [`to_value`](Self::to_value) writes.
    pub(super) fn parse(input: ParseStream<'_>) -> Result<Self> {
        let (generics, owner);
        parenthesized!(generics in input);
        parenthesized!(owner in input);
        Ok(Self {
            owner: owner.parse()?,
            generics: generics.parse()?,
        })
    }

    /// The value of the key.
    #[must_use]
    pub fn to_value(&self) -> TokenStream {
        let Self { owner, generics } = self;
        quote!((#generics) (#owner))
    }

    /// The path of the type, without its arguments.
    #[must_use]
    pub fn path(&self) -> Option<Path> {
        let mut owner = &self.owner;
        while let Type::Group(inner) = owner {
            owner = &inner.elem;
        }
        let Type::Path(owner) = owner else {
            return None;
        };
        let mut path = owner.path.clone();
        for segment in &mut path.segments {
            segment.arguments = PathArguments::None;
        }
        owner.qself.is_none().then_some(path)
    }

    /// The name of the type; empty if it has none.
    #[must_use]
    pub fn name(&self) -> String {
        let path = self.path();
        let last = path.as_ref().and_then(|path| path.segments.last());
        last.map(|last| last.ident.to_string()).unwrap_or_default()
    }

    /// Whether the block has parameters, so that nobody can name its type without arguments.
    #[must_use]
    pub fn is_generic(&self) -> bool {
        let is_lifetime = |param: &GenericParam| matches!(param, GenericParam::Lifetime(_));
        !self.generics.params.iter().all(is_lifetime)
    }

    /// The signature as it is seen from outside of the block: with its parameters, and the type in
    /// the place of `Self`.
    #[must_use]
    pub fn seen(&self, signature: &Signature) -> Signature {
        let mut signature = signature.clone();
        let own = std::mem::take(&mut signature.generics.params);
        signature.generics.params.clone_from(&self.generics.params);
        signature.generics.params.extend(own);
        for input in &mut signature.inputs {
            let syn::FnArg::Typed(input) = input else {
                continue;
            };
            let ty = self.named(input.ty.to_token_stream());
            if let Ok(ty) = syn::parse2(ty) {
                *input.ty = ty;
            }
        }
        signature
    }

    /// The tokens with the type in the place of `Self`. What `Self::Item` is, only the compiler
    /// knows.
    #[must_use]
    pub fn named(&self, tokens: TokenStream) -> TokenStream {
        if self.is_generic() {
            return tokens;
        }
        replace_self(tokens, &self.owner)
    }
}

/// Puts a type in the place of each `Self` that stands alone.
fn replace_self(tokens: TokenStream, owner: &Type) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_path = |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Punct(sign)) if sign.as_char() == ':');
    let each = tokens.iter().enumerate().map(|(at, token)| match token {
        TokenTree::Ident(word) if word == "Self" && !is_path(tokens.get(at + 1)) => {
            owner.to_token_stream()
        }
        TokenTree::Group(group) => {
            let mut inner = Group::new(group.delimiter(), replace_self(group.stream(), owner));
            inner.set_span(group.span());
            inner.into_token_stream()
        }
        other => other.to_token_stream(),
    });
    each.collect()
}
