//! What the parts of a plan demand of each other, as data: which may change only before, with or
//! after which.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::parts::{FormPart, Parts};
use super::replaced::After;
use crate::endpoint::{Pattern, Router};
use crate::model::{Direction, Policy};
use crate::registry::Handler;

/// When a part changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Time {
    /// The old handler of this endpoint is no longer there.
    Leaves(usize),
    /// The new handler of this endpoint is there.
    Arrives(usize),
    /// This form is the new one.
    Form(usize),
}

/// `later >= earlier + distance`, in releases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Bound {
    pub(super) later: Time,
    pub(super) earlier: Time,
    pub(super) distance: usize,
}

/// All bounds.
#[derive(Debug, Default)]
pub(super) struct Bounds {
    pub(super) list: Vec<Bound>,
    /// The same, to find one.
    known: HashSet<Bound>,
    /// How many endpoints change.
    pub(super) endpoints: usize,
    /// How many forms there are.
    pub(super) forms: usize,
    /// Per endpoint, whether a tolerant handler can stand between.
    pub(super) has_tolerant: Vec<bool>,
    /// The endpoints that a form which does not change refuses to follow.
    pub(super) blocked: Vec<usize>,
    /// Per form, the endpoints that it meets.
    pub(super) meets: Vec<Vec<usize>>,
}

impl Bounds {
    /// No bounds yet.
    pub(super) fn new(parts: &Parts<'_>) -> Self {
        Self {
            endpoints: parts.endpoints.len(),
            forms: parts.forms.len(),
            has_tolerant: parts
                .endpoints
                .iter()
                .map(|endpoint| endpoint.tolerant.is_some())
                .collect(),
            meets: vec![Vec::new(); parts.forms.len()],
            ..Self::default()
        }
    }

    /// The forms that meet each endpoint.
    pub(super) fn forms_by_endpoint(&self) -> HashMap<usize, Vec<usize>> {
        let mut forms: HashMap<usize, Vec<usize>> = HashMap::new();
        for (form, endpoints) in self.meets.iter().enumerate() {
            for endpoint in endpoints {
                forms.entry(*endpoint).or_default().push(form);
            }
        }
        forms
    }

    /// A handler that redirects to one that only its own build has: that must be there as long
    /// as it is.
    pub(super) fn follow_redirects(
        &mut self,
        parts: &Parts<'_>,
        router: &Router<'_>,
        numbers: &HashMap<*const Handler, usize>,
    ) {
        let to = |handler: Option<&Arc<Handler>>| {
            let redirect = handler.and_then(|handler| handler.redirect.as_ref());
            let path = redirect.and_then(|redirect| Pattern::parse(&redirect.to).ok());
            let handlers = path.map(|path| router.possible(&path));
            let handlers = handlers.into_iter().flatten();
            let reached: Vec<usize> = handlers
                .filter_map(|handler| numbers.get(&std::ptr::from_ref(handler)).copied())
                .collect();
            reached
        };
        for (number, endpoint) in parts.endpoints.iter().enumerate() {
            for reached in to(endpoint.new) {
                if reached != number && parts.endpoints[reached].old.is_none() {
                    self.push(Bound {
                        later: Time::Arrives(number),
                        earlier: Time::Arrives(reached),
                        distance: 0,
                    });
                }
            }
            for reached in to(endpoint.old) {
                if reached != number && parts.endpoints[reached].new.is_none() {
                    self.push(Bound {
                        later: Time::Leaves(reached),
                        earlier: Time::Leaves(number),
                        distance: 0,
                    });
                }
            }
        }
    }

    /// Adds a bound. Says whether it was new.
    pub(super) fn push(&mut self, bound: Bound) -> bool {
        let is_new = self.known.insert(bound);
        if is_new {
            self.list.push(bound);
        }
        is_new
    }

    /// Changes a form with another one or after it.
    pub(super) fn order_forms(&mut self, After { later, earlier }: After) {
        self.push(Bound {
            later: Time::Form(later),
            earlier: Time::Form(earlier),
            distance: 0,
        });
    }

    /// Adds what a finding of the checker shows that the bounds do not: that one version
    /// of a form needs the handlers of its own build. Says whether that was new.
    ///
    /// Several endpoints may take what a form sends, so that no single one is missed; then
    /// the form is bound to the one that takes it at home, and, if that is not enough, to
    /// all of them.
    pub(super) fn add(
        &mut self,
        (form, part): (usize, &FormPart<'_>),
        is_old: bool,
        own: Option<usize>,
        policy: &Policy,
    ) -> bool {
        let bound = |endpoint| {
            if is_old {
                Bound {
                    later: Time::Arrives(endpoint),
                    earlier: Time::Form(form),
                    distance: distance(part, Direction::OldToNew, policy),
                }
            } else {
                Bound {
                    later: Time::Form(form),
                    earlier: Time::Leaves(endpoint),
                    distance: distance(part, Direction::NewToOld, policy),
                }
            }
        };
        if own.is_some_and(|own| self.push(bound(own))) {
            return true;
        }
        let all = self.meets[form].clone().into_iter();
        all.map(|endpoint| self.push(bound(endpoint)))
            .fold(false, |any, is_new| any | is_new)
    }
}

/// How many releases a form and a handler are apart that may not meet this way round.
pub(super) fn distance(form: &FormPart<'_>, direction: Direction, policy: &Policy) -> usize {
    let sent = match direction {
        Direction::OldToNew => form.old,
        Direction::NewToOld => form.new,
    };
    let overlaps = match sent {
        Some(sent) => policy.overlaps_form(direction, sent),
        None => policy.overlaps(direction),
    };
    usize::from(overlaps)
}

#[cfg(test)]
mod tests {
    use super::Bounds;
    use crate::model::Policy;
    use crate::plan::parts::FormPart;

    #[test]
    fn a_form_is_bound_to_the_handler_at_home_and_then_to_all_that_it_meets() {
        let policy = Policy::default();
        let part = FormPart {
            old: None,
            new: None,
        };
        let mut bounds = Bounds {
            meets: vec![vec![0, 1, 2]],
            ..Bounds::default()
        };
        let mut add = |own| bounds.add((0, &part), true, own, &policy);
        assert!(add(Some(1)));
        // That to its own one is known, and two others are not.
        assert!(add(Some(1)));
        assert!(!add(Some(1)) && !add(None));
        assert_eq!(bounds.list.len(), 3);
    }
}
