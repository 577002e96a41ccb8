//! Prints plans: what changes in each release, and when it can go out.
//!
//! It plans nothing: that is the business of [`plan`](crate::plan).

pub mod json;
#[cfg(feature = "cli")]
pub mod markdown;
pub mod text;

use std::io::{self, Write};

use crate::plan::{Block, Change, ChangeKind, Item, Step, Wait};
use crate::registry::{Encoding, Field, Handler, Release, Source};
use crate::support::text::{enumerate, plural};

/// Writes that the build to reach is rejected for findings within it.
pub fn within(wanted: &Release, count: usize, to: &mut dyn Write) -> io::Result<()> {
    let (version, findings) = (&wanted.version, plural(count, "finding"));
    writeln!(
        to,
        "\nnot yet: {version} is rejected for {findings} within it, which no order\nof releases mends: see `coexist check`"
    )
}

/// The name of a release: its number, and for the last one also its version.
pub(super) fn name(steps: &[Step], position: usize) -> String {
    let number = position + 1;
    if number == steps.len() {
        format!(
            "release {number} ({})",
            steps[position].registry.release.version
        )
    } else {
        format!("release {number}")
    }
}

/// When a release can go out.
pub(super) fn when(step: &Step, position: usize, old: &str) -> String {
    let before = |number: usize| match number {
        0 => old.to_owned(),
        number => format!("release {number}"),
    };
    if position == 0 {
        return "at once".to_owned();
    }
    let roll = format!("when every node runs {}", before(position));
    match step.wait {
        Wait::Roll => roll,
        Wait::PageLifetime => {
            let expired = match position {
                1 => old.to_owned(),
                number => format!("release {} and before", number - 1),
            };
            format!("{roll}, and the pages of {expired} have expired")
        }
    }
}

/// The releases whose pages and nodes a release may meet.
pub(super) fn meets(step: &Step, position: usize, old: &str) -> String {
    let name = |number: usize| match number {
        0 => old.to_owned(),
        number => format!("release {number}"),
    };
    // The one before, whose nodes still serve, comes first.
    let names: Vec<String> = (0..step.meets).map(|back| name(position - back)).collect();
    enumerate(&names, "and")
}

/// A change in words, and the place of its item.
pub(super) fn change(change: &Change) -> (String, Option<&Source>) {
    match &change.item {
        Item::Handler(handler) => {
            let endpoint = format!("{} {}", handler.method, handler.path);
            let id = &handler.id;
            let words = match change.kind {
                ChangeKind::Add => format!("add the handler {id} ({endpoint})"),
                ChangeKind::Change => format!("change the handler {id} ({endpoint})"),
                ChangeKind::Tolerate => {
                    format!("let the handler {id} ({endpoint}) take {}", taken(handler))
                }
                ChangeKind::Remove => format!("remove the handler {id} ({endpoint})"),
            };
            (words, handler.source.as_ref())
        }
        Item::Form(form) => {
            let targets = form.posts_to.iter();
            let mut targets: Vec<String> = targets
                .map(|target| format!("{} {}", target.method, target.path))
                .collect();
            if targets.len() > 3 {
                let more = targets.len() - 2;
                targets.truncate(2);
                targets.push(format!("{more} more"));
            }
            let (id, targets) = (&form.id, targets.join(", "));
            let words = match change.kind {
                ChangeKind::Add => format!("add the form {id} (to {targets})"),
                ChangeKind::Change | ChangeKind::Tolerate => {
                    format!("change the form {id} (to {targets})")
                }
                ChangeKind::Remove => format!("remove the form {id} (to {targets})"),
            };
            (words, form.source.as_ref())
        }
    }
}

/// What a tolerant handler accepts.
fn taken(handler: &Handler) -> String {
    let encoding = match handler.encoding {
        None => "what the old one and the new one read, in the encoding of either".to_owned(),
        Some(encoding) => format!(
            "what the old one and the new one read ({})",
            Encoding::name(encoding)
        ),
    };
    match &handler.fields {
        Some(fields) => format!("{encoding}: {}", self::fields(&fields.list())),
        None => encoding,
    }
}

/// Fields that a handler has to accept.
fn fields(fields: &[Field]) -> String {
    let words = fields.iter().map(|field| {
        let mut words = format!("`{}`", field.name);
        if !field.aliases.is_empty() {
            words.push_str(&format!(" (also as `{}`)", field.aliases.join("`, `")));
        }
        words.push_str(&format!(", {}", crate::rules::describe_value(&field.value)));
        if !field.always_present {
            words.push_str(", may be missing");
        }
        words
    });
    words.collect::<Vec<_>>().join("; ")
}

/// What is in the way at an endpoint, and what would help.
pub(super) fn block(block: &Block) -> String {
    let Block { method, path, .. } = block;
    let forms = match &block.forms[..] {
        [] => "its forms".to_owned(),
        [form] => form.clone(),
        [form, others @ ..] => format!("{form} and {} more", others.len()),
    };
    let mut text = format!(
        "{method} {path}: the new handler refuses what {forms} may send, and no order of releases \
         changes that"
    );
    match &block.must_take {
        Some(taken) => text.push_str(&format!(
            ". Let a version in between take {}; let the form send what the new handler requires, \
             and nothing that it refuses; and plan again from there",
            fields(taken)
        )),
        None => text.push_str(
            ". Keep a handler that takes it, change the form so that it sends what both take, and \
             plan again from there",
        ),
    }
    text
}
