//! Which expressions of a function are texts for sure, so that a template engine escapes them:
//! nothing in them is an element of the page. A value of which nobody knows what it is made of may
//! be markup.

mod bindings;
mod declared;
mod expression;
mod shape;
#[cfg(test)]
mod tests;

use std::cell::{Cell, RefCell};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{FnArg, GenericParam, Generics, Signature};

use bindings::{Bindings, Value};
pub use declared::Declarations;
use shape::Shape;

/// How many expressions are looked at for one answer, at most.
const MAX_STEPS: usize = 2_000;

/// The values that a function knows.
pub struct Values<'f> {
    bindings: Bindings<'f>,
    declarations: RefCell<&'f mut Declarations>,
    owner: &'f str,
    /// The names of which a shape is being looked for.
    open: RefCell<Vec<String>>,
    /// The parameters of the closures that are being looked at.
    parameters: RefCell<Vec<(String, Shape)>>,
    steps: Cell<usize>,
}

impl<'f> Values<'f> {
    /// Those of a function with this body. `owner` is the name of the type that it belongs to, and
    /// empty for a free function; `declarations` are those of its file.
    pub fn new(
        signature: &Signature,
        body: TokenStream,
        owner: &'f str,
        declarations: &'f mut Declarations,
    ) -> Self {
        let mut bindings = Bindings::new(owner);
        for input in &signature.inputs {
            match input {
                FnArg::Receiver(_) => {
                    let this = (!owner.is_empty()).then(|| [owner.to_owned()].into());
                    bindings.bind("self".to_owned(), Value::Shaped(this));
                }
                FnArg::Typed(input) => {
                    let shape = concrete(shape::of_type(&input.ty, owner), &signature.generics);
                    let pattern = input.pat.to_token_stream().into_iter();
                    let pattern: Vec<TokenTree> = pattern.collect();
                    bindings.pattern(&pattern, &|_| Value::Shaped(shape.clone()));
                }
            }
        }
        bindings.body(body);
        Self {
            bindings,
            declarations: RefCell::new(declarations),
            owner,
            open: RefCell::default(),
            parameters: RefCell::default(),
            steps: Cell::new(0),
        }
    }

    /// Whether an expression is a text, a number, or what is displayed as one.
    pub fn is_text(&self, expression: TokenStream) -> bool {
        self.steps.set(MAX_STEPS);
        let shape = self.of_tokens(expression);
        self.declarations.borrow_mut().is_text(&shape)
    }

    /// The shape of what a name stands for: of all that is bound to it, since nobody asks where.
    fn of_name(&self, name: &str) -> Shape {
        let parameters = self.parameters.borrow();
        if let Some((_, shape)) = parameters.iter().rev().find(|(known, _)| known == name) {
            return shape.clone();
        }
        drop(parameters);
        let Some(values) = self.bindings.get(name) else {
            return self.declarations.borrow_mut().constant(name);
        };
        if self.open.borrow().iter().any(|open| open == name) {
            // It is made of what its other values are made of.
            return shape::text();
        }
        self.open.borrow_mut().push(name.to_owned());
        let shapes = values.iter().map(|value| match value {
            Value::Shaped(shape) => shape.clone(),
            Value::Of(tokens) => self.of_tokens(tokens.iter().cloned().collect()),
        });
        let shape = shape::all(shapes);
        self.open.borrow_mut().pop();
        shape
    }
}

/// The shape, with what the bounds of generic parameters tell.
fn concrete(shape: Shape, generics: &Generics) -> Shape {
    let names = shape?;
    shape::all(names.into_iter().map(|name| {
        let parameter = generics.params.iter().find_map(|param| match param {
            GenericParam::Type(param) if param.ident == name => Some(param),
            _ => None,
        });
        match parameter {
            Some(parameter) => shape::of_bounds(parameter.bounds.iter(), ""),
            None => Some([name].into()),
        }
    }))
}
