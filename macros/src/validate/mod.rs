//! Second stage: what was parsed becomes a model that makes sense, or a list of
//! mistakes, each at its token.

mod body;
mod encoding;
mod endpoint;
mod form;
mod handler;
mod lifespan;
mod surroundings;
pub(crate) mod version;

pub(crate) use body::mentions_any;
pub(crate) use encoding::Encoding;
pub(crate) use endpoint::Endpoint;
pub(crate) use form::{Form, Target};
pub(crate) use handler::{Accepts, Handler};
pub(crate) use lifespan::Lifespan;
pub(crate) use surroundings::is_associated;
