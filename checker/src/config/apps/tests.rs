//! How the tables of apps are read, and how their errors are reported.

use crate::config::parse;
use crate::model::App;

/// The errors of a file.
#[track_caller]
fn mistakes(text: &str) -> String {
    parse(text, "coexist.toml").unwrap_err().to_string()
}

#[test]
fn apps_say_what_they_serve() {
    let text = r#"
[apps.shop]
hosts = ["shop.example.com", "www.example.com"]
[apps.billing]
paths = ["/billing", "/invoices/new"]
strip = true
"#;
    let app = |name: &str, paths: &[&str], hosts: &[&str], strip, at: &str| {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        App {
            name: name.to_owned(),
            paths: owned(paths),
            hosts: owned(hosts),
            strip,
            at: at.to_owned(),
        }
    };
    let hosts = ["shop.example.com", "www.example.com"];
    let expected = [
        app(
            "billing",
            &["/billing", "/invoices/new"],
            &[],
            true,
            "coexist.toml:4",
        ),
        app("shop", &["/"], &hosts, false, "coexist.toml:2"),
    ];
    assert_eq!(parse(text, "coexist.toml").unwrap().apps.all, expected);
}

#[test]
fn mistakes_of_apps() {
    let text = r#"
[apps.billing]
path = ["/billing"]
[apps.shop]
paths = "/shop"
hosts = [1]
strip = "yes"
[apps.""]
paths = ["/"]
[apps.nothing]
paths = []
[apps]
other = 1
"#;
    insta::assert_snapshot!(mistakes(text), @r#"
        coexist.toml:2: nothing says what `billing` serves: write `paths = ["/billing"]`, or `hosts`, or both; an app that serves nothing to others need not be here
        coexist.toml:3: there is no key `path` in [apps.billing]: did you mean `paths`?
        coexist.toml:5: `paths` is a string: expected a list of texts, ["/billing"]
        coexist.toml:6: `hosts` is a number: expected a list of texts, ["billing.example.com"]
        coexist.toml:7: `strip` is a string: expected true or false
        coexist.toml:8: an app has the name of its releases: write `[apps.billing]`
        coexist.toml:10: `paths` is empty: write `paths = ["/billing"]`, or leave it out
        coexist.toml:13: `other` is a number: expected a table, [apps.other]
        "#);
    insta::assert_snapshot!(mistakes("[[apps]]\nname = \"billing\"\n"), @r"coexist.toml:1: `apps` is a list: expected a table, [apps]");
    let mistakes_in = |lines: &str| mistakes(&format!("[apps.billing]\n{lines}\n"));
    insta::assert_snapshot!(mistakes_in(r#"paths = ["billing", "/b/", "/b/{id}", "/a", "/a", "https://b.example/b", "/a?b"]"#), @r"
        coexist.toml:2: the path `billing` does not begin with a slash
        coexist.toml:2: `/b/` ends in a slash: write `/b`, whole segments are meant anyway
        coexist.toml:2: `/b/{id}` has a parameter: an app is identified by the literal beginning of its paths
        coexist.toml:2: `/a` is in `paths` for the second time: keep one of the two
        coexist.toml:2: `https://b.example/b` is an address: write its path here, and its host into `hosts`
        coexist.toml:2: the path `/a?b` holds '?', which is not part of a path
        ");
    insta::assert_snapshot!(mistakes_in(r#"hosts = ["https://b.example/b", "B.example", "b.example:8443", "b_.example", "", "*.example", "b.example"]"#), @r"
        coexist.toml:2: `https://b.example/b` is not a valid host: write the name alone, in lowercase, without scheme, port or path: `b.example`
        coexist.toml:2: `B.example` is not a valid host: write the name alone, in lowercase, without scheme, port or path: `b.example`
        coexist.toml:2: `b.example:8443` is not a valid host: write the name alone, in lowercase, without scheme, port or path: `b.example`
        coexist.toml:2: `b_.example` is not a valid host: expected a name of letters, digits, hyphens and dots, such as `billing.example.com`
        coexist.toml:2: `` is not a valid host: expected a name of letters, digits, hyphens and dots, such as `billing.example.com`
        coexist.toml:2: `*.example` is not a valid host: expected a name of letters, digits, hyphens and dots, such as `billing.example.com`
        ");
    insta::assert_snapshot!(mistakes_in("hosts = [\"b.example\"]\nstrip = true"), @r"coexist.toml:1: there are no `paths`, so there is nothing to `strip`: leave it out");
}

#[test]
fn one_path_is_of_one_app() {
    let two = |one: &str, other: &str| {
        parse(
            &format!("[apps.a]\n{one}\n[apps.b]\n{other}\n"),
            "coexist.toml",
        )
        .map(|_| ())
    };
    let said = |one, other| two(one, other).unwrap_err().to_string();
    insta::assert_snapshot!(said("paths = [\"/x\", \"/y\"]", "paths = [\"/y\"]"), @r"coexist.toml:3: `/y` is of `b` here, and of `a` in line 1: let one of them have it, or write `hosts` for both, none of them the same");
    insta::assert_snapshot!(said("hosts = [\"a.example\"]", "hosts = [\"b.example\", \"a.example\"]"), @r"coexist.toml:3: `/` is of `b` here, and of `a` in line 1: let one of them have it, or write `hosts` for both, none of them the same");
    // Every host includes that one.
    assert!(
        two(
            "paths = [\"/x\"]",
            "paths = [\"/x\"]\nhosts = [\"b.example\"]"
        )
        .is_err()
    );
    for (one, other) in [
        ("paths = [\"/x\"]", "paths = [\"/x/y\"]"),
        ("hosts = [\"a.example\"]", "hosts = [\"b.example\"]"),
        (
            "paths = [\"/x\"]\nhosts = [\"a.example\"]",
            "paths = [\"/x\"]\nhosts = [\"b.example\"]",
        ),
    ] {
        assert_eq!(two(one, other), Ok(()), "{one} {other}");
    }
}
