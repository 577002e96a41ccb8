//! Second stage: what was parsed becomes a model that makes sense, or a list of
//! mistakes, each at its token.

mod body;
mod context;
mod encoding;
mod endpoint;
mod external;
mod form;
mod handler;
mod lifespan;
mod prefix;
pub(crate) mod version;

pub(crate) use body::mentions_any;
pub(crate) use context::{Surroundings, around};
pub(crate) use encoding::Encoding;
pub(crate) use endpoint::Endpoint;
pub(crate) use external::Elsewhere;
pub(crate) use form::{Form, Page, Target};
pub(crate) use handler::{Accepts, Handler, Path, Root, Route, TypeOf, framework};
pub(crate) use lifespan::{Bound, Lifespan};
pub(crate) use prefix::{Paths, Prefix};
