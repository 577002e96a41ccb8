//! Every way to name what a form posts to, and what else a form can say.

use coexist::{Fields, form, handler};

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

#[derive(Fields)]
struct Note {
    text: String,
}

#[handler(POST "/save", since = "1.0.0", encoding = "json")]
fn save() {}

#[handler(DELETE "/items/{id}", since = "1.0.0")]
fn r#delete() {}

mod admin {
    use coexist::{form, handler};

    #[handler(POST "/admin", since = "1.0.0")]
    pub fn save() {}

    #[form(posts_to = save, since = "1.0.0")]
    pub fn by_name() {}

    #[form(posts_to = self::save, since = "1.0.0")]
    pub fn by_self() {}

    #[form(posts_to = super::save, since = "1.0.0")]
    pub fn by_super() {}

    #[form(posts_to = crate::form::where_it_posts_to::save, since = "1.0.0")]
    pub fn by_crate() {}
}

#[form(posts_to = admin::save, since = "1.0.0")]
fn by_module() {}

#[form(posts_to = r#delete, since = "1.0.0")]
fn by_raw_name() {}

#[form(posts_to = "PUT /billing/{id}", since = "1.0.0")]
fn elsewhere() {}

#[form(posts_to = "PUT https://billing.example.com/{id}", since = "1.0.0")]
fn at_another_host() {}

#[form(posts_to = [save, admin::save, "POST /billing",], since = "1.0.0")]
fn list() {}

#[form(name = "a", posts_to = save, since = "1.0.0", until = "2.0.0", sends = Note, encoding = "json")]
#[form(name = "b", posts_to = admin::save, since = "1.2.0",)]
#[coexist::form(name = "c \"quoted\"", posts_to = save, since = "1.3.0")]
struct Several;

#[form(posts_to = save, since = "1.0.0", sends = &'a Box<Note>)]
fn sends_a_reference<'a>(_: &'a str) {}

fn in_a_function() {
    #[handler(POST "/local", since = "1.0.0")]
    fn local() {}

    #[form(posts_to = local, since = "1.0.0")]
    fn local_form() {}

    local();
    local_form();
}

macro_rules! forms {
    ($($name:ident posts_to $handler:path, sends $sends:ty, since $since:literal);+) => {
        $(
            #[form(posts_to = $handler, sends = $sends, since = $since)]
            fn $name() {}
        )+
    };
}

forms!(first posts_to save, sends Note, since "1.1.0"; second posts_to admin::save, sends Note, since "1.2.0");

const SAVE: &str = r#"{"method":"POST","path":"/save","encoding":"json"}"#;
const ADMIN: &str = r#"{"method":"POST","path":"/admin"}"#;

fn posts_to(item: &str, targets: &[&str]) {
    RECORDS.assert_holds(item, &[&format!("\"posts_to\":[{}]", targets.join(","))]);
}

#[test]
fn passes() {
    posts_to("admin::by_name", &[ADMIN]);
    posts_to("admin::by_self", &[ADMIN]);
    posts_to("admin::by_super", &[SAVE]);
    posts_to("admin::by_crate", &[SAVE]);
    posts_to("by_module", &[ADMIN]);
    posts_to(
        "by_raw_name",
        &[r#"{"method":"DELETE","path":"/items/{id}"}"#],
    );
    posts_to(
        "elsewhere",
        &[r#"{"method":"PUT","path":"/billing/{id}","elsewhere":true}"#],
    );
    posts_to(
        "at_another_host",
        &[r#"{"method":"PUT","path":"/{id}","elsewhere":true,"host":"billing.example.com"}"#],
    );
    posts_to(
        "list",
        &[
            SAVE,
            ADMIN,
            r#"{"method":"POST","path":"/billing","elsewhere":true}"#,
        ],
    );
    posts_to("Several#a", &[SAVE]);
    posts_to("Several#b", &[ADMIN]);
    posts_to("first", &[SAVE]);
    posts_to("second", &[ADMIN]);
    posts_to("local_form", &[r#"{"method":"POST","path":"/local"}"#]);

    let text = r#""fields":[{"name":"text","required":true,"type":"text"}]"#;
    RECORDS.assert_holds("first", &[text, r#""since":"1.1.0""#]);
    RECORDS.assert_holds(
        "Several#a",
        &[
            r#""since":"1.0.0","until":"2.0.0""#,
            r#""encoding":"json""#,
            text,
        ],
    );
    RECORDS.assert_holds("Several#b", &[r#""since":"1.2.0""#]);
    RECORDS.assert_lacks("Several#b", &["until", "encoding", "fields"]);
    RECORDS.assert_holds(r#"Several#c \"quoted\""#, &[r#""since":"1.3.0""#]);
    RECORDS.assert_holds("sends_a_reference", &[text]);

    save();
    r#delete();
    in_a_function();
    let _ = (
        Several,
        Note {
            text: String::new(),
        }
        .text,
    );
}
