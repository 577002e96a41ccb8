//! The directions in which the sources of this workspace import each other: those that
//! CONTRIBUTING.md draws for the checker, no circles of more than two files anywhere, and no
//! command that needs another command.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic fails the test, also in helper functions"
)]

mod circles;
mod imports;
mod recipes;
mod table;

use std::path::{Path, PathBuf};

use imports::{Imports, Module};

/// The crates whose sources are read, from the top of the workspace.
const CRATES: [&str; 6] = [
    "checker/src",
    "macros/src",
    "macros/html/src",
    "macros/source/src",
    "runtime/src",
    "tests/src",
];

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn of_crate(name: &str) -> Imports {
    imports::of_crate(&workspace().join(name))
}

#[test]
fn the_checker_imports_in_the_directions_of_the_table() {
    let markdown = std::fs::read_to_string(workspace().join("CONTRIBUTING.md")).unwrap();
    let violations = table::violations(&table::parse(&markdown), &of_crate("checker/src"));
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}

#[test]
fn no_more_than_two_files_import_each_other_in_a_circle() {
    let mut found = Vec::new();
    for name in CRATES {
        for circle in circles::circles(&of_crate(name)) {
            let files: Vec<String> = circle.iter().map(|file| file.join("::")).collect();
            found.push(format!("{name}: {}", files.join(", ")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The commands that import another command.
fn commands_that_need_others(imports: &Imports) -> Vec<(Module, Module)> {
    let command = |module: &Module| match &module[..] {
        [cli, commands, name, ..] if cli == "cli" && commands == "commands" => Some(name.clone()),
        _ => None,
    };
    let pairs = imports
        .iter()
        .flat_map(|(module, targets)| targets.iter().map(move |target| (module, target)));
    let pairs = pairs.filter(
        |(module, target)| match (command(module), command(target)) {
            (Some(one), Some(other)) => one != other,
            _ => false,
        },
    );
    pairs
        .map(|(module, target)| (module.clone(), target.clone()))
        .collect()
}

#[test]
fn no_command_imports_another_command() {
    assert_eq!(commands_that_need_others(&of_crate("checker/src")), []);
}

/// What the tests above would find in sources that do not keep the rules.
mod finds {
    use super::{circles, commands_that_need_others, imports, table};
    use crate::imports::Imports;

    fn of_texts(files: &[(&str, &str)]) -> Imports {
        imports::of_sources(&|name| {
            let file = files.iter().find(|(file, _)| *file == name);
            file.map(|(_, text)| (*text).to_owned())
        })
    }

    /// The imports of the file `a.rs`, beside which there are `b.rs` and `b/c.rs`.
    fn imports_of(text: &str) -> Vec<String> {
        let imports = of_texts(&[
            ("lib.rs", "mod a; mod b;"),
            ("a.rs", text),
            ("b.rs", "mod c;"),
            ("b/c.rs", ""),
        ]);
        let a = vec!["a".to_owned()];
        imports[&a].iter().map(|module| module.join("::")).collect()
    }

    #[test]
    fn imports_in_every_form() {
        for (text, expected) in [
            ("use crate::b::X;", &["b"][..]),
            ("use crate::b::c::X;", &["b::c"]),
            ("use crate::{b::{self, c::{X, Y}}};", &["b", "b::c"]),
            ("use super::b::c::X as Z;", &["b::c"]),
            ("pub(crate) use super::b::*;", &["b"]),
            ("fn f() { crate::b::c::g(); }", &["b::c"]),
            ("fn f(_: &super::b::X) {}", &["b"]),
            ("fn f() { println!(\"{}\", g(crate::b::c::X)); }", &["b::c"]),
            ("mod inner { use super::super::b::X; }", &["b"]),
            ("use std::fmt; use b::X; fn f() { std::b::g(); }", &[]),
            ("#[cfg(test)] mod tests { use crate::b::X; }", &[]),
            ("// use crate::b::X;", &[]),
        ] {
            assert_eq!(imports_of(text), expected, "{text}");
        }
    }

    #[test]
    fn a_child_that_its_parent_exports() {
        let imports = of_texts(&[
            ("main.rs", "mod a;"),
            ("a/mod.rs", "mod b; pub use b::X;"),
            ("a/b.rs", "use super::Y;"),
        ]);
        let [a, b] = [vec!["a".to_owned()], vec!["a".to_owned(), "b".to_owned()]];
        assert!(imports[&a].contains(&b) && imports[&b].contains(&a));
    }

    #[test]
    fn circles_of_three_files_but_not_of_two() {
        let circle = |c: &str| {
            let imports = of_texts(&[
                ("lib.rs", "mod a; mod b; mod c; mod d;"),
                ("a.rs", "use crate::b::X;"),
                ("b.rs", "use crate::c::X; use crate::d::X;"),
                ("c.rs", c),
                ("d.rs", "use crate::b::Y;"),
            ]);
            let found = circles::circles(&imports).into_iter();
            found
                .map(|circle| circle.concat().join(" "))
                .collect::<Vec<_>>()
        };
        assert_eq!(circle("use crate::a::X;"), ["a b c d"]);
        assert_eq!(circle(""), [""; 0]);
    }

    const TABLE: &str = "\
## Which module may import which

| module | what it is responsible for | may import |
| --- | --- | --- |
| `a` | one thing, not `c` | `b` |
| `b` | another thing | nothing |

## Next

| `x` | is not of it | `y` |
";

    fn violations(table: &str, b: &str) -> Vec<String> {
        let imports = of_texts(&[
            ("lib.rs", "mod a; mod b;"),
            ("a.rs", "use crate::b::X;"),
            ("b.rs", b),
        ]);
        table::violations(&table::parse(table), &imports)
    }

    #[test]
    fn imports_against_the_table() {
        assert_eq!(violations(TABLE, "use std::fmt;"), [""; 0]);
        assert_eq!(
            violations(TABLE, "use crate::a::X;"),
            ["`b` imports `a`, but `b` may not import `a`"]
        );
    }

    #[test]
    fn a_table_that_is_out_of_date_or_has_a_circle() {
        let without_b = TABLE.replace("| `b` | another thing | nothing |\n", "");
        assert_eq!(violations(&without_b, ""), ["`b` has no row in the table"]);
        let with_c = TABLE.replace("nothing", "`c`");
        assert_eq!(
            violations(&with_c, ""),
            ["the table names `c`, which is not a module"]
        );
        let circle = TABLE.replace("nothing", "`a`");
        assert_eq!(
            violations(&circle, ""),
            ["by the table, `a` may import itself through others"]
        );
    }

    #[test]
    fn a_command_that_needs_another_command() {
        let needed = |check: &str| {
            let imports = of_texts(&[
                ("lib.rs", "mod cli;"),
                ("cli/mod.rs", "mod commands; mod output;"),
                ("cli/output.rs", ""),
                ("cli/commands/mod.rs", "mod check; mod plan;"),
                ("cli/commands/check.rs", check),
                ("cli/commands/plan.rs", ""),
            ]);
            commands_that_need_others(&imports).len()
        };
        assert_eq!(needed("use super::plan::X;"), 1);
        assert_eq!(needed("use crate::cli::output::X;"), 0);
    }
}
