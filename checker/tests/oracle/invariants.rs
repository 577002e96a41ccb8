//! Changes that never change the judgement of a pair of builds.

use std::collections::BTreeSet;
use std::fmt::Write;

use coexist_checker::judge::check;
use coexist_checker::model::{Direction, Level, Policy};
use coexist_checker::registry::{Source, UnknownFields, Value};
use proptest::prelude::*;

use crate::builds::Build;
use crate::for_pairs;

/// The findings about submissions, with their directions.
type Said = BTreeSet<Item>;
type Item = (Direction, String, String, String, Level);

fn said(old: &Build, new: &Build) -> Said {
    let ((old, _), (new, _)) = (old.registry(), new.registry());
    let policy = Policy::default();
    let report = check(&old, &new, &policy).unwrap();
    let all = report.findings.iter().filter_map(|finding| {
        let (method, path) = finding.endpoint;
        Some((
            finding.direction?,
            finding.rule.name.to_owned(),
            finding.page.form?.id.clone(),
            format!("{method} {path}"),
            finding.level,
        ))
    });
    all.collect()
}

#[test]
fn a_build_against_itself_is_clean() {
    for_pairs(500, |old, _| {
        let found = said(old, old);
        prop_assert!(found.is_empty(), "{found:?}\n{}", old.registry().1);
        Ok(())
    });
}

#[test]
fn swapping_the_builds_swaps_the_directions() {
    for_pairs(500, |old, new| {
        let swapped = said(new, old).into_iter();
        let swapped = swapped.map(|(direction, rule, form, endpoint, level)| {
            let direction = match direction {
                Direction::OldToNew => Direction::NewToOld,
                Direction::NewToOld => Direction::OldToNew,
            };
            let rule = match &*rule {
                "handler-removed" => "handler-not-yet".to_owned(),
                "handler-not-yet" => "handler-removed".to_owned(),
                _ => rule,
            };
            (direction, rule, form, endpoint, level)
        });
        // If the handler accepts more and the form stays, `field-narrowed` is only a warning.
        let without_level = |(direction, rule, form, endpoint, level): Item| {
            let is_weighed = rule == "field-narrowed";
            let level = if is_weighed { Level::Warn } else { level };
            (direction, rule, form, endpoint, level)
        };
        let swapped: Said = swapped.map(without_level).collect();
        let said = said(old, new).into_iter().map(without_level).collect();
        same(&said, &swapped, old, new)
    });
}

#[test]
fn the_order_of_records_and_fields_changes_nothing() {
    let reversed = |build: &Build| {
        let mut build = build.clone();
        build.handlers.reverse();
        build.forms.reverse();
        let handlers = build.handlers.iter_mut().map(|handler| &mut handler.fields);
        let forms = build.forms.iter_mut().map(|form| &mut form.fields);
        for fields in handlers.chain(forms).flatten() {
            let mut list = fields.list().into_owned();
            list.reverse();
            *fields = list.into();
        }
        build
    };
    for_pairs(500, |old, new| {
        let other = said(&reversed(old), &reversed(new));
        same(&said(old, new), &other, old, new)
    });
}

#[test]
fn names_of_parameters_and_places_of_handlers_change_nothing() {
    let moved = |build: &Build| {
        let mut build = build.clone();
        for (line, handler) in (1..).zip(&mut build.handlers) {
            handler.path = handler.path.replace("{id}", "{number}");
            for parameter in &mut handler.parameters {
                parameter.name = "number".to_owned();
            }
            if let Some(redirect) = &mut handler.redirect {
                redirect.to = redirect.to.replace("{id}", "{number}");
            }
            handler.source = Some(Source {
                file: "src/moved.rs".to_owned(),
                line,
                template: None,
            });
            // If both builds have the handler, both get the same new name.
            let _ = write!(handler.id, "_moved");
        }
        build
    };
    for_pairs(500, |old, new| {
        let other = said(&moved(old), &moved(new));
        same(&said(old, new), &other, old, new)
    });
}

/// Fields that a handler accepts in addition cannot break a form.
#[test]
fn a_handler_that_takes_more_breaks_nothing() {
    let wider = |build: &Build| {
        let mut build = build.clone();
        build.version += 1;
        for handler in &mut build.handlers {
            handler.unknown_fields = UnknownFields::Ignore;
            let Some(fields) = &mut handler.fields else {
                continue;
            };
            let mut list = fields.list().into_owned();
            for field in &mut list {
                field.always_present = false;
                if let Value::Choice { choices, .. } = &mut field.value {
                    choices.push("more".to_owned());
                }
            }
            *fields = list.into();
        }
        build
    };
    for_pairs(500, |old, _| {
        let new = wider(old);
        let mut forth = said(old, &new);
        forth.retain(|(direction, ..)| *direction == Direction::OldToNew);
        same(&Said::new(), &forth, old, &new)
    });
}

fn same(one: &Said, other: &Said, old: &Build, new: &Build) -> Result<(), TestCaseError> {
    let (old, new) = (old.registry().1, new.registry().1);
    prop_assert_eq!(one, other, "\nold: {}\nnew: {}", old, new);
    Ok(())
}
