//! Why one of an app's own tests fails.

use std::error::Error;

use super::problem::Problem;
use crate::artifact::BuildError;
use crate::render::escape::text;

/// Why one of an app's own tests fails. Its text is for people, and ends with a newline.
#[derive(Debug, thiserror::Error)]
pub enum TestFailure {
    /// Something is wrong: the text says what, where, and what to do.
    #[error("{}", text(.0))]
    Failed(String),
    /// The test could not check anything.
    #[error("coexist: could not check: {}\n", text(&.0.to_string()))]
    CouldNotCheck(Box<dyn Error + Send + Sync>),
}

impl TestFailure {
    /// The failure of a test that could not check, for this reason.
    pub(crate) fn could_not_check(reason: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::CouldNotCheck(reason.into())
    }

    /// The failure of a test that cannot read the records of the program that runs it.
    pub(crate) fn no_records(error: BuildError) -> Self {
        match error {
            BuildError::EmptySection => Self::could_not_check(format!(
                "{error}.\nA test in `tests/` contains the annotations of the libraries that it \
                 names, not those of the package's programs: name the library (`use my_app as _;`), \
                 or move the test to `src/`"
            )),
            error => Self::could_not_check(error),
        }
    }

    /// The failure of a test that found these problems, with a last line that counts them.
    /// `Ok` if there are none.
    pub(crate) fn from_problems(problems: &[Problem], summary: &str) -> Result<(), Self> {
        if problems.is_empty() {
            return Ok(());
        }
        let problems: Vec<String> = problems.iter().map(Problem::to_string).collect();
        let text = format!("{}\n{summary}\n", problems.join("\n"));
        Err(Self::Failed(text))
    }
}
