//! What serves files is a handler of all that is below a path.

use coexist::{Handler, files, form, handler, prefix};

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

prefix!(Api = "/api");

files!(
    /// Style sheets and scripts.
    pub(crate) Assets = "/static",
    since = "1.0.0"
);
files!(
    Uploads = "/uploads",
    under = Api,
    flag = "uploads",
    since = "1.2.0",
    until = "3.0.0",
);
files!(Root = "/", since = "1.0.0");

#[form(posts_to = Assets, since = "1.0.0")]
fn links() {}

#[handler(GET "/old/{*path}", redirect = 301, to = "/static/{path}", since = "1.4.0")]
fn old() {}

#[test]
fn passes() {
    assert_eq!([Assets::PATH, Assets::URL], ["/static", "/static"]);
    assert_eq!([Uploads::PATH, Uploads::URL], ["/uploads", "/api/uploads"]);
    assert_eq!([Root::PATH, Root::URL], ["/", ""]);
    assert_eq!(<Assets as Handler>::METHOD, "GET");
    RECORDS.assert_holds(
        "Assets",
        &[
            r#"{"format":1,"#,
            r#""method":"GET","path":"/static/{*path}","since":"1.0.0","#,
        ],
    );
    RECORDS.assert_holds(
        "Uploads",
        &[r#""path":"/api/uploads/{*path}","flag":"uploads","since":"1.2.0","until":"3.0.0""#],
    );
    RECORDS.assert_holds("Root", &[r#""path":"/{*path}""#]);
    RECORDS.assert_holds(
        "links",
        &[r#""posts_to":[{"method":"GET","path":"/static/{*path}"}]"#],
    );
    let _ = (links, old);
}
