//! What the reader says of a page is what a browser sends from it: Chromium, in tables
//! that `browser.mjs` writes.

#![cfg(feature = "read")]

mod claims;
mod table;

use self::table::Table;

/// Looks at each page of a table, and shows where reader and browser differ.
fn agrees(table: &Table) {
    let differences: Vec<String> = table
        .rows
        .iter()
        .flat_map(|row| {
            let all = claims::differences(row);
            all.into_iter()
                .map(|difference| format!("{}\n    {difference}", row.page))
        })
        .collect();
    assert!(
        differences.is_empty(),
        "{} differences:\n{}",
        differences.len(),
        differences.join("\n")
    );
}

#[test]
fn a_page_sends_what_chromium_sends() {
    agrees(&Table::read("browser.txt"));
}
