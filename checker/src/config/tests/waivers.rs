//! What a waiver says, and when it ends.

use super::*;

#[test]
fn a_waiver_says_what_for_why_and_until_when() {
    insta::assert_snapshot!(of_waiver(""), @r#"
        coexist.toml:1: this waiver has no `rule`: write `rule = "handler-removed"`
        coexist.toml:1: this waiver has no `endpoint`: write `endpoint = "POST /imports/csv"`
        coexist.toml:1: this waiver has no `reason`: write `reason = "why nobody is hurt"`
        coexist.toml:1: this waiver never ends: write the day on which it does, `expires = 2026-12-24`, or the release, `expires = "1.6.0"`
        "#);
    insta::assert_snapshot!(of_waiver("rule = \"\"\nendpoint = \" \"\nform = \"\"\nreason = \"\\t\"\nexpires = \"\""), @r#"
        coexist.toml:2: `rule` is blank: write `rule = "handler-removed"`
        coexist.toml:3: `endpoint` is blank: write `endpoint = "POST /imports/csv"`
        coexist.toml:4: `form` is blank: write `form = "importer::pages::upload_csv"`
        coexist.toml:5: `reason` is blank: write `reason = "why nobody is hurt"`
        coexist.toml:6: `` is neither a date, 2026-12-24, nor the version of a release: empty string, expected a semver version: expected three numbers, such as 1.5.0 or 2026.11.24
        "#);
}

#[test]
fn a_waiver_ends() {
    for expires in ["2026-12-24T08:00:00Z", "08:00:00", "2026-12-24 08:00:00"] {
        assert_eq!(
            of_expiry(expires),
            "coexist.toml:6: a waiver ends with a day, not at a time: write a date, `2026-12-24`"
        );
    }
    insta::assert_snapshot!(of_expiry("\"1.6\""), @r"coexist.toml:6: `1.6` is neither a date, 2026-12-24, nor the version of a release: write 1.6.0");
    insta::assert_snapshot!(of_expiry("\"1.6.0+linux\""), @r"coexist.toml:6: `1.6.0+linux` is neither a date, 2026-12-24, nor the version of a release: a version cannot have build metadata here: write 1.6.0");
    insta::assert_snapshot!(of_expiry("\"never\""), @r"coexist.toml:6: `never` is neither a date, 2026-12-24, nor the version of a release: unexpected character 'n' while parsing major version number: expected three numbers, such as 1.5.0 or 2026.11.24");
    insta::assert_snapshot!(of_expiry("2026-02-30"), @r"coexist.toml:6: this is not TOML: invalid date, expected day between 01 and 28");
}

#[test]
fn an_endpoint_is_a_method_and_a_path() {
    let of_endpoint = |endpoint: &str| {
        of_waiver(&format!(
            "rule = \"handler-removed\"\nreason = \"why\"\nexpires = \"1.6.0\"\nendpoint = \"{endpoint}\""
        ))
    };
    insta::assert_snapshot!(of_endpoint("/imports/csv"), @r"coexist.toml:5: `/imports/csv` is not an endpoint: it is one word: write a method and a path, `POST /imports/{id}`");
    insta::assert_snapshot!(of_endpoint("post /imports/csv"), @r"coexist.toml:5: `post /imports/csv` is not an endpoint: `post` is not a method in capital letters: write a method and a path, `POST /imports/{id}`");
    insta::assert_snapshot!(of_endpoint("POST imports"), @r"coexist.toml:5: `POST imports` is not an endpoint: the path `imports` does not begin with a slash: write a method and a path, `POST /imports/{id}`");
    insta::assert_snapshot!(of_endpoint("POST /imports/{"), @r"coexist.toml:5: `POST /imports/{` is not an endpoint: the path `/imports/{` has a broken parameter in `{`: expected `{name}`: write a method and a path, `POST /imports/{id}`");
}

#[test]
fn the_rules_about_waivers_cannot_be_waived() {
    let text =
        "rule = \"waiver-expired\"\nendpoint = \"GET /\"\nreason = \"why\"\nexpires = \"1.6.0\"";
    insta::assert_snapshot!(of_waiver(text), @r"coexist.toml:2: `waiver-expired` is about waivers, and cannot be waived itself: set its level in [rules]");
}

#[test]
fn two_waivers_of_the_same() {
    let waiver = |path: &str, form: &str| {
        format!(
            "[[waivers]]\nrule = \"handler-removed\"\nendpoint = \"GET {path}\"\n{form}reason = \"why\"\n\
             expires = \"1.6.0\"\n"
        )
    };
    let all = [
        waiver("/a/{id}", ""),
        waiver("/a/{id}", "form = \"app::page\"\n"),
        waiver("/a/{number}", ""),
    ];
    insta::assert_snapshot!(mistakes(&all.concat()), @r"coexist.toml:12: line 1 waives the same: keep one of the two");
    assert!(parse(&all[..2].concat(), "coexist.toml").is_ok());
}
