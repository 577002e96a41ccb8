//! To which releases one could go back, once the candidate is out.

use super::cross_app::CrossAppTraffic;
use super::live_release::Opponent;
use crate::judge::{self, denied_at};
use crate::model::{Build, Deployed, Direction, Finding, Policy, RoutedBuild, TooManySteps};
use crate::registry::{Form, Registry};
use crate::support::parallel::each;
use crate::support::steps::within_budget;

/// A release that is out, and what stands against bringing it back.
#[derive(Debug)]
pub struct Back<'r> {
    /// The release.
    pub registry: &'r Registry,
    /// What would fail already if it came back now: the first of it. What runs need not
    /// come back.
    pub now: Option<Finding<'r>>,
    /// What would fail between it and the candidate: the first of it.
    pub after: Option<Finding<'r>>,
}

impl Back<'_> {
    /// Whether it could come back after the candidate.
    #[must_use]
    pub fn is_possible(&self) -> bool {
        self.now.is_none() && self.after.is_none()
    }
}

/// Each release that is out, but the candidate's own. It is judged as if it came back:
/// it is the new one then, among all that is out, other apps too, and the candidate runs.
pub(super) fn all<'r>(
    candidate: Build<'r>,
    (against, others): (&[Opponent<'r>], &[Opponent<'r>]),
    policy: &'r Policy,
) -> Result<Vec<Back<'r>>, TooManySteps> {
    let mut builds = vec![candidate];
    builds.extend(against.iter().map(Opponent::build));
    let sides = RoutedBuild::all(&builds);
    let Some((candidate, sides)) = sides.split_first() else {
        return Ok(Vec::new());
    };
    let all: Vec<(&Opponent<'r>, &RoutedBuild<'r>)> = against.iter().zip(sides).collect();
    let back = |(opponent, side): &(&Opponent<'r>, &RoutedBuild<'r>)| {
        let now = || {
            for (other, old) in all.iter().filter(|(other, _)| other.id != opponent.id) {
                let denied = first_denied((old, other), side, policy)?;
                if denied.is_some() {
                    return Ok(denied);
                }
            }
            first_across(opponent.build(), (against, others), policy)
        };
        let both = [Direction::OldToNew, Direction::NewToOld];
        Ok(Back {
            registry: opponent.registry,
            now: if opponent.is_running() { None } else { now()? },
            after: first_denied_any(candidate, side, &both, policy, &|_| true)?,
        })
    };
    let is_another = |(opponent, _): &&(&Opponent<'r>, &RoutedBuild<'r>)| {
        opponent.registry.release.version != candidate.registry.release.version
    };
    let others: Vec<_> = all.iter().filter(is_another).copied().collect();
    each(&others, back).into_iter().collect()
}

/// The first of what is denied between a release that comes back and other apps.
fn first_across<'r>(
    build: Build<'r>,
    (own, others): (&[Opponent<'r>], &[Opponent<'r>]),
    policy: &'r Policy,
) -> Result<Option<Finding<'r>>, TooManySteps> {
    let out = Deployed {
        meetings: within_budget(|| CrossAppTraffic::new(build, own, others, &policy.apps))?
            .meetings,
        ..Deployed::default()
    };
    let findings = judge::check_against(build, out, policy)?.findings;
    Ok(findings.into_iter().find(Finding::rejects_pair))
}

/// The first of what is denied if a release comes back among another one that is out.
fn first_denied<'r>(
    (old, other): (&RoutedBuild<'r>, &Opponent<'r>),
    new: &RoutedBuild<'r>,
    policy: &'r Policy,
) -> Result<Option<Finding<'r>>, TooManySteps> {
    let holds = |form: &Form| other.holds(form);
    first_denied_any(old, new, &other.directions, policy, &holds)
}

/// The first of what is denied if one release takes the place of another, of the forms that
/// are open.
fn first_denied_any<'r>(
    old: &RoutedBuild<'r>,
    new: &RoutedBuild<'r>,
    directions: &[Direction],
    policy: &'r Policy,
    is_open: &dyn Fn(&Form) -> bool,
) -> Result<Option<Finding<'r>>, TooManySteps> {
    for direction in directions {
        let (page, node) = direction.page_and_node(old, new);
        let denied = denied_at(page, node, *direction, policy)?;
        let mut denied = denied.into_iter();
        let first = denied.find(|finding| finding.page.form.is_none_or(is_open));
        if let Some(first) = first {
            return Ok(Some(first));
        }
    }
    Ok(None)
}
