//! Methods, in an `impl` block with `#[handlers]`: the constants beside them are the routes that
//! the router serves, and forms name the methods.

#![forbid(unsafe_code)]
#![deny(warnings)]

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::routing::{get, post};
use axum::{Form, Router};
use coexist::{Fields, form, handler, handlers, prefix};
use serde::Deserialize;

use super::request;
use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

prefix!(Site = "/site");

#[derive(Clone, Deserialize, Fields)]
struct Note {
    text: String,
}

#[derive(Clone)]
struct Notes;

#[handlers]
impl Notes {
    const LIMIT: usize = 3;

    #[handler(POST "/notes", since = "1.0.0")]
    async fn add(State(notes): State<Notes>, Form(note): Form<Note>) -> String {
        format!("{} {}", note.text, notes.limit())
    }

    #[handler(GET "/notes/{id}", under = Site, since = "1.0.0")]
    pub async fn show(Path(id): Path<u32>) -> String {
        id.to_string()
    }

    #[handler(PUT "/notes/{id}", since = "1.0.0", redirect = 303, to = Self::show)]
    async fn moved(Path(_): Path<u32>) {}

    /// A page of its own, with a form for another method of the type.
    #[handler(GET "/notes/new", since = "1.0.0")]
    #[form(posts_to = Self::add, sends = Note, since = "1.0.0")]
    fn new(&self) -> String {
        Self::add_url().to_owned()
    }

    fn limit(&self) -> usize {
        Self::LIMIT
    }

    fn add_url() -> &'static str {
        Self::ADD.url
    }

    #[handler(DELETE "/notes/{id}", since = "1.0.0")]
    #[cfg(any())]
    fn left_out(&self) {}

    #[cfg_attr(all(), handler(GET "/notes", since = "1.1.0"))]
    async fn list(self: Arc<Self>) {}

    #[handler(GET "/type", since = "1.0.0")]
    async fn r#type() {}
}

/// Another block of the same type.
#[handlers]
impl Notes {
    #[handler(GET "/again", since = "1.0.0")]
    async fn again() {}
}

/// What is read is the type of the block.
#[derive(Deserialize, Fields)]
struct Search {
    query: String,
}

#[coexist::handlers]
impl Search {
    #[handler(POST "/search", since = "1.0.0")]
    async fn run(Form(search): Form<Self>) -> String {
        search.query
    }

    #[handler(POST "/stated", accepts = Self, since = "1.0.0")]
    async fn stated(_: String) {}
}

#[derive(Fields)]
struct Borrowed<'a> {
    name: &'a str,
}

struct Reader<'a>(&'a str);

#[handlers]
impl<'a> Reader<'a> {
    #[handler(POST "/borrowed", since = "1.0.0")]
    fn read(&self, _: Form<Borrowed<'a>>) -> &'a str {
        self.0
    }
}

/// Its constants need the arguments; an alias has them.
struct Generic<T>(T);

#[handlers]
impl<T: Clone> Generic<T> {
    #[handler(POST "/generic", since = "1.0.0")]
    fn take(&self, _: Form<Note>) -> T {
        self.0.clone()
    }
}

type Concrete = Generic<u8>;

macro_rules! pages {
    ($name:ident, $ty:ty, $(#[$attr:meta])*) => {
        struct $name;

        #[handlers]
        impl $ty {
            $(#[$attr])*
            fn generated(&self) {}
        }
    };
}

pages!(Generated, Generated, #[handler(GET "/generated", since = "1.0.0")]);

mod pages {
    use coexist::form;

    #[form(posts_to = super::Notes::add, sends = super::Note, since = "1.0.0")]
    fn named() {}

    #[form(posts_to = super::Concrete::take, sends = super::Note, since = "1.0.0")]
    fn alias() {}

    #[form(redirect, posts_to = crate::frameworks::methods::Notes::show, since = "1.0.0")]
    fn redirect() {}

    #[form(posts_to = super::Notes::add, page = super::Notes::show, since = "1.0.0")]
    fn on_a_page() {}

    pub(super) fn use_all() {
        named();
        alias();
        redirect();
        on_a_page();
    }
}

#[test]
fn passes() {
    for (item, held) in [
        ("Notes::add", r#""method":"POST","path":"/notes","since""#),
        ("Notes::add", r#""fields":[{"name":"text","#),
        (
            "Notes::show",
            r#""method":"GET","path":"/site/notes/{id}","#,
        ),
        (
            "Notes::moved",
            r#""redirect":{"status":303,"to":"/site/notes/{id}"}"#,
        ),
        ("Notes::list", r#""method":"GET","path":"/notes","#),
        ("Notes::type", r#""path":"/type""#),
        ("Notes::again", r#""path":"/again""#),
        ("Search::run", r#""fields":[{"name":"query","#),
        ("Search::stated", r#""fields":[{"name":"query","#),
        ("Reader::read", r#""fields":[{"name":"name","#),
        ("Generic::take", r#""fields":[{"name":"text","#),
        ("Generated::generated", r#""path":"/generated""#),
        (
            "pages::named",
            r#""posts_to":[{"method":"POST","path":"/notes","encoding":"urlencoded"}]"#,
        ),
        (
            "pages::alias",
            r#""posts_to":[{"method":"POST","path":"/generic","#,
        ),
        (
            "pages::redirect",
            r#""posts_to":[{"method":"GET","path":"/site/notes/{id}"}]"#,
        ),
        (
            "pages::on_a_page",
            r#""pages":[{"method":"GET","path":"/site/notes/{id}"}]"#,
        ),
    ] {
        RECORDS.assert_holds(item, &[held]);
    }
    RECORDS.assert_holds(
        "new",
        &[
            r#""posts_to":[{"method":"POST","path":"/notes","encoding":"urlencoded"}]"#,
            r#""pages":[{"method":"GET","path":"/notes/new"}]"#,
        ],
    );
    assert!(RECORDS.all("Notes::left_out").is_empty());
    assert_eq!(Notes::SHOW.path, "/notes/{id}");
    assert_eq!(Notes::SHOW.url, "/site/notes/{id}");
    assert_eq!(Notes::SHOW.method, "GET");
    assert_eq!(Notes::TYPE.url, "/type");
    assert_eq!(Generic::<u8>::TAKE.path, "/generic");
    assert_eq!(Notes.new(), "/notes");
    assert_eq!(Generated::GENERATED.path, "/generated");
    pages::use_all();

    let notes = Router::new().route(Notes::SHOW.path, get(Notes::show));
    let mut app = Router::new()
        .route(Notes::ADD.path, post(Notes::add))
        .nest(Site::PATH, notes)
        .route(Notes::AGAIN.path, get(Notes::again))
        .with_state(Notes);
    assert_eq!(request::get(&mut app, "/site/notes/7"), "7");
    assert_eq!(request::get(&mut app, "/again"), "");
    assert_eq!(request::get(&mut app, "/notes"), "405");
}
