//! What is read of the attributes that limit a control, compared with what Chromium lets through
//! of what people type: a table that `limits.mjs` writes.

use coexist_html::{Constraint, Field, Kind, Source, read};
use regex::Regex;

const TABLE: &str = include_str!("limits.txt");

/// Types of which the browser makes another value, or a script has to set one, or of which only
/// the name is known; and a value in the page, which may be sent as it is.
const OTHERS: [&str; 10] = [
    "type=date",
    "type=month",
    "type=week",
    "type=time",
    "type=color",
    "type=range",
    "type=email",
    "type=url",
    "min=",
    "value=",
];

#[test]
fn a_control_lets_through_what_chromium_lets_through() {
    let mut page = String::new();
    let mut field = None;
    let (mut arrived, mut refused) = (0, 0);
    for line in TABLE.lines() {
        let Some(answer) = line.strip_prefix("    ") else {
            if let Some((control, _)) = line.split_once('\t') {
                page = format!("<form action=/a method=post{control}</form>");
                field = Some(only_field(&page));
            }
            continue;
        };
        let field = field.as_ref().unwrap();
        let (typed, sent) = parse(answer);
        if let Some(sent) = &sent {
            assert!(admits(field, sent), "{page} sends {sent:?}: {field:?}");
            arrived += 1;
        }
        let is_as_typed = sent.is_some() && sent.as_ref() == typed.as_ref();
        let is_known = !field.constraints.contains(&Constraint::Unknown)
            && !OTHERS.iter().any(|other| page.contains(other));
        let typed = typed.map(|typed| typed.replace('\n', "\r\n"));
        if let (Some(typed), true, false) = (typed, is_known, is_as_typed) {
            let is_changed = sent.as_ref() != Some(&typed);
            assert!(
                !is_changed || !admits(field, &typed),
                "{page} does not send {typed:?}: {field:?}"
            );
            refused += usize::from(is_changed);
        }
    }
    assert!(arrived > 80 && refused > 25, "{arrived} {refused}");
}

fn only_field(page: &str) -> Field {
    let forms = read(&Source::from_html(page, "page.html"));
    let fields = forms[0].fields.clone().unwrap();
    let [field] = fields.try_into().unwrap();
    field
}

/// `"typed": "arrived"`; `null` and `nothing` are none.
fn parse(answer: &str) -> (Option<String>, Option<String>) {
    // What is typed may hold a colon: what arrives is the last text, or a word.
    let at = answer.rfind("\": ").map(|at| at + 1);
    let at = at.unwrap_or_else(|| answer.find(": ").unwrap());
    let (typed, sent) = (&answer[..at], &answer[at + 2..]);
    let text = |json: &str| serde_json::from_str::<Option<String>>(json).unwrap();
    (
        text(typed),
        text(if sent == "nothing" { "null" } else { sent }),
    )
}

fn admits(field: &Field, text: &str) -> bool {
    if text.is_empty() && field.may_be_empty {
        return true;
    }
    let is_of_kind = match &field.kind {
        Kind::Integer { min, max } => text.parse::<f64>().is_ok_and(|number| {
            let bound = |bound: &Option<i64>, none: f64| bound.map_or(none, |bound| bound as f64);
            (bound(min, f64::MIN)..=bound(max, f64::MAX)).contains(&number) && number.fract() == 0.0
        }),
        Kind::Number => text.parse::<f64>().is_ok(),
        Kind::Text | Kind::Choice(_) | Kind::Unknown => true,
    };
    is_of_kind && field.constraints.iter().all(|limit| holds(limit, text))
}

fn holds(limit: &Constraint, text: &str) -> bool {
    match limit {
        Constraint::Length {
            min,
            max,
            is_textarea,
        } => {
            let text = if *is_textarea {
                text.replace("\r\n", "\n")
            } else {
                text.to_owned()
            };
            let length = text.encode_utf16().count() as u64;
            min.is_none_or(|min| min <= length) && max.is_none_or(|max| length <= max)
        }
        Constraint::Range { min, max } => {
            let number: f64 = text.parse().unwrap();
            let bound = |bound: &Option<String>, none: f64| {
                bound.as_ref().map_or(none, |bound| bound.parse().unwrap())
            };
            (bound(min, f64::MIN)..=bound(max, f64::MAX)).contains(&number)
        }
        Constraint::Pattern(pattern) => Regex::new(pattern).unwrap().is_match(text),
        Constraint::Email => text.contains('@'),
        Constraint::Url => text.contains(':'),
        Constraint::Unknown => true,
    }
}
