//! Checks a build against the deployed ones: which submissions would fail when it is
//! released.
//!
//! A pure function of registries and a policy: no clock, no file, no order of input
//! changes it. A judgement that takes too many steps is an error, and never an answer.

mod both_ways;
#[cfg(test)]
mod linear;
mod meeting;
mod unlinked;
mod waive;

use std::collections::{HashMap, HashSet};

use crate::model::{
    Apps, Build, Check, CrossApp, Deployed, Direction, Finding, Level, Meeting, Open, Policy,
    Report, RoutedBuild, RoutedBuilds, Stage, TooManySteps, UnlinkedPages,
};
use crate::registry::{Registry, Target};
use crate::rules;
use crate::support::parallel::{both, each};
pub use crate::support::steps::counting as counting_steps;
use crate::support::steps::within_budget;
use meeting::JudgedMeeting;
use waive::WaiverIndex;

/// Check the release of `new` over `old`, node by node: pages of each meet nodes
/// of the other.
///
/// # Errors
///
/// If that takes too many steps.
pub fn check<'r>(
    old: &'r Registry,
    new: &'r Registry,
    policy: &'r Policy,
) -> Result<Report<'r>, TooManySteps> {
    let [old, new] = Build::pair(old, new);
    let directions = [Direction::OldToNew, Direction::NewToOld].into_iter();
    let pages = |direction: Direction| direction.page_and_node(old, new).0.registry;
    let directions =
        directions.filter(|direction| policy.overlaps_pages(*direction, pages(*direction)));
    let out = Deployed {
        old: Some(old),
        open: vec![old],
        meetings: directions
            .map(|direction| Meeting {
                age: policy.least_age(direction),
                ..Meeting::between(old, new, direction)
            })
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
///
/// # Errors
///
/// If that takes too many steps.
pub fn check_against<'r>(
    new: Build<'r>,
    out: Deployed<'r>,
    policy: &'r Policy,
) -> Result<Report<'r>, TooManySteps> {
    within_budget(|| judge_all(new, out, policy))
}

/// What is found, if the budget of steps is not used up before.
fn judge_all<'r>(new: Build<'r>, out: Deployed<'r>, policy: &'r Policy) -> Report<'r> {
    let builds = routed(new, &out);
    let judge = |meeting: &Meeting<'r>| judge_meeting(meeting, &builds, policy);
    let (judged, is_same) = both(
        || each(&out.meetings, judge),
        || {
            let old = out.old.map(|old| old.registry);
            old.is_some_and(|old| old.same_items(new.registry))
        },
    );
    let mut report = Report {
        out,
        new: new.registry,
        new_id: new.id,
        policy_file: policy.file.as_ref(),
        turned: policy.turned.as_ref(),
        is_same,
        findings: Vec::new(),
        waived: Vec::new(),
        judged: Vec::new(),
        elsewhere: Vec::new(),
        builds,
    };
    let endpoint = |target: &'r Target| (&target.method, &target.path, &target.host);
    let across = report.out.across();
    let across: HashSet<_> = across.map(|sent| endpoint(sent.target)).collect();
    let mut elsewhere = HashMap::new();
    for judged in judged {
        for one in judged.elsewhere {
            let endpoint = endpoint(one.target);
            if across.contains(&endpoint) {
                continue;
            }
            let known = *elsewhere.entry(endpoint).or_insert(report.elsewhere.len());
            match report.elsewhere.get_mut(known) {
                Some(known) => known.there = known.there.or(one.there),
                None => report.elsewhere.push(one),
            }
        }
        report.findings.extend(judged.findings);
        report.judged.push(judged.submissions);
    }
    unlinked::mark(&mut report.findings, &report.builds);
    if policy.unlinked_pages == UnlinkedPages::Ignore {
        report.findings.retain(|finding| !finding.is_unlinked);
    }
    report.findings.extend(as_a_whole(&report, policy));
    report.findings.retain_mut(|finding| {
        let level = policy.level(finding.rule, finding.is_undecided || finding.was_there);
        finding.level = level.unwrap_or(finding.level);
        finding.turned = policy.turned.as_ref();
        level.is_some()
    });
    waive::waive(&mut report, policy);
    both_ways::mark(&mut report.findings);
    report.findings.sort_by(Finding::order);
    report
        .waived
        .sort_by(|(one, _), (other, _)| one.order(other));
    report
}

/// Every build of the judgement, with its router.
fn routed<'r>(new: Build<'r>, out: &Deployed<'r>) -> RoutedBuilds<'r> {
    let met = out.meetings.iter().flat_map(|meeting| {
        let homes = meeting.across.iter().flat_map(|across| &across.homes);
        [meeting.page, meeting.node]
            .into_iter()
            .chain(homes.copied())
    });
    RoutedBuilds::new([new].into_iter().chain(out.old).chain(met))
}

fn judge_meeting<'r>(
    meeting: &Meeting<'r>,
    builds: &RoutedBuilds<'r>,
    policy: &Policy,
) -> JudgedMeeting<'r> {
    let (Some(page), Some(node)) = (builds.find(meeting.page.id), builds.find(meeting.node.id))
    else {
        return JudgedMeeting::default();
    };
    match &meeting.across {
        None => {
            let mut judged = JudgedMeeting::within_app(page, node, meeting.direction, &policy.apps);
            if let Some(age) = meeting.age {
                judged.retain(|form| form.lifetime_on(policy.page_lifetime) > age);
            }
            judged
        }
        Some(CrossApp { homes, sent }) => {
            let homes = homes.iter().filter_map(|home| builds.find(home.id));
            let homes: Vec<_> = homes.collect();
            JudgedMeeting::across_apps(page, &homes, node, (sent, meeting.direction))
        }
    }
}

/// What is to be said of the release as a whole.
fn as_a_whole<'r>(report: &Report<'r>, policy: &Policy) -> Vec<Finding<'r>> {
    let Some(new) = report.builds.find(report.new_id) else {
        return Vec::new();
    };
    let old = report.out.old.and_then(|old| report.builds.find(old.id));
    let mut findings = Vec::new();
    for rule in rules::ALL {
        findings.extend(match (rule.check, old) {
            (Check::Candidate(judge), _) if policy.stage == Stage::Candidate => judge(new),
            _ if report.is_same => continue,
            (Check::Build(judge), _) => judge(new),
            (Check::Regression(judge), old) => regressions(judge, old, new),
            (Check::Pair(judge), Some(old)) => judge(old, new),
            (Check::Open(judge), Some(old)) => {
                judge(old, new, &open(report, old.registry, &policy.apps))
            }
            _ => continue,
        });
    }
    findings
}

/// What a rule finds in the new build, and whether it was there in the old one.
fn regressions<'r>(
    judge: fn(&RoutedBuild<'r>) -> Vec<Finding<'r>>,
    old: Option<&RoutedBuild<'r>>,
    new: &RoutedBuild<'r>,
) -> Vec<Finding<'r>> {
    fn key<'r>(finding: &Finding<'r>) -> (Option<&'r str>, (&'r str, &'r str)) {
        (finding.page.form.map(|form| &*form.id), finding.endpoint)
    }
    let before = old.map(judge).unwrap_or_default();
    let before: HashSet<_> = before.iter().map(key).collect();
    let mut findings = judge(new);
    for finding in &mut findings {
        finding.was_there = before.contains(&key(finding));
    }
    findings
}

/// What pages of the old build sent, and what pages of the new one and of other apps send.
fn open<'a>(report: &'a Report<'_>, old: &'a Registry, apps: &Apps) -> Open<'a> {
    let sent = |registry: &'a Registry| {
        let targets = registry.forms.iter().flat_map(|form| &form.posts_to);
        let at_home = targets.filter_map(|target| {
            let path = apps.at_home(&registry.release.name, target)?;
            Some((&*target.method, path))
        });
        at_home.collect::<Vec<_>>()
    };
    let mut open = Open {
        sent_before: sent(old),
        sent_now: sent(report.new),
    };
    for met in &report.out.meetings {
        if let Some(across) = &met.across
            && met.node.id == report.new_id
        {
            let sent = across.sent.iter();
            open.sent_now
                .extend(sent.map(|sent| (&*sent.target.method, sent.path)));
        }
    }
    open
}

/// What rejects a release whose nodes meet pages of the other, this way round.
///
/// # Errors
///
/// If the judgement takes too many steps.
pub fn denied<'r>(
    page: &'r Registry,
    node: &'r Registry,
    direction: Direction,
    policy: &'r Policy,
) -> Result<Vec<Finding<'r>>, TooManySteps> {
    let [page, node] = RoutedBuild::pair(Build::pair(page, node));
    denied_at(&page, &node, direction, policy)
}

/// The same, of builds whose routers are made.
pub(crate) fn denied_at<'r>(
    page: &RoutedBuild<'r>,
    node: &RoutedBuild<'r>,
    direction: Direction,
    policy: &'r Policy,
) -> Result<Vec<Finding<'r>>, TooManySteps> {
    if !policy.overlaps_pages(direction, page.registry) {
        return Ok(Vec::new());
    }
    within_budget(|| {
        let mut findings = JudgedMeeting::within_app(page, node, direction, &policy.apps).findings;
        let waivers = WaiverIndex::new(policy);
        findings.retain(|found| {
            let form = found.page.form;
            form.is_none_or(|form| policy.overlaps_form(direction, form))
                && policy.level(found.rule, found.is_undecided) == Some(Level::Deny)
                && !waivers.is_waived(found, policy)
        });
        findings
    })
}

#[cfg(test)]
mod shared_endpoints;
