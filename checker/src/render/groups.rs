//! Folds findings for people: those that are explained together are one paragraph.
//! Formats for programs have each finding by itself.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::Amount;
use crate::endpoint::unnamed;
use crate::model::{Explanation, Finding, Group, Step};
use crate::rules::{self, GroupKey};

/// Findings that are explained together.
pub(super) struct Paragraph<'a, 'r> {
    /// At least one; of one rule, one level and one direction.
    pub(super) findings: Vec<&'a Finding<'r>>,
    /// What is said of them.
    pub(super) explanation: Explanation,
}

impl<'a, 'r> Paragraph<'a, 'r> {
    /// The first of them, which speaks for all.
    pub(super) fn first(&self) -> &'a Finding<'r> {
        self.findings[0]
    }

    /// Whether they are of one endpoint.
    pub(super) fn is_of_one_endpoint(&self) -> bool {
        let endpoint =
            |finding: &Finding<'_>| (finding.endpoint.0.to_owned(), unnamed(finding.endpoint.1));
        let first = endpoint(self.first());
        self.findings
            .iter()
            .all(|finding| endpoint(finding) == first)
    }
}

/// The paragraphs of a report, in the order of its findings.
#[cfg(feature = "cli")]
pub(super) fn paragraphs<'a, 'r>(findings: &'a [Finding<'r>]) -> Vec<Paragraph<'a, 'r>> {
    folded(findings, GroupKey::new)
}

/// The findings with the same key together.
fn folded<'a, 'r>(
    findings: &'a [Finding<'r>],
    key: impl Fn(&Finding<'r>) -> GroupKey<'r>,
) -> Vec<Paragraph<'a, 'r>> {
    let mut known = HashMap::new();
    let mut folded: Vec<Vec<&Finding<'r>>> = Vec::new();
    for finding in findings {
        match known.entry(key(finding)) {
            Entry::Vacant(entry) => {
                entry.insert(folded.len());
                folded.push(vec![finding]);
            }
            Entry::Occupied(entry) => folded[*entry.get()].push(finding),
        }
    }
    folded.into_iter().map(paragraph).collect()
}

/// What to do about findings, in the place of what the rule says: where more is known
/// than the rule sees.
pub(super) type Advice<'a> = dyn Fn(&[&Finding<'_>]) -> Option<Step> + 'a;

/// The paragraphs, with this advice; if they are to be brief, one for all findings that the
/// same advice is for, at whichever endpoints.
pub(super) fn advised<'a, 'r>(
    findings: &'a [Finding<'r>],
    amount: Amount,
    advice: &Advice<'_>,
) -> Vec<Paragraph<'a, 'r>> {
    let mut paragraphs = match amount {
        Amount::Brief => folded(findings, GroupKey::of_advice),
        Amount::Full => folded(findings, GroupKey::new),
    };
    for paragraph in &mut paragraphs {
        if let Some(step) = advice(&paragraph.findings) {
            paragraph.explanation.steps = vec![step];
        }
    }
    paragraphs
}

fn paragraph<'a, 'r>(findings: Vec<&'a Finding<'r>>) -> Paragraph<'a, 'r> {
    let explanation = rules::explain(&Group::new(&findings));
    Paragraph {
        findings,
        explanation,
    }
}
