//! Handlers: the annotation, the function below it, and the attributes of its framework, as one model
//! that makes sense, or all that is wrong with them.

mod function;
pub mod model;
pub mod parameters;
pub mod query;
pub mod redirect;
pub mod route;
