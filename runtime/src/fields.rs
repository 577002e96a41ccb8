//! What a request may hold for a type, as a fragment of a record's JSON.

use std::borrow::Cow;
use std::num;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use crate::metadata::Value;

/// What a request may hold for a value of this type.
///
/// [`#[derive(Fields)]`](derive@crate::Fields) reads it from a struct's fields,
/// or from the variants of an enum, and from their serde attributes or Rocket's. The
/// types of the standard library that a form can send have it. A field of a type
/// without it is listed by its name; nothing is judged about its value.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not declare its fields",
    label = "not annotated with `#[derive(Fields)]`",
    note = "consider annotating it with `#[derive(coexist::Fields)]`, or remove the key to leave the fields undeclared"
)]
pub trait Fields {
    /// A fragment of a JSON object, without braces: `"type":…` for one value,
    /// `"unknown_fields":…,"fields":[…]` for several.
    #[doc(hidden)]
    const WIRE: &'static str;
    /// The lowest number of the record's format that has all keys of that fragment.
    #[doc(hidden)]
    const FORMAT: u32 = 1;
    /// The same for the compiler's own checks, as far as they compare it.
    #[doc(hidden)]
    const VALUE: Value;
    /// In Rocket's forms: a request without a field of this type is refused.
    #[doc(hidden)]
    const MUST_ARRIVE: bool = false;
}

/// Looks up what is known of `T`, at compile time: an inherent constant, whose
/// bound must hold, comes before the constant of a trait that every type has.
#[derive(Debug)]
pub struct Probe<T: ?Sized>(core::marker::PhantomData<T>);

/// What [`Probe`] answers of a type that declares nothing.
pub trait NotDeclared {
    /// No type, no fields.
    const WIRE: &'static str = "\"type\":null";
    /// The number of the format that has these keys.
    const FORMAT: u32 = 1;
    /// The same.
    const VALUE: Value = Value::NotDeclared;
    /// A request that leaves the field out is refused.
    const REQUIRED: &'static str = "true";
    /// It is no `Option`.
    const OPTIONAL: &'static str = "";
    /// The same.
    const NEEDED: bool = true;
    /// Whether it is an `Option`.
    const IS_OPTION: bool = false;
    /// Rocket asks the type, which may have a default.
    const MUST_ARRIVE: bool = false;
}

impl<T: ?Sized> NotDeclared for Probe<T> {}

impl<T: ?Sized + Fields> Probe<T> {
    /// What the type declares.
    pub const WIRE: &'static str = T::WIRE;
    /// The number of the format that has its keys.
    pub const FORMAT: u32 = T::FORMAT;
    /// The same.
    pub const VALUE: Value = T::VALUE;
    /// Whether Rocket has no value for it if it is left out.
    pub const MUST_ARRIVE: bool = T::MUST_ARRIVE;
}

impl<T> Probe<Option<T>> {
    /// serde takes a field that is left out as `None`, behind an alias too.
    pub const REQUIRED: &'static str = "false";
    /// It is an `Option`.
    pub const OPTIONAL: &'static str = ",\"optional\":true";
    /// The same.
    pub const NEEDED: bool = false;
    /// It is an `Option`.
    pub const IS_OPTION: bool = true;
}

macro_rules! wire {
    ($wire:expr, $value:expr => $($of:ty),+ $(,)?) => {
        $(impl Fields for $of {
            const WIRE: &'static str = $wire;
            const VALUE: Value = $value;
            const MUST_ARRIVE: bool = true;
        })+
    };
}

coexist_macros::__values!();

wire!(String::WIRE, Value::Any => PathBuf);
wire!("\"type\":\"integer\",\"min\":1,\"max\":255", Value::Number => num::NonZeroU8);
wire!("\"type\":\"integer\",\"min\":1,\"max\":65535", Value::Number => num::NonZeroU16);
wire!("\"type\":\"integer\",\"min\":1,\"max\":4294967295", Value::Number => num::NonZeroU32);
wire!("\"type\":\"integer\",\"min\":1,\"max\":18446744073709551615", Value::Number => num::NonZeroU64);

#[cfg(target_pointer_width = "64")]
wire!(u64::WIRE, Value::Number => usize);
#[cfg(target_pointer_width = "64")]
wire!(i64::WIRE, Value::Number => isize);
#[cfg(target_pointer_width = "32")]
wire!(u32::WIRE, Value::Number => usize);
#[cfg(target_pointer_width = "32")]
wire!(i32::WIRE, Value::Number => isize);

macro_rules! as_inner {
    ($($of:ty),+ $(,)?) => {
        $(impl<T: ?Sized + Fields> Fields for $of {
            const WIRE: &'static str = T::WIRE;
            const FORMAT: u32 = T::FORMAT;
            const VALUE: Value = T::VALUE;
            const MUST_ARRIVE: bool = T::MUST_ARRIVE;
        })+
    };
}

as_inner!(&T, Box<T>, Rc<T>, Arc<T>);

impl<T: Fields> Fields for Option<T> {
    const WIRE: &'static str = T::WIRE;
    const FORMAT: u32 = T::FORMAT;
    const VALUE: Value = T::VALUE;
}

impl<T: ?Sized + ToOwned + Fields> Fields for Cow<'_, T> {
    const WIRE: &'static str = T::WIRE;
    const FORMAT: u32 = T::FORMAT;
    const VALUE: Value = T::VALUE;
    const MUST_ARRIVE: bool = T::MUST_ARRIVE;
}

#[cfg(test)]
mod tests {
    use super::{Fields, NotDeclared as _, Probe};

    struct Opaque;
    type Maybe<T> = Option<T>;

    #[test]
    fn what_a_type_declares_is_found() {
        assert_eq!(<Probe<String>>::WIRE, "\"type\":\"text\"");
        assert_eq!(<Probe<Maybe<Box<str>>>>::WIRE, "\"type\":\"text\"");
        assert_eq!(<Probe<u8>>::WIRE, <u8 as Fields>::WIRE);
    }

    #[test]
    fn a_type_that_declares_nothing_is_not_declared() {
        assert_eq!(<Probe<Opaque>>::WIRE, "\"type\":null");
        assert_eq!(<Probe<Maybe<Opaque>>>::WIRE, "\"type\":null");
    }

    #[test]
    fn only_an_option_may_be_left_out() {
        assert_eq!(<Probe<Maybe<Opaque>>>::REQUIRED, "false");
        assert_eq!(<Probe<Opaque>>::REQUIRED, "true");
    }
}
