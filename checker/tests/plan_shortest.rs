//! Plans against an exhaustive search: every plan is accepted overlap by overlap, and
//! none that is shorter exists.
//!
//! The search knows nothing of times and bounds: it walks through all releases that can
//! be made of the items of two builds. With fields it would need tolerant handlers, of
//! which there is no end: of those plans each overlap is judged. `COEXIST_CASES` says how
//! many pairs are tried.

#![allow(
    clippy::unwrap_used,
    reason = "a panic fails the test, also in helper functions"
)]

use std::collections::HashSet;
use std::sync::Arc;

use coexist_checker::judge::denied;
use coexist_checker::model::{Direction, Level, Policy};
use coexist_checker::plan::{Plan, Wait, plan, replaced};
use coexist_checker::registry::{Form, Handler, Registry, snapshot};
use serde_json::{Value, json};

const PATHS: [&str; 4] = ["/a", "/b", "/a/{id}", "/a/new"];
const METHODS: [&str; 2] = ["POST", "PUT"];

/// Numbers that look random, and are the same in every run.
struct Numbers(u64);

impl Numbers {
    /// One below `end`.
    fn below(&mut self, end: usize) -> usize {
        // xorshift64*, by Vigna.
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(high).unwrap() % end
    }
}

/// A plan does without the luck that another handler takes what is sent.
fn policy() -> Policy {
    Policy {
        levels: [("handler-shadowed", Some(Level::Deny))].into(),
        ..Policy::default()
    }
}

fn endpoint(numbers: &mut Numbers) -> (&'static str, &'static str) {
    (METHODS[numbers.below(2)], PATHS[numbers.below(4)])
}

fn build(numbers: &mut Numbers, version: &str) -> Registry {
    let mut taken = HashSet::new();
    let mut handlers = vec![json!({ "id": "home", "method": "GET", "path": "/" })];
    for _ in 0..=numbers.below(3) {
        let (method, path) = endpoint(numbers);
        if taken.insert((method, path)) {
            handlers
                .push(json!({ "id": format!("{method}{path}"), "method": method, "path": path }));
        }
    }
    for handler in &mut handlers {
        let arrives = METHODS
            .iter()
            .any(|method| handler["method"] == *method && taken.contains(&(*method, "/b")));
        if arrives && handler["path"] != "/b" && numbers.below(4) == 0 {
            handler["redirect"] = json!({ "status": 308, "to": "/b" });
        }
    }
    let mut forms: Vec<Value> = Vec::new();
    for number in 0..numbers.below(4) {
        // To what is served: a form that fails at home is another rule's.
        let (method, path) = endpoint(numbers);
        if taken.contains(&(method, path)) {
            let page = numbers.below(2);
            forms.push(json!({ "id": format!("p{page}#f{number}"),
                "posts_to": [{ "method": method, "path": path }] }));
        }
    }
    let json = json!({ "format": 2, "release": { "name": "app", "version": version },
        "handlers": handlers, "forms": forms });
    snapshot::read(json.to_string().as_bytes()).unwrap()
}

/// A field of a handler, or of a form.
fn fields(numbers: &mut Numbers, certain: &str) -> Value {
    let kinds = [
        json!({ "type": "text" }),
        json!({ "type": "integer", "min": 0, "max": 9 }),
        json!({ "type": "choice", "choices": ["1", "2", "a"] }),
        json!({ "type": "choice", "choices": ["1", "b"] }),
    ];
    let mut fields = Vec::new();
    for name in ["x", "y", "z"] {
        if numbers.below(2) == 0 {
            let mut field = kinds[numbers.below(kinds.len())].clone();
            field["name"] = json!(name);
            field[certain] = json!(numbers.below(2) == 0);
            fields.push(field);
        }
    }
    json!(fields)
}

/// The same build, with fields.
fn with_fields(numbers: &mut Numbers, build: &Registry) -> Registry {
    let mut value = json(build);
    for handler in value["handlers"].as_array_mut().unwrap() {
        handler["fields"] = fields(numbers, "required");
        handler["unknown_fields"] = json!(["ignore", "deny"][numbers.below(2)]);
    }
    for form in value["forms"].as_array_mut().unwrap() {
        form["fields"] = fields(numbers, "always");
    }
    snapshot::read(value.to_string().as_bytes()).unwrap()
}

fn json(build: &Registry) -> Value {
    let mut json = Vec::new();
    snapshot::write(build, &mut json).unwrap();
    serde_json::from_slice(&json).unwrap()
}

/// An item as the old build, or the new one, has it.
type Versions<T> = (Option<Arc<T>>, Option<Arc<T>>);

struct Search<'a> {
    old: &'a Registry,
    new: &'a Registry,
    handlers: Vec<Versions<Handler>>,
    forms: Vec<Versions<Form>>,
    /// Forms that go, each with one that comes in its place on the same page, by position.
    on_page: Vec<(usize, usize)>,
    /// The same of different pages, where nothing else leads to an endpoint.
    elsewhere: Vec<(usize, usize)>,
    policy: Policy,
}

impl<'a> Search<'a> {
    fn new(old: &'a Registry, new: &'a Registry) -> Self {
        let mut handlers: Vec<Versions<Handler>> = Vec::new();
        for handler in &old.handlers {
            let is_it = |other: &&Arc<Handler>| {
                (&other.method, &other.path) == (&handler.method, &handler.path)
            };
            let other = new.handlers.iter().find(is_it);
            handlers.push((Some(Arc::clone(handler)), other.cloned()));
        }
        for handler in &new.handlers {
            let is_it = |other: &Arc<Handler>| {
                (&other.method, &other.path) == (&handler.method, &handler.path)
            };
            if !old.handlers.iter().any(is_it) {
                handlers.push((None, Some(Arc::clone(handler))));
            }
        }
        let ids: HashSet<&str> = [old, new]
            .iter()
            .flat_map(|build| build.forms.iter().map(|form| &*form.id))
            .collect();
        let find =
            |build: &Registry, id: &str| build.forms.iter().find(|form| form.id == id).cloned();
        let mut forms: Vec<_> = ids
            .into_iter()
            .map(|id| (find(old, id), find(new, id)))
            .collect();
        forms.sort_by_key(|(old, new): &Versions<Form>| {
            old.as_ref().or(new.as_ref()).map(|form| form.id.clone())
        });
        let on_page = on_page(old, new, &forms);
        let elsewhere = elsewhere(&forms, &on_page);
        Self {
            old,
            new,
            handlers,
            forms,
            on_page,
            elsewhere,
            policy: policy(),
        }
    }

    fn bits(&self) -> usize {
        self.handlers.len() + self.forms.len()
    }

    /// The release whose items are the new ones where a bit is set.
    fn release(&self, bits: usize) -> Registry {
        let is_new = |position: usize| bits >> position & 1 == 1;
        let handlers = self.handlers.iter().enumerate();
        let handlers = handlers.filter_map(|(position, (old, new))| {
            if is_new(position) {
                new.clone()
            } else {
                old.clone()
            }
        });
        let forms = self.forms.iter().enumerate();
        let forms = forms.filter_map(|(position, (old, new))| {
            if is_new(self.handlers.len() + position) {
                new.clone()
            } else {
                old.clone()
            }
        });
        let mut json = Vec::new();
        let release = Registry {
            release: self.new.release.clone(),
            routing: None,
            trailing_slash: None,
            scanned: false,
            handlers: handlers.collect(),
            forms: forms.collect(),
        };
        // Written and read, it is sorted.
        snapshot::write(&release, &mut json).unwrap();
        snapshot::read(&json).unwrap()
    }

    /// Whether its forms work at its own nodes, if they do at home.
    fn is_sound(&self, bits: usize, release: &Registry) -> bool {
        let homes = [(self.old, false), (self.new, true)];
        homes.into_iter().all(|(home, is_new)| {
            let of_home = self
                .forms
                .iter()
                .enumerate()
                .filter_map(|(position, (old, new))| {
                    let chosen = bits >> (self.handlers.len() + position) & 1 == 1;
                    let form = if is_new { new } else { old };
                    if chosen == is_new { form.clone() } else { None }
                });
            let page = Registry {
                forms: of_home.collect(),
                ..home.clone()
            };
            denied(&page, release, Direction::OldToNew, &self.policy)
                .unwrap()
                .is_empty()
        })
    }

    /// Whether none of these forms is gone before the one is there that takes its place.
    fn is_whole(&self, bits: usize, replaced: &[(usize, usize)]) -> bool {
        let is_new = |form: usize| bits >> (self.handlers.len() + form) & 1 == 1;
        let mut replaced = replaced.iter();
        replaced.all(|(goes, comes)| !is_new(*goes) || is_new(*comes))
    }

    /// How many releases there are on the shortest way; `None`: there is no way.
    fn shortest(&self) -> Option<usize> {
        let everywhere = [&self.on_page[..], &self.elsewhere].concat();
        let way = self.shortest_whole(&everywhere);
        way.or_else(|| self.shortest_whole(&self.on_page))
    }

    fn shortest_whole(&self, replaced: &[(usize, usize)]) -> Option<usize> {
        let releases: Vec<(Registry, bool)> = (0..1 << self.bits())
            .map(|bits| {
                let release = self.release(bits);
                let is_sound = self.is_sound(bits, &release) && self.is_whole(bits, replaced);
                (release, is_sound)
            })
            .collect();
        let end = releases.len() - 1;
        let mut known: HashSet<usize> = HashSet::from([0]);
        let mut front = vec![0];
        for length in 1..=releases.len() {
            let mut next = Vec::new();
            for from in front {
                for (to, (release, is_sound)) in releases.iter().enumerate() {
                    let may_be = to == end || *is_sound;
                    let (before, _) = &releases[from];
                    if !known.contains(&to)
                        && may_be
                        && denied(before, release, Direction::OldToNew, &self.policy)
                            .unwrap()
                            .is_empty()
                        && denied(release, before, Direction::NewToOld, &self.policy)
                            .unwrap()
                            .is_empty()
                    {
                        if to == end {
                            return Some(length);
                        }
                        known.insert(to);
                        next.push(to);
                    }
                }
            }
            front = next;
        }
        None
    }
}

/// What the planner says takes the place of what, as positions.
fn on_page(old: &Registry, new: &Registry, forms: &[Versions<Form>]) -> Vec<(usize, usize)> {
    let position = |id: &str| {
        let is_it = |(old, new): &Versions<Form>| {
            [old, new]
                .iter()
                .any(|form| form.as_ref().is_some_and(|form| form.id == id))
        };
        forms.iter().position(is_it).unwrap()
    };
    let pairs = replaced(old, new).into_iter();
    pairs
        .map(|(goes, comes)| (position(&goes.id), position(&comes.id)))
        .collect()
}

/// The forms that go from an endpoint to which no form stays, each with the first that comes.
fn elsewhere(forms: &[Versions<Form>], on_page: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let leads_to = |form: &Option<Arc<Form>>, to: &Form| {
        form.as_ref()
            .is_some_and(|form| form.posts_to == to.posts_to)
    };
    let mut pairs = Vec::new();
    for (goes, (old, new)) in forms.iter().enumerate() {
        let (Some(form), None) = (old, new) else {
            continue;
        };
        let stays = |(old, new): &Versions<Form>| leads_to(old, form) && leads_to(new, form);
        if on_page.iter().any(|(paired, _)| *paired == goes) || forms.iter().any(stays) {
            continue;
        }
        let come = forms.iter().enumerate();
        let come = come.filter(|(_, (_, new))| leads_to(new, form));
        // Those that change are first.
        let first = come.min_by_key(|(at, (old, _))| (old.is_none(), *at));
        pairs.extend(first.map(|(comes, _)| (goes, comes)));
    }
    pairs
}

/// Whether a page that loses a form and gains one has one of them in each release.
fn assert_pages_are_whole(old: &Registry, releases: &[&Registry]) {
    let new = *releases.last().unwrap();
    let page = |form: &Arc<Form>| form.id.split('#').next().unwrap().to_owned();
    let only_in = |one: &Registry, other: &Registry| {
        let forms = one.forms.iter();
        let forms = forms.filter(|form| other.form(&form.id).is_none());
        forms.cloned().collect::<Vec<_>>()
    };
    let (gone, come) = (only_in(old, new), only_in(new, old));
    for form in &gone {
        if !come.iter().any(|other| page(other) == page(form)) {
            continue;
        }
        for release in releases {
            let mut all = gone
                .iter()
                .chain(&come)
                .filter(|other| page(other) == page(form));
            assert!(
                all.any(|form| release.form(&form.id).is_some()),
                "{:#}{:#}",
                json(old),
                json(new)
            );
        }
    }
}

/// How many pairs are tried.
fn cases(default: usize) -> usize {
    std::env::var("COEXIST_CASES").map_or(default, |cases| cases.parse().unwrap())
}

#[test]
fn each_overlap_of_each_plan_is_accepted() {
    let policy = Policy::default();
    let mut numbers = Numbers(0x2545_F491_4F6C_DD1D);
    let mut lengths = [0; 6];
    for _ in 0..cases(2000) {
        let (old, new) = (build(&mut numbers, "1.0.0"), build(&mut numbers, "1.1.0"));
        let old = with_fields(&mut numbers, &old);
        let new = with_fields(&mut numbers, &new);
        let Plan::Steps(steps) = plan(&old, &new, &policy).unwrap() else {
            lengths[0] += 1;
            continue;
        };
        lengths[steps.len()] += 1;
        let mut open = vec![&old];
        for step in &steps {
            if step.wait == Wait::PageLifetime {
                open = open.split_off(open.len() - 1);
            }
            let release = &step.registry;
            let before = *open.last().unwrap();
            let mut found = denied(release, before, Direction::NewToOld, &policy).unwrap();
            for pages in &open {
                found.extend(denied(pages, release, Direction::OldToNew, &policy).unwrap());
            }
            assert!(
                found.is_empty(),
                "{found:?}{:#}{:#}",
                json(&old),
                json(&new)
            );
            open.push(release);
        }
        let releases: Vec<_> = steps.iter().map(|step| &step.registry).collect();
        assert_pages_are_whole(&old, &releases);
        assert_eq!(steps.last().unwrap().registry, new);
    }
    assert!(lengths[..4].iter().all(|count| *count > 0), "{lengths:?}");
    eprintln!("no way, 1 to 5 releases: {lengths:?}");
}

#[test]
fn no_shorter_plan_exists() {
    let cases = cases(100);
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let mut lengths = [0; 5];
    for _ in 0..cases {
        let (old, new) = (build(&mut numbers, "1.0.0"), build(&mut numbers, "1.1.0"));
        let search = Search::new(&old, &new);
        let found = match plan(&old, &new, &policy()).unwrap() {
            Plan::Steps(steps) => Some(steps.len()),
            Plan::Blocked(_) => None,
        };
        let shortest = search.shortest();
        assert_eq!(found, shortest, "{:#}{:#}", json(&old), json(&new));
        lengths[found.unwrap_or_default()] += 1;
    }
    // All kinds were among them.
    assert!(lengths[1..4].iter().all(|count| *count > 0), "{lengths:?}");
    eprintln!("no way, 1, 2, 3 and 4 releases: {lengths:?}");
}
