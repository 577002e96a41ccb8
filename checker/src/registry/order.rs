//! Sorts items by their ids, fast: nearly all comparisons are of numbers that stand
//! beside the items, not of texts all over the memory.

use std::cmp::Ordering;

/// The items, sorted by `order`, which goes by `id` first.
pub(crate) fn sorted<T>(
    items: Vec<T>,
    id: impl Fn(&T) -> &str,
    order: impl Fn(&T, &T) -> Ordering,
) -> Vec<T> {
    let mut ids = items.iter().map(|item| id(item).as_bytes());
    let first = ids.next().unwrap_or_default();
    // What all ids begin with tells none of them apart.
    let common = ids.fold(first.len(), |common, id| {
        let is_same = |(a, b): &(&u8, &u8)| a == b;
        first[..common].iter().zip(id).take_while(is_same).count()
    });
    let keyed = |item: T| {
        let mut key = [0; 8];
        for (to, from) in key.iter_mut().zip(&id(&item).as_bytes()[common..]) {
            *to = *from;
        }
        (u64::from_be_bytes(key), item)
    };
    let mut keyed: Vec<(u64, T)> = items.into_iter().map(keyed).collect();
    keyed.sort_by(|(a_key, a), (b_key, b)| a_key.cmp(b_key).then_with(|| order(a, b)));
    keyed.into_iter().map(|(_, item)| item).collect()
}

#[cfg(test)]
mod tests {
    use super::sorted;

    #[test]
    fn the_order_is_that_of_the_ids() {
        let ids = [
            "app::b",
            "app::a",
            "app::ab",
            "app::a\0",
            "app::a",
            "app::",
            "app::abcdefgh2",
            "app::abcdefgh1",
            "app::é",
        ];
        let mut expected = ids.to_vec();
        expected.sort_unstable();
        assert_eq!(sorted(ids.to_vec(), |id| id, Ord::cmp), expected);
        assert_eq!(
            sorted(Vec::<&str>::new(), |id| id, Ord::cmp),
            Vec::<&str>::new()
        );
    }
}
