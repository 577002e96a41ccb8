//! What the reader says of a page is what a browser sends from it: Chromium, in tables
//! that `browser.mjs` writes.

#![cfg(feature = "read")]

mod claims;
mod table;

use coexist_html::Htmx;

use self::table::Table;

/// Looks at each page of a table, and shows where reader and browser differ.
fn agrees(table: &Table, htmx: Htmx) {
    let differences: Vec<String> = table
        .rows
        .iter()
        .flat_map(|row| {
            let all = claims::differences(row, htmx);
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
    agrees(&Table::read("browser.txt"), Htmx::Two);
}

#[test]
fn a_page_sends_what_htmx_2_sends() {
    agrees(&Table::read("htmx-2.txt"), Htmx::Two);
}

#[test]
fn a_page_sends_what_htmx_4_sends() {
    agrees(&Table::read("htmx-4.txt"), Htmx::Four);
}
