//! What a release lacks on its way to the wanted one: neither the old way nor the new one.

use std::collections::HashMap;

use crate::plan::Gap;
#[cfg(feature = "cli")]
use crate::plan::OnTheWay;
use crate::registry::{Form, Source};
use crate::support::text::enumerate;
#[cfg(feature = "cli")]
use crate::support::text::plural;

/// The sentence above the list of what `step` lacks.
#[cfg(feature = "cli")]
pub(super) fn headline(way: &OnTheWay, step: &str) -> String {
    let wanted = &way.wanted.version;
    match gaps(&way.gaps).len() {
        0 => format!("on the way to {wanted}, pages of {step} lack nothing"),
        count => format!(
            "on the way to {wanted}, pages of {step} lack {} and what replaces {}",
            plural(count, "form"),
            if count == 1 { "it" } else { "them" }
        ),
    }
}

/// A form that is lacking.
pub(super) struct Lacking<'a> {
    pub(super) gap: &'a Gap,
    /// How many pages include it.
    pages: usize,
}

/// What is lacking: one line of a template that several pages include is there once.
pub(super) fn gaps(gaps: &[Gap]) -> Vec<Lacking<'_>> {
    let mut all: Vec<Lacking<'_>> = Vec::new();
    let mut lines = HashMap::new();
    for gap in gaps {
        let line = |form: &Form| form.template().map(|at| (at.file.clone(), at.line));
        let key = line(&gap.form).map(|at| (at, targets(&gap.form), line(&gap.wanted)));
        let known = key.map(|key| *lines.entry(key).or_insert(all.len()));
        match known.and_then(|at| all.get_mut(at)) {
            Some(known) => known.pages += 1,
            None => all.push(Lacking { gap, pages: 1 }),
        }
    }
    all
}

impl Lacking<'_> {
    /// What is lacking, and what will take its place.
    pub(super) fn words(&self, wanted: &str) -> String {
        let Gap {
            form,
            wanted: comes,
        } = self.gap;
        let pages = match self.pages {
            1 => String::new(),
            count => format!(", in {count} pages"),
        };
        let later = if comes.id == form.id {
            "has it again".to_owned()
        } else {
            format!("has {}", name(comes))
        };
        format!("{}{pages}: {wanted} {later}", name(form))
    }

    /// Where it stood.
    pub(super) fn source(&self) -> Option<&Source> {
        self.gap.form.source.as_ref()
    }
}

/// A form, and where it leads.
fn name(form: &Form) -> String {
    format!("{} (to {})", form.id, targets(form))
}

fn targets(form: &Form) -> String {
    let targets = form.posts_to.iter();
    let targets = targets.map(|target| format!("{} {}", target.method, target.path));
    enumerate(&targets.collect::<Vec<String>>(), "and")
}
