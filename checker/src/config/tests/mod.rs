//! How a file is read, and how its errors are reported.

mod waivers;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use jiff::civil;

use super::{day_of, find, has_lock_file, last_folder, length, parse, read, time};
use crate::model::{Expiry, Level, Policy, Rollout, Waiver};
use crate::support::steps;

/// The errors of a file.
#[track_caller]
fn mistakes(text: &str) -> String {
    parse(text, "coexist.toml").unwrap_err().to_string()
}

/// The errors of a waiver with these lines and no others.
#[track_caller]
fn of_waiver(lines: &str) -> String {
    mistakes(&format!("[[waivers]]\n{lines}\n"))
}

/// The errors of a waiver that ends then; its line is the sixth.
#[track_caller]
fn of_expiry(expires: &str) -> String {
    of_waiver(&format!(
        "rule = \"handler-removed\"\nendpoint = \"GET /\"\nreason = \"why\"\n\nexpires = {expires}"
    ))
}

#[test]
fn a_whole_file_becomes_a_policy() {
    let text = r#"
[rollout]
strategy = "blue-green"
page-lifetime = "1h 30m"
rollback = false

[rules]
target-undecided = "deny"
handler-not-yet = "allow"

[[waivers]]
rule = "handler-removed"
endpoint = "POST /imports/{id}"
form = "importer::pages::upload_csv"
reason = "support calls those three customers"
expires = 2026-12-24

[[waivers]]
rule = "method-changed"
endpoint = "GET /"
reason = "nobody has that page"
expires = "1.6.0-rc.1"
"#;
    let waiver =
        |rule, method: &str, path: &str, form: Option<&str>, reason: &str, expires, at: &str| {
            Waiver {
                rule,
                method: method.to_owned(),
                path: path.to_owned(),
                form: form.map(str::to_owned),
                reason: reason.to_owned(),
                expires,
                at: at.to_owned(),
            }
        };
    let expected = Policy {
        rollout: Rollout::BlueGreen,
        page_lifetime: Duration::from_secs(90 * 60),
        rollback: false,
        levels: BTreeMap::from([
            ("target-undecided", Some(Level::Deny)),
            ("handler-not-yet", None),
        ]),
        waivers: vec![
            waiver(
                "handler-removed",
                "POST",
                "/imports/{id}",
                Some("importer::pages::upload_csv"),
                "support calls those three customers",
                Expiry::Date(civil::date(2026, 12, 24)),
                "coexist.toml:11",
            ),
            waiver(
                "method-changed",
                "GET",
                "/",
                None,
                "nobody has that page",
                Expiry::Version("1.6.0-rc.1".parse().unwrap()),
                "coexist.toml:18",
            ),
        ],
        ..Policy::default()
    };
    assert_eq!(parse(text, "coexist.toml").unwrap(), expected);
}

#[test]
fn the_file_in_the_guide_is_one() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/docs/policy.md");
    let page = fs::read_to_string(page).unwrap();
    let blocks = page.split("```toml\n").skip(1);
    let mut blocks = blocks.filter_map(|block| block.split("```").next());
    let sample = blocks.find(|block| block.contains("[rollout]")).unwrap();
    let policy = parse(sample, "policy.md").unwrap();
    let default = Policy {
        levels: policy.levels.clone(),
        waivers: policy.waivers.clone(),
        flags: policy.flags.clone(),
        ..Policy::default()
    };
    assert_eq!(policy, default);
    assert!(!policy.flags.is_on("new-checkout"));
    assert_eq!((policy.levels.len(), policy.waivers.len()), (1, 1));
}

#[test]
fn what_is_left_out_is_the_default() {
    for text in ["", "# nothing\n", "[rollout]\n[rules]\n", "waivers = []\n"] {
        assert_eq!(parse(text, "coexist.toml").unwrap(), Policy::default());
    }
}

#[test]
fn names_that_do_not_exist_offer_the_nearest() {
    let text = r#"
rolout = 1
[rollout]
strategy = "bluegreen"
page_lifetime = "24h"
[rules]
handler_removed = "error"
handler-not-yet = "Warn"
[[waivers]]
rule = "handler-remove"
path = "/"
"#;
    insta::assert_snapshot!(mistakes(text), @r#"
        coexist.toml:2: there is no key `rolout`: did you mean `rollout`?
        coexist.toml:4: there is no strategy `bluegreen`: did you mean `blue-green`?
        coexist.toml:5: there is no key `page_lifetime` in [rollout]: did you mean `page-lifetime`?
        coexist.toml:7: there is no rule `handler_removed`: did you mean `handler-removed`?
        coexist.toml:7: there is no level `error`: expected one of deny, warn, allow
        coexist.toml:8: there is no level `Warn`: did you mean `warn`?
        coexist.toml:9: this waiver has no `endpoint`: write `endpoint = "POST /imports/csv"`
        coexist.toml:9: this waiver has no `reason`: write `reason = "why nobody is hurt"`
        coexist.toml:9: this waiver never ends: write the day on which it does, `expires = 2026-12-24`, or the release, `expires = "1.6.0"`
        coexist.toml:10: there is no rule `handler-remove`: did you mean `handler-removed`?
        coexist.toml:11: there is no key `path` in [[waivers]]: expected one of endpoint, expires, form, reason, rule
        "#);
}

#[test]
fn a_name_that_is_near_to_none_gets_them_all() {
    let said = mistakes("[rules]\nnonsense = \"deny\"\n");
    let begin = "coexist.toml:2: there is no rule `nonsense`: expected one of encoding-changed, ";
    assert!(said.starts_with(begin), "{said}");
}

#[test]
fn values_of_another_type() {
    let text = r#"
[rollout]
strategy = 1
page-lifetime = 24
rollback = "yes"
[rules]
handler-removed = true
[[waivers]]
rule = ["handler-removed"]
endpoint = { method = "POST" }
form = 1979-05-27
reason = 1.5
expires = 160
"#;
    insta::assert_snapshot!(mistakes(text), @r#"
        coexist.toml:3: `strategy` is a number: expected a name, "rolling"
        coexist.toml:4: `page-lifetime` is a number: expected a length of time, "24h"
        coexist.toml:5: `rollback` is a string: expected true or false
        coexist.toml:7: `handler-removed` is a boolean: expected a level, "deny"
        coexist.toml:9: `rule` is a list: expected a text, "handler-removed"
        coexist.toml:10: `endpoint` is a table: expected a text, "POST /imports/csv"
        coexist.toml:11: `form` is a date or a time: expected a text, "importer::pages::upload_csv"
        coexist.toml:12: `reason` is a number: expected a text, "why nobody is hurt"
        coexist.toml:13: `expires` is a number: expected a date, 2026-12-24, or the version of a release, "1.6.0"
        "#);
    insta::assert_snapshot!(
        mistakes("rollout = \"rolling\"\nrules = []\nwaivers = 1\n"),
        @r"
        coexist.toml:1: `rollout` is a string: expected a table, [rollout]
        coexist.toml:2: `rules` is a list: expected a table, [rules]
        coexist.toml:3: `waivers` is a number: expected a table for each, [[waivers]]
        "
    );
    insta::assert_snapshot!(mistakes("[waivers]\nrule = \"handler-removed\"\n"), @r"coexist.toml:1: `waivers` is a table: expected a table for each, [[waivers]]");
    insta::assert_snapshot!(mistakes("waivers = [1]\n"), @r"coexist.toml:1: `waivers` is a list: expected a table for each, [[waivers]]");
}

#[test]
fn what_is_no_toml() {
    insta::assert_snapshot!(mistakes("[rollout]\nstrategy = rolling\n"), @r"coexist.toml:2: this is not TOML: string values must be quoted, expected literal string");
    insta::assert_snapshot!(mistakes("[rollout]\nrollback = true\nrollback = true\n"), @r"coexist.toml:3: `rollback` is defined twice: keep one of the two");
    insta::assert_snapshot!(mistakes("[rules]\n\n[rules]\n"), @r"coexist.toml:3: `rules` is defined twice: keep one of the two");
    insta::assert_snapshot!(mistakes("[rollout\n"), @r"coexist.toml:1: this is not TOML: unclosed table, expected `]`");
}

#[test]
fn lengths_of_time() {
    for (text, seconds) in [
        ("0s", 0),
        ("90m", 5400),
        ("24h", 86400),
        ("1d", 86400),
        ("1w", 7 * 86400),
        ("1 hour 30 min", 5400),
        ("PT24H", 86400),
    ] {
        assert_eq!(length(text), Ok(Duration::from_secs(seconds)), "{text}");
    }
    insta::assert_snapshot!(length("-1h").unwrap_err(), @r"`-1h` is negative: a duration is at least `0s`");
    for text in ["24", "", "a day", "1 month", "999999999999h"] {
        let error = length(text).unwrap_err().to_string();
        assert!(error.contains("is not a valid duration"), "{error}");
    }
    insta::assert_snapshot!(mistakes("[rollout]\npage-lifetime = \"24\"\n"), @r"coexist.toml:2: `24` is not a valid duration: write numbers with their units, such as `24h`, `1h 30m`, `7d` or `0s`");
}

#[test]
fn days_are_those_of_utc() {
    let christmas = civil::date(2026, 12, 24);
    for text in [
        "2026-12-24",
        "2026-12-24T08:00:00Z",
        "2026-12-25T00:30:00+01:00",
        "2026-12-23T23:30:00-01:00",
    ] {
        assert_eq!(time(text).map(day_of), Ok(christmas), "{text}");
    }
    for text in ["20261224", "2026-12-32", "2026-12-24T08:00:00", "yesterday"] {
        let error = time(text).unwrap_err().to_string();
        assert!(error.contains("is not a valid time"), "{text}");
    }
}

#[test]
fn a_file_that_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("coexist.toml");
    let shown = Path::new("coexist.toml");
    let error = read(&path, shown).unwrap_err().to_string();
    assert!(
        error.starts_with("coexist.toml: cannot read it: No such file"),
        "{error}"
    );
    fs::write(&path, [0xff]).unwrap();
    insta::assert_snapshot!(read(&path, shown).unwrap_err(), @r"coexist.toml: it is not UTF-8 text");
}

#[test]
fn very_many_mistakes_are_counted() {
    for head in ["", "[rules]\n"] {
        let mut text = head.to_owned();
        for number in 0..100_000 {
            text.push_str(&format!("key{number} = 1\n"));
        }
        let error = parse(&text, "coexist.toml").unwrap_err();
        assert!(error.mistakes.len() <= 102, "{}", error.mistakes.len());
        let last = error.mistakes.last().unwrap();
        assert_eq!(last.line, None);
        assert!(
            last.what.ends_with(" more mistakes are not shown"),
            "{last}"
        );
    }
}

#[test]
fn the_search_ends_at_the_repository_or_the_workspace() {
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &str| folder.path().join(path);
    fs::create_dir_all(at("above/workspace/app/src")).unwrap();
    let from = at("above/workspace/app/src");
    let last = || last_folder(&from, has_lock_file);
    assert_eq!(last(), from);
    fs::write(at("above/workspace/Cargo.lock"), "").unwrap();
    assert_eq!(last(), at("above/workspace"));
    fs::write(at("above/.git"), "gitdir: elsewhere").unwrap();
    assert_eq!(last(), at("above"));
}

#[test]
fn the_nearest_file_up_to_the_repository_holds() {
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &str| folder.path().join(path);
    fs::create_dir_all(at("repository/crates/app")).unwrap();
    fs::write(at("coexist.toml"), "").unwrap();
    let is_workspace = |above: &std::path::Path| above == folder.path();
    let find = || find(&at("repository/crates/app"), is_workspace);
    assert_eq!(find(), Some(at("coexist.toml")));
    // A work tree's is a file.
    fs::write(at("repository/.git"), "gitdir: elsewhere").unwrap();
    assert_eq!(find(), None);
    fs::write(at("repository/coexist.toml"), "").unwrap();
    assert_eq!(find(), Some(at("repository/coexist.toml")));
    fs::write(at("repository/crates/coexist.toml"), "").unwrap();
    assert_eq!(find(), Some(at("repository/crates/coexist.toml")));
}

#[test]
fn waivers_and_apps_are_compared_in_linear_time() {
    let read = |text: &String| assert!(parse(text, "coexist.toml").is_ok());
    let waivers = |size| {
        let waivers = (0..size).map(|number| {
            format!(
                "[[waivers]]\nrule = \"handler-removed\"\nendpoint = \"POST /a/{number}/{{id}}\"\n\
                 reason = \"why\"\nexpires = \"2.0.0\"\n"
            )
        });
        waivers.collect::<String>()
    };
    steps::assert_linear(1000, &waivers, read);
    let apps = |size| {
        let apps = (0..size).map(|number| {
            format!("[apps.a{number}]\npaths = [\"/a\"]\nhosts = [\"a{number}.example\"]\n")
        });
        apps.collect::<String>()
    };
    steps::assert_linear(1000, &apps, read);
    let lists = |size: usize| {
        let list = |text: fn(usize) -> String| (0..size).map(text).collect::<Vec<_>>().join(", ");
        let [paths, hosts] = [
            list(|number| format!("\"/a{number}\"")),
            list(|number| format!("\"a{number}.example\"")),
        ];
        format!("[apps.a]\npaths = [{paths}]\n[apps.b]\npaths = [\"/b\"]\nhosts = [{hosts}]\n")
    };
    steps::assert_linear(1000, &lists, read);
}

#[test]
fn apps_that_claim_more_than_can_be_compared_are_a_mistake() {
    let list = |text: fn(usize) -> String| (0..1001).map(text).collect::<Vec<_>>().join(", ");
    let text = format!(
        "[apps.a]\npaths = [{}]\nhosts = [{}]\n",
        list(|number| format!("\"/a{number}\"")),
        list(|number| format!("\"a{number}.example\""))
    );
    let error = parse(&text, "coexist.toml").unwrap_err().to_string();
    insta::assert_snapshot!(error, @"coexist.toml:1: with this app, the apps claim more than 1000000 paths at hosts, which are too many to compare: leave out `hosts`, or shorten the lists");
}
