//! Last stage: a model becomes tokens. Everything in them is named absolutely,
//! what is not the user's through `::coexist::__private`.

mod facts;
mod form;
mod handler;
mod joined;
mod prefix;
mod record;
mod release;

pub(crate) use form::form;
pub(crate) use handler::handler;
pub(crate) use joined::Joined;
pub(crate) use prefix::prefix;
pub(crate) use record::probe;
pub(crate) use release::release;
