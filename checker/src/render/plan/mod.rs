//! Prints plans: what changes in each release, and when it can go out.
//!
//! It does not plan: [`plan`](crate::plan) does.

mod entries;
pub mod json;
#[cfg(feature = "cli")]
pub mod markdown;
pub mod text;

use std::io::{self, Write};

use crate::plan::{Block, Change, ChangeKind, Item, Step, Wait};
use crate::registry::{Encoding, Field, Handler, Release, Source};
use crate::render::escape::guarded;
use crate::render::gate::length;
use crate::support::text::{enumerate, plural};

/// Writes that the build to reach is rejected for findings within it.
pub fn within(wanted: &Release, count: usize, to: &mut dyn Write) -> io::Result<()> {
    guarded(to, |to| {
        let (version, findings) = (&wanted.version, plural(count, "finding"));
        writeln!(
            to,
            "\nnot yet: {version} is rejected for {findings} within it, which no order\nof releases fixes: see `coexist check`"
        )
    })
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
    let rollout = format!("when every node runs {}", before(position));
    match step.wait {
        Wait::Roll => rollout,
        Wait::PageLifetime | Wait::Lifetime(_) => {
            let expired = match position {
                1 => old.to_owned(),
                number => format!("release {} and before", number - 1),
            };
            match step.wait {
                Wait::Lifetime(lifetime) => {
                    let lifetime = length(lifetime);
                    format!(
                        "{rollout}, and for {lifetime} since then what {expired} sent out and lives \
                         that long has expired"
                    )
                }
                _ => format!("{rollout}, and the pages of {expired} have expired"),
            }
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
                    format!(
                        "let the handler {id} ({endpoint}) accept {}",
                        accepted(handler)
                    )
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
fn accepted(handler: &Handler) -> String {
    let encoding = match handler.encoding {
        None => "what its old and its new version accept, in the encoding of either".to_owned(),
        Some(encoding) => format!(
            "what its old and its new version accept ({})",
            Encoding::name(encoding)
        ),
    };
    match &handler.fields {
        Some(fields) => format!("{encoding}: {}", self::fields(&fields.list())),
        None => encoding,
    }
}

/// The fields that a handler has to accept, with their values.
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
        "{method} {path}: the new handler rejects what {forms} may send, and no order of releases \
         changes that"
    );
    match &block.must_take {
        Some(accepted) => text.push_str(&format!(
            ". Release a version in between whose handler accepts {}, and whose form sends what the new \
             handler requires and nothing that it rejects; then plan again from there",
            fields(accepted)
        )),
        None => text.push_str(
            ". Keep a handler that accepts it, change the form so that it sends what both handlers \
             accept, and plan again from there",
        ),
    }
    text
}
