//! Reads the tree of a page: its elements, with the conditions under which each of
//! them is there.
//!
//! A stage is a file: the pieces of the source as one [`text`], its [`tokens`], the
//! [`cases`] of a tag, and the [`walk`] that collects the [`contents`]: forms,
//! controls, links and htmx calls. [`conditions`] says when something is there.
//!
//! What is sent from the page is not decided here, but in [`crate::requests`].

pub(crate) mod calls;
mod cases;
pub(crate) mod conditions;
pub(crate) mod contents;
mod coverage;
pub(crate) mod element;
pub(crate) mod groups;
mod line;
mod names;
mod scope;
mod selects;
mod stack;
mod surroundings;
pub(crate) mod text;
mod tokens;
pub(crate) mod walk;
