//! Pages of one build that meet nodes of another: every form is judged at them.

use std::collections::HashSet;

use crate::endpoint::Outcome;
use crate::model::{
    Apps, Arrivals, Check, CrossAppPair, Direction, Elsewhere, Finding, JudgedSubmission,
    RoutedBuild, Sent, Submission,
};
use crate::registry::{Form, Handler, Release, Target};
use crate::rules;
use crate::support::steps;

/// What serves at a node where the page's own build serves nothing.
fn served<'r>(
    node: &RoutedBuild<'r>,
    target: &Target,
    path: &str,
) -> Option<(&'r Release, &'r Handler)> {
    match node.resolve(&target.method, path) {
        Outcome::Served(handler) => Some((&node.registry.release, handler)),
        _ => None,
    }
}

/// The result of one meeting.
#[derive(Default)]
pub(super) struct JudgedMeeting<'r> {
    pub(super) findings: Vec<Finding<'r>>,
    /// The submissions that were judged.
    pub(super) submissions: Vec<JudgedSubmission<'r>>,
    /// What is served by another program.
    pub(super) elsewhere: Vec<Elsewhere<'r>>,
}

impl<'r> JudgedMeeting<'r> {
    /// Check every form of `page`'s pages at the nodes of `node`, which is of the same
    /// app.
    pub(super) fn within_app(
        page: &RoutedBuild<'r>,
        node: &RoutedBuild<'r>,
        direction: Direction,
        apps: &Apps,
    ) -> Self {
        let mut judged = Self::default();
        let mut arrivals = Arrivals::new(page, node, false);
        let name = &page.registry.release.name;
        for form in &page.registry.forms {
            let mut known = HashSet::new();
            for target in &form.posts_to {
                // One finding per form, endpoint, rule and meeting, however often the
                // endpoint is listed.
                steps::count(1);
                if !known.insert((&target.method, &target.path, &target.host)) {
                    continue;
                }
                let at_home = apps.at_home(name, target);
                let submission = at_home.and_then(|path| {
                    let to = (target, path);
                    Submission::within_app(page, &mut arrivals, form, to, direction)
                });
                match submission {
                    Some(submission) => {
                        judged.submissions.push(JudgedSubmission { form, target });
                        judged.findings.extend(findings(&submission));
                    }
                    None if target.elsewhere => judged.elsewhere.push(Elsewhere {
                        form,
                        target,
                        there: at_home.and_then(|path| served(node, target, path)),
                    }),
                    None => {}
                }
                if is_used_up(form, target) {
                    return judged;
                }
            }
        }
        judged
    }

    /// Drops what is said of forms that are not open any more.
    pub(super) fn retain(&mut self, is_open: impl Fn(&Form) -> bool) {
        self.findings
            .retain(|finding| finding.page.form.is_none_or(&is_open));
        self.submissions.retain(|judged| is_open(judged.form));
        self.elsewhere.retain(|elsewhere| is_open(elsewhere.form));
    }

    /// Check what pages of one app send to nodes of another. What only some of the
    /// builds have that the page was made for is also found, and nothing twice.
    pub(super) fn across_apps(
        page: &RoutedBuild<'r>,
        homes: &[&RoutedBuild<'r>],
        node: &RoutedBuild<'r>,
        (sent, direction): (&[Sent<'r>], Direction),
    ) -> Self {
        let mut judged = Self::default();
        // Nobody has seen a new page and the other app's handler together.
        let first = (direction == Direction::NewToOld).then_some(true);
        let homes = homes.iter().flat_map(|home| {
            let each = first.into_iter().chain([false]);
            each.map(|is_first| Home {
                build: home,
                there: Arrivals::new(home, node, is_first),
                own: Arrivals::new(home, home, is_first),
            })
        });
        let mut homes: Vec<Home<'_, 'r>> = homes.collect();
        for sent in sent {
            let mut found: Vec<Finding<'r>> = Vec::new();
            let mut is_judged = false;
            for home in &mut homes {
                let arrivals = &mut home.there;
                let Some(submission) = Submission::across_apps(page, arrivals, sent, direction)
                else {
                    continue;
                };
                is_judged = true;
                for mut finding in findings(&submission) {
                    if found
                        .iter()
                        .any(|known| known.rule.name == finding.rule.name)
                    {
                        continue;
                    }
                    finding.is_undecided |= !sent.may_be.is_empty();
                    let is_of_rule = |other: Finding<'_>| other.rule.name == finding.rule.name;
                    let arrivals = &mut home.own;
                    let at_home = Submission::across_apps(page, arrivals, sent, direction);
                    let fails = at_home.is_some_and(|own| self::findings(&own).any(is_of_rule));
                    finding.crossing = Some(CrossAppPair {
                        home: home.build.build(),
                        home_takes: !fails,
                        path: sent.path,
                        may_be: sent.may_be.clone(),
                    });
                    found.push(finding);
                }
            }
            judged
                .submissions
                .extend(is_judged.then_some(JudgedSubmission {
                    form: sent.form,
                    target: sent.target,
                }));
            judged.findings.extend(found);
            if is_used_up(sent.form, sent.target) {
                return judged;
            }
        }
        judged
    }
}

/// A build that pages of another app were made for.
struct Home<'a, 'r> {
    build: &'a RoutedBuild<'r>,
    /// Where its requests arrive at the node.
    there: Arrivals<'a, 'r>,
    /// Where they arrive in itself.
    own: Arrivals<'a, 'r>,
}

/// Whether the judgement took too many steps when this was judged.
fn is_used_up(form: &Form, target: &Target) -> bool {
    steps::is_used_up_at(&form.id, [&target.method, &target.path])
}

/// What the rules say of a submission.
fn findings<'r>(submission: &Submission<'_, 'r>) -> impl Iterator<Item = Finding<'r>> {
    rules::ALL.iter().filter_map(|rule| match rule.check {
        Check::Submission(judge) => judge(submission),
        _ => None,
    })
}
