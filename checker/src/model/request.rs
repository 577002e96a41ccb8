//! What another handler than that of its own release rejects of a form: which of the
//! requests that its own handler accepts, the other one does not.
//!
//! A request is a choice of the optional fields and of the values that it contains. Each
//! reason for which a handler rejects a request is about one of its own fields. So the
//! choices need not be enumerated: for each reason, this looks for one choice to which it
//! applies and that the form's own handler accepts.

use std::borrow::Cow;
use std::collections::HashSet;

use super::field_names::NameIndex;
use super::own_handler::{FormAtHome, HomeReading, Reads, SentField, is_unknown, read_at_home};
use super::reading::{Accepted, Reading};
use crate::registry::{Encoding, Field, Handler, UnknownFields, Value, values};
use crate::support::steps;

/// What is wrong with one field of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field's name; `outer.inner` for one within another.
    pub field: String,
    /// What is wrong with it.
    pub kind: FaultKind,
    /// Whether the declarations do not decide if it occurs.
    pub is_undecided: bool,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// The handler requires it, and no submission contains it.
    Missing,
    /// The handler requires it, and not every submission contains it.
    SometimesMissing,
    /// The handler rejects unknown fields, and does not know this one.
    Unknown,
    /// The handler ignores it, and the form's own handler reads it.
    Ignored,
    /// The handler reads it as the same field as the one of that name, which is also sent.
    DuplicateAlias(String),
    /// It may be sent several times, and the handler accepts one value.
    UnexpectedList,
    /// It is one value, and the handler accepts a list.
    ExpectedList,
    /// The handler rejects every text: it converts what is in a flattened struct, and that was
    /// read as a text.
    Flattened,
    /// The handler reads a struct, and its reader makes none out of a text.
    Nested,
    /// The handler does not accept all of its values.
    Value {
        /// What the form sends.
        sent: Value,
        /// What the handler accepts.
        taken: Value,
        /// A value that fails, if one can be named.
        example: Option<String>,
    },
}

/// Whether the two handlers read the same.
pub(crate) fn reads_same(one: &Handler, other: &Handler) -> bool {
    one.encoding == other.encoding
        && one.reader == other.reader
        && one.unknown_fields == other.unknown_fields
        && one.fields == other.fields
        && one.query == other.query
}

/// The encoding in which a form of this method sends fields: GET has no body, so they are in
/// the query.
pub(super) fn as_sent(encoding: Encoding, method: &str) -> Encoding {
    match encoding {
        Encoding::Urlencoded if matches!(method, "GET" | "HEAD") => Encoding::Query,
        encoding => encoding,
    }
}

/// The faults at the handler `there` of the requests with the fields `sent` that the form's
/// `own` handler accepts; `own` is `None` if its fields are not declared. There are none if
/// `own` accepts no request.
pub(super) fn faults(sent: &[Field], own: Option<Reads<'_>>, there: Reads<'_>) -> Vec<Fault> {
    let own_index = own.map(|own| NameIndex::new(own.fields));
    let Some(sent_fields) = read_at_home(sent, (own, own_index.as_ref())) else {
        return Vec::new();
    };
    let form = FormAtHome::new(sent_fields, sent, own, own_index.as_ref());
    let mut faults = Vec::new();
    for read in there.fields {
        if steps::is_used_up() {
            break;
        }
        let positions = form.names.taken_by(read);
        if read.always_present {
            faults.extend(form.missing(read, &positions));
        }
        // Of earlier fields that the same fields of the own handler read, the first one
        // stands for all.
        let mut earlier: Vec<usize> = Vec::new();
        let mut known: HashSet<&[usize]> = HashSet::new();
        for position in positions {
            steps::count(1);
            let sent_field = &form.sent_fields[position];
            if sent_field.is_sent {
                let mut others = earlier.iter();
                if let Some(other) = others.find(|other| form.may_be_together(position, **other)) {
                    let name = form.sent_fields[*other].field.name.clone();
                    faults.push(sent_field.fault(FaultKind::DuplicateAlias(name)));
                }
                if known.insert(&form.own_readers[position]) {
                    earlier.push(position);
                }
                let readings = Readings {
                    own: own.map(|own| own.reading),
                    there: there.reading,
                };
                sent_field.compare(read, readings, &mut faults);
            }
        }
    }
    let known = NameIndex::new(there.fields);
    let is_unknown = |sent_field: &&SentField<'_>| {
        sent_field.is_sent && known.by_name(&sent_field.field.name).is_empty()
    };
    let unknown = form.sent_fields.iter().filter(is_unknown);
    faults.extend(unknown.filter_map(|sent_field| {
        let kind = match (there.reading.unknown, sent_field.own) {
            (UnknownFields::Deny, _) => FaultKind::Unknown,
            (UnknownFields::Ignore, HomeReading::Reads(_)) => FaultKind::Ignored,
            (UnknownFields::Ignore, _) => return None,
        };
        Some(sent_field.fault(kind))
    }));
    faults
}

impl FormAtHome<'_> {
    /// The fault if some requests lack a field that a handler requires. The handler accepts
    /// the names of the form's fields at these positions, which are sorted.
    fn missing(&self, read: &Field, positions: &[usize]) -> Option<Fault> {
        let is_sent = |position: &usize| self.sent_fields[*position].is_sent;
        let kind = if positions.iter().any(is_sent) {
            let is_always = |position: &usize| self.sent_fields[*position].field.always_present;
            // Every request that the own handler accepts contains what it requires.
            let mut required = positions
                .iter()
                .filter_map(|position| self.required.get(position))
                .flatten();
            let is_taken = |position: &usize| {
                steps::count(1);
                positions.binary_search(position).is_ok()
            };
            if positions.iter().any(is_always)
                || required.any(|required| required.iter().all(is_taken))
            {
                return None;
            }
            FaultKind::SometimesMissing
        } else {
            FaultKind::Missing
        };
        Some(Fault {
            field: read.name.clone(),
            kind,
            is_undecided: false,
        })
    }
}

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

/// How a request is read.
#[derive(Clone, Copy)]
struct Readings {
    /// By the form's own handler, if its fields are declared.
    own: Option<Reading>,
    /// By the handler that is reached.
    there: Reading,
}

impl SentField<'_> {
    fn fault(&self, kind: FaultKind) -> Fault {
        Fault {
            field: self.field.name.clone(),
            kind,
            is_undecided: false,
        }
    }

    /// Compares what is sent, as far as the own handler accepts it, with what another one
    /// reads.
    fn compare(&self, read: &Field, readings: Readings, faults: &mut Vec<Fault>) {
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
            faults.push(self.fault(FaultKind::Value {
                sent: field.value.clone(),
                taken: read.value.clone(),
                example: Some(String::new()),
            }));
            return;
        }
        let own = match own {
            Some((own, reading)) if reading.accepts(own) == Accepted::OfType => Some(&own.value),
            _ => None,
        };
        let sent = if !is_json && readings.there.accepts_empty(read) {
            without_empty(&field.value)
        } else {
            Cow::Borrowed(&field.value)
        };
        self.compare_values(&sent, own, &read.value, is_json, faults);
    }

    /// Compares the values that are sent, as far as those that the own handler accepts are among
    /// them, with those that another one accepts.
    fn compare_values(
        &self,
        sent: &Value,
        own: Option<&Value>,
        there: &Value,
        is_json: bool,
        faults: &mut Vec<Fault>,
    ) {
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
                        faults.extend(
                            values::rejected_value(sent, own, there, is_json)
                                .map(|rejected| value(false, rejected.example)),
                        );
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
