//! Prints what the gate says in addition to a report: what a candidate is judged against,
//! when it passes, and to which releases a rollback is possible.
//!
//! It decides nothing: [`gate`](crate::gate) does.

pub(crate) mod apps;
mod duration;
#[cfg(feature = "cli")]
pub(super) mod json;
mod table;
pub mod text;

use crate::gate::{Answer, Back, Opponent};
use crate::ledger::Name;
use crate::model::{Direction, Finding, Level, Step, old_names};
use crate::render::limits::PLACES;
use crate::render::{summary, turned};
use crate::rules;
use crate::support::text::enumerate_releases;
pub(crate) use duration::length;
#[cfg(feature = "cli")]
pub(crate) use duration::wait;

impl Answer<'_> {
    /// The candidate's app.
    fn app(&self) -> &str {
        &self.gate.report.new.release.name
    }

    /// That no release of the app is live.
    fn nothing_out(&self) -> Option<String> {
        let (app, environment) = (self.app(), self.environment);
        let alone = if self.gate.neighbours.is_empty() {
            ": there is nothing to compare with"
        } else {
            ""
        };
        let is_first = self.gate.against.is_empty();
        is_first.then(|| format!("no release of `{app}` is live in {environment}{alone}"))
    }

    /// That other apps were deployed, and this one never was: it is said to be new.
    pub(crate) fn doubt(&self) -> Option<String> {
        let (app, environment) = (self.app(), self.environment);
        let is_known = self.apps.iter().any(|known| known == app);
        if !self.gate.against.is_empty() || self.apps.is_empty() || is_known {
            return None;
        }
        let known = self.apps.join(", ");
        Some(format!(
            "warning: `{app}` is new in {environment}, which knows {known}"
        ))
    }

    /// When it passes.
    fn passes(&self) -> Option<String> {
        let gate = &self.gate;
        let at = gate.passes_at?;
        let wait = duration::length(duration::wait(gate.now, at));
        let expiring = gate.expiring().into_iter();
        let expiring = expiring.map(|opponent| apps::name(gate, opponent));
        let whose = match expiring.collect::<Vec<_>>() {
            pages if pages.is_empty() => String::new(),
            pages => format!(
                ", when the pages of {} have expired",
                enumerate_releases(&pages, "and")
            ),
        };
        Some(format!("It will pass at {at}, in {wait}{whose}."))
    }

    /// That the candidate goes back to a release that ran before, and what that breaks: by the
    /// ledger or, for what it does not know any more, by the versions.
    fn going_back(&self) -> Option<String> {
        let report = &self.gate.report;
        match &self.earlier {
            Some(earlier) => Some(summary::going_back_to(earlier, report)),
            None => summary::going_back(report),
        }
    }

    /// The releases that the ledger calls running although they may no longer run, and what to do then.
    fn forgotten(&self) -> Option<String> {
        let older = self.gate.older_in_the_way();
        let name = |opponent: &&Opponent<'_>| Name(opponent.registry.release.clone());
        let names: Vec<Name> = older.iter().map(name).collect();
        let versions: Vec<String> = names
            .iter()
            .map(|name| name.0.version.to_string())
            .collect();
        let (run, they, does) = match names[..] {
            [] => return None,
            [_] => ("runs", "it", "does"),
            _ => ("run", "they", "do"),
        };
        // In the order in which they are named.
        let commands = names.iter().rev().take(PLACES);
        let mut commands: Vec<String> = commands
            .map(|name| format!("`coexist record retire {name}`"))
            .collect();
        if let Some(more @ 1..) = names.len().checked_sub(PLACES) {
            commands.push(format!("and {more} more"));
        }
        Some(format!(
            "according to the ledger, {} still {run}. If {they} {does} not: {}",
            enumerate_releases(&versions, "and"),
            commands.join(", ")
        ))
    }

    /// That the ledger will not record the candidate under its version.
    fn name_taken(&self) -> Option<String> {
        self.gate.has_version_conflict.then(|| {
            let version = &self.gate.report.new.release.version;
            format!(
                "note: {version} is recorded with other handlers and forms: `coexist record \
                 deploy` will reject a second build of that name"
            )
        })
    }

    /// What could not be checked.
    fn unchecked(&self) -> Vec<String> {
        let lines = apps::unchecked(&self.gate, self.environment).into_iter();
        lines
            .map(|line| format!("could not check: {line}"))
            .collect()
    }

    /// The lines that go with the verdict.
    #[cfg(feature = "cli")]
    pub(super) fn around(&self) -> Vec<String> {
        let mut lines = Vec::new();
        lines.extend(self.nothing_out());
        lines.extend(self.going_back());
        lines.extend(self.unchecked());
        lines.extend(apps::unjudged(&self.gate));
        lines.extend(self.passes());
        lines.extend(self.forgotten());
        lines.extend(self.name_taken());
        lines.extend(self.back());
        lines
    }

    /// What it is judged against, as rows of a table.
    #[cfg(feature = "cli")]
    pub(super) fn table(&self) -> Vec<table::Row> {
        table::table(&self.gate)
    }

    /// What to do about pages that will expire, if nothing else is in the way: what the rule
    /// says may already be done.
    pub(super) fn advice(&self, found: &[&Finding<'_>]) -> Option<Step> {
        let gate = &self.gate;
        if gate.passes_at.is_none() {
            return turned::advice(found);
        }
        let is_denied = |finding: &&Finding<'_>| {
            finding.level == Level::Deny && finding.direction == Some(Direction::OldToNew)
        };
        if !found.iter().all(is_denied) {
            return None;
        }
        let new = match found.first() {
            Some(across) if across.crossing.is_some() => across.node_name(),
            _ => gate.report.new.release.version.to_string(),
        };
        let at = gate.expire_at(found)?;
        let pages = enumerate_releases(&old_names(found), "and");
        // What else is in the way may take longer.
        let release = if gate.passes_at > Some(at) {
            "this is no longer in the way".to_owned()
        } else {
            format!("release {new} as it is")
        };
        Some(Step {
            when: format!("From {at} on"),
            change: format!("{release}; the pages of {pages} have expired by then"),
            paste: None,
        })
    }

    /// The releases that can be rolled back to after the candidate, and those that cannot.
    fn back(&self) -> Vec<String> {
        let gate = &self.gate;
        let new = &gate.report.new.release.version;
        let names = |is: &dyn Fn(&Back<'_>) -> bool| {
            let back = gate.back.iter().filter(|back| is(back));
            back.map(|back| back.registry.release.version.to_string())
                .collect::<Vec<_>>()
        };
        let possible = names(&|back| back.is_possible());
        let no_longer = names(&|back| back.now.is_none() && back.after.is_some());
        let not_now = names(&|back| back.now.is_some());
        let mut lines = Vec::new();
        if !possible.is_empty() {
            let possible = enumerate_releases(&possible, "or");
            lines.push(format!(
                "rollback: after {new}, you can still roll back to {possible}"
            ));
        } else if !gate.back.is_empty() {
            lines.push(format!(
                "rollback: after {new}, you can roll back to no live release"
            ));
        }
        let why = gate.back.iter().filter(|back| back.now.is_none());
        if let Some(why) = why.clone().find_map(|back| back.after.as_ref()) {
            let no_longer = enumerate_releases(&no_longer, "or");
            let why = because(why);
            lines.push(format!(
                "once {new} is deployed, you can no longer roll back to {no_longer}: {why}"
            ));
        }
        if !not_now.is_empty() {
            let not_now = enumerate_releases(&not_now, "or");
            lines.push(format!(
                "even before {new} is deployed, you cannot roll back to {not_now}"
            ));
        }
        lines
    }
}

/// What a finding says would fail, and where.
fn because(finding: &Finding<'_>) -> String {
    let (method, path) = finding.endpoint;
    let headline = rules::explain_one(finding).headline;
    format!("{headline} ({method} {path})")
}
