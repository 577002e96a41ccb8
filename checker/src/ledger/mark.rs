//! The texts that mark a ledger and its environments.

use super::damage::Damage;
use super::format::FORMAT;

/// What the file says that marks a ledger, and an environment.
pub(super) fn mark() -> String {
    format!("{{ \"format\": {FORMAT} }}\n")
}

pub(super) fn check_mark(bytes: &[u8]) -> Result<(), Damage> {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Mark {
        format: u32,
    }
    let text = str::from_utf8(bytes).map_err(|error| Damage::Wrong(error.to_string()))?;
    if let Some(found) = crate::registry::wire::newer_format(text, FORMAT) {
        return Err(Damage::Newer(found));
    }
    match serde_json::from_str(text) {
        Ok(Mark { format: FORMAT }) => Ok(()),
        Ok(Mark { format }) => Err(Damage::Wrong(format!("there is no format {format}"))),
        Err(error) => Err(Damage::Wrong(error.to_string())),
    }
}
