//! Takes out the findings that somebody answers for, and judges the waivers: one
//! that has ended lets nothing pass, one that nothing needs is better gone.

use super::{Direction, Finding, Policy, Report, Stage, Waiver};
use crate::endpoint::Pattern;
use crate::rules::{self, Judges};

/// What became of a waiver.
#[derive(Clone, Copy, Debug)]
pub struct WaiverUse<'r> {
    /// The waiver.
    pub waiver: &'r Waiver,
    /// Whether it has ended.
    pub is_expired: bool,
    /// Whether it is for some finding, even if it has ended.
    pub is_matched: bool,
    /// Whether its rule is judged at all, under this policy.
    pub is_judged: bool,
}

/// Moves what is waived out of the findings, and adds those about the waivers. Of
/// two builds with the same items nothing of this is said.
pub(super) fn waive<'r>(report: &mut Report<'r>, policy: &'r Policy) {
    if policy.waivers.is_empty() {
        return;
    }
    let version = &report.new.release.version;
    let mut waivers: Vec<Use<'r>> = policy.waivers.iter().map(Use::of).collect();
    for each in &mut waivers {
        each.state.is_expired = each.state.waiver.is_expired(policy.today, version);
        each.state.is_judged = is_judged(each.state.waiver, policy);
    }
    for finding in std::mem::take(&mut report.findings) {
        match waiver_of(&finding, &mut waivers) {
            Some(waiver) => report.waived.push((finding, waiver)),
            None => report.findings.push(finding),
        }
    }
    if report.is_same {
        return;
    }
    for rule in rules::ALL {
        let (Judges::Waiver(judge), Some(level)) = (rule.judges, policy.level(rule, false)) else {
            continue;
        };
        let at_fault = waivers.iter().filter(|each| judge(&each.state));
        report.findings.extend(at_fault.map(|each| Finding {
            level,
            ..Finding::of_waiver(rule, report.new, each.state.waiver)
        }));
    }
}

/// A waiver, while it is looked for findings that it is for.
struct Use<'r> {
    state: WaiverUse<'r>,
    /// Its path; `None`: it is no pattern, and matches nothing.
    path: Option<Pattern<'r>>,
}

impl<'r> Use<'r> {
    fn of(waiver: &'r Waiver) -> Self {
        Self {
            state: WaiverUse {
                waiver,
                is_expired: false,
                is_matched: false,
                is_judged: true,
            },
            path: Pattern::parse(&waiver.path).ok(),
        }
    }

    fn is_for(&self, finding: &Finding<'r>) -> bool {
        let waiver = self.state.waiver;
        let (method, path) = finding.endpoint;
        let form = finding.page.form.map(|form| &form.id);
        waiver.rule == finding.rule.name
            && waiver.method == method
            && (waiver.form.is_none() || waiver.form.as_ref() == form)
            && self.path.is_some()
            && self.path == Pattern::parse(path).ok()
    }
}

/// The first of the waivers that lets the finding pass.
fn waiver_of<'r>(finding: &Finding<'r>, waivers: &mut [Use<'r>]) -> Option<&'r Waiver> {
    let mut by = None;
    for each in waivers.iter_mut().filter(|each| each.is_for(finding)) {
        each.state.is_matched = true;
        if !each.state.is_expired {
            by = by.or(Some(each.state.waiver));
        }
    }
    by
}

/// Whether a finding that the waiver is for could be made.
fn is_judged(waiver: &Waiver, policy: &Policy) -> bool {
    rules::find(waiver.rule).is_some_and(|rule| {
        let may_be = match rule.judges {
            Judges::Submission(_) => [Direction::OldToNew, Direction::NewToOld]
                .into_iter()
                .any(|direction| policy.overlaps(direction)),
            Judges::Candidate(_) => policy.stage == Stage::Candidate,
            Judges::Build(_) | Judges::Pair(_) => true,
            Judges::Waiver(_) => false,
        };
        may_be && policy.level(rule, false).is_some()
    })
}
