//! Which fields a request holds for a type, as its definition and its attributes tell.
//!
//! [`reader`] finds out who reads the type: serde, Rocket or a reader of multipart bodies;
//! `serde`, `rocket` and [`multipart`] parse the attributes, `case` renames as serde does, [`shape`] and `rocket_shape` read the type of one
//! field, [`constraints`] the attributes that limit its values, [`values`] lists the types of the standard library, and [`model`] combines them.
//! `page` writes what a page sends.

mod case;
pub mod constraints;
pub mod model;
pub mod multipart;
#[cfg(feature = "html")]
pub mod page;
pub mod reader;
mod rocket;
mod rocket_shape;
mod serde;
pub mod shape;
pub mod values;
