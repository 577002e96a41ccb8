//! What the fields of a form do at another handler than that of its own release:
//! which of its requests its own handler takes, and the other one does not.
//!
//! A request is a choice: which of its occasional fields are there, and with which
//! values. A handler refuses for reasons that are each about one of its own fields,
//! so there is no need to try all choices: each reason is asked whether a choice
//! comes to it that gets past all reasons of the own handler.

use std::collections::{HashMap, HashSet};

use super::field_names::NameIndex;
use super::values;
use crate::registry::{Encoding, Field, Handler, UnknownFields, Value};
use crate::support::steps;

/// What is wrong with one field of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field's name; `outer.inner` for one within another.
    pub field: String,
    /// What is wrong with it.
    pub kind: FaultKind,
    /// Whether it cannot be told from what is declared.
    pub is_undecided: bool,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The handler requires it, and no submission holds it.
    Missing,
    /// The handler requires it, and not every submission holds it.
    SometimesMissing,
    /// The handler refuses fields that it does not know, and does not know this one.
    Unknown,
    /// The handler takes it for the field of that name, which is also sent.
    DuplicateAlias(String),
    /// It may be there several times, and the handler takes one.
    UnexpectedList,
    /// In JSON: it is one value, and the handler takes a list.
    ExpectedList,
    /// Its value may be one that the handler does not take.
    Value {
        /// What the form sends.
        sent: Value,
        /// What the handler takes.
        taken: Value,
        /// A value that fails, if one can be named.
        example: Option<String>,
    },
}

/// What a handler, or a field that holds fields, reads.
#[derive(Clone, Copy)]
pub(super) struct Reads<'a> {
    /// The fields.
    pub(super) fields: &'a [Field],
    /// What becomes of others.
    pub(super) unknown: UnknownFields,
}

/// Whether the two handlers read the same.
pub(crate) fn reads_same(one: &Handler, other: &Handler) -> bool {
    one.encoding == other.encoding
        && one.unknown_fields == other.unknown_fields
        && one.fields == other.fields
}

/// How a form of this method sends fields: GET has no body, they go into the query.
pub(super) fn as_sent(encoding: Encoding, method: &str) -> Encoding {
    match encoding {
        Encoding::Urlencoded if matches!(method, "GET" | "HEAD") => Encoding::Query,
        encoding => encoding,
    }
}

/// Whether a handler takes some request of these fields.
pub(super) fn takes_some(sent: &[Field], own: Reads<'_>, is_json: bool) -> bool {
    let index = NameIndex::new(own.fields);
    read_at_home(sent, (Some(own), Some(&index)), is_json).is_some()
}

/// What is wrong at `there` with requests of the fields `sent` that `own` takes; `own`
/// is `None` if that is not declared. Nothing, if `own` takes none of them.
pub(super) fn faults(
    sent: &[Field],
    own: Option<Reads<'_>>,
    there: Reads<'_>,
    is_json: bool,
) -> Vec<Fault> {
    let own_index = own.map(|own| NameIndex::new(own.fields));
    let Some(sent_fields) = read_at_home(sent, (own, own_index.as_ref()), is_json) else {
        return Vec::new();
    };
    let form = FormAtHome::new(sent_fields, sent, own, own_index.as_ref());
    let mut faults = Vec::new();
    for read in there.fields {
        let positions = form.names.taken_by(read);
        if read.always_present {
            faults.extend(form.missing(read, &positions));
        }
        // Of earlier fields that the same own fields read, the first stands for all.
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
                sent_field.compare(read, is_json, &mut faults);
            }
        }
    }
    if there.unknown == UnknownFields::Deny {
        let known = NameIndex::new(there.fields);
        let unknown = form.sent_fields.iter().filter(|sent_field| {
            sent_field.is_sent && known.by_name(&sent_field.field.name).is_empty()
        });
        faults.extend(unknown.map(|sent_field| sent_field.fault(FaultKind::Unknown)));
    }
    faults
}

/// A field of a form, in the requests that its own handler takes.
struct SentField<'a> {
    field: &'a Field,
    /// What the own handler makes of it.
    own: HomeReading<'a>,
    /// Whether some of the requests hold it.
    is_sent: bool,
}

/// What the own handler makes of a field.
#[derive(Clone, Copy)]
enum HomeReading<'a> {
    /// That is not declared.
    NotDeclared,
    /// It ignores the field, whatever it holds.
    Ignores,
    /// It refuses every request that holds it.
    Refuses,
    /// It reads the field as this one.
    Reads(&'a Field),
}

/// The fields of a form in the requests that the own handler takes; `None`: it takes
/// none. The index is the one of the own handler's fields.
fn read_at_home<'a>(
    sent: &'a [Field],
    (own, own_index): (Option<Reads<'a>>, Option<&NameIndex<'_>>),
    is_json: bool,
) -> Option<Vec<SentField<'a>>> {
    let mut sent_fields = Vec::with_capacity(sent.len());
    for field in sent {
        let reading = match own.zip(own_index) {
            None => HomeReading::NotDeclared,
            Some((own, index)) => {
                let read = index.by_name(&field.name).first();
                match (read.map(|read| &own.fields[*read]), own.unknown) {
                    (Some(read), _) if !field.may_be_read_as(read, is_json) => HomeReading::Refuses,
                    (Some(read), _) => HomeReading::Reads(read),
                    (None, UnknownFields::Ignore) => HomeReading::Ignores,
                    (None, UnknownFields::Deny) => HomeReading::Refuses,
                }
            }
        };
        let is_sent = !matches!(reading, HomeReading::Refuses);
        if field.always_present && !is_sent {
            return None;
        }
        sent_fields.push(SentField {
            field,
            own: reading,
            is_sent,
        });
    }
    let names = NameIndex::from_names(sent);
    for read in own.map_or(&[][..], |own| own.fields) {
        let mut positions = names.taken_by(read);
        positions.retain(|position| sent_fields[*position].is_sent);
        let is_always = |position: &&usize| sent_fields[**position].field.always_present;
        let always = positions.iter().filter(is_always).count();
        let is_missing = read.always_present && positions.is_empty();
        if is_missing || always > 1 {
            return None;
        }
        // It refuses what comes beside the one that is always there.
        if always == 1 {
            for position in positions {
                let sent_field = &mut sent_fields[position];
                sent_field.is_sent = sent_field.field.always_present;
            }
        }
    }
    Some(sent_fields)
}

/// A form beside its own handler, prepared for questions about each field of another one.
struct FormAtHome<'a> {
    sent_fields: Vec<SentField<'a>>,
    /// The form's fields by their names.
    names: NameIndex<'a>,
    /// By position of the form's field: the own handler's fields that take its name.
    own_readers: Vec<Vec<usize>>,
    /// By position of the form's field: for each field that the own handler requires and
    /// that takes this one's name first, the positions of all whose names it takes.
    required: HashMap<usize, Vec<Vec<usize>>>,
}

impl<'a> FormAtHome<'a> {
    fn new(
        sent_fields: Vec<SentField<'a>>,
        sent: &'a [Field],
        own: Option<Reads<'_>>,
        own_index: Option<&NameIndex<'_>>,
    ) -> Self {
        let names = NameIndex::from_names(sent);
        let readers = |field: &Field| {
            own_index.map_or_else(Vec::new, |index| index.by_name(&field.name).to_vec())
        };
        let own_readers = sent.iter().map(readers).collect();
        let mut required: HashMap<usize, Vec<Vec<usize>>> = HashMap::new();
        let own_fields = own.map_or(&[][..], |own| own.fields).iter();
        for own in own_fields.filter(|own| own.always_present) {
            let positions = names.taken_by(own);
            if let Some(first) = positions.first() {
                required.entry(*first).or_default().push(positions);
            }
        }
        Self {
            sent_fields,
            names,
            own_readers,
            required,
        }
    }

    /// Whether requests come without the field that a handler requires. It takes the
    /// names of the form's fields at these positions, which are sorted.
    fn missing(&self, read: &Field, positions: &[usize]) -> Option<Fault> {
        let is_sent = |position: &usize| self.sent_fields[*position].is_sent;
        let kind = if positions.iter().any(is_sent) {
            let is_always = |position: &usize| self.sent_fields[*position].field.always_present;
            // What the own handler requires is in every request that it takes.
            let mut required = positions
                .iter()
                .filter_map(|position| self.required.get(position))
                .flatten();
            let is_taken = |position: &usize| positions.binary_search(position).is_ok();
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

    /// Whether a request that the own handler takes may hold both of two fields that are
    /// sent: it refuses two that one field of it reads.
    fn may_be_together(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.own_readers[one], &self.own_readers[other]);
        steps::count(1);
        // Both are sorted.
        !one.iter().any(|reader| other.binary_search(reader).is_ok())
    }
}

impl SentField<'_> {
    fn fault(&self, kind: FaultKind) -> Fault {
        Fault {
            field: self.field.name.clone(),
            kind,
            is_undecided: false,
        }
    }

    /// Compares what is sent, and what the own handler takes of it, with what another
    /// one reads.
    fn compare(&self, read: &Field, is_json: bool, faults: &mut Vec<Fault>) {
        let field = self.field;
        let own = match self.own {
            // What the own handler takes of it is unknown: nothing is assumed.
            HomeReading::NotDeclared => return,
            HomeReading::Reads(own) if (own.many, &own.value) == (read.many, &read.value) => return,
            HomeReading::Reads(own) => Some(own),
            HomeReading::Ignores | HomeReading::Refuses => None,
        };
        let takes_several = own.is_none_or(|own| own.many);
        let is_one_for_many = is_json && !field.many && read.many;
        if is_one_for_many || (field.many && takes_several && !read.many) {
            let kind = if field.many {
                FaultKind::UnexpectedList
            } else {
                FaultKind::ExpectedList
            };
            // In JSON, a type that declares nothing may be a list.
            let lists = [&field.value, &read.value];
            faults.push(Fault {
                is_undecided: is_json && lists.contains(&&Value::NotDeclared),
                ..self.fault(kind)
            });
            return;
        }
        let value = |is_undecided, example| Fault {
            is_undecided,
            ..self.fault(FaultKind::Value {
                sent: field.value.clone(),
                taken: read.value.clone(),
                example,
            })
        };
        match (&field.value, own.map(|own| &own.value), &read.value) {
            (_, Some(own), there) if own == there => {}
            (_, _, Value::Text) if !is_json => {}
            (
                Value::Object { fields: sent, .. },
                Some(own @ Value::Object { .. }),
                Value::Object { .. },
            ) if is_json => faults.extend(self.nested(sent, Some(own), &read.value)),
            (Value::Object { fields: sent, .. }, None, Value::Object { .. }) if is_json => {
                faults.extend(self.nested(sent, None, &read.value));
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
                    // The own handler may take whatever is sent.
                    [false, true, false]
                        if values::rejected_value(sent, None, there, is_json).is_none() => {}
                    // The form may send whatever the own handler takes.
                    [true, false, false]
                        if own.is_some_and(|own| {
                            values::rejected_value(own, Some(own), there, is_json).is_none()
                        }) => {}
                    _ => faults.push(value(true, None)),
                }
            }
        }
    }

    /// The faults of the fields within.
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
                // It ignores the whole field, whatever is in it.
                None => Some(Reads {
                    fields: &[],
                    unknown: UnknownFields::Ignore,
                }),
            };
            faults(sent, own, there, true)
        });
        found.map(|fault| Fault {
            field: format!("{}.{}", self.field.name, fault.field),
            ..fault
        })
    }
}

impl<'a> Reads<'a> {
    fn within(value: &'a Value) -> Option<Self> {
        match value {
            Value::Object {
                unknown_fields,
                fields,
            } => Some(Self {
                fields,
                unknown: *unknown_fields,
            }),
            _ => None,
        }
    }
}

impl Field {
    /// Whether a handler takes some value of this field of a form as `read`.
    fn may_be_read_as(&self, read: &Self, is_json: bool) -> bool {
        if is_json && self.many != read.many {
            return false;
        }
        if is_unknown(&self.value, is_json) || is_unknown(&read.value, is_json) {
            return true;
        }
        match (&self.value, Reads::within(&read.value)) {
            (Value::Object { fields, .. }, Some(own)) => takes_some(fields, own, true),
            _ => values::may_take(&self.value, &read.value, is_json),
        }
    }
}

/// Whether its values cannot be told: nothing is said of them, or they are fields in
/// a body that has no such thing.
fn is_unknown(value: &Value, is_json: bool) -> bool {
    match value {
        Value::NotDeclared => true,
        Value::Object { .. } => !is_json,
        _ => false,
    }
}
