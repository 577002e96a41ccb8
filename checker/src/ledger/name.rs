//! What a release of the ledger is called: `importer@1.4.0`.

use std::fmt;
use std::str::FromStr;

use crate::registry::Release;
use crate::version;

/// A release as it is written on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(pub Release);

impl FromStr for Name {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let expected = "expected the name of the app, `@` and the version, as in `importer@1.4.0`";
        let (name, version) = text.rsplit_once('@').ok_or(expected)?;
        if name.is_empty() {
            return Err(expected.to_owned());
        }
        Ok(Self(Release {
            name: name.to_owned(),
            version: version::parse(version)?,
        }))
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.0.name, self.0.version)
    }
}
