//! The live demo of the README's story: rolls out releases of the example app while users
//! fill in its form, and counts the submissions that fail.

mod balancer;
mod demo;
mod expected;
mod http;
mod node;
mod page;
mod params;
mod processes;
mod run;
mod screen;
mod signals;
mod state;
mod users;
mod view;

use std::io::{self, ErrorKind, IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, ValueEnum};
use coexist_tests::releases::{IMPORTER, Release, V1_0_0, V1_1_0, V1_1_0_ALL_AT_ONCE, V1_2_0};
use demo::{Builds, Ending};
use node::Build;
use params::{BalancerKind, Params};
use screen::{Screen, Style};
use terminal_size::{Height, Width, terminal_size};

/// Rolls out the next release of the example app while users fill in its form: first in one
/// release, then in several.
///
/// Exit status 0: submissions failed in the first run, and none failed in the second. 1: the
/// result was different. 2: the demo could not run.
#[derive(Parser)]
#[command(name = "cargo roll", bin_name = "cargo roll --")]
struct Args {
    /// Nodes behind the balancer.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(2..=20))]
    nodes: u32,
    /// Seconds that the rollout of all nodes takes.
    #[arg(long, default_value = "12", value_parser = seconds)]
    roll: Duration,
    /// New users per second.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=500))]
    visits: u32,
    /// Seconds that the slowest user needs for the form; the fastest needs a quarter of it.
    #[arg(long, default_value = "2", value_parser = seconds)]
    dwell: Duration,
    /// The load balancer [default: haproxy if it is in PATH, else built-in].
    #[arg(long)]
    balancer: Option<Chosen>,
    /// Runs the releases as they were built before.
    #[arg(long)]
    no_build: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Chosen {
    Haproxy,
    BuiltIn,
}

fn main() -> ExitCode {
    let args = Args::parse();
    match show(&args.params(), args.no_build) {
        Ok(Ending::AsExpected) => ExitCode::SUCCESS,
        Ok(Ending::Otherwise(why)) => {
            say(&why);
            ExitCode::from(1)
        }
        // The exit status that shells report for a signal.
        Ok(Ending::Interrupted(signal)) => {
            ExitCode::from(u8::try_from(128 + signal).unwrap_or(u8::MAX))
        }
        // The reader of the output is gone.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            say(&error.to_string());
            ExitCode::from(2)
        }
    }
}

fn show(params: &Params, no_build: bool) -> io::Result<Ending> {
    let mut stdout = io::stdout();
    if !no_build {
        writeln!(
            stdout,
            "Building four releases of the importer (tests/examples/importer) …"
        )?;
        stdout.flush()?;
    }
    let build = |release| build(release, no_build);
    let builds = Builds {
        first: build(V1_0_0)?,
        all_at_once: build(V1_1_0_ALL_AT_ONCE)?,
        without_form: build(V1_1_0)?,
        without_handler: build(V1_2_0)?,
    };
    let style = has_room(params).then(|| Style {
        color: std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    });
    writeln!(stdout)?;
    let mut screen = Screen::new(stdout, style);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(demo::run(params, &builds, &mut screen))
}

fn build(release: Release, no_build: bool) -> io::Result<Build> {
    let program = if no_build {
        let program = IMPORTER.program(release);
        if !program.is_file() {
            let program = program.display();
            let why = format!("{program} is not there: run without `--no-build` once");
            return Err(io::Error::new(ErrorKind::NotFound, why));
        }
        program
    } else {
        IMPORTER.build(release)?
    };
    Ok(Build {
        version: release.version,
        program,
    })
}

/// Whether the view can be drawn on the output.
fn has_room(params: &Params) -> bool {
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let size = terminal_size();
    let has_room = |(Width(columns), Height(rows))| {
        Screen::<io::Stdout>::has_room(columns, rows, params.nodes)
    };
    io::stdout().is_terminal() && !is_dumb && size.is_some_and(has_room)
}

fn say(why: &str) {
    let _closed = writeln!(io::stderr().lock(), "roll: {why}");
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "expected a number".to_owned())?;
    match seconds {
        0.1..=600.0 => Ok(Duration::from_secs_f64(seconds)),
        _ => Err("expected 0.1 to 600 seconds".to_owned()),
    }
}

impl Args {
    fn params(&self) -> Params {
        Params {
            nodes: self.nodes,
            roll: self.roll,
            visits_per_second: f64::from(self.visits),
            dwell: (self.dwell / 4, self.dwell),
            balancer: self.balancer.map(|chosen| match chosen {
                Chosen::Haproxy => BalancerKind::HaProxy,
                Chosen::BuiltIn => BalancerKind::BuiltIn,
            }),
        }
    }
}
