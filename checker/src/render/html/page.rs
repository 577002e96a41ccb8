//! What the sections of the page have in common.

use maud::{Markup, html};

use super::state::OneRelease;
use crate::model::{Policy, Report};
use crate::plan::{OnTheWay, Overlap, Plan, Service};
use crate::render::gaps;
use crate::render::groups::Paragraph;
use crate::render::number::amount;
use crate::simulate::{Curve, Model, ReleaseCurve, Span};
use crate::support::text::plural;

/// The contents, and what several sections show of them.
pub(super) struct Page<'a> {
    pub(super) report: &'a Report<'a>,
    pub(super) policy: &'a Policy,
    pub(super) plan: &'a Plan,
    pub(super) model: &'a Model,
    pub(super) roll: f64,
    pub(super) expected: &'a Curve<'a>,
    pub(super) sequenced: &'a [ReleaseCurve],
    pub(super) overlaps: &'a [Vec<Overlap>],
    pub(super) schedule: &'a [Service],
    pub(super) meetings: &'a [[Vec<Span>; 2]; 2],
    pub(super) way: Option<&'a OnTheWay>,
    /// The names of the two builds.
    pub(super) labels: [String; 2],
    pub(super) paragraphs: Vec<Paragraph<'a, 'a>>,
    /// How many findings within the new build reject the release.
    pub(super) within: usize,
    pub(super) one_release: OneRelease,
}

impl Page<'_> {
    /// The releases of the plan, with the one that is out.
    pub(super) fn releases(&self) -> Vec<String> {
        let Plan::Steps(steps) = self.plan else {
            return self.labels.to_vec();
        };
        let [old, new] = &self.labels;
        let between = (1..steps.len()).map(|number| format!("release {number}"));
        let names = between.chain([new.clone()]);
        std::iter::once(old.clone()).chain(names).collect()
    }

    /// How many forms the new build lacks on the way to another one, if it lacks any.
    pub(super) fn lacking(&self) -> Option<String> {
        let way = self.way.filter(|way| !way.gaps.is_empty())?;
        Some(gaps::headline(way, &self.labels[1]))
    }

    /// How many submissions fail, in one release and as planned.
    pub(super) fn failures(&self) -> String {
        let total = &self.expected.total;
        let mut text = format!(
            "In one release, {} of {} submissions fail until the last page has expired",
            amount(total.failed),
            amount(total.submissions)
        );
        if total.may_fail > 0.0 {
            text.push_str(&format!(", and {} more may", amount(total.may_fail)));
        }
        if self.sequenced.len() > 1 {
            let curves = self.sequenced.iter();
            let failed = curves.fold(0.0, |sum, curve| sum + curve.total.failed);
            text.push_str(&format!(
                "; in {}, {}",
                plural(self.sequenced.len(), "release"),
                amount(failed)
            ));
        }
        if self.within > 0 {
            let faults = plural(self.within, "fault");
            text.push_str(&format!(
                "; not counted: {faults} within {}",
                self.labels[1]
            ));
        }
        text.push('.');
        text
    }
}

/// The id of a paragraph of findings.
pub(super) fn anchor(position: usize) -> String {
    format!("finding-{}", position + 1)
}

/// A text of ours, with its `code`.
pub(in crate::render) fn prose(text: &str) -> Markup {
    let parts: Vec<&str> = text.split('`').collect();
    // A backtick without its other half is one of a name.
    if parts.len().is_multiple_of(2) {
        return html! { (text) };
    }
    html! {
        @for (position, part) in parts.into_iter().enumerate() {
            @if position % 2 == 0 { (part) } @else { code { (part) } }
        }
    }
}
