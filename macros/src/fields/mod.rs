//! `#[derive(Fields)]`: what a request may hold for a type.
//!
//! [`reader`] finds out who reads the type, serde or Rocket; [`serde`] and [`rocket`]
//! parse the attributes, [`case`] renames as serde does, [`shape`] and
//! [`rocket_shape`] judge the type of one field, [`model`] puts them together, and
//! [`expand`] writes the implementation.

mod case;
mod expand;
mod model;
mod reader;
mod rocket;
mod rocket_shape;
mod serde;
mod shape;
mod values;

pub(crate) use expand::derive;
pub(crate) use values::values;
