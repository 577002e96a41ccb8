//! Compares what a form sends in one field, as far as its own handler accepts it, with what
//! another handler reads.

use std::borrow::Cow;

use super::limits::Fit;
use super::own_handler::{HomeReading, Reads, SentField, is_unknown};
use super::premises::Premises;
use super::reading::{Accepted, Reading};
use super::request::{Fault, FaultKind, faults};
use crate::registry::{Constraint, Field, UnknownFields, Value, values};

/// The value without the empty text among its choices.
fn without_empty(value: &Value) -> Cow<'_, Value> {
    match value {
        Value::Choice {
            choices,
            ignore_case,
        } if choices.iter().any(String::is_empty) => Cow::Owned(Value::Choice {
            choices: choices
                .iter()
                .filter(|choice| !choice.is_empty())
                .cloned()
                .collect(),
            ignore_case: *ignore_case,
        }),
        value => Cow::Borrowed(value),
    }
}

/// The limit that an empty text is not within, where the type alone would accept it.
fn refuses_empty(read: &Field) -> Option<&Constraint> {
    let mut limits = read.constraints.iter();
    let limit = limits.find(|limit| limit.holds("") == Some(false));
    limit.filter(|_| read.value.has(""))
}

/// How a request is read.
#[derive(Clone, Copy)]
pub(super) struct Readings {
    /// By the form's own handler, if its fields are declared.
    pub(super) own: Option<Reading>,
    /// By the handler that is reached.
    pub(super) there: Reading,
}

impl SentField<'_> {
    pub(super) fn fault(&self, kind: FaultKind) -> Fault {
        Fault {
            field: self.field.name.clone(),
            kind,
            is_undecided: false,
        }
    }

    /// Compares what is sent, as far as the own handler accepts it, with what another one
    /// reads.
    pub(super) fn compare(&self, read: &Field, readings: Readings, faults: &mut Vec<Fault>) {
        let (field, is_json) = (self.field, readings.there.is_json);
        let own = match self.own {
            // What the own handler accepts is unknown: nothing is assumed.
            HomeReading::NotDeclared => return,
            HomeReading::Reads(own) => Some(own),
            HomeReading::Ignores | HomeReading::Rejects => None,
        };
        let accepted = readings.there.accepts(read);
        match accepted {
            Accepted::NoneButLists => return faults.push(self.fault(FaultKind::ExpectedList)),
            Accepted::NoText => {
                let is_nested = matches!(read.value, Value::Object { .. });
                let kind = if is_nested {
                    FaultKind::Nested
                } else {
                    FaultKind::Flattened
                };
                return faults.push(self.fault(kind));
            }
            Accepted::All | Accepted::Undecided | Accepted::OfType => {}
        }
        let own = own.zip(readings.own);
        let is_lost = |accepts: fn(Reading, &Field, &Field) -> bool| {
            own.is_none_or(|(own, reading)| accepts(reading, own, field))
                && !accepts(readings.there, read, field)
        };
        let is_one_for_many = is_json && accepted == Accepted::OfType && !field.many && read.many;
        if is_one_for_many || (field.many && is_lost(Reading::accepts_several)) {
            let kind = if field.many {
                FaultKind::UnexpectedList
            } else {
                FaultKind::ExpectedList
            };
            // In JSON, a value whose type is not declared may be a list.
            let lists = [&field.value, &read.value];
            faults.push(Fault {
                is_undecided: is_json && lists.contains(&&Value::NotDeclared),
                ..self.fault(kind)
            });
            return;
        }
        if accepted == Accepted::All {
            return;
        }
        if accepted == Accepted::Undecided {
            if !own.is_some_and(|(own, reading)| own == read && reading == readings.there) {
                faults.push(Fault {
                    is_undecided: true,
                    ..self.fault(FaultKind::Value {
                        sent: field.value.clone(),
                        taken: read.value.clone(),
                        example: None,
                    })
                });
            }
            return;
        }
        let is_declared = |value: &Value| *value != Value::NotDeclared;
        if !is_json
            && field.has_empty()
            && is_declared(&field.value)
            && own.is_none_or(|(own, _)| is_declared(&own.value))
            && is_lost(|reading, read, _| reading.accepts_empty(read))
        {
            let is_own_unknown = own.is_some_and(|(own, _)| own.has_unknown_limit());
            let is_sent_unknown = field.has_unknown_limit() && !field.may_be_empty;
            let kind = match refuses_empty(read) {
                Some(limit) => FaultKind::Limit {
                    taken: limit.clone(),
                    example: Some(String::new()),
                },
                None => FaultKind::Value {
                    sent: field.value.clone(),
                    taken: read.value.clone(),
                    example: Some(String::new()),
                },
            };
            faults.push(Fault {
                is_undecided: is_own_unknown || is_sent_unknown,
                ..self.fault(kind)
            });
            return;
        }
        let own = match own {
            Some((own, reading)) if reading.accepts(own) == Accepted::OfType => Some(own),
            _ => None,
        };
        let sent = if !is_json && readings.there.accepts_empty(read) {
            without_empty(&field.value)
        } else {
            Cow::Borrowed(&field.value)
        };
        let before = faults.len();
        self.compare_values(&sent, own, &read.value, is_json, faults);
        if faults.len() == before {
            faults.extend(self.compare_limits(own, read, is_json));
        }
    }

    /// The fault if some of the values are not within the limits of a field: the first one that
    /// is certain, or else the first that is undecided.
    fn compare_limits(&self, own: Option<&Field>, read: &Field, is_json: bool) -> Option<Fault> {
        let premises = Premises::new(self.field, own, is_json);
        let mut undecided = None;
        for limit in &read.constraints {
            let (is_undecided, example) = match premises.fit(limit) {
                Fit::Kept => continue,
                Fit::Refused(example) => (false, Some(example)),
                Fit::Undecided => (true, None),
            };
            let fault = Fault {
                is_undecided,
                ..self.fault(FaultKind::Limit {
                    taken: limit.clone(),
                    example,
                })
            };
            if !is_undecided {
                return Some(fault);
            }
            undecided.get_or_insert(fault);
        }
        undecided
    }

    /// Whether a value of a type that another one does not have may be sent: limits may exclude
    /// it.
    fn may_send_another(&self, own: Option<&Field>, there: &Value, example: Option<&str>) -> Fit {
        let premises = Premises::new(self.field, own, false);
        match example {
            _ if premises.limits.is_empty() => Fit::Refused(String::new()),
            Some(example) if premises.may_hold(example) => Fit::Refused(String::new()),
            _ => premises.fit_type(there),
        }
    }

    /// Compares the values that are sent, as far as those that the own handler accepts are among
    /// them, with those that another one accepts.
    fn compare_values(
        &self,
        sent: &Value,
        own_field: Option<&Field>,
        there: &Value,
        is_json: bool,
        faults: &mut Vec<Fault>,
    ) {
        let own = own_field.map(|own| &own.value);
        let value = |is_undecided, example| Fault {
            is_undecided,
            ..self.fault(FaultKind::Value {
                sent: sent.clone(),
                taken: there.clone(),
                example,
            })
        };
        match (sent, own, there) {
            (_, Some(own), there) if own == there => {}
            (_, _, Value::Text) if !is_json => {}
            (
                Value::Object { fields: sent, .. },
                Some(own @ Value::Object { .. }),
                Value::Object { .. },
            ) if is_json => faults.extend(self.nested(sent, Some(own), there)),
            (Value::Object { fields: sent, .. }, None, Value::Object { .. }) if is_json => {
                faults.extend(self.nested(sent, None, there));
            }
            (sent, own, there) => {
                let is_unknown = |value| is_unknown(value, is_json);
                let unknown =
                    [Some(sent), own, Some(there)].map(|value| value.is_some_and(is_unknown));
                match unknown {
                    [false, false, false] => {
                        let rejected = values::rejected_value(sent, own, there, is_json);
                        let Some(rejected) = rejected else { return };
                        let example = rejected.example;
                        let fit = if is_json {
                            Fit::Refused(String::new())
                        } else {
                            self.may_send_another(own_field, there, example.as_deref())
                        };
                        match fit {
                            Fit::Kept => {}
                            Fit::Refused(text) if text.is_empty() || example.is_none() => {
                                faults.push(value(false, example));
                            }
                            Fit::Refused(text) => faults.push(value(false, Some(text))),
                            Fit::Undecided => faults.push(value(true, None)),
                        }
                    }
                    // The own handler may accept whatever is sent.
                    [false, true, false]
                        if values::rejected_value(sent, None, there, is_json).is_none() => {}
                    // The form may send whatever the own handler accepts.
                    [true, false, false]
                        if own.is_some_and(|own| {
                            values::rejected_value(own, Some(own), there, is_json).is_none()
                        }) => {}
                    _ => faults.push(value(true, None)),
                }
            }
        }
    }

    /// The faults of the fields inside an object.
    fn nested<'a>(
        &'a self,
        sent: &'a [Field],
        own: Option<&'a Value>,
        there: &'a Value,
    ) -> impl Iterator<Item = Fault> + use<'a> {
        let there = Reads::within(there).into_iter();
        let found = there.flat_map(move |there| {
            let own = match own {
                Some(own) => Reads::within(own),
                // It ignores the whole field with all that is in it.
                None => Some(Reads {
                    fields: &[],
                    reading: Reading {
                        unknown: UnknownFields::Ignore,
                        ..there.reading
                    },
                }),
            };
            faults(sent, own, there)
        });
        found.map(|fault| Fault {
            field: format!("{}.{}", self.field.name, fault.field),
            ..fault
        })
    }
}
