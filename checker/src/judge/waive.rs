//! Takes out the waived findings, and judges the waivers: an expired waiver lets nothing
//! pass, and an unused one is reported.

use crate::endpoint::Pattern;
use crate::model::{Build, Check, Deployed, Finding, Policy, Report, Stage, Waiver, WaiverUse};
use crate::rules;

/// Moves what is waived out of the findings, and adds those about the waivers. Of
/// two builds with the same items nothing of this is said.
pub(super) fn waive<'r>(report: &mut Report<'r>, policy: &'r Policy) {
    if policy.waivers.is_empty() {
        return;
    }
    let version = &report.new.release.version;
    let mut waivers: Vec<Use<'r>> = policy.waivers.iter().map(Use::new).collect();
    for each in &mut waivers {
        each.state.is_expired = each.state.waiver.is_expired(policy.today, version);
        each.state.is_judged = is_judged(each.state.waiver, &report.out, policy);
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
    let new = Build {
        id: report.new_id,
        registry: report.new,
    };
    for rule in rules::ALL {
        let (Check::Waiver(judge), Some(level)) = (rule.check, policy.level(rule, false)) else {
            continue;
        };
        let at_fault = waivers.iter().filter(|each| judge(&each.state));
        report.findings.extend(at_fault.map(|each| Finding {
            level,
            ..Finding::from_waiver(rule, new, each.state.waiver)
        }));
    }
}

/// A waiver, while it is looked for findings that it is for.
struct Use<'r> {
    state: WaiverUse<'r>,
    /// Its path; `None`: it is not a pattern, and matches nothing.
    path: Option<Pattern<'r>>,
}

impl<'r> Use<'r> {
    fn new(waiver: &'r Waiver) -> Self {
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

/// Whether a waiver covers the finding, in the later one of its two releases.
pub(super) fn is_waived<'r>(finding: &Finding<'r>, policy: &'r Policy) -> bool {
    let (page, node) = (finding.page_release(), finding.node_release());
    let version = page.version.clone().max(node.version.clone());
    let mut waivers = policy.waivers.iter();
    waivers.any(|waiver| {
        Use::new(waiver).is_for(finding) && !waiver.is_expired(policy.today, &version)
    })
}

/// Whether a finding that the waiver is for could be made.
fn is_judged(waiver: &Waiver, out: &Deployed<'_>, policy: &Policy) -> bool {
    rules::find(waiver.rule).is_some_and(|rule| {
        let may_be = match rule.check {
            Check::Submission(_) => !out.meetings.is_empty(),
            Check::Candidate(_) => policy.stage == Stage::Candidate,
            Check::Build(_) => true,
            Check::Pair(_) | Check::Open(_) => out.old.is_some(),
            Check::Waiver(_) => false,
        };
        may_be && policy.level(rule, false).is_some()
    })
}

#[cfg(test)]
mod tests {
    use crate::config;
    use crate::judge;
    use crate::model::{Stage, Verdict};
    use crate::registry::{Registry, snapshot};

    /// A build with a form that posts there, and a handler of that path.
    fn registry(version: &str, form: &str, handler: &str) -> Registry {
        let json = format!(
            r#"{{"format":1,"release":{{"name":"app","version":"{version}"}},
                "handlers":[{{"id":"app::edit","method":"POST","path":"{handler}"}}],
                "forms":[{{"id":"app::page","posts_to":[{{"method":"POST","path":"{form}"}}]}}]}}"#
        );
        snapshot::read(json.as_bytes()).unwrap()
    }

    fn waiver(rule: &str, endpoint: &str, expires: &str) -> String {
        format!(
            "[[waivers]]\nrule = \"{rule}\"\nendpoint = \"{endpoint}\"\nreason = \"why\"\n\
             expires = \"{expires}\"\n"
        )
    }

    /// The rules of what is found, and how many findings are waived, where the path of a
    /// form and its handler changes.
    fn judged(config: &str) -> (Vec<&'static str>, usize) {
        let policy = config::parse(config, "coexist.toml").unwrap();
        let old = registry("1.0.0", "/edit/{hole}", "/edit/{id}");
        let new = registry("1.1.0", "/change/{hole}", "/change/{id}");
        let report = judge::check(&old, &new, &policy);
        let rules = report.findings.iter().map(|finding| finding.rule.name);
        (rules.collect(), report.waived.len())
    }

    #[test]
    fn the_names_of_parameters_do_not_matter() {
        let removed = waiver("handler-removed", "POST /edit/{number}", "2.0.0");
        assert_eq!(judged(&removed), (vec!["handler-not-yet"], 1));
        let literal = waiver("handler-removed", "POST /edit/7", "2.0.0");
        assert_eq!(
            judged(&literal).0,
            ["handler-not-yet", "handler-removed", "waiver-unused"]
        );
    }

    #[test]
    fn a_waiver_that_holds_comes_before_one_that_has_ended() {
        let ended = waiver("handler-removed", "POST /edit/{id}", "1.1.0");
        let holds = waiver("handler-removed", "POST /edit/{id}", "2.0.0")
            .replace("reason", "form = \"app::page\"\nreason");
        for both in [[&ended[..], &holds], [&holds, &ended]] {
            assert_eq!(
                judged(&both.concat()),
                (vec!["handler-not-yet", "waiver-expired"], 1)
            );
        }
    }

    #[test]
    fn a_waiver_whose_rule_cannot_find_anything_is_not_unused() {
        let unused = waiver("method-changed", "GET /", "2.0.0");
        let alone = "[rollout]\nstrategy = \"pinned\"\npage-lifetime = \"0s\"\nrollback = false\n";
        assert_eq!(judged(&format!("{alone}{unused}")).0, [""; 0]);
        assert!(judged(&unused).0.contains(&"waiver-unused"));
    }

    #[test]
    fn what_is_said_of_waivers_weighs_what_the_policy_says() {
        let unused = waiver("method-changed", "GET /", "2.0.0");
        for (level, verdict) in [("deny", Verdict::Reject), ("warn", Verdict::Accept)] {
            let config = format!("[rules]\nwaiver-unused = \"{level}\"\n{unused}");
            let policy = config::parse(&config, "coexist.toml").unwrap();
            let (old, new) = (
                registry("1.0.0", "/a", "/a"),
                registry("1.1.0", "/a", "/{any}"),
            );
            let report = judge::check(&old, &new, &policy);
            assert_eq!((report.findings.len(), report.verdict()), (1, verdict));
        }
    }

    #[test]
    fn a_waiver_for_the_gate_is_not_unused_in_development() {
        let config = waiver("since-not-stamped", "GET /", "2.0.0");
        let mut policy = config::parse(&config, "coexist.toml").unwrap();
        let (old, new) = (
            registry("1.0.0", "/a", "/a"),
            registry("1.1.0", "/a", "/{any}"),
        );
        let report = judge::check(&old, &new, &policy);
        assert_eq!(report.findings.len(), 1);
        assert_eq!(report.verdict(), Verdict::Accept);
        policy.stage = Stage::Development;
        assert!(judge::check(&old, &new, &policy).findings.is_empty());
    }
}
