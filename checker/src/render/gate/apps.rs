//! What the gate says of other apps than the candidate's.

use crate::gate::{Gate, Opponent, Undeployed, Unjudged};
use crate::render::elsewhere::endpoint;
use crate::render::limits::PLACES;

/// The name of a release beside those of the candidate's app: with the name of its app if
/// that is another one.
pub(super) fn name(gate: &Gate<'_>, opponent: &Opponent<'_>) -> String {
    let release = &opponent.registry.release;
    let mut name = if release.name == gate.report.new.release.name {
        release.version.to_string()
    } else {
        format!("{} {}", release.name, release.version)
    };
    // One release may be out with several states of its flags.
    let mut same = gate.met().filter(|one| one.registry.release == *release);
    if same.any(|one| one.flags != opponent.flags) && !opponent.flags.is_empty() {
        name.push_str(&format!(" with {}", opponent.flags));
    }
    name
}

/// What could not be checked, and what to do about it: a line for each app.
pub(crate) fn unchecked(gate: &Gate<'_>, environment: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut known: Vec<&str> = Vec::new();
    for undeployed in &gate.undeployed {
        let Undeployed {
            app, form, target, ..
        } = undeployed;
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
        let near = undeployed.near;
        let deploy = near.map_or_else(
            || ". Deploy".to_owned(),
            |near| format!(": did you mean `{near}`? If not, deploy"),
        );
        lines.push(format!(
            "`{}` posts to {}{more}: by {at}, that is `{name}`, of which \
             no release runs in {environment}{deploy} `{name}` first and record it, by `coexist \
             record deploy`; or leave [apps.{name}] out until it is there",
            form.id,
            endpoint(target)
        ));
    }
    lines
}

/// The forms that are not judged, since no app is known to serve what they send, and what
/// to do about that.
pub(super) fn unjudged(gate: &Gate<'_>) -> Option<String> {
    let name = |Unjudged { form, target }: &Unjudged<'_>, posts: &str| {
        format!("`{}` {posts}to {}", form.id, endpoint(target))
    };
    let (first, others) = gate.unjudged.split_first()?;
    let mut names = vec![name(first, "posts ")];
    let others_named = others.iter().take(PLACES - 1);
    names.extend(others_named.map(|other| name(other, "")));
    match others.len().saturating_sub(PLACES - 1) {
        0 => {}
        more => names.push(format!("and {more} more")),
    }
    let (them, are) = match others {
        [] => ("it", "it is"),
        _ => ("them", "they are"),
    };
    Some(format!(
        "note: {}: no other app that runs is known to serve {them}, so {are} not judged. If one \
         serves {them}, say so in coexist.toml: [apps.NAME]",
        names.join(", ")
    ))
}
