//! Finds what stands around the function that is being expanded. The file is read once for all of
//! its functions, and only where something may stand around one.

use coexist_source::surroundings::{SourceFile, Surroundings};
use coexist_source::uses::Uses;
use proc_macro2::{Ident, Span};
use syn::spanned::Spanned as _;

use crate::files::Files;

static FILES: Files<SourceFile> = Files::new();

/// What stands around the function of this name, whose `#[handler]` is being expanded; nothing if
/// that cannot be found out.
pub(crate) fn around(name: &Ident) -> Surroundings {
    let found = FILES.ask(name.span(), SourceFile::new, |file| {
        if is_at_margin() && !file.may_hold_routes() {
            return None;
        }
        let line = name.span().unwrap().line();
        file.around(&name.to_string(), line).cloned()
    });
    found.flatten().unwrap_or_default()
}

/// Whether the attribute that is being expanded stands at the left margin, where nothing contains
/// the annotated item.
fn is_at_margin() -> bool {
    Span::call_site().unwrap().column() == 1
}

/// The whole path of an extractor, according to the `use` declarations of the file in which it is
/// written; `None` if that is no known one.
pub(crate) fn extractor(written: &syn::Path) -> Option<Vec<String>> {
    static USES: Files<Uses> = Files::new();
    let segments = written.segments.iter();
    let path: Vec<String> = segments.map(|segment| segment.ident.to_string()).collect();
    if written.leading_colon.is_some() {
        return Uses::default().extractor(&path);
    }
    let of_text = |text: String| Uses::of(&text);
    let found = USES.ask(written.span(), of_text, |uses| uses.extractor(&path));
    found.unwrap_or_else(|| Uses::default().extractor(&path))
}
