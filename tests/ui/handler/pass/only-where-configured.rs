//! `cfg` above and below the annotations, and annotations under `cfg_attr`: what
//! is not there leaves no record, and nothing beside it.

#![allow(unexpected_cfgs, clippy::non_minimal_cfg)]

use coexist::{form, handler};

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

#[cfg(any())]
#[handler(POST "/off", since = "1.0.0")]
fn off_above(_: Form<NoSuchType>) {}

#[handler(POST "/off", since = "1.0.0")]
#[cfg(any())]
fn off_below(_: Form<NoSuchType>) {}

#[handler(POST "/off", since = "1.0.0")]
#[cfg_attr(all(), cfg(any()))]
fn off_by_cfg_attr() {}

#[cfg_attr(any(), handler(this is no annotation))]
fn not_annotated() {}

#[cfg(all())]
#[handler(POST "/on", since = "1.0.0")]
fn on_above() {}

#[handler(POST "/on", since = "1.0.0")]
#[cfg(all())]
#[cfg(not(any()))]
fn on_below() {}

#[cfg_attr(all(), handler(POST "/on", since = "1.0.0"))]
#[cfg_attr(all(), doc = "Documented.")]
fn annotated() {}

#[cfg_attr(all(), handler(POST "/on", since = "1.0.0"), inline)]
#[cfg_attr(any(), cfg(any()), inline)]
fn annotated_and_more() {}

/// One of the two is there.
#[handler(POST "/either", since = "1.0.0")]
#[cfg(any())]
fn either() {}

#[handler(POST "/or", since = "1.0.0")]
#[cfg(not(any()))]
fn either() {}

#[cfg(any())]
#[form(posts_to = no_such_handler, since = "1.0.0")]
fn form_off_above() {}

#[form(posts_to = no_such_handler, since = "1.0.0")]
#[cfg(any())]
fn form_off_below() {}

#[form(posts_to = no_such_handler, since = "1.0.0")]
#[cfg(any())]
struct FormOffBelow;

#[form(posts_to = no_such_handler, since = "1.0.0")]
#[cfg(any())]
const FORM_OFF_BELOW: &str = "";

#[form(posts_to = on_below, since = "1.0.0")]
#[cfg(all())]
struct FormOnBelow;

#[cfg_attr(all(), form(posts_to = on_below, since = "1.0.0"))]
const FORM_ANNOTATED: &str = "";

#[cfg_attr(any(), form(posts_to = no_such_handler, since = "1.0.0"))]
#[cfg_attr(all(), form(posts_to = either, since = "1.0.0"))]
fn form_of_either() {
    #[cfg(any())]
    no_such_function();
}

#[test]
fn passes() {
    for item in [
        "off_above",
        "off_below",
        "off_by_cfg_attr",
        "not_annotated",
        "form_off_above",
        "form_off_below",
        "FormOffBelow",
        "FORM_OFF_BELOW",
    ] {
        assert_eq!(RECORDS.all(item).len(), 0, "{item}");
    }
    for item in ["on_above", "on_below", "annotated", "annotated_and_more"] {
        RECORDS.assert_holds(item, &[r#""handler":{"#, r#""path":"/on""#]);
    }
    for item in ["FormOnBelow", "FORM_ANNOTATED"] {
        RECORDS.assert_holds(item, &[r#""posts_to":[{"method":"POST","path":"/on"}]"#]);
    }
    RECORDS.assert_holds("either", &[r#""path":"/or""#]);
    RECORDS.assert_holds(
        "form_of_either",
        &[r#""posts_to":[{"method":"POST","path":"/or"}]"#],
    );
    assert_eq!(
        [on_above::PATH, annotated::PATH, annotated_and_more::PATH],
        ["/on"; 3]
    );

    on_above();
    on_below();
    annotated();
    annotated_and_more();
    not_annotated();
    either();
    form_of_either();
    let _ = (FormOnBelow, FORM_ANNOTATED);
}
