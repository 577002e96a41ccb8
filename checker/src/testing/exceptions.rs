//! The path patterns that a test ignores.

use super::TestFailure;
use crate::endpoint::Pattern;

/// Parses the patterns; one that is not valid fails the test.
pub(super) fn parse(paths: &[String]) -> Result<Vec<Pattern<'_>>, TestFailure> {
    let patterns = paths.iter().map(|path| Pattern::parse(path));
    patterns
        .collect::<Result<_, _>>()
        .map_err(TestFailure::could_not_check)
}
