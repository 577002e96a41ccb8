//! Forms: the annotation, the item below it, and the item's HTML, as one model that makes sense, or
//! all that is wrong with them.

pub(crate) mod model;
mod notes;
mod others;
mod shown;
pub(crate) mod targets;
