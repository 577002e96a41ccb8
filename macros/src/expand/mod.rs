//! The last stage: turns a model into tokens. They name everything by absolute paths, and what is
//! not the user's through `::coexist::__private`.

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
