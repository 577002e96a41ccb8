//! Handlers that only send a request on: to a handler, which the compiler finds, or to a path.

use coexist::{Fields, Handler, form, handler};

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

coexist::prefix!(Api = "/api");

use axum::Form;

#[derive(Fields)]
struct Note {
    text: String,
}

#[handler(PUT "/notes/{id}", under = Api, since = "1.4.0")]
fn update(Form(note): Form<Note>) -> String {
    note.text
}

#[handler(GET "/notes/{id}", PUT "/notes/{id}", since = "1.0.0")]
fn both() {}

#[handler(PUT "/old/{id}", under = Api, since = "1.4.0", redirect = 308, to = update)]
fn old(Form(note): Form<Note>) -> String {
    note.text
}

/// Of several endpoints, the one with the method that arrives.
#[handler(POST "/show/{id}", PUT "/show/{id}", redirect = 303, to = self::both, since = "1.4.0")]
fn to_one_of_several() {}

#[handler(GET "/list/{page}/{*rest}", redirect = 301, to = "/lists/{rest}", query = true, since = "1.4.0")]
fn to_a_path() {}

#[handler(GET "/home", redirect = 302, to = "/", query = false, flag = "home", since = "1.4.0")]
fn home() {}

#[form(posts_to = old, sends = Note, since = "1.4.0")]
fn page() {}

#[test]
fn passes() {
    RECORDS.assert_holds(
        "old",
        &[
            r#"{"format":2,"#,
            r#""path":"/api/old/{id}","redirect":{"status":308,"to":"/api/notes/{id}"},"since""#,
            r#""name":"text""#,
        ],
    );
    let redirect = r#""redirect":{"status":303,"to":"/notes/{id}"}"#;
    RECORDS.assert_holds("to_one_of_several", &[redirect]);
    RECORDS.assert_holds("to_one_of_several#PUT /show/{id}", &[redirect]);
    RECORDS.assert_holds(
        "to_a_path",
        &[r#""redirect":{"status":301,"to":"/lists/{rest}","query":true}"#],
    );
    RECORDS.assert_holds(
        "home",
        &[r#""redirect":{"status":302,"to":"/"},"flag":"home","#],
    );
    RECORDS.assert_holds("page", &[r#"{"method":"PUT","path":"/api/old/{id}""#]);
    assert_eq!(<old as Handler>::URL, "/api/old/{id}");
    let note = || {
        Form(Note {
            text: String::new(),
        })
    };
    let _ = (update(note()), old(note()), both(), to_one_of_several());
    let _ = (to_a_path(), home(), page());
}
