//! How long it takes to read pages of many conditions, and how much longer if there are
//! twice as many: about 2 is right, 4 is a defect.
//!
//! `cargo bench --package coexist-html --bench conditions`

#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::time::{Duration, Instant};

use coexist_html::{Arms, Place, Source, read_counting_steps};

/// How many conditions a page has at first.
const CONDITIONS: usize = 2_000;

/// How many times each page is read; the least time counts. Pages of both sizes take turns, so
/// that a busy machine slows both.
const RUNS: usize = 9;

/// Appends what is repeated in a page.
type Repeated = fn(&mut Source);

fn main() {
    let shapes: [(&str, Repeated); 4] = [
        ("options under nested conditions", |page| {
            page.open(Arms::AtMostOne);
            either(page, "<option value=1>1</option>", "<option value=2>2");
            page.close();
        }),
        ("options under if and else", |page| {
            either(page, "<option>1", "<option>2");
        }),
        ("fields under conditions", |page| {
            either(page, "<input name=a>", "<input name=b>");
        }),
        ("attributes under conditions", |page| {
            html(page, "<input name=a");
            either(page, " checked", " disabled");
            html(page, ">");
        }),
    ];
    for (name, repeated) in shapes {
        let (once, twice) = measure(repeated);
        println!(
            "{name}: {:.1} ms, then {:.1} ms: {:.2} times as long, {:.2} times the steps",
            once.0.as_secs_f64() * 1e3,
            twice.0.as_secs_f64() * 1e3,
            twice.0.as_secs_f64() / once.0.as_secs_f64(),
            as_number(twice.1) / as_number(once.1),
        );
    }
}

/// The time and the steps that a page takes, and one of twice the size.
fn measure(repeated: Repeated) -> ((Duration, u64), (Duration, u64)) {
    let page = |times: usize| {
        let mut page = Source::new();
        html(&mut page, "<form action=/a><select name=s>");
        (0..times * CONDITIONS).for_each(|_| repeated(&mut page));
        html(&mut page, "</form>");
        page
    };
    let read = |page: &Source| {
        let start = Instant::now();
        let (_, steps) = read_counting_steps(page);
        (start.elapsed(), steps)
    };
    let (once, twice) = (page(1), page(2));
    let runs = (0..RUNS).map(|_| (read(&once), read(&twice)));
    let (once, twice): (Vec<_>, Vec<_>) = runs.unzip();
    let least = |runs: Vec<_>| runs.into_iter().min().unwrap_or_default();
    (least(once), least(twice))
}

fn as_number(steps: u64) -> f64 {
    u32::try_from(steps).map_or(f64::INFINITY, f64::from)
}

fn html(page: &mut Source, html: &str) {
    page.text(html, Place::default());
}

fn either(page: &mut Source, one: &str, other: &str) {
    page.open(Arms::OneOf);
    html(page, one);
    page.arm();
    html(page, other);
    page.close();
}
