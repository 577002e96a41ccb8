//! `[apps.NAME]`: which app serves what, of several behind one address.

use std::collections::HashSet;
use std::ops::Range;

use coexist_source::host;

use super::claims::Claims;
use super::document::{Section, Text};
use super::error::Mistakes;
use crate::endpoint::Pattern;
use crate::model::{App, Apps};
use crate::support::steps;

const NAME: &str = "apps";

pub(super) fn read(root: &Section<'_>, mistakes: &mut Mistakes<'_>) -> Apps {
    let mut known: Vec<(Range<usize>, App)> = Vec::new();
    let mut claims = Claims::default();
    let Some(section) = root.section(NAME, mistakes) else {
        return Apps::default();
    };
    for (name, section) in section.tables(NAME, mistakes) {
        let Some(app) = app(&name, &section, mistakes) else {
            continue;
        };
        match claims.add(known.len(), &app) {
            Ok(others) => {
                for (other, path) in others {
                    let (earlier, other) = &known[other];
                    let what = shared(&path, &app, other, mistakes.line(earlier));
                    mistakes.say(&section.at, what);
                }
            }
            Err(error) => {
                mistakes.say(&section.at, error.to_string());
                break;
            }
        }
        known.push((section.at, app));
    }
    // By name: in which order they are written does not matter.
    let mut all: Vec<App> = known.into_iter().map(|(_, app)| app).collect();
    all.sort_by(|one, other| one.name.cmp(&other.name));
    Apps { all }
}

/// Reads one app. `None` if it has errors, all of which are reported.
fn app(name: &Text<'_>, section: &Section<'_>, mistakes: &mut Mistakes<'_>) -> Option<App> {
    section.check_keys(&["hosts", "paths", "strip"], mistakes);
    let paths = list(section, "paths", "\"/billing\"", prefix, mistakes);
    let hosts = list(section, "hosts", "\"billing.example.com\"", host, mistakes);
    let strip = section.boolean("strip", mistakes).unwrap_or_default();
    if name.value.trim().is_empty() {
        let what = "an app has the name of its releases: write `[apps.billing]`";
        mistakes.say(&name.at, what);
        return None;
    }
    let (mut paths, hosts) = (paths?, hosts?);
    if paths.is_empty() && hosts.is_empty() {
        let name = name.value;
        let what = format!(
            "nothing says what `{name}` serves: write `paths = [\"/{name}\"]`, or `hosts`, or both; \
             an app that serves nothing to others need not be here"
        );
        mistakes.say(&section.at, what);
        return None;
    }
    if paths.is_empty() {
        if strip {
            let what = "there are no `paths`, so there is nothing to `strip`: leave it out";
            mistakes.say(&section.at, what);
        }
        paths.push("/".to_owned());
    }
    Some(App {
        name: name.value.to_owned(),
        paths,
        hosts,
        strip,
        at: mistakes.place(&section.at),
    })
}

/// The strings of a list, each once, if `check` accepts them; none, if the list is
/// missing.
fn list(
    section: &Section<'_>,
    key: &str,
    example: &str,
    check: fn(&str) -> Result<(), String>,
    mistakes: &mut Mistakes<'_>,
) -> Option<Vec<String>> {
    if section.value(key).is_none() {
        return Some(Vec::new());
    }
    let expected = format!("a list of texts, [{example}]");
    let texts = section.texts(key, &expected, mistakes)?;
    if texts.is_empty() {
        let what = format!("`{key}` is empty: write `{key} = [{example}]`, or leave it out");
        mistakes.say(&section.at, what);
        return None;
    }
    let count = texts.len();
    let (mut known, mut all) = (HashSet::new(), Vec::new());
    for text in texts {
        steps::count(1);
        let value = text.value;
        if mistakes.ok(&text.at, check(value)).is_none() {
            continue;
        }
        if !known.insert(value) {
            let what = format!("`{value}` is in `{key}` for the second time: keep one of the two");
            mistakes.say(&text.at, what);
            continue;
        }
        all.push(value.to_owned());
    }
    (all.len() == count).then_some(all)
}

/// Checks what paths begin with.
fn prefix(text: &str) -> Result<(), String> {
    if text.contains("://") {
        return Err(format!(
            "`{text}` is an address: write its path here, and its host into `hosts`"
        ));
    }
    Pattern::parse(text).map_err(|error| error.to_string())?;
    if text.contains(['{', '}']) {
        return Err(format!(
            "`{text}` has a parameter: an app is identified by the literal beginning of its paths"
        ));
    }
    match text.strip_suffix('/') {
        Some(bare) if !bare.is_empty() => Err(format!(
            "`{text}` ends in a slash: write `{bare}`, whole segments are meant anyway"
        )),
        _ => Ok(()),
    }
}

fn host(text: &str) -> Result<(), String> {
    host::check(text).map_err(|why| format!("`{text}` is not a valid host: {why}"))
}

/// Says that two apps both claim a path.
fn shared(path: &str, app: &App, other: &App, line: usize) -> String {
    let (name, other) = (&app.name, &other.name);
    format!(
        "`{path}` is of `{name}` here, and of `{other}` in line {line}: let one of them have it, \
         or write `hosts` for both, none of them the same"
    )
}

#[cfg(test)]
mod tests;
