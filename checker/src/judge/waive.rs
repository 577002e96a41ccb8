//! Takes out the waived findings, and judges the waivers: an expired waiver lets nothing
//! pass, and an unused one is reported.

use std::collections::HashMap;

use crate::endpoint::Pattern;
use crate::model::{Build, Check, Deployed, Finding, Policy, Report, Stage, Waiver, WaiverUse};
use crate::rules;
use crate::support::steps;

/// Moves what is waived out of the findings, and adds those about the waivers. Of
/// two builds with the same items nothing of this is said.
pub(super) fn waive<'r>(report: &mut Report<'r>, policy: &'r Policy) {
    if policy.waivers.is_empty() {
        return;
    }
    let version = &report.new.release.version;
    let index = WaiverIndex::new(policy);
    let uses = policy.waivers.iter().map(|waiver| WaiverUse {
        waiver,
        is_expired: waiver.is_expired(policy.today, version),
        is_matched: false,
        is_judged: is_judged(waiver, &report.out, policy),
    });
    let mut uses: Vec<WaiverUse<'r>> = uses.collect();
    for finding in std::mem::take(&mut report.findings) {
        match waiver_of(&finding, &index, &mut uses) {
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
        let at_fault = uses.iter().filter(|each| judge(each));
        report.findings.extend(at_fault.map(|each| Finding {
            level,
            ..Finding::from_waiver(rule, new, each.waiver)
        }));
    }
}

/// What a waiver is for. Names of parameters do not matter in a pattern.
#[derive(PartialEq, Eq, Hash)]
struct Key<'k> {
    rule: &'k str,
    method: &'k str,
    path: Pattern<'k>,
    /// `None`: every form.
    form: Option<&'k str>,
}

/// The waivers of a policy, by what they are for.
pub(super) struct WaiverIndex<'r> {
    waivers: &'r [Waiver],
    /// Their positions. A waiver whose path is not a pattern matches nothing.
    positions: HashMap<Key<'r>, Vec<usize>>,
}

impl<'r> WaiverIndex<'r> {
    pub(super) fn new(policy: &'r Policy) -> Self {
        let mut positions: HashMap<Key<'r>, Vec<usize>> = HashMap::new();
        for (position, waiver) in policy.waivers.iter().enumerate() {
            steps::count(1);
            if let Ok(path) = Pattern::parse(&waiver.path) {
                let key = Key {
                    rule: waiver.rule,
                    method: &waiver.method,
                    path,
                    form: waiver.form.as_deref(),
                };
                positions.entry(key).or_default().push(position);
            }
        }
        Self {
            waivers: &policy.waivers,
            positions,
        }
    }

    /// The positions of the waivers that are for a finding, sorted.
    fn find(&self, finding: &Finding<'r>) -> Vec<usize> {
        let (method, path) = finding.endpoint;
        let Ok(path) = Pattern::parse(path) else {
            return Vec::new();
        };
        let mut key = Key {
            rule: finding.rule.name,
            method,
            path,
            form: None,
        };
        let mut found = self.positions.get(&key).cloned().unwrap_or_default();
        key.form = finding.page.form.map(|form| &*form.id);
        if key.form.is_some() {
            found.extend(self.positions.get(&key).into_iter().flatten());
        }
        steps::count(1 + found.len());
        found.sort_unstable();
        found
    }

    /// Whether the finding is waived, in the later one of its two releases.
    pub(super) fn is_waived(&self, finding: &Finding<'r>, policy: &Policy) -> bool {
        let (page, node) = (finding.page_release(), finding.node_release());
        let version = page.version.clone().max(node.version.clone());
        let mut found = self.find(finding).into_iter();
        found.any(|position| !self.waivers[position].is_expired(policy.today, &version))
    }
}

/// The first of the waivers that lets the finding pass.
fn waiver_of<'r>(
    finding: &Finding<'r>,
    index: &WaiverIndex<'r>,
    uses: &mut [WaiverUse<'r>],
) -> Option<&'r Waiver> {
    let mut by = None;
    for position in index.find(finding) {
        let each = &mut uses[position];
        each.is_matched = true;
        if !each.is_expired {
            by = by.or(Some(each.waiver));
        }
    }
    by
}

/// Whether a finding that the waiver is for could be made.
fn is_judged(waiver: &Waiver, out: &Deployed<'_>, policy: &Policy) -> bool {
    rules::find(waiver.rule).is_some_and(|rule| {
        let may_be = match rule.check {
            Check::Submission(_) => !out.meetings.is_empty(),
            Check::Candidate(_) => policy.stage == Stage::Candidate,
            Check::Build(_) | Check::Regression(_) => true,
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
        let report = judge::check(&old, &new, &policy).unwrap();
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
            let report = judge::check(&old, &new, &policy).unwrap();
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
        let report = judge::check(&old, &new, &policy).unwrap();
        assert_eq!(report.findings.len(), 1);
        assert_eq!(report.verdict(), Verdict::Accept);
        policy.stage = Stage::Development;
        assert!(
            judge::check(&old, &new, &policy)
                .unwrap()
                .findings
                .is_empty()
        );
    }
}
