//! Check a build against what is out: which submissions of its release would fail.
//!
//! A pure function of registries and a policy: no clock, no file, no order of input
//! changes it.

mod meeting;
mod waive;

use std::collections::{HashMap, HashSet};
use std::ptr;

use crate::model::{
    Apps, Check, CrossApp, Deployed, Direction, Finding, Level, Meeting, Open, Policy, Report,
    RoutedBuild, Stage,
};
use crate::registry::{Registry, Target};
use crate::rules;
use crate::support::parallel::{both, each};
use meeting::Judged;

/// Check the release of `new` over `old`, node by node: pages of each meet nodes
/// of the other.
#[must_use]
pub fn check<'r>(old: &'r Registry, new: &'r Registry, policy: &'r Policy) -> Report<'r> {
    let directions = [Direction::OldToNew, Direction::NewToOld].into_iter();
    let directions = directions.filter(|direction| policy.overlaps(*direction));
    let out = Deployed {
        old: Some(old),
        open: vec![old],
        meetings: directions
            .map(|direction| Meeting::between(old, new, direction))
            .collect(),
    };
    check_against(new, out, policy)
}

/// Check the release of `new` among all that is out.
///
/// What is wrong within one build is said of `new` alone: what is out is out already,
/// and a release that mends it must not be refused. If `new` has the same items as the
/// old build, nothing of this is said; the release changes nothing.
///
/// What must not go out at all, as `since = "next"`, is said of `new` even then: that
/// the same is out already makes it no better, and a gate that lets it pass the
/// second time would teach to ask twice.
#[must_use]
pub fn check_against<'r>(new: &'r Registry, out: Deployed<'r>, policy: &'r Policy) -> Report<'r> {
    let sides = Sides::of(new, &out);
    let judge = |meeting: &Meeting<'r>| {
        let (page, node) = (sides.at(meeting.page), sides.at(meeting.node));
        match &meeting.across {
            None => Judged::of(page, node, meeting.direction, &policy.apps),
            Some(CrossApp { homes, sent }) => {
                let homes: Vec<_> = homes.iter().map(|home| sides.at(home)).collect();
                Judged::across(page, &homes, node, (sent, meeting.direction))
            }
        }
    };
    let (judged, is_same) = both(
        || each(&out.meetings, judge),
        || out.old.is_some_and(|old| old.same_items(new)),
    );
    let mut report = Report {
        out,
        new,
        is_same,
        findings: Vec::new(),
        waived: Vec::new(),
        judged: 0,
        elsewhere: 0,
    };
    let endpoint = |target: &'r Target| (&target.method, &target.path, &target.host);
    let across = report.out.across();
    let across: HashSet<_> = across.map(|(_, sent)| endpoint(sent.target)).collect();
    for judged in judged {
        let elsewhere = judged.elsewhere.into_iter();
        report.elsewhere += elsewhere
            .filter(|target| !across.contains(&endpoint(target)))
            .count();
        report.findings.extend(judged.findings);
        report.judged += judged.count;
    }
    report.findings.extend(as_a_whole(&report, &sides, policy));
    report.findings.retain_mut(|finding| {
        let level = policy.level(finding.rule, finding.is_undecided);
        finding.level = level.unwrap_or(finding.level);
        level.is_some()
    });
    waive::waive(&mut report, policy);
    report.findings.sort_by(Finding::order);
    report
        .waived
        .sort_by(|(one, _), (other, _)| one.order(other));
    report
}

/// What is to be said of the release as a whole.
fn as_a_whole<'r>(report: &Report<'r>, sides: &Sides<'r>, policy: &Policy) -> Vec<Finding<'r>> {
    let new = sides.at(report.new);
    let old = report.out.old.map(|old| sides.at(old));
    let mut findings = Vec::new();
    for rule in rules::ALL {
        findings.extend(match (rule.check, old) {
            (Check::Candidate(judge), _) if policy.stage == Stage::Candidate => judge(new),
            (Check::Build(judge), _) if !report.is_same => judge(new),
            (Check::Pair(judge), Some(old)) if !report.is_same => judge(old, new),
            (Check::Open(judge), Some(old)) if !report.is_same => {
                judge(old, new, &open(report, &policy.apps))
            }
            _ => continue,
        });
    }
    findings
}

/// What pages that are open send to the new build, or would.
fn open<'a>(report: &'a Report<'_>, apps: &Apps) -> Open<'a> {
    let own = report.out.open.iter().copied().chain([report.new]);
    let mut open = Open {
        builds: report.out.open.len() + 1,
        sent: Vec::new(),
    };
    for registry in own {
        let targets = registry.forms.iter().flat_map(|form| &form.posts_to);
        open.sent.extend(targets.filter_map(|target| {
            let path = apps.at_home(&registry.release.name, target)?;
            Some((&*target.method, path))
        }));
    }
    for met in &report.out.meetings {
        if let Some(across) = &met.across
            && ptr::eq(met.node, report.new)
        {
            let sent = across.sent.iter();
            open.sent
                .extend(sent.map(|sent| (&*sent.target.method, sent.path)));
            open.builds += 1;
        }
    }
    open
}

/// The builds of a judgement, each with its router, made once.
struct Sides<'r> {
    sides: Vec<RoutedBuild<'r>>,
    /// By the address of the registry.
    positions: HashMap<usize, usize>,
}

impl<'r> Sides<'r> {
    fn of(new: &'r Registry, out: &Deployed<'r>) -> Self {
        let meetings = out.meetings.iter();
        let met = meetings.flat_map(|meeting| {
            let homes = meeting.across.iter().flat_map(|across| &across.homes);
            [meeting.page, meeting.node]
                .into_iter()
                .chain(homes.copied())
        });
        let mut registries = Vec::new();
        let mut positions = HashMap::new();
        for registry in std::iter::once(new).chain(out.old).chain(met) {
            positions.entry(address(registry)).or_insert_with(|| {
                registries.push(registry);
                registries.len() - 1
            });
        }
        Self {
            sides: each(&registries, |registry| RoutedBuild::new(registry)),
            positions,
        }
    }

    fn at(&self, registry: &Registry) -> &RoutedBuild<'r> {
        &self.sides[self.positions[&address(registry)]]
    }
}

fn address(registry: &Registry) -> usize {
    ptr::from_ref(registry).addr()
}

/// What rejects a release whose nodes meet pages of the other, this way round.
#[must_use]
pub fn denied<'r>(
    page: &'r Registry,
    node: &'r Registry,
    direction: Direction,
    policy: &'r Policy,
) -> Vec<Finding<'r>> {
    denied_at(
        &RoutedBuild::new(page),
        &RoutedBuild::new(node),
        direction,
        policy,
    )
}

/// The same, of builds whose routers are made.
pub(crate) fn denied_at<'r>(
    page: &RoutedBuild<'r>,
    node: &RoutedBuild<'r>,
    direction: Direction,
    policy: &'r Policy,
) -> Vec<Finding<'r>> {
    if !policy.overlaps(direction) {
        return Vec::new();
    }
    let mut findings = Judged::of(page, node, direction, &policy.apps).findings;
    findings.retain(|found| {
        policy.level(found.rule, found.is_undecided) == Some(Level::Deny)
            && !waive::is_waived(found, policy)
    });
    findings
}

/// The endpoints whose handler refuses whatever a form of its own build sends there.
pub(crate) fn refused_at_home(registry: &Registry) -> Vec<&Target> {
    let side = RoutedBuild::new(registry);
    let targets = registry
        .forms
        .iter()
        .flat_map(|form| form.posts_to.iter().map(move |target| (form, target)));
    targets
        .filter(|(form, target)| side.refuses(form, target))
        .map(|(_, target)| target)
        .collect()
}
