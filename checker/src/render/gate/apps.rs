//! What is to be said of other apps than the candidate's.

use crate::gate::{Gate, Opponent, Undeployed};

/// What a release is called beside those of the candidate's app: with its own app's name,
/// if that is another one.
pub(super) fn name(gate: &Gate<'_>, opponent: &Opponent<'_>) -> String {
    let release = &opponent.registry.release;
    if release.name == gate.report.new.release.name {
        release.version.to_string()
    } else {
        format!("{} {}", release.name, release.version)
    }
}

/// All that the candidate meets: of its own app first, then of others.
pub(super) fn met<'g, 'r>(gate: &'g Gate<'r>) -> impl Iterator<Item = &'g Opponent<'r>> {
    gate.against.iter().chain(&gate.neighbours)
}

/// What could not be checked, and what to do about it: a line for each app.
pub(crate) fn unchecked(gate: &Gate<'_>, environment: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut known: Vec<&str> = Vec::new();
    for Undeployed { app, form, target } in &gate.undeployed {
        let (name, at) = (&app.name, &app.at);
        if known.contains(&&**name) {
            continue;
        }
        known.push(name);
        let of_app = gate
            .undeployed
            .iter()
            .filter(|other| other.app.name == *name);
        let more = match of_app.count() {
            1 => String::new(),
            count => format!(" (and to {} more)", count - 1),
        };
        let host = target.host.as_ref();
        let host = host.map_or_else(String::new, |host| format!("https://{host}"));
        lines.push(format!(
            "`{}` posts to {} {host}{}{more}: by {at}, that is `{name}`, of which \
             no release runs in {environment}. Deploy `{name}` first and record it, by `coexist \
             record deploy`; or leave [apps.{name}] out until it is there",
            form.id, target.method, target.path
        ));
    }
    lines
}
