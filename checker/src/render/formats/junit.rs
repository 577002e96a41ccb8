//! A report as `JUnit`'s XML, which most pages of CI systems show as tests.
//!
//! There is a test for each form at each of its endpoints, in either direction, and
//! one for each rule about the release as a whole: these are what a team can see
//! pass, fail and pass again. Names hold no version, so that a page that compares runs
//! finds them again.

use std::collections::BTreeMap;
use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Property, Report as JUnit, TestCase, TestCaseStatus, TestSuite};

use crate::gate::Answer;
use crate::model::{Check, Direction, Finding, Level, Report, Waiver};
use crate::render::escape::text;
use crate::render::groups::Advice;
use crate::render::turned;
use crate::render::waived::reason;
use crate::render::{message, policy};
use crate::rules;
use crate::support::visible::escaped;

/// A form, the method, and the path.
type Submission<'r> = (&'r str, &'r str, &'r str);

/// What is said of one test.
#[derive(Default)]
struct Said<'a, 'r> {
    findings: Vec<&'a Finding<'r>>,
    waived: Vec<&'a (Finding<'r>, &'r Waiver)>,
}

/// Writes the report.
pub fn report(report: &Report<'_>, to: &mut dyn Write) -> io::Result<()> {
    written(report, &turned::advice, to)
}

/// Writes the same of a gate: of what will pass, when it does.
pub fn gate(answer: &Answer<'_>, to: &mut dyn Write) -> io::Result<()> {
    written(&answer.gate.report, &|found| answer.advice(found), to)
}

fn written(report: &Report<'_>, advice: &Advice<'_>, to: &mut dyn Write) -> io::Result<()> {
    let mut junit = JUnit::new("coexist");
    for (direction, name) in [
        (
            Direction::OldToNew,
            "pages of the old release, nodes of the new one",
        ),
        (
            Direction::NewToOld,
            "pages of the new release, nodes of the old one",
        ),
    ] {
        let suite = submissions(report, direction, name, advice);
        if !suite.test_cases.is_empty() {
            junit.add_test_suite(suite);
        }
    }
    junit.add_test_suite(by_itself(report, advice));
    let xml = junit.to_string().map_err(io::Error::other)?;
    writeln!(to, "{}", xml.trim_end())
}

fn submissions<'r>(
    report: &Report<'r>,
    direction: Direction,
    name: &str,
    advice: &Advice<'_>,
) -> TestSuite {
    let mut tests: BTreeMap<Submission<'r>, Said<'_, 'r>> = BTreeMap::new();
    for judged in report.judged_in(direction) {
        let (form, target) = (judged.form, judged.target);
        let key = (&*form.id, &*target.method, &*target.path);
        tests.entry(key).or_default();
    }
    let key = |finding: &Finding<'r>| {
        let form = finding.page.form.map_or("", |form| &*form.id);
        (form, finding.endpoint.0, finding.endpoint.1)
    };
    for finding in &report.findings {
        if finding.direction == Some(direction) {
            tests
                .entry(key(finding))
                .or_default()
                .findings
                .push(finding);
        }
    }
    for waived in &report.waived {
        if waived.0.direction == Some(direction) {
            tests.entry(key(&waived.0)).or_default().waived.push(waived);
        }
    }
    let mut suite = TestSuite::new(name);
    for ((form, method, path), said) in tests {
        let mut case = TestCase::new(
            text(&escaped(&format!("{form} at {method} {path}"))),
            said.status(advice),
        );
        case.set_classname(name);
        said.say(advice, &mut case);
        suite.add_test_case(case);
    }
    suite
}

fn by_itself(report: &Report<'_>, advice: &Advice<'_>) -> TestSuite {
    let name = "the release as a whole";
    let mut suite = TestSuite::new(name);
    if let Some(file) = report.policy_file {
        let contents = format!("{} ({})", file.path, policy::contents(file));
        suite.add_property(Property::new("policy", text(&escaped(&contents))));
    }
    let rules = rules::ALL
        .iter()
        .filter(|rule| !matches!(rule.check, Check::Submission(_)));
    for rule in rules {
        let is_of_it =
            |finding: &Finding<'_>| finding.direction.is_none() && finding.rule.name == rule.name;
        let findings = report.findings.iter();
        let waived = report.waived.iter();
        let said = Said {
            findings: findings.filter(|finding| is_of_it(finding)).collect(),
            waived: waived.filter(|waived| is_of_it(&waived.0)).collect(),
        };
        let mut case = TestCase::new(rule.name, said.status(advice));
        case.set_classname(name);
        said.say(advice, &mut case);
        suite.add_test_case(case);
    }
    suite
}

impl Said<'_, '_> {
    /// It fails if something rejects the release, and is skipped if something would,
    /// were it not waived.
    fn status(&self, advice: &Advice<'_>) -> TestCaseStatus {
        let denied: Vec<_> = self
            .findings
            .iter()
            .filter(|finding| finding.level == Level::Deny)
            .collect();
        if let Some(first) = denied.first() {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            let messages: Vec<String> = denied
                .iter()
                .map(|finding| message::lines(finding, advice))
                .collect();
            status.set_type(first.rule.name);
            status.set_message(text(&escaped(&rules::explain_one(first).headline)));
            status.set_description(text(&messages.join("\n\n")));
            return status;
        }
        if let Some((finding, waiver)) = self.waived.first() {
            let mut status = TestCaseStatus::skipped();
            status.set_type(finding.rule.name);
            let message = format!("waived at {}: {}", waiver.at, reason(waiver));
            status.set_message(text(&escaped(&message)));
            return status;
        }
        TestCaseStatus::success()
    }

    /// What is to be said of a test that does not fail by it.
    fn say(&self, advice: &Advice<'_>, case: &mut TestCase) {
        let findings = self
            .findings
            .iter()
            .filter(|finding| finding.level != Level::Deny);
        let messages = findings.map(|finding| {
            let level = crate::render::names::level_name(finding.level);
            format!(
                "{level}[{}]: {}",
                finding.rule.name,
                message::lines(finding, advice)
            )
        });
        let messages: Vec<String> = messages.collect();
        if !messages.is_empty() {
            case.set_system_out(text(&messages.join("\n\n")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::report;
    use crate::config;
    use crate::judge;
    use crate::registry::{Registry, snapshot};

    /// A build of the app `shop`, whose one form posts to its own host, to another app, and
    /// to a path that only [apps] says is another app's.
    fn shop(version: &str) -> Registry {
        let json = format!(
            r#"{{"format":1,"release":{{"name":"shop","version":"{version}"}},
                "handlers":[
                    {{"id":"shop::pay","method":"POST","path":"/pay"}},
                    {{"id":"shop::invoice","method":"POST","path":"/billing/invoice"}}],
                "forms":[{{"id":"shop::page","posts_to":[
                    {{"method":"POST","path":"/pay","elsewhere":true,"host":"shop.example.com"}},
                    {{"method":"POST","path":"/billing/invoice","elsewhere":true}}]}}]}}"#
        );
        snapshot::read(json.as_bytes()).unwrap()
    }

    #[test]
    fn the_tests_are_the_submissions_that_were_judged_under_the_stated_apps() {
        let policy = config::parse(
            "[apps.shop]\npaths = [\"/\"]\nhosts = [\"shop.example.com\"]\n\
             [apps.billing]\npaths = [\"/billing\"]\n",
            "coexist.toml",
        );
        let (policy, old, new) = (policy.unwrap(), shop("1.0.0"), shop("1.1.0"));
        let judged = judge::check(&old, &new, &policy).unwrap();
        let mut xml = Vec::new();
        report(&judged, &mut xml).unwrap();
        let xml = String::from_utf8(xml).unwrap();
        let tests = |name: &str| xml.matches(&format!("<testcase name=\"{name}\"")).count();
        assert_eq!(judged.judged_count(), 2, "one in each direction");
        assert_eq!(tests("shop::page at POST /pay"), 2, "{xml}");
        assert_eq!(tests("shop::page at POST /billing/invoice"), 0, "{xml}");
    }
}
