//! What a release of the ledger is called: `importer@1.4.0`.

use std::fmt;
use std::str::FromStr;

use coexist_source::version::{self, VersionError};

use crate::registry::{Release, check_name};

/// A release as it is written on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(pub Release);

/// Why a text does not name a release.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// It is not a name, `@` and a version.
    #[error("expected the name of the app, `@` and the version, as in `importer@1.4.0`")]
    Form,
    /// The name of the app has a character that no name has.
    #[error("{0}")]
    Character(String),
    /// What follows the `@` is not a version.
    #[error("{0}")]
    Version(VersionError),
}

impl FromStr for Name {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let (name, version) = text.rsplit_once('@').ok_or(NameError::Form)?;
        if name.is_empty() {
            return Err(NameError::Form);
        }
        check_name("the app", name).map_err(|error| NameError::Character(error.to_string()))?;
        Ok(Self(Release {
            name: name.to_owned(),
            version: version::parse(version).map_err(NameError::Version)?,
        }))
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.0.name, self.0.version)
    }
}
