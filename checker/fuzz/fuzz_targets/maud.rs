//! The reader of maud's markup: whatever the tokens, it returns a page that can be read
//! within a bounded number of steps, or says that they are nested too deeply.

#![no_main]

use coexist_html::{Place, maud, read_counting_steps};
use libfuzzer_sys::fuzz_target;
use proc_macro2::TokenStream;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(tokens) = text.parse::<TokenStream>() else { return };
    let inner = maud::calls(tokens.clone());
    for markup in [tokens].into_iter().chain(inner) {
        let Ok(page) = maud::read(markup, &|_| Place::default(), &|_| false) else { continue };
        let (_, steps) = read_counting_steps(&page);
        assert!(steps <= 10_000_000 + 10_000 * data.len() as u64, "{steps} steps");
    }
});
