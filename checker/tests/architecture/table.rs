//! The table of CONTRIBUTING.md that says which module of the checker may import which.

use std::collections::{BTreeMap, BTreeSet};

use crate::imports::Imports;

/// The heading above the table.
pub(crate) const HEADING: &str = "## Which module may import which";

/// Per module, the others that it may import.
pub(crate) type Table = BTreeMap<String, BTreeSet<String>>;

/// Reads the table: a row holds the module, what it is responsible for, and what it may import.
pub(crate) fn parse(markdown: &str) -> Table {
    let (_, section) = markdown.split_once(HEADING).expect(HEADING);
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let rows = rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
        let [module, _, imports] = cells[..] else {
            panic!("three cells are expected: {row}");
        };
        (
            quoted(module).remove(0),
            quoted(imports).into_iter().collect(),
        )
    });
    rows.collect()
}

/// The words between backticks.
fn quoted(cell: &str) -> Vec<String> {
    let parts = cell.split('`').skip(1).step_by(2);
    parts.map(str::to_owned).collect()
}

/// What in the imports of a crate is not as the table says, a line each.
pub(crate) fn violations(table: &Table, imports: &Imports) -> Vec<String> {
    let mut lines = Vec::new();
    for (module, targets) in imports {
        let Some(top) = module.first() else { continue };
        let Some(allowed) = table.get(top) else {
            lines.push(format!("`{top}` has no row in the table"));
            continue;
        };
        for target in targets {
            let other = target.first().filter(|other| *other != top);
            if let Some(other) = other.filter(|other| !allowed.contains(*other)) {
                let (module, target) = (module.join("::"), target.join("::"));
                lines.push(format!(
                    "`{module}` imports `{target}`, but `{top}` may not import `{other}`"
                ));
            }
        }
    }
    for module in table.keys().chain(table.values().flatten()) {
        if !imports.keys().any(|known| known.first() == Some(module)) {
            lines.push(format!("the table names `{module}`, which is not a module"));
        }
    }
    lines.extend(
        circle(table)
            .map(|module| format!("by the table, `{module}` may import itself through others")),
    );
    lines.sort();
    lines.dedup();
    lines
}

/// A module that the table lets import itself, through others.
fn circle(table: &Table) -> Option<&String> {
    table.keys().find(|module| {
        let mut reached: BTreeSet<&String> = BTreeSet::new();
        let mut open: Vec<&String> = vec![module];
        while let Some(next) = open.pop() {
            let targets = table.get(next).into_iter().flatten();
            open.extend(targets.filter(|target| reached.insert(target)));
        }
        reached.contains(module)
    })
}
