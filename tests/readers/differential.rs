//! Random structs, random submissions, and each of serde's readers: what is judged must be what
//! the reader does.
//!
//! The structs are in `generated.rs`, which `write_structs` writes. CONTRIBUTING.md has the commands
//! for other ones, and for more.

use std::fmt::Write as _;
use std::process::Command;

use coexist_checker::registry::Reader;
use fastrand::Rng;

use super::generated::ROWS;
use super::judged::{Judged, judge};
use super::table::{Pair, Row};

/// A number that the environment states, or another one.
fn stated(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap())
}

const NAMES: [&str; 5] = ["k", "name", "count", "tags", "other"];
const VALUES: [&str; 11] = [
    "", "a", "ab", "3", "-1", "300", "0.5", "on", "true", " 3", "1e3",
];
const READERS: [Reader; 3] = [
    Reader::SerdeUrlencoded,
    Reader::SerdeHtmlForm,
    Reader::SerdeQs,
];

#[test]
fn differential() {
    let mut rng = Rng::with_seed(stated("SEED", 0));
    let submissions = stated("SUBMISSIONS", 20);
    let (mut wrong, mut all, mut undecided) = (Vec::new(), 0, 0);
    for row in ROWS {
        for _ in 0..submissions {
            let pairs = submission(&mut rng);
            for reader in READERS {
                let is_read = is_read(row, reader, &pairs, 0);
                let judged = judge(row.handler, reader, &pairs);
                all += 1;
                undecided += usize::from(judged == Judged::Undecided);
                if judged != Judged::Undecided && (judged == Judged::Accepted) != is_read {
                    let name = reader.name();
                    wrong.push(format!("{} · {name} · {pairs:?}: {judged:?}", row.declared));
                }
            }
        }
    }
    println!(
        "{all} submissions, {undecided} undecided, {} wrong",
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(undecided * 3 < all, "{undecided} of {all} are undecided");
}

/// Names and values; what is there twice stands together.
fn submission(rng: &mut Rng) -> Vec<Pair<'static>> {
    let mut pairs = Vec::new();
    for name in NAMES {
        if rng.u8(0..10) < 6 {
            let pair = (name, VALUES[rng.usize(0..VALUES.len())]);
            pairs.push(pair);
            if rng.u8(0..8) == 0 {
                pairs.push(pair);
            }
        }
    }
    pairs
}

/// Whether it is read, also where what is there twice, from this position on, is there once.
fn is_read(row: &Row, reader: Reader, pairs: &[Pair<'_>], from: usize) -> bool {
    let mut positions = from.max(1)..pairs.len();
    match positions.find(|at| pairs[*at].0 == pairs[at - 1].0) {
        None => (row.reads)(reader, pairs),
        Some(at) => {
            let once = [&pairs[..at], &pairs[at + 1..]].concat();
            is_read(row, reader, pairs, at + 1) && is_read(row, reader, &once, at)
        }
    }
}

#[test]
#[ignore = "writes `generated.rs`"]
fn write_structs() {
    let mut rng = Rng::with_seed(stated("SEED", 0));
    let mut text = String::from(
        "//! Random structs, which `differential.rs` writes.\n\n\
         use coexist::Fields;\nuse serde::Deserialize;\n\n\
         use super::serde::reads;\nuse super::table::Row;\n\n\
         #[derive(Default, Deserialize, Fields)]\n#[serde(rename_all = \"lowercase\")]\n\
         enum Choice { #[default] A, On }\n\n\
         #[derive(Default, Deserialize, Fields)]\nstruct Number(u8);\n\n",
    );
    let mut rows = String::from("pub(crate) const ROWS: &[Row] = &[\n");
    for number in 0..stated("STRUCTS", 25) {
        writeln!(text, "mod s{number} {{\nuse super::*;\n").unwrap();
        let inner = rng.bool();
        if inner {
            let deny = rng.u8(0..4) == 0;
            text.push_str(&item(
                &mut rng,
                "struct Inner",
                &["count", "tags"],
                deny,
                None,
            ));
        }
        let flattened = inner.then(|| rng.u8(0..3) == 0);
        let names: &[&str] = if inner {
            &["k", "name"]
        } else {
            &["k", "name", "count", "tags"]
        };
        let deny = rng.u8(0..4) == 0;
        text.push_str(&item(
            &mut rng,
            "pub(super) struct Read",
            names,
            deny,
            flattened,
        ));
        writeln!(
            text,
            "#[coexist::handler(POST \"/\", since = \"1.0.0\", reader = \"serde_urlencoded\", \
             accepts = Read)]\nfn take() {{}}\n}}\n"
        )
        .unwrap();
        writeln!(
            rows,
            "Row {{ declared: \"s{number}\", handler: \"readers::generated::s{number}::take\", \
             good: \"3\", reads: reads::<s{number}::Read> }},"
        )
        .unwrap();
    }
    text.push_str(&rows);
    text.push_str("];\n");
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/readers/generated.rs");
    std::fs::write(file, text).unwrap();
    let formatted = Command::new("rustfmt")
        .args(["--edition", "2024", file])
        .status();
    assert!(formatted.unwrap().success());
}

/// A struct with some of these fields.
fn item(
    rng: &mut Rng,
    opening: &str,
    names: &[&str],
    deny: bool,
    flattened: Option<bool>,
) -> String {
    let mut text = String::from("#[derive(Deserialize, Fields)]\n");
    if deny {
        text.push_str("#[serde(deny_unknown_fields)]\n");
    }
    writeln!(text, "{opening} {{").unwrap();
    for name in names {
        let (attribute, ident) = match rng.u8(0..8) {
            0 => ("#[serde(default)]\n".to_owned(), *name),
            1 => (format!("#[serde(rename = \"{name}\")]\n"), "renamed"),
            2 => (format!("#[serde(alias = \"{name}\")]\n"), "aliased"),
            3 => continue,
            _ => (String::new(), *name),
        };
        let ident = if ident == *name {
            ident.to_owned()
        } else {
            format!("{ident}_{name}")
        };
        writeln!(text, "{attribute}{ident}: {},", ty(rng)).unwrap();
    }
    match flattened {
        Some(true) => text.push_str("#[serde(flatten)]\ninner: Option<Inner>,\n"),
        Some(false) => text.push_str("#[serde(flatten)]\ninner: Inner,\n"),
        None => {}
    }
    text.push_str("}\n\n");
    text
}

fn ty(rng: &mut Rng) -> String {
    let types = [
        "String", "String", "char", "bool", "u8", "i32", "f64", "Choice", "Number", "Box<u8>",
    ];
    let ty = types[rng.usize(0..types.len())];
    match rng.u8(0..8) {
        0..=2 => format!("Option<{ty}>"),
        3 => format!("Vec<{ty}>"),
        _ => ty.to_owned(),
    }
}
