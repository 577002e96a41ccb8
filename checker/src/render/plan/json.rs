//! A plan for programs: each release has its whole registry, so that a program can check
//! each overlap.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value};

use crate::model::PolicyFile;
use crate::plan::{Block, Change, ChangeKind, Gap, Item, Plan, Step, Wait};
use crate::registry::snapshot;
use crate::render::policy;
use crate::support;

/// The number of the format without a policy file.
pub const FORMAT: u32 = 1;

/// The number of the format with a policy file: there is the key `policy` in addition.
pub const FORMAT_WITH_POLICY: u32 = 2;

#[derive(Serialize)]
struct Written<'a, R> {
    format: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<policy::Written<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<Vec<WrittenStep<R>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    blocked: Option<Vec<WrittenBlock>>,
}

#[derive(Serialize)]
struct WrittenStep<R> {
    registry: R,
    wait: Option<&'static str>,
    /// How long what is waited for lives, where pages live longer or shorter.
    #[serde(skip_serializing_if = "Option::is_none")]
    wait_seconds: Option<u64>,
    changes: Vec<Map<String, Value>>,
    /// The forms that its pages lack, each with what the last release has in its place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lacks: Vec<Value>,
}

#[derive(Serialize)]
struct WrittenBlock {
    endpoint: Endpoint,
    forms: Vec<String>,
    message: String,
}

#[derive(Serialize)]
struct Endpoint {
    method: String,
    path: String,
}

/// The number of the format where a step waits for what lives longer or shorter than pages:
/// there is the key `wait_seconds` in addition.
pub const FORMAT_WITH_LIFETIMES: u32 = 3;

/// The number of the format where a step lacks something: there is the key `lacks` in addition.
pub const FORMAT_WITH_GAPS: u32 = 4;

/// Writes the plan, indented, with a newline at its end; `file` states the policy.
pub fn plan(plan: &Plan, file: Option<&PolicyFile>, to: &mut dyn Write) -> io::Result<()> {
    let (steps, blocked) = match plan {
        Plan::Steps(steps) => (Some(steps.iter().map(step).collect()), None),
        Plan::Blocked(blocks) => (None, Some(blocks.iter().map(block).collect())),
    };
    let written = Written {
        format: match file {
            _ if lacks_something(plan) => FORMAT_WITH_GAPS,
            _ if waits_for_lifetimes(plan) => FORMAT_WITH_LIFETIMES,
            Some(_) => FORMAT_WITH_POLICY,
            None => FORMAT,
        },
        policy: file.map(policy::written),
        steps,
        blocked,
    };
    support::json::write(&written, to)
}

fn lacks_something(plan: &Plan) -> bool {
    match plan {
        Plan::Steps(steps) => steps.iter().any(|step| !step.lacks.is_empty()),
        Plan::Blocked(_) => false,
    }
}

fn waits_for_lifetimes(plan: &Plan) -> bool {
    let Plan::Steps(steps) = plan else {
        return false;
    };
    let mut waits = steps.iter().map(|step| step.wait);
    waits.any(|wait| matches!(wait, Wait::Lifetime(_)))
}

fn step(step: &Step) -> WrittenStep<impl Serialize> {
    WrittenStep {
        registry: snapshot::written(&step.registry),
        wait: match step.wait {
            Wait::Roll => None,
            Wait::PageLifetime => Some("page-lifetime"),
            Wait::Lifetime(_) => Some("form-lifetime"),
        },
        wait_seconds: match step.wait {
            Wait::Lifetime(lifetime) => Some(lifetime.as_secs()),
            _ => None,
        },
        changes: step.changes.iter().map(change).collect(),
        lacks: step.lacks.iter().map(lacking).collect(),
    }
}

fn lacking(gap: &Gap) -> Value {
    serde_json::json!({ "form": gap.form.id, "wanted": gap.wanted.id })
}

fn change(change: &Change) -> Map<String, Value> {
    let kind = match change.kind {
        ChangeKind::Add => "add",
        ChangeKind::Change => "change",
        ChangeKind::Tolerate => "tolerate",
        ChangeKind::Remove => "remove",
    };
    let (item, id) = match &change.item {
        Item::Handler(handler) => ("handler", &handler.id),
        Item::Form(form) => ("form", &form.id),
    };
    let mut written = Map::new();
    written.insert(kind.to_owned(), item.into());
    written.insert("id".to_owned(), id.as_str().into());
    let (words, source) = super::change(change);
    written.insert("message".to_owned(), words.into());
    if let Some(source) = source {
        let source = serde_json::json!({ "file": source.file, "line": source.line });
        written.insert("source".to_owned(), source);
    }
    written
}

fn block(block: &Block) -> WrittenBlock {
    WrittenBlock {
        endpoint: Endpoint {
            method: block.method.clone(),
            path: block.path.clone(),
        },
        forms: block.forms.clone(),
        message: super::block(block),
    }
}
