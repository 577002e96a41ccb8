//! The imports of this process. In an app with more than one node they would be
//! in a database.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::imports::Import;

/// All imports, the oldest first. A clone is another handle on the same ones.
#[derive(Clone, Default)]
pub(crate) struct Store(Arc<Mutex<Vec<Arc<Import>>>>);

impl Store {
    /// Adds an import; returns its number.
    pub(crate) fn add(&self, import: Import) -> usize {
        let mut imports = self.lock();
        imports.push(Arc::new(import));
        imports.len()
    }

    /// The import with this number.
    pub(crate) fn get(&self, id: usize) -> Option<Arc<Import>> {
        self.lock().get(id.checked_sub(1)?).cloned()
    }

    /// All imports with their numbers, the newest first.
    pub(crate) fn newest_first(&self) -> Vec<(usize, Arc<Import>)> {
        let imports = self.lock();
        let numbered = imports
            .iter()
            .enumerate()
            .map(|(at, import)| (at + 1, Arc::clone(import)));
        numbered.rev().collect()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Arc<Import>>> {
        // Pushing leaves nothing half done: what a panic left behind is good.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
