//! Last stage: a model becomes tokens. Everything in them is named absolutely, and what is not the
//! user's through `::coexist::__private`.

mod context;
pub(crate) mod fields;
pub(crate) mod form;
pub(crate) mod handler;
mod item;
mod joined;
mod json;
mod metadata;
mod names;
pub(crate) mod prefix;
mod record;
pub(crate) mod release;
pub(crate) mod values;
