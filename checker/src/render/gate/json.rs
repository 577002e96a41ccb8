//! The keys of a gate's report, in addition to those of every report.

use jiff::Timestamp;
use semver::Version;
use serde::Serialize;

use super::duration;
use crate::gate::Answer;
use crate::gate::{Back, Gate, Opponent, Unjudged};
use crate::ledger::Earlier;
use crate::model::Direction;

#[derive(Serialize)]
pub(in crate::render) struct Written<'a> {
    environment: &'a str,
    now: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier_deployment: Option<WrittenEarlier<'a>>,
    passes_at: Option<Timestamp>,
    /// In whole seconds, rounded up.
    wait_seconds: Option<u64>,
    against: Vec<WrittenOpponent<'a>>,
    others_not_judged: usize,
    not_judged: Vec<WrittenUnjudged<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown_app: Option<WrittenApp<'a>>,
    rollback: Vec<WrittenBack>,
}

impl Written<'_> {
    /// Whether the candidate was deployed before what runs.
    pub(in crate::render) fn ran_before(&self) -> bool {
        self.earlier_deployment.is_some()
    }
}

#[derive(Serialize)]
struct WrittenEarlier<'a> {
    release: &'a Version,
    deployed: Timestamp,
    running: &'a Version,
}

#[derive(Serialize)]
struct WrittenOpponent<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    app: Option<&'a str>,
    release: String,
    state: &'static str,
    deployed: Timestamp,
    retired: Option<Timestamp>,
    pages_until: Option<Timestamp>,
    directions: Vec<&'static str>,
}

#[derive(Serialize)]
struct WrittenUnjudged<'a> {
    form: &'a str,
    endpoint: WrittenEndpoint<'a>,
}

#[derive(Serialize)]
struct WrittenEndpoint<'a> {
    method: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    host: Option<&'a str>,
    path: &'a str,
}

#[derive(Serialize)]
struct WrittenApp<'a> {
    name: &'a str,
    known: &'a [String],
}

#[derive(Serialize)]
struct WrittenBack {
    release: String,
    now: bool,
    after: bool,
    because: Option<String>,
}

/// The additional keys.
pub(in crate::render) fn written<'a>(answer: &'a Answer<'a>) -> Written<'a> {
    let gate = &answer.gate;
    let wait = gate.passes_at.map(|at| duration::wait(gate.now, at));
    Written {
        environment: answer.environment,
        now: gate.now,
        earlier_deployment: answer.earlier.as_ref().map(earlier),
        passes_at: gate.passes_at,
        wait_seconds: wait.map(duration::whole_seconds),
        against: gate.met().map(|one| opponent(gate, one)).collect(),
        others_not_judged: gate.others,
        not_judged: gate.unjudged.iter().map(unjudged).collect(),
        unknown_app: answer.doubt().map(|_| WrittenApp {
            name: &gate.report.new.release.name,
            known: &answer.apps,
        }),
        rollback: gate.back.iter().map(back).collect(),
    }
}

fn earlier(earlier: &Earlier) -> WrittenEarlier<'_> {
    let Earlier {
        deployment,
        running,
    } = earlier;
    WrittenEarlier {
        release: &deployment.release.version,
        deployed: deployment.deployed,
        running: &running.release.version,
    }
}

fn opponent<'a>(gate: &Gate<'_>, opponent: &'a Opponent<'_>) -> WrittenOpponent<'a> {
    let name = |direction: &Direction| direction.name();
    let app = &*opponent.registry.release.name;
    WrittenOpponent {
        app: (app != gate.report.new.release.name).then_some(app),
        release: opponent.registry.release.version.to_string(),
        state: if opponent.is_running() {
            "running"
        } else {
            "open"
        },
        deployed: opponent.deployed,
        retired: opponent.retired,
        pages_until: opponent.pages_until,
        directions: opponent.directions.iter().map(name).collect(),
    }
}

fn unjudged<'a>(Unjudged { form, target }: &Unjudged<'a>) -> WrittenUnjudged<'a> {
    WrittenUnjudged {
        form: &form.id,
        endpoint: WrittenEndpoint {
            method: &target.method,
            host: target.host.as_deref(),
            path: &target.path,
        },
    }
}

fn back(back: &Back<'_>) -> WrittenBack {
    let because = back.now.as_ref().or(back.after.as_ref());
    WrittenBack {
        release: back.registry.release.version.to_string(),
        now: back.now.is_none(),
        after: back.is_possible(),
        because: because.map(super::because),
    }
}
