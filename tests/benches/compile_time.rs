//! What annotations cost the compiler: `cargo check` of an axum app with 1,000
//! handlers, each with a form and a type of six fields: without annotations; with
//! those of coexist; with the same, but so that the compiler compares no form with its
//! handler; with forms that are read out of HTML; and with those of utoipa, which
//! document the same.
//!
//! Each is checked in turn, several times; the least time of each counts, since
//! all that disturbs a measurement makes it longer.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::io;
use std::time::{Duration, Instant};

use coexist_tests::generate::{Annotated, axum_app, package};
use coexist_tests::{cargo, succeed, target};

const HANDLERS: usize = 1000;
const ROUNDS: usize = 3;
const DEPENDENCIES: &str = "axum = \"0.8\"\nserde = { version = \"1\", features = [\"derive\"] }\n\
                            utoipa = \"6\"\n";

fn main() -> io::Result<()> {
    let variants = [
        Annotated::No,
        Annotated::Coexist,
        Annotated::Unchecked,
        Annotated::Html,
        Annotated::Utoipa,
    ];
    let mut least = [Duration::MAX; 5];
    // The first round builds the dependencies, and does not count.
    for round in 0..=ROUNDS {
        for (variant, least) in variants.into_iter().zip(&mut least) {
            let time = check(variant)?;
            if round > 0 {
                *least = time.min(*least);
                println!("round {round}: {variant:?} {:.2} s", time.as_secs_f64());
            }
        }
    }
    let [base, others @ ..] = least.map(|time| time.as_secs_f64() * 1000.0);
    let handlers = f64::from(u32::try_from(HANDLERS).unwrap_or(u32::MAX));
    let [coexist, unchecked, html, utoipa] = others.map(|time| (time - base) / handlers);
    println!("\ncargo check of {HANDLERS} handlers with a form and six fields each");
    println!("  without annotations      {:.2} s", base / 1000.0);
    println!("  coexist adds             {coexist:.2} ms a handler");
    println!("    of that, the checks    {:.2} ms", coexist - unchecked);
    println!("  forms read out of HTML   {html:.2} ms a handler");
    println!("  utoipa adds              {utoipa:.2} ms a handler");
    println!("  coexist : utoipa         {:.2}", coexist / utoipa);
    Ok(())
}

fn check(variant: Annotated) -> io::Result<Duration> {
    let code = axum_app(HANDLERS, variant);
    let folder = package("compile-time", DEPENDENCIES, "lib.rs", &code)?;
    let mut cargo = cargo(&folder);
    cargo
        .args(["check", "--quiet", "--target-dir"])
        .arg(target().join("bench/target"));
    cargo.env("CARGO_INCREMENTAL", "0");
    let begin = Instant::now();
    succeed(&mut cargo)?;
    Ok(begin.elapsed())
}
