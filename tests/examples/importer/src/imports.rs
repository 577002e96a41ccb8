//! What an import is, whichever importer made it.

#[cfg(feature = "csv-handler")]
pub(crate) mod csv;
pub(crate) mod json;

use serde::Deserialize;

use crate::errors::Unusable;

/// A file, and what was found in it.
pub(crate) struct Import {
    pub(crate) format: &'static str,
    pub(crate) file_name: String,
    pub(crate) notes: String,
    pub(crate) contacts: Vec<Contact>,
    /// Rows that were not imported: where they are in the file, and why.
    pub(crate) rejected: Vec<(String, String)>,
}

#[derive(Deserialize)]
pub(crate) struct Contact {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) phone: Option<String>,
}

impl Import {
    /// An import of a file, of which no row has been read yet.
    fn new(format: &'static str, file_name: &str, notes: Option<String>) -> Result<Self, Unusable> {
        let (file_name, notes) = (file_name.trim().to_owned(), notes.unwrap_or_default());
        if file_name.is_empty() {
            return Err(Unusable("The file has no name.".to_owned()));
        }
        Ok(Self {
            format,
            file_name,
            notes,
            contacts: Vec::new(),
            rejected: Vec::new(),
        })
    }

    /// Takes a row: a contact, or the reason why it could not be read.
    fn take(&mut self, position: String, row: Result<Contact, String>) {
        let reason = match row {
            Err(reason) => reason,
            Ok(contact) if contact.name.trim().is_empty() => "The name is empty.".to_owned(),
            Ok(contact) if !contact.email.contains('@') => {
                format!("“{}” is not an e-mail address.", contact.email)
            }
            Ok(contact) => return self.contacts.push(contact),
        };
        self.rejected.push((position, reason));
    }
}
