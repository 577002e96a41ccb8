//! Whether something is there whichever arms are taken ([`Groups::covers`]), and
//! whether two things can be there at once ([`Groups::may_coincide`]).
//!
//! # The algorithm
//!
//! Conditions are conjunctions: each is a path of arms, sorted by group. To ask whether
//! one of several paths always holds is to ask whether a formula in disjunctive normal
//! form is a tautology. In general that takes exponential time. The conditions of a page
//! are nested, however, and there the answer takes time in proportion to the input:
//!
//! 1. An empty path always holds.
//! 2. Paths that share no group, not even by way of other paths, are independent: if
//!    neither part covers all cases, both can fail at once. So the paths are divided
//!    into connected parts, and one of these parts has to cover all cases by itself.
//! 3. In a connected part, the search branches on one group: that with the lowest number,
//!    the outermost. No other order is tried, since the order does not change the answer.
//!    The part covers all cases if, for each arm, the paths that take the arm (without
//!    it) and those that do not mention the group do so. If an arm is mentioned nowhere,
//!    the paths that do not mention the group have to cover all cases alone.
//!
//! # The bound
//!
//! Of nested conditions, all paths of a part begin with the same group. Step 3 then
//! divides them, and each element of a path is looked at once for each element before
//! it. Paths are at most as long as conditions are nested, so the time is in proportion
//! to the number of paths. Only paths that do not mention a group are carried into
//! several arms, as it happens where several conditions stand in one tag. A budget that
//! grows with the input ([`PER_ARM`]) ends such a search. Then the answer is the safe
//! one: it is *not* there in each case, and two things *can* be there at once.

use std::collections::{BTreeMap, HashMap};

use super::conditions::{Conditions, Taken};
use super::groups::Groups;

/// How many steps a search may take for each arm in its conditions. Nested conditions
/// take at most as many as conditions can be nested.
const PER_ARM: usize = 256;

/// A conjunction, without the arms that were taken already.
type Path<'c> = &'c [Taken];

/// A thing whose conditions are compared, of a class of which only one is there at once.
type Item<'c, T> = (Option<T>, Path<'c>);

impl Groups {
    /// Whether one of these conditions holds, whichever arms are taken. A loop may have
    /// nothing to go through.
    ///
    /// If the search exceeds its budget, the answer is no.
    pub(crate) fn covers(&self, all: &[Conditions]) -> bool {
        let all = all.iter().filter(|one| !self.repeat(one));
        let paths: Vec<Path<'_>> = all.map(Conditions::as_slice).collect();
        let mut search = Search::new(self, paths.iter().copied());
        search.covers(paths)
    }

    /// Whether two of these things can be there at once. Of those with the same class,
    /// only one is.
    ///
    /// If the search exceeds its budget, the answer is yes.
    pub(crate) fn may_coincide<T: Copy + PartialEq>(
        &self,
        all: &[(Option<T>, &Conditions)],
    ) -> bool {
        let items = all.iter().map(|(class, one)| (*class, one.as_slice()));
        let items: Vec<Item<'_, T>> = items.collect();
        let mut search = Search::new(self, items.iter().map(|(_, path)| *path));
        search.may_coincide(&items)
    }
}

/// A search through the cases of groups.
struct Search<'g> {
    groups: &'g Groups,
    steps_left: usize,
}

impl<'g> Search<'g> {
    fn new<'c>(groups: &'g Groups, paths: impl Iterator<Item = Path<'c>>) -> Self {
        let size = paths.map(|path| path.len() + 1).sum::<usize>();
        Self {
            groups,
            steps_left: size.saturating_mul(PER_ARM),
        }
    }

    /// Counts a look at these paths. Returns whether the search may go on.
    fn spend<'c>(&mut self, paths: impl Iterator<Item = Path<'c>>) -> bool {
        let steps = paths.map(|path| path.len() + 1).sum::<usize>();
        self.groups.steps.spend(steps);
        let left = self.steps_left.checked_sub(steps);
        self.steps_left = left.unwrap_or_default();
        left.is_some()
    }

    fn covers(&mut self, paths: Vec<Path<'_>>) -> bool {
        if paths.iter().any(|path| path.is_empty()) {
            return true;
        }
        self.spend(paths.iter().copied())
            && connected(paths)
                .into_iter()
                .any(|part| self.is_covered_by(part))
    }

    /// Whether a connected part covers all cases.
    fn is_covered_by(&mut self, part: Vec<Path<'_>>) -> bool {
        let firsts = part.iter().filter_map(|path| path.first());
        let outermost = firsts.map(|taken| taken.group).min();
        let Some((number, group)) =
            outermost.and_then(|number| Some((number, self.groups.get(number)?)))
        else {
            return false;
        };
        let mut arms: BTreeMap<usize, Vec<Path<'_>>> = BTreeMap::new();
        let mut others = Vec::new();
        for path in part {
            match path {
                [first, rest @ ..] if first.group == number => {
                    arms.entry(first.arm).or_default().push(rest);
                }
                _ => others.push(path),
            }
        }
        if arms.len() < group.cases() {
            return self.covers(others);
        }
        arms.into_values().all(|mut arm| {
            arm.extend(&others);
            self.covers(arm)
        })
    }

    fn may_coincide<T: Copy + PartialEq>(&mut self, items: &[Item<'_, T>]) -> bool {
        let Some((class, _)) = items.first() else {
            return false;
        };
        let is_one_class = class.is_some() && items.iter().all(|(known, _)| known == class);
        if items.len() < 2 || is_one_class {
            return false;
        }
        let is_always = items.iter().any(|(_, path)| path.is_empty());
        // Not all are of one class, so what is always there has something beside it.
        if is_always || !self.spend(items.iter().map(|(_, path)| *path)) {
            return true;
        }
        let firsts = items.iter().filter_map(|(_, path)| path.first());
        let outermost = firsts.map(|taken| taken.group).min();
        let mut arms: BTreeMap<usize, Vec<Item<'_, T>>> = BTreeMap::new();
        let mut others = Vec::new();
        for (class, path) in items {
            match path {
                [first, rest @ ..] if Some(first.group) == outermost => {
                    arms.entry(first.arm).or_default().push((*class, rest));
                }
                _ => others.push((*class, *path)),
            }
        }
        arms.into_values().any(|mut arm| {
            arm.extend(&others);
            self.may_coincide(&arm)
        })
    }
}

/// The paths, divided into parts that share no group.
fn connected(paths: Vec<Path<'_>>) -> Vec<Vec<Path<'_>>> {
    let first = |path: &Path<'_>| path.first().map(|taken| taken.group);
    if paths.windows(2).all(|two| match two {
        [one, other] => first(one) == first(other),
        _ => true,
    }) {
        return vec![paths];
    }
    // Each path points at one of the same part; one of each part points at itself.
    let mut parts: Vec<usize> = (0..paths.len()).collect();
    let mut mentioned: HashMap<usize, usize> = HashMap::new();
    for (index, path) in paths.iter().enumerate() {
        for taken in *path {
            let known = *mentioned.entry(taken.group).or_insert(index);
            let (known, own) = (root(&mut parts, known), root(&mut parts, index));
            if let Some(part) = parts.get_mut(own.max(known)) {
                *part = own.min(known);
            }
        }
    }
    let mut divided: BTreeMap<usize, Vec<Path<'_>>> = BTreeMap::new();
    for (index, path) in paths.into_iter().enumerate() {
        let part = root(&mut parts, index);
        divided.entry(part).or_default().push(path);
    }
    divided.into_values().collect()
}

/// The path that stands for the part of this one; shortens the way to it.
fn root(parts: &mut [usize], mut index: usize) -> usize {
    while let Some(&next) = parts.get(index)
        && next != index
    {
        let after = parts.get(next).copied().unwrap_or(next);
        if let Some(part) = parts.get_mut(index) {
            *part = after;
        }
        index = after;
    }
    index
}

#[cfg(test)]
mod tests {
    //! The search against all assignments of arms.

    use super::{Conditions, Groups, Taken};
    use crate::page::groups::{Branch, Group};
    use crate::source::Arms;
    use crate::tests::numbers::Numbers;

    /// Up to four groups of up to three arms, and up to eight conditions.
    fn random(numbers: &mut Numbers) -> (Groups, Vec<Conditions>) {
        let mut groups = Groups::default();
        for _ in 0..=numbers.below(4) {
            groups.all.push(Group {
                arms: [Arms::OneOf, Arms::OneOf, Arms::AtMostOne, Arms::AnyNumber]
                    [numbers.below(4)],
                count: 1 + numbers.below(2),
                within: Branch::default(),
            });
        }
        let all = (0..numbers.below(9)).map(|_| {
            let taken = groups.all.iter().enumerate().filter_map(|(group, known)| {
                let arm = numbers.below(known.cases());
                (numbers.below(3) > 0).then_some(Taken { group, arm })
            });
            taken.collect()
        });
        let all = all.collect();
        (groups, all)
    }

    /// Every choice of an arm for each group; for a loop also that it has nothing to go
    /// through.
    fn assignments(groups: &Groups) -> Vec<Conditions> {
        let mut all = vec![Conditions::default()];
        for (number, group) in groups.all.iter().enumerate() {
            let cases = group.cases() + usize::from(group.arms == Arms::AnyNumber);
            let with = |one: &Conditions| -> Vec<Conditions> {
                let arms = (0..cases).map(|arm| Taken { group: number, arm });
                arms.map(|taken| one.and(taken)).collect()
            };
            all = all.iter().flat_map(with).collect();
        }
        all
    }

    #[test]
    fn what_covers_all_cases_holds_under_each_assignment() {
        let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
        let mut covered = 0;
        for _ in 0..20_000 {
            let (groups, all) = random(&mut numbers);
            let holds = |case: &Conditions| all.iter().any(|one| case.imply(one));
            let expected = assignments(&groups).iter().all(holds);
            assert_eq!(groups.covers(&all), expected, "{groups:?} {all:?}");
            covered += usize::from(expected && !all.iter().any(Conditions::is_empty));
        }
        assert!(covered > 200, "{covered} cases are not trivial");
    }

    #[test]
    fn what_may_coincide_does_so_pairwise() {
        let mut numbers = Numbers(0xD1B5_4A32_D192_ED03);
        let mut apart = 0;
        for _ in 0..20_000 {
            let (groups, all) = random(&mut numbers);
            let items: Vec<(Option<u8>, &Conditions)> = all
                .iter()
                .map(|one| ([None, None, Some(1), Some(2)][numbers.below(4)], one))
                .collect();
            let mut pairs = (0..items.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
            let expected = pairs.any(|(a, b)| {
                let ((a_class, a), (b_class, b)) = (items[a], items[b]);
                (a_class.is_none() || a_class != b_class) && !a.excludes(b)
            });
            assert_eq!(groups.may_coincide(&items), expected, "{items:?}");
            apart += usize::from(!expected && items.len() > 1);
        }
        assert!(apart > 200, "{apart} cases are apart");
    }

    #[test]
    fn a_search_without_structure_ends_with_no() {
        // Each condition leaves out another group, so that all are carried along.
        let mut groups = Groups::default();
        for _ in 0..60 {
            groups.all.push(Group {
                arms: Arms::OneOf,
                count: 2,
                within: Branch::default(),
            });
        }
        let mut numbers = Numbers(7);
        let all: Vec<Conditions> = (0..300)
            .map(|_| {
                let taken = (0..60).filter_map(|group| {
                    let arm = numbers.below(2);
                    (numbers.below(10) == 0).then_some(Taken { group, arm })
                });
                taken.collect()
            })
            .filter(|one: &Conditions| !one.is_empty())
            .collect();
        assert!(!groups.covers(&all));
        let size: usize = all.iter().map(|one| one.as_slice().len() + 1).sum();
        let bound = 2 * super::PER_ARM * size;
        assert!(groups.steps.taken() <= bound as u64, "{:?}", groups.steps);
    }
}
