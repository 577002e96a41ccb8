//! The reader of pages: whatever the HTML and its branches, it returns within a bounded
//! number of steps, and what it shows of a tag obeys nobody's terminal.

#![no_main]

use coexist_html::{Arms, Place, Source, read_counting_steps};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut source = Source::new();
    let place = || Place { file: "fuzz".to_owned(), line: 1 };
    for piece in data.chunk_by(|one, other| *one > 7 && *other > 7) {
        match piece {
            [0 | 1] => source.open(Arms::OneOf),
            [2] => source.open(Arms::AtMostOne),
            [3] => source.open(Arms::AnyNumber),
            [4] => source.arm(),
            [5] => source.close(),
            [6] => source.hole("crate::a::PATH", place()),
            [7] => source.markup("a(b)", place()),
            html => source.text(&String::from_utf8_lossy(html), place()),
        }
    }
    let (forms, steps) = read_counting_steps(&source);
    assert!(steps <= 10_000_000 + 1_000 * data.len() as u64, "{steps} steps");
    for form in forms {
        assert!(!form.tag.chars().any(char::is_control), "{:?}", form.tag);
        assert!(!form.urls.is_empty());
    }
});
