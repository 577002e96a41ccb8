//! The path is a constant of the type beside the function, and one `use` brings
//! both.

use coexist::{Handler, form, handler};

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

mod imports {
    use coexist::handler;

    #[handler(POST "/imports/csv", since = "1.0.0")]
    pub fn import_csv() -> &'static str {
        "imported"
    }

    #[handler(GET "/imports/{id}/{*rest}", since = "1.0.0")]
    pub fn show() {}

    pub mod xml {
        #[coexist::handler(POST "/imports/v1.{version}/{{literal}}", since = "1.0.0")]
        pub fn import() {}
    }
}

mod prelude {
    pub use super::imports::*;
}

mod elsewhere {
    use super::prelude::{import_csv, xml};

    pub const ROUTE: &str = import_csv::PATH;
    pub static ROUTES: [(&str, fn() -> &'static str); 1] = [(import_csv::PATH, import_csv)];

    #[coexist::form(posts_to = [import_csv, xml::import], since = "1.0.0")]
    pub fn page() {}
}

use imports::import_csv;
use imports::import_csv as renamed;

/// A page that serves an endpoint and has a form, in either order.
#[handler(GET "/imports/new", since = "1.0.0")]
#[form(posts_to = import_csv, since = "1.1.0")]
fn new_import() {}

#[form(posts_to = renamed, since = "1.1.0")]
#[handler(GET "/imports/again", since = "1.0.0")]
fn import_again() {}

fn serves(path: &str) -> &'static str {
    match path {
        import_csv::PATH => import_csv(),
        <imports::show as Handler>::PATH => "shown",
        _ => "nothing",
    }
}

#[test]
fn passes() {
    assert_eq!(elsewhere::ROUTE, "/imports/csv");
    assert_eq!(elsewhere::ROUTES[0].1(), "imported");
    assert_eq!(serves("/imports/csv"), "imported");
    assert_eq!(serves("/imports/{id}/{*rest}"), "shown");
    assert_eq!(renamed::PATH, import_csv::PATH);
    assert_eq!(
        concat_of([imports::xml::import::PATH, "!"]),
        "/imports/v1.{version}/{{literal}}!"
    );
    imports::xml::import();
    elsewhere::page();

    let csv = r#"{"method":"POST","path":"/imports/csv"}"#;
    RECORDS.assert_holds(
        "elsewhere::page",
        &[&format!(
            "[{csv},{{\"method\":\"POST\",\"path\":\"/imports/v1.{{version}}/{{{{literal}}}}\"}}]"
        )],
    );
    for (item, path) in [
        ("new_import", "/imports/new"),
        ("import_again", "/imports/again"),
    ] {
        let [handler, form] = &RECORDS.all(item)[..] else {
            panic!("two records of {item}")
        };
        let (handler, form) = if form.contains("\"form\":") {
            (handler, form)
        } else {
            (form, handler)
        };
        assert!(
            handler.contains(&format!("\"path\":\"{path}\",\"since\":\"1.0.0\"")),
            "{handler}"
        );
        assert!(
            form.contains(csv) && form.contains("\"since\":\"1.1.0\""),
            "{form}"
        );
    }
}

fn concat_of(parts: [&str; 2]) -> String {
    parts.concat()
}
