//! What is known of source files. Macros see the tokens of one item; what stands around it is read
//! from its file, once for all items.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use proc_macro2::Span;

/// What is known of each file. Tokens do not outlive the macro that reads them, so they cannot be
/// kept here.
pub(crate) struct Files<T>(Mutex<Option<HashMap<PathBuf, T>>>);

impl<T> Files<T> {
    /// Nothing yet.
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(None))
    }

    /// Asks what is known of the file that contains a token. `read` makes it of the file's text,
    /// which is empty if the file cannot be read. `None` if the file is unknown.
    pub(crate) fn ask<R>(
        &self,
        token: Span,
        read: impl FnOnce(String) -> T,
        question: impl FnOnce(&mut T) -> R,
    ) -> Option<R> {
        if !proc_macro::is_available() {
            return None;
        }
        let path = token.unwrap().local_file()?;
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of_file = known
            .get_or_insert_default()
            .entry(path)
            .or_insert_with_key(|path| read(std::fs::read_to_string(path).unwrap_or_default()));
        Some(question(of_file))
    }
}
