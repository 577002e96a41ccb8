//! How long it takes to judge, and how much longer if the input is twice as large: about 2 is
//! right, 4 is a defect.
//!
//! `cargo bench --package coexist-checker --bench judging`
//!
//! The shapes are those that once took a time that grew with their square, and builds of
//! ordinary shape. Steps are what the budget of a judgement counts.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![allow(
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a benchmark that cannot go on says why, and its numbers are small"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use coexist_checker::config;
use coexist_checker::judge::{check, counting_steps};
use coexist_checker::model::Policy;
use coexist_checker::plan::plan;
use coexist_checker::registry::{Registry, snapshot};

/// How many times each input is judged; the least time counts. Inputs of both sizes take turns,
/// so that a busy machine slows both.
const RUNS: usize = 5;

/// An old and a new build, and the policy.
type Input = (Registry, Registry, Policy);

/// A shape: its name, its size at first, and what makes it.
type Shape = (&'static str, usize, fn(usize) -> Input);

const SHAPES: [Shape; 9] = [
    ("handlers and forms of ordinary shape", 10_000, ordinary),
    (
        "forms to /{x} against ten times as many literals",
        200,
        holes,
    ),
    ("renamed fields", 2_000, renamed),
    ("fields with 50 aliases each", 200, aliased),
    ("choices with ignore_case", 15_000, choices),
    ("targets of 400 forms", 200, targets),
    ("waivers", 10_000, waivers),
    ("apps", 5_000, apps),
    ("parameters in one place", 5_000, parameters),
];

fn main() {
    for (name, size, make) in SHAPES {
        report(name, size, make, |(old, new, policy)| {
            black_box(check(old, new, policy).unwrap());
        });
    }
    report("plan of renamed handlers", 1_000, handlers, |input| {
        black_box(plan(&input.0, &input.1, &input.2).unwrap());
    });
    for (name, size, make) in [
        (
            "reading waivers",
            10_000,
            waiver_file as fn(usize) -> String,
        ),
        ("reading apps", 5_000, app_file),
        ("reading unknown keys", 50_000, unknown_keys),
    ] {
        report(name, size, make, |text| {
            let _policy = black_box(config::parse(text, "coexist.toml"));
        });
    }
}

/// Prints how long it takes, and how much longer for an input of twice the size.
fn report<T>(name: &str, size: usize, make: fn(usize) -> T, run: fn(&T)) {
    let (one, other) = (make(size), make(2 * size));
    let runs = (0..RUNS).map(|_| (measure(&one, run), measure(&other, run)));
    let (once, twice): (Vec<_>, Vec<_>) = runs.unzip();
    let [once, twice] = [once, twice].map(|runs| runs.into_iter().min().unwrap());
    println!(
        "{name}, {size}: {:.1} ms, then {:.1} ms: {:.2} times as long, {:.2} times the {} steps",
        once.0.as_secs_f64() * 1e3,
        twice.0.as_secs_f64() * 1e3,
        twice.0.as_secs_f64() / once.0.as_secs_f64(),
        twice.1 as f64 / once.1.max(1) as f64,
        once.1,
    );
}

fn measure<T>(input: &T, run: fn(&T)) -> (Duration, u64) {
    let start = Instant::now();
    let ((), steps) = counting_steps(|| run(input));
    (start.elapsed(), steps)
}

fn list(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect::<Vec<_>>().join(",")
}

fn registry(version: &str, handlers: &str, forms: &str) -> Registry {
    let json = format!(
        r#"{{"format":1,"release":{{"name":"app","version":"{version}"}},
            "handlers":[{handlers}],"forms":[{forms}]}}"#
    );
    snapshot::read(json.as_bytes()).unwrap()
}

/// Two builds of these items, the second with a handler more.
fn pair(handlers: &str, forms: &str) -> Input {
    let more = r#"{"id":"app::more","method":"POST","path":"/more/more"}"#;
    (
        registry("1.0.0", handlers, forms),
        registry("1.1.0", &format!("{handlers},{more}"), forms),
        Policy::default(),
    )
}

fn field(name: &str, rest: &str) -> String {
    format!(r#"{{"name":"{name}","type":"text"{rest}}}"#)
}

fn one_handler(fields: &str) -> String {
    format!(r#"{{"id":"app::h","method":"POST","path":"/","fields":[{fields}]}}"#)
}

fn one_form(fields: &str) -> String {
    format!(r#"{{"id":"app::f","posts_to":[{{"method":"POST","path":"/"}}],"fields":[{fields}]}}"#)
}

fn ordinary(size: usize) -> Input {
    let (required, always) = (
        field("a", r#","required":true"#),
        field("a", r#","always":true"#),
    );
    let endpoint = |number| format!(r#""method":"POST","path":"/a{number}/{{id}}""#);
    let handlers = list(size, |number| {
        let endpoint = endpoint(number);
        format!(r#"{{"id":"app::h{number}",{endpoint},"fields":[{required}]}}"#)
    });
    let forms = list(size, |number| {
        let endpoint = endpoint(number);
        format!(r#"{{"id":"app::f{number}","posts_to":[{{{endpoint}}}],"fields":[{always}]}}"#)
    });
    pair(&handlers, &forms)
}

fn holes(size: usize) -> Input {
    let handlers = list(10 * size, |number| {
        format!(r#"{{"id":"app::h{number}","method":"POST","path":"/l{number}"}}"#)
    });
    let forms = list(size, |number| {
        format!(
            r#"{{"id":"app::f{number}","posts_to":[{{"method":"POST","path":"/{{x{number}}}"}}]}}"#
        )
    });
    pair(&handlers, &forms)
}

fn renamed(size: usize) -> Input {
    let fields = |prefix: &str, key: &str| {
        list(size, |number| {
            field(&format!("{prefix}{number}"), &format!(r#","{key}":true"#))
        })
    };
    let [old, new] = ["a", "b"].map(|prefix| one_handler(&fields(prefix, "required")));
    let form = one_form(&fields("a", "always"));
    (
        registry("1.0.0", &old, &form),
        registry("1.1.0", &new, &form),
        Policy::default(),
    )
}

fn aliased(size: usize) -> Input {
    let handler = |many| {
        one_handler(&list(size, |number| {
            let aliases = list(50, |alias| format!(r#""a{number}_{alias}""#));
            field(
                &format!("n{number}"),
                &format!(r#","aliases":[{aliases}],"many":{many}"#),
            )
        }))
    };
    let form = one_form(&list(size, |number| {
        list(50, |alias| field(&format!("a{number}_{alias}"), ""))
    }));
    (
        registry("1.0.0", &handler(false), &form),
        registry("1.1.0", &handler(true), &form),
        Policy::default(),
    )
}

fn choices(size: usize) -> Input {
    let handler = |ignore_case| {
        let choices = list(size, |number| format!(r#""c{number}""#));
        one_handler(&format!(
            r#"{{"name":"a","type":"choice","choices":[{choices}],"ignore_case":{ignore_case}}}"#
        ))
    };
    let form = one_form(&field("a", r#","always":true"#));
    (
        registry("1.0.0", &handler(true), &form),
        registry("1.1.0", &handler(false), &form),
        Policy::default(),
    )
}

fn targets(size: usize) -> Input {
    let handlers = list(size, |number| {
        format!(r#"{{"id":"app::h{number}","method":"POST","path":"/l{number}"}}"#)
    });
    let targets = list(size, |number| {
        format!(r#"{{"method":"POST","path":"/l{number}"}}"#)
    });
    let forms = list(400, |number| {
        format!(r#"{{"id":"app::f{number}","posts_to":[{targets}]}}"#)
    });
    pair(&handlers, &forms)
}

fn waiver_file(size: usize) -> String {
    let waivers = (0..size).map(|number| {
        format!(
            "[[waivers]]\nrule = \"form-dangling\"\nendpoint = \"POST /lost/{number}\"\n\
             reason = \"why\"\nexpires = \"2.0.0\"\n"
        )
    });
    waivers.collect()
}

fn waivers(size: usize) -> Input {
    let forms = list(size, |number| {
        format!(
            r#"{{"id":"app::f{number}","posts_to":[{{"method":"POST","path":"/lost/{number}"}}]}}"#
        )
    });
    let handler = r#"{"id":"app::h","method":"POST","path":"/h"}"#;
    let (old, new, _) = pair(handler, &forms);
    let policy = config::parse(&waiver_file(size), "coexist.toml").unwrap();
    (old, new, policy)
}

fn app_file(size: usize) -> String {
    let apps = (0..size).map(|number| {
        format!("[apps.a{number}]\npaths = [\"/a\"]\nhosts = [\"a{number}.example\"]\n")
    });
    apps.collect()
}

fn apps(size: usize) -> Input {
    let form = r#"{"id":"app::f","posts_to":[
        {"method":"POST","path":"/a/b","elsewhere":true,"host":"a7.example"}]}"#;
    let (old, new, _) = pair(r#"{"id":"app::h","method":"POST","path":"/h"}"#, form);
    let policy = config::parse(&app_file(size), "coexist.toml").unwrap();
    (old, new, policy)
}

fn parameters(size: usize) -> Input {
    let handlers = list(size, |number| {
        format!(r#"{{"id":"app::h{number}","method":"POST","path":"/a{number}-{{x}}"}}"#)
    });
    let form = r#"{"id":"app::f","posts_to":[{"method":"POST","path":"/a7-8"}]}"#;
    pair(&handlers, form)
}

fn unknown_keys(size: usize) -> String {
    let keys = (0..size).map(|number| format!("k{number} = 1"));
    keys.collect::<Vec<_>>().join("\n")
}

/// Handlers that each require a field by another name than before.
fn handlers(size: usize) -> Input {
    let build = |version, name: &str| {
        let endpoint = |number| format!(r#""method":"POST","path":"/a{number}""#);
        let handlers = list(size, |number| {
            let (endpoint, field) = (endpoint(number), field(name, r#","required":true"#));
            format!(r#"{{"id":"app::h{number}",{endpoint},"fields":[{field}]}}"#)
        });
        let forms = list(size, |number| {
            let (endpoint, field) = (endpoint(number), field(name, r#","always":true"#));
            format!(r#"{{"id":"app::f{number}","posts_to":[{{{endpoint}}}],"fields":[{field}]}}"#)
        });
        registry(version, &handlers, &forms)
    };
    (build("1.0.0", "a"), build("1.1.0", "b"), Policy::default())
}
