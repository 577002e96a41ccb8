//! What each reader makes of a field: the real ones are asked for each cell of a table, and the
//! judgement must say the same of a form that sends just that.
//!
//! `INSTA_UPDATE=always cargo test -p coexist-tests --test readers` writes the tables again.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    dead_code,
    reason = "a panic fails the test, also in helper functions; the fields are only read into"
)]

mod actix_multipart;
mod axum_typed_multipart;
mod differential;
mod generated;
mod judged;
mod limits;
mod multipart;
mod rocket;
mod serde;
mod table;
