//! `[[waivers]]`: the findings that the team accepts.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::DeValue;

use super::document::{Section, wrong};
use super::error::Mistakes;
use super::values::date;
use crate::endpoint::Pattern;
use crate::model::{Check, Expiry, Rule, Waiver};
use crate::registry::is_method;
use crate::rules;
use crate::support::steps;
use crate::support::visible::is_blank;
use coexist_source::version;

const KEYS: [&str; 5] = ["endpoint", "expires", "form", "reason", "rule"];

pub(super) fn read(root: &Section<'_>, mistakes: &mut Mistakes<'_>) -> Vec<Waiver> {
    let mut waivers: Vec<(Range<usize>, Waiver)> = Vec::new();
    let mut positions: HashMap<Subject, usize> = HashMap::new();
    for section in root.sections("waivers", mistakes) {
        let Some(waiver) = waiver(&section, mistakes) else {
            continue;
        };
        steps::count(1);
        match positions.entry(subject(&waiver)) {
            Entry::Occupied(same) => {
                let line = mistakes.line(&waivers[*same.get()].0);
                let what = format!("line {line} waives the same: keep one of the two");
                mistakes.say(&section.at, what);
            }
            Entry::Vacant(new) => {
                new.insert(waivers.len());
                waivers.push((section.at, waiver));
            }
        }
    }
    waivers.into_iter().map(|(_, waiver)| waiver).collect()
}

/// Reads one waiver. `None` if it has errors, all of which are reported.
fn waiver(section: &Section<'_>, mistakes: &mut Mistakes<'_>) -> Option<Waiver> {
    section.check_keys(&KEYS, mistakes);
    let rule = given(section, "rule", "\"handler-removed\"", mistakes)
        .and_then(|(at, text)| mistakes.ok(&at, waivable(text)));
    let endpoint = given(section, "endpoint", "\"POST /imports/csv\"", mistakes)
        .and_then(|(at, text)| mistakes.ok(&at, endpoint(text)));
    let form = match section.value("form") {
        None => Some(None),
        Some(_) => given(section, "form", "\"importer::pages::upload_csv\"", mistakes)
            .map(|(_, text)| Some(text.to_owned())),
    };
    let reason = given(section, "reason", "\"why nobody is hurt\"", mistakes);
    let expires = expires(section, mistakes);
    let (method, path) = endpoint?;
    Some(Waiver {
        rule: rule?.name,
        method,
        path,
        form: form?,
        reason: reason?.1.to_owned(),
        expires: expires?,
        at: mistakes.place(&section.at),
    })
}

/// The text of a required key, which must not be empty.
fn given<'d>(
    section: &Section<'d>,
    key: &str,
    example: &str,
    mistakes: &mut Mistakes<'_>,
) -> Option<(Range<usize>, &'d str)> {
    if section.value(key).is_none() {
        let what = format!("this waiver has no `{key}`: write `{key} = {example}`");
        mistakes.say(&section.at, what);
        return None;
    }
    let text = section.text(key, &format!("a text, {example}"), mistakes)?;
    let value = text.value.trim();
    if is_blank(value) {
        mistakes.say(
            &text.at,
            format!("`{key}` is blank: write `{key} = {example}`"),
        );
        return None;
    }
    Some((text.at, value))
}

fn waivable(name: &str) -> Result<&'static Rule, String> {
    let rule = rules::named(name).map_err(|error| error.to_string())?;
    if matches!(rule.check, Check::Waiver(_)) {
        return Err(format!(
            "`{name}` is about waivers, and cannot be waived itself: set its level in [rules]"
        ));
    }
    Ok(rule)
}

fn endpoint(text: &str) -> Result<(String, String), String> {
    let none = |why: &str| {
        format!(
            "`{text}` is not an endpoint: {why}: write a method and a path, `POST /imports/{{id}}`"
        )
    };
    let (method, path) = text
        .split_once(char::is_whitespace)
        .ok_or_else(|| none("it is one word"))?;
    if !is_method(method) {
        return Err(none(&format!(
            "`{method}` is not a method in capital letters"
        )));
    }
    let path = path.trim_start();
    Pattern::parse(path).map_err(|error| none(&error.to_string()))?;
    Ok((method.to_owned(), path.to_owned()))
}

/// When a waiver ends: it must.
fn expires(section: &Section<'_>, mistakes: &mut Mistakes<'_>) -> Option<Expiry> {
    const KEY: &str = "expires";
    const EXPECTED: &str = "a date, 2026-12-24, or the version of a release, \"1.6.0\"";
    let Some(value) = section.value(KEY) else {
        let what = "this waiver never ends: write the day on which it does, `expires = 2026-12-24`, \
                    or the release, `expires = \"1.6.0\"`";
        mistakes.say(&section.at, what);
        return None;
    };
    match value.get_ref() {
        DeValue::Datetime(_) => {
            let day = whole_day(value);
            if day.is_none() {
                let what = "a waiver ends with a day, not at a time: write a date, `2026-12-24`";
                mistakes.say(&value.span(), what);
            }
            day.map(Expiry::Date)
        }
        DeValue::String(text) => {
            let expiry = date(text).map(Expiry::Date).map_or_else(
                || {
                    version::parse_bound(text)
                        .map(Expiry::Version)
                        .map_err(|error| error.to_string())
                },
                Ok::<_, String>,
            );
            let expiry = expiry.map_err(|why| {
                format!(
                    "`{text}` is neither a date, 2026-12-24, nor the version of a release: {why}"
                )
            });
            mistakes.ok(&value.span(), expiry)
        }
        _ => {
            wrong(value, KEY, EXPECTED, mistakes);
            None
        }
    }
}

/// A date of TOML that has no time behind it.
fn whole_day(value: &Spanned<DeValue<'_>>) -> Option<Date> {
    let value = value.get_ref().as_datetime()?;
    if value.time.is_some() {
        return None;
    }
    date(&value.date?.to_string())
}

/// What tells the findings apart that waivers are for: the rule, the method, the path without
/// the names of its parameters, and the form.
type Subject = (&'static str, String, Option<String>, Option<String>);

fn subject(waiver: &Waiver) -> Subject {
    let path = Pattern::parse(&waiver.path).ok();
    (
        waiver.rule,
        waiver.method.clone(),
        path.map(|path| path.unnamed()),
        waiver.form.clone(),
    )
}
