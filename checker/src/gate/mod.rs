//! The gate: whether a candidate may go out, among all that is out still; if not, from
//! when on it may; and to which releases one could go back after it.
//!
//! A pure function of a candidate, of what a ledger says, of a policy and a time. The
//! order of what the ledger says changes nothing.

mod awake;
mod cross_app;
mod expiring;
mod flip;
mod live;
mod live_release;
mod rollback;
#[cfg(test)]
mod tests;
mod way;

use jiff::Timestamp;

use crate::config::day_of;
use crate::judge;
use crate::model::{Build, BuildId, Deployed, Meeting, Policy, Report, TooManySteps, Verdict};
use crate::support::steps::within_budget;
use cross_app::CrossAppTraffic;

pub use awake::Awake;
pub use cross_app::{Undeployed, Unjudged};
pub use flip::{Flip, Turned};
#[cfg(feature = "cli")]
pub(crate) use flip::{unknown_flag, verdict};
pub use live::{Answer, GateError, judge_live};
pub use live_release::Opponent;
pub use rollback::Back;

/// What is said of a candidate at some time.
#[derive(Debug)]
pub struct Gate<'r> {
    /// The time.
    pub now: Timestamp,
    /// What is out of the candidate's own app: what runs first, the newest one before
    /// the others; then those of which pages may be open, the last retired one first.
    pub against: Vec<Opponent<'r>>,
    /// What is out of other apps and has to do with the candidate, in the same order:
    /// its pages post to the candidate, or the candidate's pages to its nodes.
    pub neighbours: Vec<Opponent<'r>>,
    /// How many other releases of other apps are out.
    pub others: usize,
    /// What the candidate posts to apps that are stated and do not run.
    pub undeployed: Vec<Undeployed<'r>>,
    /// What the candidate posts to other programs, of which none is known to serve it;
    /// nothing, if that is out already.
    pub unjudged: Vec<Unjudged<'r>>,
    /// What would fail.
    pub report: Report<'r>,
    /// If it is rejected for nothing but pages that will expire: the time from which on
    /// it is accepted, as things are now.
    pub passes_at: Option<Timestamp>,
    /// If it is accepted, and the policy allows to go back: what is out, in that order,
    /// and whether it could come back after the candidate.
    pub back: Vec<Back<'r>>,
    /// Whether the candidate is a release that runs already, and only its flags change.
    pub is_flip: bool,
    /// Whether another build of the candidate's name is out, so that the candidate cannot be
    /// recorded under it.
    pub has_version_conflict: bool,
}

impl<'r> Gate<'r> {
    /// Whether the candidate may go out; `None`: that could not be checked.
    #[must_use]
    pub fn verdict(&self) -> Option<Verdict> {
        match self.report.verdict() {
            Verdict::Accept if !self.undeployed.is_empty() => None,
            verdict => Some(verdict),
        }
    }

    /// The older releases of the candidate's app that run, and that it fails with: has
    /// somebody forgotten to say that they no longer do?
    #[must_use]
    pub fn older_in_the_way(&self) -> Vec<&Opponent<'r>> {
        let findings = self.report.findings.iter();
        let denied: Vec<_> = findings
            .filter(|finding| finding.rejects_pair())
            .flat_map(|finding| [finding.page.build, finding.node.build])
            .collect();
        let running = self.against.iter().filter(|one| one.is_running()).skip(1);
        running.filter(|one| denied.contains(&one.id)).collect()
    }
}

/// Check a candidate among the deployments that run, or whose pages may be open.
///
/// `policy.today` is the day of `now`, or `None`: then no day ends a waiver.
///
/// # Errors
///
/// If the judgement takes too many steps.
pub fn judge<'r>(
    awake: &'r Awake,
    policy: &'r Policy,
    now: Timestamp,
) -> Result<Gate<'r>, TooManySteps> {
    let candidate = &awake.candidate;
    let build = Build::new(0, candidate);
    let name = &candidate.release.name;
    let (mut own, others): (Vec<_>, Vec<_>) = live_release::all(&awake.live, policy, now)
        .into_iter()
        .partition(|opponent| opponent.registry.release.name == *name);
    if let Some(replaced) = awake.replaced {
        own.sort_by_key(|opponent| opponent.number != replaced);
    }
    let CrossAppTraffic {
        meetings,
        undeployed,
        unjudged,
    } = within_budget(|| CrossAppTraffic::new(build, &own, &others, &policy.apps))?;
    let report = judge::check_against(build, out(build, &own, meetings, policy), policy)?;
    let passes_at = passes_at(&report, (&own, &others), policy, now)?;
    let is_accepted = report.verdict() == Verdict::Accept && undeployed.is_empty();
    let back = if is_accepted && policy.rollback {
        rollback::all(build, (&own, &others), policy)?
    } else {
        Vec::new()
    };
    let count = others.len();
    let neighbours = cross_app::met(others, &report.out.meetings);
    Ok(Gate {
        now,
        against: own,
        others: count - neighbours.len(),
        neighbours,
        undeployed,
        unjudged,
        report,
        passes_at,
        back,
        is_flip: awake.replaced.is_some(),
        has_version_conflict: awake.has_version_conflict,
    })
}

/// What the candidate finds.
fn out<'r>(
    candidate: Build<'r>,
    against: &[Opponent<'r>],
    across: Vec<Meeting<'r>>,
    policy: &Policy,
) -> Deployed<'r> {
    let meetings = against.iter().flat_map(|opponent| {
        let meet = |direction| Meeting {
            age: opponent.age.or(policy.least_age(direction)),
            ..Meeting::between(opponent.build(), candidate, direction)
        };
        opponent.directions.iter().copied().map(meet)
    });
    Deployed {
        old: against.first().map(Opponent::build),
        open: against.iter().map(Opponent::build).collect(),
        meetings: meetings.chain(across).collect(),
    }
}

/// The first of the times at which forms expire from which on it is accepted. At each
/// it is judged anew: what is waived may be so no longer.
fn passes_at(
    report: &Report<'_>,
    (own, others): (&[Opponent<'_>], &[Opponent<'_>]),
    policy: &Policy,
    now: Timestamp,
) -> Result<Option<Timestamp>, TooManySteps> {
    let candidate = Build {
        id: report.new_id,
        registry: report.new,
    };
    if report.verdict() == Verdict::Accept {
        return Ok(None);
    }
    let all = || own.iter().chain(others);
    // What runs goes on making pages, and no waiver begins later.
    let stays = |build: BuildId| {
        let mut running = all().filter(|opponent| opponent.is_running());
        running.any(|opponent| opponent.id == build)
    };
    let findings = report.findings.iter();
    let mut denied = findings.filter(|finding| finding.rejects_pair());
    if denied.any(|finding| stays(finding.page.build) || stays(finding.node.build)) {
        return Ok(None);
    }
    let forms = |opponent: &Opponent<'_>| {
        let forms = opponent.registry.forms.iter();
        let ends = forms.filter_map(|form| opponent.form_until(form));
        ends.chain(opponent.pages_until).collect::<Vec<_>>()
    };
    let mut times: Vec<Timestamp> = all().flat_map(forms).filter(|end| *end > now).collect();
    times.sort_unstable();
    times.dedup();
    for time in times {
        let [own, others] = [own, others].map(|all| {
            let open = all.iter().filter(|opponent| opponent.is_out(time));
            open.map(|opponent| opponent.at(time)).collect::<Vec<_>>()
        });
        let across =
            within_budget(|| CrossAppTraffic::new(candidate, &own, &others, &policy.apps))?
                .meetings;
        let out = out(candidate, &own, across, policy);
        let policy = Policy {
            today: policy.today.map(|_| day_of(time)),
            ..policy.clone()
        };
        if judge::check_against(candidate, out, &policy)?.verdict() == Verdict::Accept {
            return Ok(Some(time));
        }
    }
    Ok(None)
}
