//! The last stage: turns a model into tokens. They name everything by absolute paths, and what is
//! not the user's through `::coexist::__private`.

mod addresses;
mod context;
pub(crate) mod fields;
pub(crate) mod files;
pub(crate) mod form;
pub(crate) mod handler;
mod item;
mod joined;
mod json;
mod metadata;
mod named;
mod names;
mod number;
mod parameters;
pub(crate) mod prefix;
mod record;
mod redirect;
pub(crate) mod release;
pub(crate) mod values;
