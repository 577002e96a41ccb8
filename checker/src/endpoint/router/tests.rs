//! Which handler a router chooses.

use super::{Outcome, Router};
use crate::endpoint::Pattern;
use crate::registry::{Registry, snapshot};

fn registry(endpoints: &[&str]) -> Registry {
    let handlers: Vec<String> = endpoints
        .iter()
        .map(|endpoint| {
            let (method, path) = endpoint.split_once(' ').unwrap();
            format!(r#"{{"id":"{endpoint}","method":"{method}","path":"{path}"}}"#)
        })
        .collect();
    let handlers = handlers.join(",");
    let release = r#"{"name":"app","version":"1.0.0"}"#;
    let json = format!(r#"{{"format":1,"release":{release},"handlers":[{handlers}]}}"#);
    snapshot::read(json.as_bytes()).unwrap()
}

fn resolve(endpoints: &[&str], endpoint: &str) -> String {
    let registry = registry(endpoints);
    let (method, path) = endpoint.split_once(' ').unwrap();
    said(&Router::new(&registry).resolve(method, &Pattern::parse(path).unwrap()))
}

fn said(outcome: &Outcome<'_>) -> String {
    match outcome {
        Outcome::Served(handler) => handler.id.clone(),
        Outcome::OtherMethods(_) => "405".to_owned(),
        Outcome::NotServed => "404".to_owned(),
        Outcome::Undecided(handlers) => {
            let ids: Vec<&str> = handlers.iter().map(|handler| &*handler.id).collect();
            format!("{}?", ids.join("? "))
        }
    }
}

#[test]
fn a_literal_comes_before_a_parameter_before_the_rest() {
    let all = ["GET /a/{id}", "GET /a/new", "GET /a/{*rest}", "GET /a/v{n}"];
    assert_eq!(resolve(&all, "GET /a/new"), "GET /a/new");
    assert_eq!(resolve(&all, "GET /a/v7"), "GET /a/v{n}");
    assert_eq!(resolve(&all, "GET /a/7"), "GET /a/{id}");
    assert_eq!(resolve(&all, "GET /a/7/b"), "GET /a/{*rest}");
}

#[test]
fn a_choice_that_leads_nowhere_is_taken_back() {
    let all = ["GET /a/new/x", "GET /{any}/{id}/y"];
    assert_eq!(resolve(&all, "GET /a/new/y"), "GET /{any}/{id}/y");
}

#[test]
fn the_path_is_chosen_before_the_method() {
    let all = ["GET /a/new", "POST /a/{id}"];
    assert_eq!(resolve(&all, "POST /a/new"), "405");
    assert_eq!(resolve(&all, "HEAD /a/new"), "GET /a/new");
}

#[test]
fn a_slash_at_the_end_matters() {
    assert_eq!(resolve(&["GET /a"], "GET /a/"), "404");
    assert_eq!(resolve(&["GET /a/"], "GET /a"), "404");
    assert_eq!(
        resolve(&["GET /a/{id}", "GET /b/{*rest}"], "GET /a/"),
        "404"
    );
    assert_eq!(resolve(&["GET /b/{*rest}"], "GET /b/"), "404");
    assert_eq!(resolve(&["GET /b/{*rest}"], "GET /b"), "404");
}

#[test]
fn the_names_of_parameters_do_not_matter() {
    assert_eq!(resolve(&["GET /a/{id}"], "GET /a/{number}"), "GET /a/{id}");
    assert_eq!(
        resolve(&["GET /a/{*rest}"], "GET /a/{*tail}"),
        "GET /a/{*rest}"
    );
}

#[test]
fn a_hole_surely_fits_a_parameter_and_perhaps_a_literal() {
    assert_eq!(
        resolve(&["GET /a/{id}", "GET /a/new"], "GET /a/{hole}"),
        "GET /a/{id}"
    );
    assert_eq!(resolve(&["GET /a/new"], "GET /a/{hole}"), "GET /a/new?");
    assert_eq!(resolve(&["GET /a/new"], "GET /a/x{hole}"), "404");
    assert_eq!(resolve(&["POST /a/new"], "GET /a/{hole}"), "404");
    assert_eq!(resolve(&["GET /a/v{n}"], "GET /a/{hole}"), "GET /a/v{n}?");
    let page = ["GET /{page}", "POST /csv", "POST /json"];
    assert_eq!(resolve(&page, "POST /{kind}"), "POST /csv? POST /json?");
    assert_eq!(resolve(&page, "PUT /{kind}"), "405");
}

#[test]
fn a_hole_that_is_filled_means_what_comes_first() {
    let all = ["PUT /a/{id}", "PUT /a/new", "PUT /b/{*rest}"];
    assert_eq!(
        resolve(&all, "PUT /{some}/new"),
        "PUT /a/new? PUT /b/{*rest}?"
    );
}

#[test]
fn an_endpoint_that_two_serve_is_found() {
    let all = registry(&["GET /a/{id}", "GET /a/{other}", "POST /a/{id}", "GET /a/b"]);
    let duplicates: Vec<_> = Router::new(&all).duplicates().collect();
    assert_eq!(duplicates.len(), 1);
    assert_eq!(duplicates[0].len(), 2);
}

#[test]
fn the_longer_text_around_a_parameter_comes_first() {
    let all = ["GET /{n}z", "GET /{n}yz"];
    assert_eq!(resolve(&all, "GET /xyz"), "GET /{n}yz");
    assert_eq!(resolve(&all, "GET /xz"), "GET /{n}z");
}

#[test]
fn a_hole_with_text_around_it_may_mean_what_has_such_a_text() {
    let all = ["GET /a/v{n}.x"];
    for hole in ["/a/{h}", "/a/v{h}", "/a/{h}x", "/a/v1{h}", "/a/{h}y.x"] {
        assert_eq!(
            resolve(&all, &format!("GET {hole}")),
            "GET /a/v{n}.x?",
            "{hole}"
        );
    }
    for hole in ["/a/w{h}", "/a/{h}.y", "/a/v{h}.y", "/a/w{h}.x"] {
        assert_eq!(resolve(&all, &format!("GET {hole}")), "404", "{hole}");
    }
}

#[test]
fn what_a_hole_means_is_no_wider_than_either() {
    let registry = registry(&["GET /a/v{n}"]);
    let router = Router::new(&registry);
    let meant = |path| {
        let meanings = router.meanings("GET", &Pattern::parse(path).unwrap());
        let paths = meanings.iter().map(|(path, _)| path.unnamed());
        paths.collect::<Vec<_>>()
    };
    assert_eq!(meant("/a/{hole}"), ["/a/v{}"]);
    assert_eq!(meant("/a/{hole}.x"), ["/a/v{}.x"]);
    assert_eq!(meant("/a/v1{hole}"), ["/a/v1{}"]);
}

#[test]
fn a_path_is_there_for_whatever_method() {
    let registry = registry(&["GET /a/{id}", "POST /b/new"]);
    let has = |path| Router::new(&registry).has_path(&Pattern::parse(path).unwrap());
    assert!(has("/a/{hole}") && has("/a/7") && has("/b/new"));
    assert!(!has("/b/{hole}") && !has("/a"));
}

/// Where a request arrives in a snapshot of format 2 with these keys and handlers.
fn resolve_in(keys: &str, handlers: &[&str], endpoint: &str) -> String {
    let handlers = handlers.join(",");
    let json = format!(
        r#"{{"format":2,"release":{{"name":"app","version":"1.0.0"}},{keys}"handlers":[{handlers}]}}"#
    );
    let registry = snapshot::read(json.as_bytes()).unwrap();
    let (method, path) = endpoint.split_once(' ').unwrap();
    said(&Router::new(&registry).resolve(method, &Pattern::parse(path).unwrap()))
}

#[test]
fn a_router_that_decides_by_path_and_method_goes_on_to_the_next_path() {
    let show = r#"{"id":"show","method":"GET","path":"/doc/{step}"}"#;
    let update = r#"{"id":"update","method":"PUT","path":"/doc/sent"}"#;
    let final_update =
        r#"{"id":"update","method":"PUT","path":"/doc/sent","routing":"path-first"}"#;
    let first = r#""routing":"method-first","#;
    let get = "GET /doc/sent";
    assert_eq!(resolve_in("", &[show, update], get), "405");
    assert_eq!(resolve_in(first, &[show, update], get), "show");
    assert_eq!(resolve_in(first, &[show, final_update], get), "405");
    assert_eq!(resolve_in(first, &[show, update], "POST /doc/sent"), "405");
    assert_eq!(
        resolve_in(first, &[show, update], "PUT /doc/sent"),
        "update"
    );
}

#[test]
fn a_limited_parameter_takes_what_fits_and_a_hole_is_undecided() {
    let number = r#"{"id":"number","method":"GET","path":"/a/{id}",
        "parameters":[{"name":"id","pattern":"[0-9]+"}]}"#;
    let word = r#"{"id":"word","method":"GET","path":"/a/{name}"}"#;
    let locale = r#"{"id":"locale","method":"GET","path":"/{locale}",
        "parameters":[{"name":"locale","type":"choice","choices":["en","fr"]}]}"#;
    assert_eq!(resolve_in("", &[number], "GET /a/7"), "number");
    assert_eq!(resolve_in("", &[number], "GET /a/x"), "404");
    assert_eq!(resolve_in("", &[number], "GET /a/{id}"), "number?");
    assert_eq!(resolve_in("", &[number, word], "GET /a/7"), "number");
    assert_eq!(resolve_in("", &[number, word], "GET /a/x"), "word");
    assert_eq!(
        resolve_in("", &[number, word], "GET /a/{id}"),
        "number? word?"
    );
    assert_eq!(resolve_in("", &[locale], "GET /en"), "locale");
    assert_eq!(resolve_in("", &[locale], "GET /reauthn"), "404");
}

#[test]
fn a_limit_behind_a_limit_leaves_a_hole_undecided() {
    let numbers = r#"{"id":"numbers","method":"GET","path":"/{a}/{b}",
        "parameters":[{"name":"a","type":"integer"},{"name":"b","type":"integer"}]}"#;
    let words = r#"{"id":"words","method":"GET","path":"/{a}/{b}"}"#;
    let resolve = |endpoint| resolve_in("", &[numbers, words], endpoint);
    assert_eq!(resolve("GET /7/8"), "numbers");
    assert_eq!(resolve("GET /7/x"), "words");
    assert_eq!(resolve("GET /{a}/{b}"), "numbers? words?");
}

#[test]
fn a_slash_at_the_end_is_taken_off_or_appended_where_that_is_stated() {
    let admin = r#"{"id":"admin","method":"GET","path":"/admin"}"#;
    let slashed = r#"{"id":"slashed","method":"GET","path":"/admin/"}"#;
    let root = r#"{"id":"root","method":"GET","path":"/"}"#;
    let (trim, append) = (
        r#""trailing_slash":"trim","#,
        r#""trailing_slash":"append","#,
    );
    assert_eq!(resolve_in(trim, &[admin], "GET /admin/"), "admin");
    assert_eq!(resolve_in(trim, &[slashed], "GET /admin/"), "404");
    let below = r#"{"id":"below","method":"GET","path":"/admin/users"}"#;
    assert_eq!(
        resolve_in(trim, &[admin, below], "GET /admin/users/"),
        "below"
    );
    assert_eq!(resolve_in(trim, &[root], "GET //"), "root");
    assert_eq!(resolve_in(append, &[slashed], "GET /admin"), "slashed");
    assert_eq!(resolve_in(append, &[admin], "GET /admin"), "404");
    for keys in ["", trim, append] {
        assert_eq!(resolve_in(keys, &[root], "GET /"), "root");
    }
}
