//! What a release of a sequence that was made by hand lacks.

use coexist_checker::plan::gaps;
use serde_json::{Value, json};

use super::*;

const OLD: &str = "POST /password/old";
const NEW: &str = "PUT /password";

/// A build of handlers for both ways, with these forms of one page.
fn page(version: &str, forms: &[(&str, &str)]) -> Registry {
    let forms = forms.iter();
    let forms: Vec<Value> = forms
        .map(|(name, endpoint)| form(&format!("app::page#{name}"), endpoint, NONE))
        .collect();
    let handlers = [
        handler("app::old", OLD, NONE),
        handler("app::new", NEW, NONE),
    ];
    build(version, &handlers, &forms)
}

/// What the step lacks, each with what the wanted build has.
fn lacking(forms: [&[(&str, &str)]; 3]) -> Vec<(String, String)> {
    let [before, step, wanted] = forms;
    let gaps = gaps(
        &page("1.0.0", before),
        &page("1.1.0", step),
        &page("1.2.0", wanted),
    );
    let name = |id: &str| id.rsplit('#').next().unwrap().to_owned();
    let gaps = gaps.iter();
    gaps.map(|gap| (name(&gap.form.id), name(&gap.wanted.id)))
        .collect()
}

#[test]
fn a_page_lacks_a_form_that_went_before_the_one_that_takes_its_place() {
    let gap = [("a".to_owned(), "b".to_owned())];
    assert_eq!(lacking([&[("a", OLD)], &[], &[("b", NEW)]]), gap);
    // A link of the wanted page that is there already is not what the form did.
    let link = ("x", "GET /");
    assert_eq!(lacking([&[("a", OLD)], &[link], &[("b", NEW), link]]), gap);
}

#[test]
fn a_page_lacks_a_form_that_comes_back() {
    assert_eq!(
        lacking([&[("a", OLD)], &[], &[("a", OLD)]]),
        [("a".to_owned(), "a".to_owned())]
    );
}

#[test]
fn a_page_with_either_way_lacks_nothing() {
    for step in [
        &[("a", OLD)][..],
        &[("b", NEW)],
        &[("a", OLD), ("b", NEW)],
        // For the time being, something else.
        &[("meanwhile", NEW)],
    ] {
        assert_eq!(lacking([&[("a", OLD)], step, &[("b", NEW)]]), []);
    }
}

#[test]
fn what_the_change_drops_is_not_lacking() {
    assert_eq!(lacking([&[("a", OLD)], &[], &[]]), []);
    // What the step before lacked, this one does not take away.
    assert_eq!(lacking([&[], &[], &[("b", NEW)]]), []);
}

#[test]
fn no_release_of_a_plan_lacks_anything() {
    let old = build(
        "1.0.0",
        &[handler("app::old", OLD, NONE)],
        &[form("app::page#a", OLD, NONE)],
    );
    let new = build(
        "1.1.0",
        &[handler("app::new", NEW, NONE)],
        &[form("app::page#b", NEW, NONE)],
    );
    let steps = steps(&old, &new);
    assert_eq!(steps.len(), 3);
    let mut before = &old;
    for step in &steps {
        assert!(gaps(before, &step.registry, &new).is_empty());
        before = &step.registry;
    }
}

#[test]
fn a_form_of_a_template_is_lacking_in_each_page_that_includes_it() {
    let with = |version, forms: &[(&str, &str)]| {
        let forms = forms.iter().map(|(id, endpoint)| {
            let mut form = form(id, endpoint, NONE);
            form["source"] = json!({ "file": "src/page.rs", "line": 1,
                "template": { "file": "templates/page.html", "line": 1 } });
            form
        });
        build2(version, &[], &forms.collect::<Vec<_>>())
    };
    let old = with("1.0.0", &[("app::one#a", OLD), ("app::two#a", OLD)]);
    let new = with("1.2.0", &[("app::one#b", NEW), ("app::two#b", NEW)]);
    assert_eq!(gaps(&old, &with("1.1.0", &[]), &new).len(), 2);
}
