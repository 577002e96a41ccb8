//! What the reader says of a page is what a browser sends from it: Chromium, in tables
//! that `browser.mjs` writes.

#![cfg(feature = "read")]
#![expect(
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::panic,
    reason = "the helpers of a test are part of it"
)]

mod claims;
mod limits;
mod random;
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

/// Where random pages stand, on which `browser.mjs` writes what is sent.
fn random_table() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("random-pages.txt")
}

#[test]
#[ignore = "CONTRIBUTING.md says how a browser looks at what this writes"]
fn random_pages_are_written() {
    let number = |name: &str, default: u64| {
        let text = std::env::var(name).unwrap_or_default();
        text.parse().unwrap_or(default)
    };
    let count = usize::try_from(number("PAGES", 2_000)).unwrap();
    let pages = random::pages(count, number("SEED", 1));
    let path = random_table();
    std::fs::write(&path, pages.join("\n") + "\n").unwrap();
    println!("{count} pages: {}", path.display());
}

#[test]
#[ignore = "CONTRIBUTING.md says how a browser looks at what this reads"]
fn random_pages_send_what_chromium_sends() {
    agrees(&Table::read(random_table()), Htmx::Two);
}
