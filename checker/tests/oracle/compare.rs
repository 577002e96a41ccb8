//! Compares the checker's findings with those of the judge that sends every request.

use std::collections::BTreeSet;

use coexist_checker::model::{Direction, Finding, Level, Report};

use crate::expected::Expected;
use crate::judge::{Judge, Release};
use crate::node::Node;
use crate::request::Pool;

/// The differences between the two judges. `None`: no router accepts the paths of one of the
/// builds, so there is nothing to judge.
pub(crate) fn disagreements(report: &Report<'_>) -> Option<Vec<String>> {
    // A build that does not say how it routes does so as the other one.
    let stated = report.old().routing.or(report.new.routing);
    let routing = stated.unwrap_or_default();
    let release = |registry| {
        Some(Release {
            registry,
            node: Node::new(registry, routing)?,
        })
    };
    let (old, new) = (release(report.old())?, release(report.new)?);
    let pool = Pool::new([report.old(), report.new]);
    let mut found = Vec::new();
    for (direction, page, there) in [
        (Direction::OldToNew, &old, &new),
        (Direction::NewToOld, &new, &old),
    ] {
        for form in &page.registry.forms {
            for target in &form.posts_to {
                let judge = Judge {
                    page,
                    there,
                    form,
                    target,
                    direction,
                    pool: &pool,
                };
                let expected = judge.expected();
                let at = (&*target.method, &*target.path);
                let said = of_submission(report, direction, &form.id, at);
                if let Some(fault) = fault(&expected, &said) {
                    let rules: Vec<_> = said
                        .iter()
                        .map(|said| (said.rule.name, said.level))
                        .collect();
                    found.push(format!(
                        "{direction:?} {} {} {}: {fault}\n  checker: {rules:?}\n  expected: {expected:?}",
                        form.id, target.method, target.path,
                    ));
                }
            }
        }
    }
    Some(found)
}

fn of_submission<'a, 'r>(
    report: &'a Report<'r>,
    direction: Direction,
    form: &str,
    endpoint: (&str, &str),
) -> Vec<&'a Finding<'r>> {
    let said = report.findings.iter().filter(|finding| {
        finding.direction == Some(direction)
            && finding.level != Level::Note
            && finding.page.form.is_some_and(|known| known.id == form)
            && finding.endpoint == endpoint
    });
    said.collect()
}

fn fault(expected: &Expected, said: &[&Finding<'_>]) -> Option<String> {
    let rules: BTreeSet<_> = said.iter().map(|finding| finding.rule.name).collect();
    if rules.len() != said.len() {
        return Some("a rule is broken twice".to_owned());
    }
    if said.iter().any(|finding| {
        finding.rule.name == "field-sometimes-missing" && finding.level == Level::Deny
    }) {
        return Some("what is sent sometimes rejects".to_owned());
    }
    if expected.is_open {
        return None;
    }
    let missing = expected.required.iter().find(|any| any.is_disjoint(&rules));
    if let Some(missing) = missing {
        return Some(format!("silent about {missing:?}"));
    }
    if let Some(extra) = rules.difference(&expected.allowed).next() {
        return Some(format!("{extra} is not broken"));
    }
    let denies = said.iter().any(|finding| finding.level == Level::Deny);
    if expected.must_deny && !denies {
        return Some("all fail, and nothing rejects".to_owned());
    }
    if denies && !expected.may_deny {
        return Some("it rejects what may be fine".to_owned());
    }
    None
}
