//! The deployments of a ledger as JSON.

use std::io::{self, Write};

use jiff::Timestamp;
use serde::Serialize;

use super::At;
use crate::ledger::Recorded;
use crate::model::Flags;
use crate::registry::Release;
use crate::support;

/// The greatest number of the format. Without flags, it is format 1.
pub const FORMAT: u32 = 2;

#[derive(Serialize)]
struct Written<'a> {
    format: u32,
    environment: &'a str,
    deployments: Vec<WrittenDeployment<'a>>,
    damaged: Vec<WrittenDamage<'a>>,
}

#[derive(Serialize)]
struct WrittenDeployment<'a> {
    number: u64,
    release: &'a Release,
    registry: &'a str,
    deployed: Timestamp,
    retired: Option<Timestamp>,
    pages_until: Option<Timestamp>,
    state: &'static str,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Flags::is_empty")]
    flags: &'a Flags,
}

#[derive(Serialize)]
struct WrittenDamage<'a> {
    place: &'a str,
    message: String,
}

/// Writes the deployments, indented, with a newline at the end.
///
/// # Errors
///
/// If `to` cannot be written.
pub fn deployments(recorded: &[Recorded], at: At<'_>, to: &mut dyn Write) -> io::Result<()> {
    let mut written = Written {
        format: 1,
        environment: at.environment,
        deployments: Vec::new(),
        damaged: Vec::new(),
    };
    for each in recorded {
        match &each.deployment {
            Ok(deployment) => written.deployments.push(WrittenDeployment {
                number: each.number,
                release: &deployment.release,
                registry: &deployment.registry,
                deployed: deployment.deployed,
                retired: deployment.retired,
                pages_until: deployment.pages_until(at.lifetime),
                state: at.phase(deployment).name(),
                verdict: deployment.verdict.name(),
                flags: &deployment.flags,
            }),
            Err(damage) => written.damaged.push(WrittenDamage {
                place: &each.place,
                message: damage.to_string(),
            }),
        }
    }
    let mut deployments = written.deployments.iter();
    if deployments.any(|deployment| !deployment.flags.is_empty()) {
        written.format = FORMAT;
    }
    support::json::write(&written, to)
}
