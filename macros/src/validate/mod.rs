//! Second stage: what was parsed becomes a model that makes sense, or a list of
//! mistakes, each at its token.

mod body;
mod elsewhere;
mod encoding;
mod endpoint;
mod form;
mod handler;
mod lifespan;
mod prefix;
mod surroundings;
pub(crate) mod version;

pub(crate) use body::mentions_any;
pub(crate) use elsewhere::Elsewhere;
pub(crate) use encoding::Encoding;
pub(crate) use endpoint::Endpoint;
pub(crate) use form::{Form, Page, Target};
pub(crate) use handler::{Accepts, Handler, Path, Root, Route, TypeOf, framework};
pub(crate) use lifespan::{Bound, Lifespan};
pub(crate) use prefix::{Paths, Prefix};
pub(crate) use surroundings::{Surroundings, around};
