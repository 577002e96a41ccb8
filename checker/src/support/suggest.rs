//! What was probably meant by a name that does not exist.

/// How alike two names are at least, from 0 to 1, for the one to be meant by the other.
const ALIKE: f64 = 0.5;

/// The message that a name is unknown, with the most similar known name; all of
/// them, if none is near.
pub(crate) fn unknown(what: &str, name: &str, known: &[&str]) -> String {
    match nearest(name, known) {
        Some(near) => format!("there is no {what}: did you mean `{near}`?"),
        None => format!("there is no {what}: expected one of {}", known.join(", ")),
    }
}

/// The nearest name, if one is near.
pub(crate) fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let written = name.to_lowercase().replace('_', "-");
    let alike = |known: &str| strsim::normalized_damerau_levenshtein(&written, known);
    known
        .iter()
        .map(|known| (alike(known), *known))
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, near)| near)
}
