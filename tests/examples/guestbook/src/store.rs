//! The entries of this process. In an app with more than one node they would be in
//! a database.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::entries::NewEntry;

/// An entry, and its number in the book.
pub(crate) struct Entry {
    pub(crate) id: usize,
    pub(crate) content: NewEntry,
}

/// All entries. The numbers of deleted ones are not given again.
#[derive(Default)]
pub(crate) struct Store(Mutex<Book>);

#[derive(Default)]
struct Book {
    entries: BTreeMap<usize, Arc<Entry>>,
    last: usize,
}

impl Store {
    /// Adds an entry; returns its number.
    pub(crate) fn add(&self, content: NewEntry) -> usize {
        let mut book = self.lock();
        book.last += 1;
        let id = book.last;
        book.entries.insert(id, Arc::new(Entry { id, content }));
        id
    }

    pub(crate) fn get(&self, id: usize) -> Option<Arc<Entry>> {
        self.lock().entries.get(&id).cloned()
    }

    /// All entries, the oldest first.
    pub(crate) fn all(&self) -> Vec<Arc<Entry>> {
        self.lock().entries.values().cloned().collect()
    }

    /// Deletes an entry; says whether there was one.
    pub(crate) fn delete(&self, id: usize) -> bool {
        self.lock().entries.remove(&id).is_some()
    }

    fn lock(&self) -> MutexGuard<'_, Book> {
        // Nothing that holds the lock can leave the book half written.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
