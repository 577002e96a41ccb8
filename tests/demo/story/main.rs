//! The story of the README: builds the releases of the example app, and runs
//! `coexist check` on pairs of them.

use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, ExitCode};

use coexist_tests::releases::{
    IMPORTER, RELEASES, Release, V1_0_0, V1_1_0, V1_1_0_ALL_AT_ONCE, V1_2_0,
};
use coexist_tests::{Selection, build_coexist, workspace};

/// The checks, in the order of the story: old release, new release, what changes.
const QUESTIONS: [(Release, Release, &str); 4] = [
    (
        V1_0_0,
        V1_1_0_ALL_AT_ONCE,
        "The CSV form, its route and its handler are removed in one release.",
    ),
    (
        V1_0_0,
        V1_1_0,
        "Only the form is removed; the handler stays, and announces its removal.",
    ),
    (
        V1_1_0,
        V1_2_0,
        "Now the handler is removed: no page that is still open contains the form.",
    ),
    (
        V1_0_0,
        V1_2_0,
        "If 1.1.0 is skipped, pages of 1.0.0 with the form are still open.",
    ),
];

fn main() -> ExitCode {
    match tell(&mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _closed = writeln!(io::stderr().lock(), "story: {error}");
            ExitCode::from(2)
        }
    }
}

fn tell(to: &mut impl Write) -> io::Result<()> {
    writeln!(
        to,
        "Building coexist, and four releases of the importer (tests/examples/importer) …"
    )?;
    to.flush()?;
    let coexist = build_coexist(Selection::Users)?;
    for release in RELEASES {
        let program = IMPORTER.build(release)?;
        writeln!(to, "  {}", shown(&program))?;
        to.flush()?;
    }
    for (number, (old, new, what)) in (1..).zip(QUESTIONS) {
        let (old, new) = (IMPORTER.program(old), IMPORTER.program(new));
        writeln!(
            to,
            "\n{number}. {what}\n\n$ {} check {} {}\n",
            shown(&coexist),
            shown(&old),
            shown(&new)
        )?;
        to.flush()?;
        let status = Command::new(&coexist)
            .arg("check")
            .args([&old, &new])
            .status()?;
        writeln!(
            to,
            "(exit status {})",
            status.code().map_or("none".into(), |code| code.to_string())
        )?;
    }
    Ok(())
}

/// The path relative to the workspace's directory.
fn shown(path: &Path) -> String {
    path.strip_prefix(workspace())
        .unwrap_or(path)
        .display()
        .to_string()
}
