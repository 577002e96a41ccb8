//! Values that may show that a limit is not kept: texts of the lengths at which it ends, numbers
//! beside its bounds, and what patterns match. Who tries one asks whether it can be sent.

use super::lengths::Lengths;
use super::premises::Premises;
use crate::registry::{Constraint, Unit, Value};

/// What texts are made of.
const PARTS: [&str; 10] = ["a", "0", "A", " ", "-", "é", "€", "😀", "a-", "a b"];

/// The longest text that is tried, in characters.
const LONGEST: u64 = 1 << 16;

/// Texts of these lengths, in characters, and others.
pub(super) fn tries(
    premises: &Premises<'_>,
    lengths: &[u64],
    limit: Option<&Constraint>,
) -> Vec<String> {
    let own = Lengths::of(premises, Unit::Characters);
    let mut lengths = lengths.to_vec();
    lengths.extend([own.least, own.greatest.unwrap_or(own.least + 7)]);
    lengths.extend([1, 2, 3, 4]);
    lengths.retain(|length| (1..=LONGEST).contains(length));
    let mut known = std::collections::HashSet::new();
    lengths.retain(|length| known.insert(*length));
    let mut texts = numbers(premises, limit);
    if premises.values.iter().any(|value| is_number(value)) {
        return texts;
    }
    let has_lines = premises.limits.iter().any(|limit| {
        matches!(
            limit,
            Constraint::Length {
                unit: Unit::Textarea,
                ..
            }
        )
    });
    for length in lengths {
        let Ok(count) = usize::try_from(length) else {
            continue;
        };
        texts.extend(PARTS.map(|part| {
            let characters = part.chars().count();
            part.repeat(count.div_ceil(characters))
                .chars()
                .take(count)
                .collect()
        }));
        if has_lines {
            texts.push("\r\n".repeat(count.div_ceil(2)));
        }
        for limit in &premises.limits {
            match limit {
                Constraint::Email {} => texts.extend(email(count)),
                Constraint::Url {} => {
                    let rest = count.checked_sub("http://a/".len());
                    texts.extend(rest.map(|rest| format!("http://a/{}", "a".repeat(rest))));
                }
                Constraint::Pattern { pattern } => {
                    let shortest = pattern.all_texts().lengths().start().min(&count).to_owned();
                    for more in [count - shortest, count] {
                        texts.extend(pattern.samples(u32::try_from(more).unwrap_or(u32::MAX)));
                    }
                }
                _ => {}
            }
        }
    }
    if premises.limits.contains(&&Constraint::Email {}) {
        texts.push("a@b.c".to_owned());
    }
    if premises.limits.contains(&&Constraint::Url {}) {
        texts.push("http://a".to_owned());
    }
    texts
}

fn is_number(value: &Value) -> bool {
    matches!(value, Value::Integer { .. } | Value::Number)
}

/// An address of so many characters.
fn email(length: usize) -> Option<String> {
    let rest = length.checked_sub("a@".len()).filter(|rest| *rest > 0)?;
    let is_dot = |at: usize| at % 61 == 60 && at + 1 < rest;
    let domain: String = (0..rest)
        .map(|at| if is_dot(at) { '.' } else { 'b' })
        .collect();
    Some(format!("a@{domain}"))
}

/// Numbers beside the bounds of types and ranges.
fn numbers(premises: &Premises<'_>, limit: Option<&Constraint>) -> Vec<String> {
    let mut numbers = Vec::new();
    for value in &premises.values {
        if let Value::Integer { min, max } = value {
            numbers.extend([min, max].into_iter().flatten().map(ToString::to_string));
        }
    }
    let limits = premises.limits.iter().copied().chain(limit);
    for limit in limits {
        let Constraint::Range {
            min,
            max,
            above,
            below,
        } = limit
        else {
            continue;
        };
        for bound in [min, max, above, below].into_iter().flatten() {
            numbers.push(bound.to_string());
            if let Some(bound) = bound.as_f64() {
                let beside = [-1.0, -0.5, 0.5, 1.0].map(|step| (bound + step).to_string());
                numbers.extend(beside);
            }
        }
    }
    if premises.values.iter().any(|value| is_number(value)) {
        numbers.extend(["0", "1", "-1", "0.5", "1000000000000"].map(str::to_owned));
    }
    numbers
}
