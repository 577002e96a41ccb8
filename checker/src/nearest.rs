//! What was probably meant by a name that does not exist.

/// How alike two names are at least, from 0 to 1, for the one to be meant by the other.
const ALIKE: f64 = 0.5;

/// That there is no such thing, and the nearest name of those that there are; all of
/// them, if none is near.
pub(crate) fn unknown(what: &str, name: &str, known: &[&str]) -> String {
    let written = name.to_lowercase().replace('_', "-");
    let near = known
        .iter()
        .map(|known| {
            (
                strsim::normalized_damerau_levenshtein(&written, known),
                known,
            )
        })
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|(one, _), (other, _)| one.total_cmp(other));
    match near {
        Some((_, near)) => format!("there is no {what}: did you mean `{near}`?"),
        None => format!("there is no {what}: expected one of {}", known.join(", ")),
    }
}
