//! Feature flags: what sleeps is not judged, and a flag that is turned is judged as a release.

use serde_json::{Value, json};

use crate::formats::assert_valid;
use crate::{Folder, coexist, said};

const BUILD: &str = r#"{ "format": 2, "release": { "name": "app", "version": "1.0.0" },
    "handlers": [ { "id": "app::home", "method": "GET", "path": "/", "since": "1.0.0" },
                  { "id": "app::pay", "method": "POST", "path": "/pay", "since": "1.0.0",
                    "flag": "checkout" } ],
    "forms": [ { "id": "app::link", "since": "1.0.0", "posts_to": [ { "method": "GET", "path": "/" } ] },
               { "id": "app::cart", "since": "1.0.0", "posts_to": [ { "method": "POST", "path": "/pay" } ],
                 "flag": "checkout" } ] }"#;

fn check(args: &[&str]) -> (Option<i32>, String, String) {
    let folder = Folder::new();
    let build = folder.file("app.json", BUILD);
    let mut command = coexist();
    command.args(["check", &build, &build]).args(args);
    said(command.output().unwrap())
}

#[test]
fn a_flag_that_is_turned_on_breaks_no_page_and_turned_off_it_does() {
    let (status, output, _) = check(&["--old-flag", "checkout=off"]);
    assert_eq!(status, Some(0), "{output}");
    assert!(!output.contains("since-rewritten"), "{output}");
    let turned = "accepted: `checkout` can be turned on in 1.0.0 (1 submission judged)\n";
    assert!(output.starts_with(turned), "{output}");
    assert!(output.ends_with(turned), "{output}");
    let back = "to turn `checkout` off again would break pages that are open then:";
    assert!(output.contains(back), "{output}");
    assert!(
        output.contains("handler-removed: whoever submits the form `cart`"),
        "{output}"
    );
    let (status, output, _) = check(&["--new-flag", "checkout=off"]);
    assert_eq!(status, Some(1), "{output}");
    assert!(output.contains("error[handler-removed]"), "{output}");
    let turned = "rejected: `checkout` cannot be turned off in 1.0.0 now (1 finding)\n";
    assert!(output.ends_with(turned), "{output}");
    // Nothing is released, so nothing is advised of releases after this one.
    let advice = "Before you turn `checkout` off: release a build whose handler `app::pay` is";
    assert!(output.contains(advice), "{output}");
    assert!(!output.contains("1.1.0"), "{output}");
    assert!(
        output.contains("to turn `checkout` on again would break nothing"),
        "{output}"
    );
}

#[test]
fn programs_are_told_what_is_turned_and_what_turning_it_back_would_break() {
    let told = |args: &[&str]| -> Value {
        let (_, output, _) = check(&[args, &["--format", "json"]].concat());
        let report = serde_json::from_str(&output).unwrap();
        assert_valid(include_str!("../../schema/report.schema.json"), &report);
        report
    };
    let on = told(&["--old-flag", "checkout=off"]);
    assert_eq!(on["format"], 3);
    let flags = json!([{ "name": "checkout", "on": true }]);
    assert_eq!(on["turned"]["flags"], flags);
    let back = &on["turned"]["back"];
    assert_eq!(back[0]["rule"], "handler-removed");
    assert_eq!(back.as_array().unwrap().len(), 1);
    let off = told(&["--new-flag", "checkout=off"]);
    assert_eq!(off["turned"]["flags"][0]["on"], false);
    assert_eq!(off["turned"]["back"], json!([]));
    let released = told(&[]);
    assert_eq!(
        (&released["format"], released.get("turned")),
        (&json!(1), None)
    );
}

#[test]
fn a_comment_says_what_turning_it_back_would_break() {
    let (_, output, _) = check(&["--old-flag", "checkout=off", "--format", "markdown"]);
    let back = "\nto turn <code>checkout</code> off again would break pages that are open then:\n\
                - handler-removed: whoever submits the form <code>cart</code>";
    assert!(output.contains(back), "{output}");
}

#[test]
fn what_sleeps_in_both_builds_is_not_judged() {
    let both = ["--old-flag", "checkout=off", "--new-flag", "checkout=off"];
    let (status, output, _) = check(&both);
    assert_eq!(status, Some(0));
    assert!(
        output.contains("are the same (1 handler, 1 form)"),
        "{output}"
    );
}

#[test]
fn a_flag_that_no_item_has_is_an_error() {
    let (status, output, complaint) = check(&["--new-flag", "chekout=on"]);
    assert_eq!((status, &*output), (Some(2), ""));
    let expected = "there is no item behind a flag `chekout`: did you mean `checkout`?";
    assert!(complaint.contains(expected), "{complaint}");
    let (status, _, complaint) = check(&["--new-flag", "checkout"]);
    assert_eq!(status, Some(2));
    assert!(
        complaint.contains("`new-checkout=on` or `new-checkout=off`"),
        "{complaint}"
    );
}
