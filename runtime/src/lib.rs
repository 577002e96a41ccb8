//! Compile-time compatibility annotations for web apps: **a borrow checker for
//! rolling deploys**.
//!
//! While a release rolls out node by node, pages of the old build submit to
//! nodes of the new one, and the other way round. Annotations say which forms
//! an app serves and which handlers take them:
//!
//! ```
//! use coexist::{Fields, form, handler};
//! # use axum::Form;
//!
//! #[derive(Fields)]
//! struct CsvImport {
//!     file_name: String,
//!     notes: Option<String>,
//! }
//!
//! #[handler(POST "/imports/csv", since = "1.0.0")]
//! async fn import_csv(Form(import): Form<CsvImport>) { /* … */ }
//!
//! #[form(posts_to = import_csv, sends = CsvImport, since = "1.0.0")]
//! fn upload_page() -> String {
//!     format!(r#"<form method="post" action="{}">…</form>"#, import_csv::PATH)
//! }
//! # fn main() {}
//! ```
//!
//! Each annotation leaves one [`Record`] in the built program. The program
//! `coexist`, from the package `coexist-checker`, reads the records of two
//! builds without running them and says whether the two can serve side by side.
//!
//! * [`handler`](macro@handler): a function that serves an endpoint.
//! * [`form`](macro@form): a page, or a part of one, that sends requests.
//! * [`Fields`](derive@Fields): the fields that a request holds, read from a
//!   type and its serde attributes, or Rocket's.
//! * [`release!`]: which release this build is.
//!
//! The [`guide`] has a page for each subject.
//!
//! Nothing runs when a request is served. At start-up, `inventory` links each
//! record into a list, about 80 instructions each; without a call of
//! [`records`], the list is never read.

mod checks;
mod fields;
pub mod format;
mod frame;
// Its examples need both features, its text neither.
#[cfg(all(doc, any(not(doctest), all(feature = "askama", feature = "maud"))))]
pub mod guide;
mod handler;
mod metadata;
mod parameter;
mod paths;
mod pattern;
mod prefix;
mod record;
mod rocket;
mod text;

pub use coexist_macros::{Fields, files, form, handler, handlers, prefix, release};
pub use fields::Fields;
pub use handler::{Endpoint, Handler};
pub use prefix::Prefix;
pub use record::{Record, records};

/// What the macros' expansions name. Not public: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use crate::fields::{NotDeclared, Probe};
    pub use crate::format::{OPENING, OPENING_2};
    pub use crate::frame::{Joined, frame, frame_len, joined_len};
    pub use crate::metadata::{
        Endpoint, Field, FormMetadata, HandlerMetadata, Lifespan, Value, Version,
    };
    pub mod checks {
        pub use crate::checks::{
            Found, Named, NotAHandler, arrives, begins_in_time, endpoint, ends_in_time, fields_fit,
            has_endpoint, is_among, is_handler, is_taken, links_whole, metadata, redirect_arrives,
            redirect_ends_in_time, redirect_fills, serves_method, takes_method, url, url_of,
        };
    }
    pub use crate::handler::{NotAnnotated, PageHandler, RedirectHandler};
    pub use crate::pattern::{NotRockets, below_prefix, plain_path, root_below_prefix};
    pub mod paths {
        pub use crate::paths::{base_count, entry_parts, part_count, path_parts, paths};
    }
    pub mod parameter {
        pub use crate::parameter::{is_limited, of_field, of_type, stated};
    }
    pub mod rocket {
        pub use crate::rocket::{any, any_wire, boolean, one, one_wire};
    }
    pub use coexist_macros::__with as with;
    pub use inventory;
}
