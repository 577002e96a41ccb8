//! What a release in between lacks: a form whose page has neither the old way nor the one that
//! takes its place.
//!
//! A sequence that was made by hand may have such a release. No submission fails in it, so
//! neither the judgement nor the simulation notices it: people just find nothing to do it with.

use std::collections::HashMap;
use std::sync::Arc;

use super::replaced::replaced;
use crate::registry::{Form, Registry, Release};
use crate::support::steps;

/// What a release lacks on its way to the wanted one.
#[derive(Clone, Debug)]
pub struct OnTheWay {
    /// The wanted release.
    pub wanted: Release,
    /// The forms that it lacks.
    pub gaps: Vec<Gap>,
}

/// A form that a release lacks on its way to the wanted one.
#[derive(Clone, Debug)]
pub struct Gap {
    /// The form, as the release before has it.
    pub form: Arc<Form>,
    /// What does the same in the wanted build: another form of the page, or the form itself.
    pub wanted: Arc<Form>,
}

/// What `step`, released over `before` on the way to `wanted`, lacks: what the pages before
/// offer and the wanted ones still offer, though in another way, and those of the step do not.
///
/// What the wanted build has nothing for is dropped on purpose.
#[must_use]
pub fn gaps(before: &Registry, step: &Registry, wanted: &Registry) -> Vec<Gap> {
    let [there, in_the_end] = [step, wanted].map(by_id);
    let takes_the_place = replacing(before, wanted);
    let meanwhile = replacing(before, step);
    let gone = before.forms.iter();
    let gone = gone.filter(|form| !there.contains_key(&*form.id));
    let gaps = gone.filter_map(|form| {
        steps::count(1);
        let same = in_the_end.get(&*form.id).copied();
        let wanted = same.or_else(|| takes_the_place.get(&form.id))?;
        // What the step has for the time being only.
        let other = meanwhile.get(&form.id);
        let has_another = other.is_some_and(|other| !in_the_end.contains_key(&*other.id));
        (!has_another && !there.contains_key(&*wanted.id)).then(|| Gap {
            form: Arc::clone(form),
            wanted: Arc::clone(wanted),
        })
    });
    gaps.collect()
}

fn by_id(registry: &Registry) -> HashMap<&str, &Arc<Form>> {
    let forms = registry.forms.iter();
    forms.map(|form| (&*form.id, form)).collect()
}

/// What takes the place of each form that goes, by the id of that.
fn replacing(old: &Registry, new: &Registry) -> HashMap<String, Arc<Form>> {
    let pairs = replaced(old, new).into_iter();
    pairs
        .map(|(goes, comes)| (goes.id.clone(), comes))
        .collect()
}
