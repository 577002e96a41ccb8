//! What shows only on really built programs.

mod guard;
mod importer;
mod records;
