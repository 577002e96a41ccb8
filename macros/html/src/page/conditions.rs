//! Under which conditions a piece of the page is there: which arm of each group
//! of branches around it has to be taken.

/// The arms that have to be taken, sorted by their groups: a group that is inside
/// another one has a higher number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Conditions(Vec<Taken>);

/// An arm of a group of branches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) group: usize,
    pub(crate) arm: usize,
}

impl Conditions {
    /// The same conditions, and one more.
    pub(crate) fn and(&self, taken: Taken) -> Self {
        let mut all = self.clone();
        all.0.insert(all.arms_before(taken.group), taken);
        all
    }

    /// All of these conditions and of the others; where they contradict each other,
    /// both arms are kept, the other one first.
    pub(crate) fn join(&self, other: &Self) -> Self {
        let mut all = Vec::with_capacity(self.0.len() + other.0.len());
        let (mut these, mut those) = (self.0.iter().peekable(), other.0.iter().peekable());
        loop {
            let next = match (these.peek(), those.peek()) {
                (None, None) => return Self(all),
                (Some(_), None) => these.next(),
                (Some(this), Some(that)) if this.group < that.group => these.next(),
                (Some(this), Some(that)) if this == that => {
                    those.next();
                    these.next()
                }
                (_, Some(_)) => those.next(),
            };
            all.extend(next);
        }
    }

    /// Whether an arm is among the conditions.
    pub(crate) fn contains(&self, taken: Taken) -> bool {
        self.arm(taken.group) == Some(taken.arm)
    }

    /// Whether the two can never hold at once.
    pub(crate) fn excludes(&self, other: &Self) -> bool {
        let differs = |taken: &Taken| {
            let arm = other.arm(taken.group);
            arm.is_some_and(|arm| arm != taken.arm)
        };
        self.0.iter().any(differs)
    }

    /// Whether the others hold wherever these hold.
    pub(crate) fn imply(&self, other: &Self) -> bool {
        other.0.iter().all(|taken| self.contains(*taken))
    }

    /// The conditions that the others do not contain.
    pub(crate) fn beyond(&self, other: &Self) -> Self {
        let is_more = |taken: &&Taken| !other.contains(**taken);
        Self(self.0.iter().filter(is_more).copied().collect())
    }

    /// Whether nothing is asked for.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The arms, sorted by their groups.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Taken> + '_ {
        self.0.iter().copied()
    }

    /// The arms, sorted by their groups.
    pub(crate) fn as_slice(&self) -> &[Taken] {
        &self.0
    }

    /// The arm of a group that has to be taken.
    fn arm(&self, group: usize) -> Option<usize> {
        let taken = self.0.get(self.arms_before(group))?;
        (taken.group == group).then_some(taken.arm)
    }

    fn arms_before(&self, group: usize) -> usize {
        self.0.partition_point(|taken| taken.group < group)
    }
}

/// Takes the arms in the order of their groups.
impl FromIterator<Taken> for Conditions {
    fn from_iter<I: IntoIterator<Item = Taken>>(arms: I) -> Self {
        Self(arms.into_iter().collect())
    }
}
