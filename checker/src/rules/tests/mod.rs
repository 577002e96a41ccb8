//! How findings are explained together: what an explanation says of one form, of several,
//! and of several releases.

mod sequence;

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::{GroupKey, explain};
use crate::judge;
use crate::model::{Explanation, Group, Policy, Report};
use crate::registry::{Registry, snapshot};

/// A release with these handlers for POST, and these forms, each with its path.
fn release(version: &str, handlers: &[&str], forms: &[(&str, &str)]) -> Registry {
    let handlers = handlers.iter().map(|path| {
        json!({ "id": format!("app::take{}", path.replace('/', "_")), "method": "POST",
                "path": path, "since": "1.0.0", "source": { "file": "src/a.rs", "line": 9 } })
    });
    let forms = forms.iter().map(|(name, path)| {
        json!({ "id": format!("app::{name}"), "posts_to": [{ "method": "POST", "path": path }] })
    });
    read(&json!({
        "format": 1,
        "release": { "name": "app", "version": version },
        "handlers": handlers.collect::<Vec<_>>(),
        "forms": forms.collect::<Vec<_>>(),
    }))
}

fn read(registry: &Value) -> Registry {
    snapshot::read(registry.to_string().as_bytes()).unwrap()
}

/// What is said of all submissions that fail between the new release and those that are
/// out.
fn explained(out: &[&Registry], new: &Registry) -> Explanation {
    let policy = Policy::default();
    let reports: Vec<Report<'_>> = out
        .iter()
        .map(|old| judge::check(old, new, &policy).unwrap())
        .collect();
    let findings = reports.iter().flat_map(|report| &report.findings);
    let findings = findings.filter(|finding| finding.direction.is_some());
    let findings: Vec<_> = findings.collect();
    let keys: Vec<_> = findings
        .iter()
        .map(|finding| GroupKey::new(finding))
        .collect();
    assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
    explain(&Group::new(&findings))
}

#[track_caller]
fn assert_explained(explanation: &Explanation, headline: &str, steps: &[(&str, &str)]) {
    assert_eq!(explanation.headline, headline);
    let said = explanation.steps.iter();
    let said: Vec<_> = said.map(|step| (&*step.when, &*step.change)).collect();
    assert_eq!(said, steps);
}

const ALL: &[&str] = &["/csv", "/edit"];

#[test]
fn one_form_of_one_release_is_named() {
    let old = release("1.0.0", ALL, &[("CsvPage", "/csv")]);
    let new = release("1.1.0", &["/edit"], &[]);
    let explanation = explained(&[&old], &new);
    assert_explained(
        &explanation,
        "whoever submits the form `CsvPage` from pages of 1.0.0 to nodes of 1.1.0 gets 404 Not Found",
        &[
            (
                "In 1.1.0",
                "remove the form `CsvPage`, keep the handler `take_csv`, and announce its removal",
            ),
            (
                "In 1.2.0, once no node runs 1.0.0 any longer and its pages have expired",
                "remove the handler `take_csv`",
            ),
        ],
    );
    let paste = explanation.steps[0].paste.as_ref();
    let expected = "Add to the `#[handler]` of `take_csv` (src/a.rs:9 in 1.0.0)";
    assert_eq!(paste.map(|paste| &*paste.intro), Some(expected));
}

#[test]
fn several_forms_are_counted() {
    let forms = [("CsvPage", "/csv"), ("Import", "/csv"), ("Again", "/csv")];
    let old = release("1.0.0", ALL, &forms);
    assert_explained(
        &explained(&[&old], &release("1.1.0", &["/edit"], &[])),
        "whoever submits one of 3 forms from pages of 1.0.0 to nodes of 1.1.0 gets 404 Not Found",
        &[
            (
                "In 1.1.0",
                "remove these 3 forms, keep the handler `take_csv`, and announce its removal",
            ),
            (
                "In 1.2.0, once no node runs 1.0.0 any longer and its pages have expired",
                "remove the handler `take_csv`",
            ),
        ],
    );
}

#[test]
fn several_releases_are_enumerated() {
    let [first, second] =
        ["1.0.0", "1.1.0"].map(|version| release(version, ALL, &[("CsvPage", "/csv")]));
    let explanation = explained(&[&second, &first], &release("1.2.0", &["/edit"], &[]));
    assert_explained(
        &explanation,
        "whoever submits the form `CsvPage` from pages of 1.0.0 or 1.1.0 to nodes of 1.2.0 gets 404 \
         Not Found",
        &[
            (
                "In 1.2.0",
                "remove the form `CsvPage`, keep the handler `take_csv`, and announce its removal",
            ),
            (
                "In 1.3.0, once no node runs 1.0.0 or 1.1.0 any longer and their pages have expired",
                "remove the handler `take_csv`",
            ),
        ],
    );
    let paste = explanation.steps[0].paste.as_ref();
    let expected = "Add to the `#[handler]` of `take_csv` (src/a.rs:9 in 1.1.0)";
    assert_eq!(
        paste.map(|paste| &*paste.intro),
        Some(expected),
        "in the newest one"
    );
}

#[test]
fn several_forms_of_several_releases_are_both() {
    let forms = [("CsvPage", "/csv"), ("Import", "/csv")];
    let [first, second] = ["1.0.0", "1.1.0"].map(|version| release(version, ALL, &forms));
    // The one form posts elsewhere now.
    let new = release("1.2.0", &["/edit"], &[("Import", "/edit")]);
    assert_explained(
        &explained(&[&second, &first], &new),
        "whoever submits one of 2 forms from pages of 1.0.0 or 1.1.0 to nodes of 1.2.0 gets 404 Not Found",
        &[
            (
                "In 1.2.0",
                "remove these 2 forms or let them submit elsewhere, keep the handler `take_csv`, and \
                 announce its removal",
            ),
            (
                "In 1.3.0, once no node runs 1.0.0 or 1.1.0 any longer and their pages have expired",
                "remove the handler `take_csv`",
            ),
        ],
    );
}

#[test]
fn forms_that_post_elsewhere_now_are_not_to_be_removed() {
    let (csv, edit) = (
        [("A", "/csv"), ("B", "/csv")],
        [("A", "/edit"), ("B", "/edit")],
    );
    let old = release("1.0.0", ALL, &csv);
    let several = explained(&[&old], &release("1.1.0", &["/edit"], &edit));
    let old = release("1.0.0", ALL, &csv[..1]);
    let one = explained(&[&old], &release("1.1.0", &["/edit"], &edit[..1]));
    for (explanation, forms) in [
        (several, "these 2 forms no longer use"),
        (one, "the form `A` no longer uses"),
    ] {
        let expected = format!(
            "keep the handler `take_csv` for POST /csv, which {forms}, and announce its removal"
        );
        assert_eq!(explanation.steps[0].change, expected);
    }
}

#[test]
fn new_forms_are_called_new() {
    let forms = [("CsvPage", "/csv"), ("Import", "/csv")];
    let old = release("1.0.0", &["/edit"], &[]);
    assert_explained(
        &explained(&[&old], &release("1.1.0", ALL, &forms[..1])),
        "whoever submits the new form `CsvPage` to nodes of 1.0.0 gets 404 Not Found",
        &[
            (
                "In 1.1.0",
                "add the handler `take_csv` for POST /csv, but not the form `CsvPage` yet",
            ),
            (
                "In 1.2.0, once every node runs 1.1.0",
                "add the form `CsvPage`",
            ),
        ],
    );
    assert_explained(
        &explained(&[&old], &release("1.1.0", ALL, &forms)),
        "whoever submits one of 2 new forms to nodes of 1.0.0 gets 404 Not Found",
        &[
            (
                "In 1.1.0",
                "add the handler `take_csv` for POST /csv, but not these 2 forms yet",
            ),
            ("In 1.2.0, once every node runs 1.1.0", "add these 2 forms"),
        ],
    );
}

#[test]
fn new_forms_at_several_old_releases() {
    let old = ["1.0.0", "1.1.0"].map(|version| release(version, &["/edit"], &[]));
    let new = release("1.2.0", ALL, &[("CsvPage", "/csv")]);
    let explanation = explained(&[&old[1], &old[0]], &new);
    let expected =
        "whoever submits the new form `CsvPage` to nodes of 1.0.0 or 1.1.0 gets 404 Not Found";
    assert_eq!(explanation.headline, expected);
}

#[test]
fn what_takes_a_submission_instead_is_named() {
    let build = |version: &str, handlers: &[Value]| {
        let form = json!({ "id": "app::Page", "posts_to": [{ "method": "POST", "path": "/a/b" }] });
        read(
            &json!({ "format": 2, "release": { "name": "app", "version": version },
                "handlers": handlers, "forms": [form] }),
        )
    };
    let handler = |id: &str, path: &str| json!({ "id": id, "method": "POST", "path": path });
    let old = build("1.0.0", &[handler("app::save", "/a/b")]);
    let caught = build("1.1.0", &[handler("app::any", "/{*rest}")]);
    let mut redirect = handler("app::save", "/a/b");
    redirect["redirect"] = json!({ "status": 308, "to": "/gone" });
    let redirected = build("1.1.0", &[redirect]);
    for (new, expected) in [
        (
            caught,
            "reaches `any` (/{*rest}), which is there for other paths",
        ),
        (
            redirected,
            "gets an error: `save` redirects to /gone, which nothing serves",
        ),
    ] {
        let policy = Policy::default();
        let report = judge::check(&old, &new, &policy).unwrap();
        let mut findings = report.findings.iter();
        let finding = findings.find(|finding| finding.rule.name == "handler-removed");
        let headline = explain(&Group::new(&[finding.unwrap()])).headline;
        assert!(headline.contains(expected), "{headline}");
    }
}

/// What is said to change first, where these forms, each with its kind and the line of a template,
/// lose their handler.
fn first_change(forms: &[(&str, &str, u32)]) -> String {
    let version = |version: &str, handlers: &[&str], forms: &[(&str, &str, u32)]| {
        let handlers = handlers
            .iter()
            .map(|path| json!({ "id": "app::take", "method": "POST", "path": path }));
        let forms = forms.iter().map(|(name, kind, line)| {
            json!({ "id": format!("app::{name}"), "kind": kind,
                "posts_to": [{ "method": "POST", "path": "/csv" }],
                "source": { "file": "src/a.rs", "line": 9,
                            "template": { "file": "a.html", "line": line } } })
        });
        read(
            &json!({ "format": 2, "release": { "name": "app", "version": version },
                "handlers": handlers.collect::<Vec<_>>(), "forms": forms.collect::<Vec<_>>() }),
        )
    };
    let old = version("1.0.0", &["/csv"], forms);
    let explanation = explained(&[&old], &version("1.1.0", &["/other"], &[]));
    let (change, _) = explanation.steps[0].change.split_once(',').unwrap();
    change.to_owned()
}

#[test]
fn forms_are_called_what_they_are() {
    for (kind, noun) in [
        ("link", "link"),
        ("submit", "form"),
        ("redirect", "redirect"),
        ("script", "script call"),
    ] {
        let one = first_change(&[("A", kind, 1)]);
        assert_eq!(one, format!("remove the {noun} `A`"));
        let two = first_change(&[("A", kind, 1), ("B", kind, 2)]);
        assert_eq!(two, format!("remove these 2 {noun}s"));
    }
    // Of several kinds, the word for all.
    let both = first_change(&[("A", "redirect", 1), ("B", "redirect", 2), ("C", "link", 3)]);
    assert_eq!(both, "remove these 3 forms");
    // What several pages include is one.
    let included = first_change(&[("A", "link", 1), ("B", "link", 1)]);
    assert_eq!(included, "remove the link `a.html:1` (in 2 pages)");
}

/// The two registries of a rule's fixture.
fn fixture(rule: &str) -> [Value; 2] {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    ["old", "new"].map(|side| {
        let path = folder.join(rule).join(format!("triggers/{side}.json"));
        serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
    })
}

/// The key says all that an explanation says, names aside: which finding of a group
/// comes first changes nothing. The forms of all fixtures are at the handlers of each, so
/// that many findings are of one rule and endpoint.
#[test]
fn findings_with_the_same_key_are_explained_alike() {
    let all = super::ALL.iter();
    let all = all.flat_map(|rule| fixture(rule.name).map(|registry| (rule.name, registry)));
    let mut forms: HashMap<String, Value> = HashMap::new();
    for (rule, registry) in all {
        let version = registry["release"]["version"].as_str().unwrap();
        for form in registry["forms"].as_array().unwrap() {
            let id = format!("{rule} {version} {}", form["id"].as_str().unwrap());
            let id = id.replace(|c: char| !c.is_ascii_alphanumeric() && c != ':', "_");
            let mut form = form.clone();
            form["id"] = json!(id);
            forms.insert(id, form);
        }
    }
    let policy = Policy::default();
    let (mut groups, mut largest) = (0, 0);
    for rule in super::ALL {
        let [old, new] = fixture(rule.name).map(|mut registry| {
            registry["format"] = json!(2);
            let own = registry["forms"].as_array_mut().unwrap();
            own.extend(forms.values().cloned());
            read(&registry)
        });
        let report = judge::check(&old, &new, &policy).unwrap();
        let mut by_key: HashMap<GroupKey<'_>, Vec<_>> = HashMap::new();
        for finding in &report.findings {
            by_key
                .entry(GroupKey::new(finding))
                .or_default()
                .push(finding);
        }
        for mut group in by_key.into_values().filter(|group| group.len() > 1) {
            groups += 1;
            largest = largest.max(group.len());
            let expected = explain(&Group::new(&group));
            for _ in 1..group.len() {
                group.rotate_left(1);
                assert_eq!(explain(&Group::new(&group)), expected);
            }
        }
    }
    assert!(
        groups > 50 && largest > 10,
        "{groups} groups, up to {largest}"
    );
}
