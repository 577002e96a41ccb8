//! The reader of askama's templates: whatever the source, it returns a page that can be
//! read within a bounded number of steps, or an error that obeys nobody's terminal.

#![no_main]

use std::path::Path;

use coexist_html::askama::{Template, read};
use coexist_html::read_counting_steps;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let template = Template {
        source: Some(String::from_utf8_lossy(data).into_owned()),
        ext: Some("html".to_owned()),
        ..Template::default()
    };
    match read(&template, Path::new("/nowhere")) {
        Ok(page) => {
            let (_, steps) = read_counting_steps(&page.source);
            // A template renders a limited multiple of what it holds.
            assert!(steps <= 500_000_000, "{steps} steps");
        }
        Err(error) => {
            let shown = error.to_string();
            assert!(!shown.chars().any(char::is_control), "{shown:?}");
        }
    }
});
