//! A table: what is declared, and what a reader makes of what arrives.

use std::fmt::Write as _;

use coexist_checker::registry::Reader;

use super::judged::{Judged, judge};

/// A declared type.
#[derive(Clone)]
pub(crate) struct Row {
    /// How it is written.
    pub(crate) declared: &'static str,
    /// The annotated function that reads it.
    pub(crate) handler: &'static str,
    /// A value that its field `k` takes.
    pub(crate) good: &'static str,
    /// Whether a reader reads these pairs into it; of JSON, the values are JSON.
    pub(crate) reads: fn(Reader, &[Pair<'_>]) -> bool,
}

/// The row of the type `Read` in a module, beside which `reads` reads it.
macro_rules! row {
    ($module:ident, $declared:literal, $good:literal) => {
        Row {
            declared: $declared,
            handler: concat!(module_path!(), "::", stringify!($module), "::take"),
            good: $good,
            reads: reads::<$module::Read>,
        }
    };
}
pub(crate) use row;

/// A name and a value.
pub(crate) type Pair<'a> = (&'a str, &'a str);

/// What arrives.
pub(crate) enum Arrival {
    /// These values under the name `k`.
    Values(&'static [&'static str]),
    /// The good value, once or twice: who may send several may also send one.
    Twice,
    /// The good value, and an unknown name.
    Unknown,
}

/// The columns of the tables.
const ARRIVALS: [(&str, Arrival); 13] = [
    ("none", Arrival::Values(&[])),
    ("empty", Arrival::Values(&[""])),
    ("a", Arrival::Values(&["a"])),
    ("ab", Arrival::Values(&["ab"])),
    ("3", Arrival::Values(&["3"])),
    ("-1", Arrival::Values(&["-1"])),
    ("300", Arrival::Values(&["300"])),
    ("0.5", Arrival::Values(&["0.5"])),
    ("on", Arrival::Values(&["on"])),
    ("true", Arrival::Values(&["true"])),
    ("' 3'", Arrival::Values(&[" 3"])),
    ("1, 2", Arrival::Twice),
    ("other", Arrival::Unknown),
];

/// The columns of the table of JSON.
const JSON_ARRIVALS: [(&str, Arrival); 10] = [
    ("none", Arrival::Values(&[])),
    ("\"\"", Arrival::Values(&["\"\""])),
    ("\"a\"", Arrival::Values(&["\"a\""])),
    ("\"3\"", Arrival::Values(&["\"3\""])),
    ("3", Arrival::Values(&["3"])),
    ("300", Arrival::Values(&["300"])),
    ("0.5", Arrival::Values(&["0.5"])),
    ("true", Arrival::Values(&["true"])),
    ("[ ]", Arrival::Twice),
    ("other", Arrival::Unknown),
];

impl Arrival {
    fn pairs<'a>(&'a self, row: &'a Row, is_json: bool) -> Vec<Pair<'a>> {
        let good = match row.good {
            "a" if is_json => "\"a\"",
            good => good,
        };
        match self {
            Self::Values(values) => values.iter().map(|value| ("k", *value)).collect(),
            Self::Twice => vec![("k", good); 2],
            Self::Unknown => vec![("k", good), ("other", "1")],
        }
    }
}

/// Asks the reader for each cell. `+` is read, `-` is rejected; `?` behind it: it is not decided
/// by what is declared.
pub(crate) fn table(reader: Reader, rows: &[Row]) -> String {
    let is_json = reader == Reader::SerdeJson;
    let arrivals: &[(&str, Arrival)] = if is_json { &JSON_ARRIVALS } else { &ARRIVALS };
    let width = rows.iter().map(|row| row.declared.len()).max().unwrap();
    let mut text = format!("{:width$}", "");
    for (name, _) in arrivals {
        write!(text, "{name:>6}").unwrap();
    }
    let mut wrong = Vec::new();
    for row in rows {
        write!(text, "\n{:width$}", row.declared).unwrap();
        for (name, arrival) in arrivals {
            let pairs = arrival.pairs(row, is_json);
            let is_read = (row.reads)(reader, &pairs)
                && (is_json
                    || !matches!(arrival, Arrival::Twice)
                    || (row.reads)(reader, &pairs[..1]));
            let judged = judge(row.handler, reader, &pairs);
            let is_right = match judged {
                Judged::Accepted => is_read,
                Judged::Rejected => !is_read,
                Judged::Undecided => true,
            };
            if !is_right {
                wrong.push(format!("{} · {name}: {judged:?}", row.declared));
            }
            let (sign, mark) = (
                if is_read { "+" } else { "-" },
                if judged == Judged::Undecided {
                    "?"
                } else {
                    " "
                },
            );
            write!(text, "{sign:>5}{mark}").unwrap();
        }
    }
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let text = lines.join("\n") + "\n";
    assert!(wrong.is_empty(), "{text}\n{}", wrong.join("\n"));
    text
}
