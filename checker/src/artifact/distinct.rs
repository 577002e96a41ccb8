//! Items of which some are linked more than once: which of them are the same.

use super::error::BuildError;

/// The most items that may share an id and a place, and differ. A macro that annotates
/// methods of several types makes as many.
const NAMESAKES: usize = 100;

/// Keeps one of the items that are equal; all that differ are kept, whatever they share.
/// `is_namesake` says whether two may be equal; those stand side by side.
pub(super) fn keep_distinct<T>(
    items: Vec<T>,
    is_namesake: impl Fn(&T, &T) -> bool,
    is_equal: impl Fn(&T, &T) -> bool,
    name: impl Fn(&T) -> String,
) -> Result<Vec<T>, BuildError> {
    let mut kept: Vec<T> = Vec::with_capacity(items.len());
    for item in items {
        let namesakes = kept.iter().rev();
        let mut namesakes = namesakes.take_while(|kept| is_namesake(kept, &item));
        let mut count = 0;
        let is_known = namesakes.any(|kept| {
            count += 1;
            is_equal(kept, &item)
        });
        if is_known {
            continue;
        }
        if count >= NAMESAKES {
            return Err(BuildError::Namesakes {
                name: name(&item),
                limit: NAMESAKES,
            });
        }
        kept.push(item);
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::{BuildError, NAMESAKES, keep_distinct};

    fn distinct(
        items: Vec<(&'static str, usize)>,
    ) -> Result<Vec<(&'static str, usize)>, BuildError> {
        keep_distinct(
            items,
            |one, other| one.0 == other.0,
            |one, other| one == other,
            |item| item.0.to_owned(),
        )
    }

    #[test]
    fn what_is_equal_is_kept_once_and_what_differs_is_kept() {
        let items = vec![("a", 1), ("a", 2), ("a", 1), ("b", 1), ("b", 1), ("c", 2)];
        let kept = [("a", 1), ("a", 2), ("b", 1), ("c", 2)];
        assert_eq!(distinct(items).unwrap(), kept);
    }

    #[test]
    fn more_namesakes_than_are_compared_are_an_error() {
        let items = |count| (0..count).map(|n| ("a", n)).collect::<Vec<_>>();
        assert_eq!(distinct(items(NAMESAKES)).unwrap().len(), NAMESAKES);
        let error = distinct(items(NAMESAKES + 1)).unwrap_err().to_string();
        assert!(
            error.contains("more than 100 that differ are called `a`"),
            "{error}"
        );
    }
}
