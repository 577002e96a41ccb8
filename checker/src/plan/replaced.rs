//! Which form takes the place of one that goes, so that no release lacks both.
//!
//! What two builds say of their forms does not tell it, so it is read off where they stand: a
//! page that loses a form and gains one has the new one in the place of the old one. Of
//! several, those are paired that have most in common.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::parts::{FormPart, Parts};
use crate::endpoint::{Outcome, Pattern, Router};
use crate::registry::{Form, Registry};
use crate::support::steps;

/// Two forms, by their numbers: the one changes with the other or after it, not before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct After {
    pub(super) later: usize,
    pub(super) earlier: usize,
}

/// What keeps the app whole.
pub(super) struct Replacements {
    /// A form goes after another one has come on the same page, of the same item, or in the
    /// same template.
    pub(super) on_page: Vec<After>,
    /// The same of different places, where nothing but these leads to what they lead to; and
    /// pages that go or come as a whole, which have their forms as long as something leads to
    /// them.
    pub(super) elsewhere: Vec<After>,
}

/// The forms of `old` that `new` has other forms for, on the same page: each with the one that
/// takes its place.
#[must_use]
pub fn replaced(old: &Registry, new: &Registry) -> Vec<(Arc<Form>, Arc<Form>)> {
    let parts = super::parts::parts(old, new);
    let pairs = replacements(&parts).on_page.into_iter();
    let pairs = pairs.filter_map(|pair| {
        let goes = parts.forms.get(pair.later)?.old?;
        let comes = parts.forms.get(pair.earlier)?.new?;
        Some((Arc::clone(goes), Arc::clone(comes)))
    });
    pairs.collect()
}

/// Finds what takes the place of each form that goes.
pub(super) fn replacements(parts: &Parts<'_>) -> Replacements {
    let [mut gone, mut come] = [Vec::new(), Vec::new()];
    for (number, part) in parts.forms.iter().enumerate() {
        match (part.old, part.new) {
            (Some(old), None) => gone.push((number, &**old)),
            (None, Some(new)) => come.push((number, &**new)),
            _ => {}
        }
    }
    let aims = [parts.old, parts.new].map(Aims::new);
    let on_page = on_page(&gone, &come, &aims);
    let paired: HashSet<usize> = on_page.iter().map(|pair| pair.later).collect();
    gone.retain(|(number, _)| !paired.contains(number));
    let mut elsewhere = elsewhere(parts, &gone, &aims);
    elsewhere.extend(whole_pages(parts, &aims));
    Replacements { on_page, elsewhere }
}

/// How much two forms of one page have in common, from the most to the least.
#[derive(Clone, Copy)]
enum Likeness {
    /// They lead to the same handler or the same endpoint.
    Aim,
    /// They send the same fields with the same method.
    Fields,
    /// The last text of their paths and the method are the same.
    Name,
    Method,
    /// Both only ask for something, or both send something.
    Kind,
    Page,
}

impl Likeness {
    const ALL: [Self; 6] = [
        Self::Aim,
        Self::Fields,
        Self::Name,
        Self::Method,
        Self::Kind,
        Self::Page,
    ];

    /// What a form has in common with those that are like it. What has nothing of the kind is
    /// like no other.
    fn keys<'r>(self, form: &'r Form, aims: &Aims<'r>) -> Vec<Cow<'r, str>> {
        let targets = form.posts_to.iter();
        match self {
            Self::Aim => aims.of(form),
            Self::Fields => {
                let fields = form.fields.as_ref().map(|fields| fields.list());
                let fields = fields.unwrap_or_default();
                let mut names: Vec<&str> = fields.iter().map(|field| &*field.name).collect();
                names.sort_unstable();
                let names = names.join("&");
                let keys = targets.filter(|_| !names.is_empty());
                let keys = keys.map(|target| format!("{} {names}", target.method));
                keys.map(Cow::Owned).collect()
            }
            Self::Name => {
                let key = |target: &'r crate::registry::Target| {
                    let texts = target.path.split('/').rev();
                    let mut texts = texts.filter(|text| !text.is_empty() && !text.contains('{'));
                    texts.next().map(|text| format!("{} {text}", target.method))
                };
                targets.filter_map(key).map(Cow::Owned).collect()
            }
            Self::Method => targets
                .map(|target| Cow::Borrowed(&*target.method))
                .collect(),
            Self::Kind => {
                let is_read = |method: &str| matches!(method, "GET" | "HEAD");
                let key = |method| if is_read(method) { "read" } else { "send" };
                targets
                    .map(|target| Cow::Borrowed(key(&target.method)))
                    .collect()
            }
            Self::Page => vec![Cow::Borrowed("")],
        }
    }
}

/// The pages that a form is on: its item, its template, and the endpoints of its pages.
fn places(form: &Form) -> Vec<(&str, String)> {
    let item = form.id.split('#').next().unwrap_or_default();
    let template = form
        .source
        .as_ref()
        .and_then(|source| source.template.as_ref());
    let pages = form.pages.iter().map(|page| {
        let path = Pattern::parse(&page.path).map_or(page.path.clone(), |path| path.unnamed());
        (&*page.method, path)
    });
    std::iter::once(("item", item.to_owned()))
        .chain(template.map(|template| ("template", template.file.clone())))
        .chain(pages)
        .collect()
}

fn on_page<'r>(
    gone: &[(usize, &'r Form)],
    come: &[(usize, &'r Form)],
    [old_aims, new_aims]: &[Aims<'r>; 2],
) -> Vec<After> {
    let places_of = |forms: &[(usize, &'r Form)]| -> Vec<Vec<(&'r str, String)>> {
        forms.iter().map(|(_, form)| places(form)).collect()
    };
    let [gone_places, come_places] = [gone, come].map(places_of);
    let mut found: Vec<Option<usize>> = vec![None; gone.len()];
    let mut is_taken = vec![false; come.len()];
    // Each takes the place of one, as long as there are enough of them.
    for is_shared in [false, true] {
        for likeness in Likeness::ALL {
            // From the last to the first, so that the first one is the first to be taken.
            let mut free: HashMap<_, Vec<usize>> = HashMap::new();
            for (at, (_, form)) in come.iter().enumerate().rev() {
                for key in likeness.keys(form, new_aims) {
                    for place in &come_places[at] {
                        steps::count(1);
                        free.entry((place, key.clone())).or_default().push(at);
                    }
                }
            }
            for (at, (_, form)) in gone.iter().enumerate() {
                if found[at].is_some() {
                    continue;
                }
                for key in likeness.keys(form, old_aims) {
                    for place in &gone_places[at] {
                        steps::count(1);
                        let Some(open) = free.get_mut(&(place, key.clone())) else {
                            continue;
                        };
                        while !is_shared && open.last().is_some_and(|last| is_taken[*last]) {
                            open.pop();
                        }
                        if found[at].is_none() {
                            found[at] = open.last().copied();
                        }
                    }
                }
                if let Some(taken) = found[at] {
                    is_taken[taken] = true;
                }
            }
        }
    }
    let pairs = gone.iter().zip(found);
    let pairs = pairs.filter_map(|((goes, _), at)| {
        let (comes, _) = come.get(at?)?;
        Some(After {
            later: *goes,
            earlier: *comes,
        })
    });
    pairs.collect()
}

/// The first form of the new build that leads to where one leads that goes, if no form leads
/// there in both builds.
fn elsewhere(
    parts: &Parts<'_>,
    gone: &[(usize, &Form)],
    [old_aims, new_aims]: &[Aims<'_>; 2],
) -> Vec<After> {
    let mut kept = HashSet::new();
    let mut come: HashMap<Cow<'_, str>, usize> = HashMap::new();
    for (number, part) in parts.forms.iter().enumerate() {
        let Some(new) = part.new else { continue };
        let before: HashSet<_> = part
            .old
            .map(|old| old_aims.of(old))
            .into_iter()
            .flatten()
            .collect();
        for aim in new_aims.of(new) {
            if before.contains(&aim) {
                kept.insert(aim);
            } else {
                come.entry(aim).or_insert(number);
            }
        }
    }
    let mut pairs = Vec::new();
    for (goes, form) in gone {
        let aims = old_aims.of(form).into_iter();
        let aims = aims.filter(|aim| !kept.contains(aim));
        pairs.extend(aims.filter_map(|aim| come.get(&aim)).map(|comes| After {
            later: *goes,
            earlier: *comes,
        }));
    }
    pairs
}

/// A page that goes, and what leads to it: its forms stay as long as that. A page that comes
/// has its forms before anything leads to it.
fn whole_pages(parts: &Parts<'_>, [old_aims, new_aims]: &[Aims<'_>; 2]) -> Vec<After> {
    let mut found = Vec::new();
    for (is_old, other) in [(true, new_aims), (false, old_aims)] {
        let version = |part: &FormPart<'_>| if is_old { part.old } else { part.new }.cloned();
        let changing = parts.forms.iter().enumerate();
        let changing = changing.filter(|(_, part)| !part.is_same());
        let changing = changing.filter_map(|(number, part)| Some((number, version(part)?)));
        let changing: Vec<(usize, Arc<Form>)> = changing.collect();
        let mut leading: HashMap<Endpoint<'_>, Vec<usize>> = HashMap::new();
        for (number, form) in &changing {
            for target in form.posts_to.iter().filter(|target| !target.is_page) {
                if let Ok(path) = Pattern::parse(&target.path) {
                    let endpoint = (&*target.method, path);
                    leading.entry(endpoint).or_default().push(*number);
                }
            }
        }
        for (number, form) in &changing {
            for page in &form.pages {
                let Ok(path) = Pattern::parse(&page.path) else {
                    continue;
                };
                let there = other.router.at(&page.method, &path);
                if there.is_some_and(|there| there.redirect.is_none()) {
                    continue;
                }
                let links = leading.get(&(&*page.method, path));
                for link in links.into_iter().flatten().filter(|link| *link != number) {
                    steps::count(1);
                    let (later, earlier) = if is_old {
                        (*number, *link)
                    } else {
                        (*link, *number)
                    };
                    found.push(After { later, earlier });
                }
            }
        }
    }
    found
}

/// A method and a path.
type Endpoint<'r> = (&'r str, Pattern<'r>);

/// Where the forms of a build lead.
struct Aims<'r> {
    router: Router<'r>,
}

impl<'r> Aims<'r> {
    fn new(registry: &'r Registry) -> Self {
        Self {
            router: Router::new(registry),
        }
    }

    /// The handlers that it leads to, by their ids, which they keep under another path; where
    /// no single one takes it, its endpoints.
    fn of(&self, form: &Form) -> Vec<Cow<'r, str>> {
        let aim = |target: &crate::registry::Target| {
            let pattern = Pattern::parse(&target.path).ok();
            let served = pattern.map(|pattern| self.router.resolve(&target.method, &pattern));
            match served {
                Some(Outcome::Served(handler)) if target.host.is_none() => {
                    Cow::Borrowed(&*handler.id)
                }
                _ => Cow::Owned(format!("{} {}", target.method, target.path)),
            }
        };
        form.posts_to.iter().map(aim).collect()
    }
}
