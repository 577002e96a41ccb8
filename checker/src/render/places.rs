//! The places of a finding: the items of both sides, what each is, and where it is
//! written.

use std::collections::HashSet;

#[cfg(feature = "cli")]
use crate::model::Report;
use crate::model::{CrossAppPair, Detail, Finding};
use crate::registry::Source;

/// An item of a finding.
pub(super) struct Place<'r> {
    /// What it is: a form, a handler or a waiver.
    pub(super) what: &'static str,
    /// The release that it is in; empty: of no release.
    release: String,
    /// Its path; `None`: there is none.
    pub(super) id: Option<&'r str>,
    /// The method of a handler that serves another method than the one that is asked for.
    pub(super) method: Option<&'r str>,
    /// Where it is written.
    pub(super) source: Option<&'r Source>,
}

impl Place<'_> {
    /// What it is, and in which release: for so many of them.
    pub(super) fn label(&self, count: usize) -> String {
        let Self { what, release, .. } = self;
        if release.is_empty() {
            (*what).to_owned()
        } else if count == 1 {
            format!("{what} in {release}")
        } else {
            format!("{count} {what}s in {release}")
        }
    }

    /// Its path, and its method where that is not the one that is asked for.
    pub(super) fn title(&self) -> String {
        match (self.id, self.method) {
            (Some(id), Some(method)) => format!("{id} ({method})"),
            (Some(id), None) => id.to_owned(),
            (None, _) => "none".to_owned(),
        }
    }
}

/// The items of both sides.
pub(super) fn places<'r>(finding: &Finding<'r>) -> Vec<Place<'r>> {
    if let Detail::Waiver(waiver) = finding.detail {
        return vec![Place {
            what: "waiver",
            method: None,
            release: String::new(),
            id: Some(&waiver.at),
            source: None,
        }];
    }
    let (page, node) = (finding.page_name(), finding.node_name());
    let mut places = Vec::new();
    if let Some(form) = finding.page.form {
        places.push(Place {
            what: "form",
            method: None,
            release: page,
            id: Some(&form.id),
            source: form.source.as_ref(),
        });
    }
    // In the build of the other app, which may be the node's own.
    let is_home = |crossing: &CrossAppPair<'_>| crossing.home.id == finding.node.build;
    let is_there = finding.crossing.as_ref().is_some_and(is_home);
    if let Some(handler) = finding.page.handler.filter(|_| !is_there) {
        places.push(Place {
            what: "handler",
            method: None,
            release: finding.home_name(),
            id: Some(&handler.id),
            source: handler.source.as_ref(),
        });
    }
    match finding.node.handler {
        Some(handler) => places.push(Place {
            what: "handler",
            method: (handler.method != finding.endpoint.0).then_some(&*handler.method),
            release: node,
            id: Some(&handler.id),
            source: handler.source.as_ref(),
        }),
        // The form itself is at fault, wherever it sends to.
        None if finding.direction.is_none() && !matches!(finding.detail, Detail::NotServed(_)) => {}
        None => places.push(Place {
            what: "handler",
            method: None,
            release: node,
            id: None,
            source: None,
        }),
    }
    places
}

/// The items of both sides of several findings: what is the same thing in the same
/// release is together, and each is there once.
pub(super) fn folded<'r>(findings: &[&Finding<'r>]) -> Vec<Vec<Place<'r>>> {
    let mut folded: Vec<Vec<Place<'r>>> = Vec::new();
    let mut known = HashSet::new();
    for finding in findings {
        for place in places(finding) {
            let label = place.label(1);
            if !known.insert((label.clone(), place.id, place.source)) {
                continue;
            }
            match folded.iter_mut().find(|alike| alike[0].label(1) == label) {
                Some(alike) => alike.push(place),
                None => folded.push(vec![place]),
            }
        }
    }
    folded
}

/// The place that a tool points at, which knows one: that in the new build, whose
/// sources are looked at, if there is one, else that of the form.
#[cfg(feature = "cli")]
pub(super) fn main_place<'r>(report: &Report<'r>, finding: &Finding<'r>) -> Option<&'r Source> {
    let Finding { page, node, .. } = finding;
    let source_of_form = page.form.and_then(|form| form.source.as_ref());
    if page.build == report.new_id && source_of_form.is_some() {
        return source_of_form;
    }
    let handler = node.handler.and_then(|handler| handler.source.as_ref());
    if node.build == report.new_id && handler.is_some() {
        return handler;
    }
    // The form is in another app's sources, what it posted to is in these.
    let of_home = page.handler.and_then(|handler| handler.source.as_ref());
    if finding.crossing.is_some() && of_home.is_some() {
        return of_home;
    }
    // The new build also has the form, perhaps at another line.
    let same = page.form.and_then(|form| {
        let forms = &report.new.forms;
        let first = forms.partition_point(|other| other.id < form.id);
        forms.get(first).filter(|other| other.id == form.id)
    });
    same.and_then(|form| form.source.as_ref())
        .or(source_of_form)
        .or(handler)
}
