//! The endpoints of a form as snapshots and records have them: one that posts to its own page
//! says `"self": true` in place of a path.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{Page, Target};

/// An endpoint of a form as a snapshot has it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FlatTarget<'a> {
    #[serde(borrow)]
    method: Cow<'a, str>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    path: Option<Cow<'a, str>>,
    #[serde(rename = "self", default, skip_serializing_if = "std::ops::Not::not")]
    is_page: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    elsewhere: bool,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    host: Option<Cow<'a, str>>,
}

/// An endpoint of a form, before its pages are known.
pub(crate) struct ReadTarget {
    pub(crate) method: String,
    /// `None`: of the page.
    pub(crate) path: Option<String>,
    pub(crate) is_page: bool,
    pub(crate) elsewhere: bool,
    pub(crate) host: Option<String>,
}

/// Why the endpoints of a form cannot be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TargetError {
    /// An endpoint has neither a path nor `self`, or both.
    #[error("an endpoint in `posts_to` has either `path` or `\"self\": true`")]
    Path,
    /// A form posts to its pages, of which it states none.
    #[error("`posts_to` says `\"self\": true`, so `pages` must list the form's pages")]
    NoPages,
}

impl FlatTarget<'_> {
    /// Whether it stands for the form's own pages.
    pub(super) fn is_page(&self) -> bool {
        self.is_page
    }
}

impl From<FlatTarget<'_>> for ReadTarget {
    fn from(flat: FlatTarget<'_>) -> Self {
        Self {
            method: flat.method.into_owned(),
            path: flat.path.map(Cow::into_owned),
            is_page: flat.is_page,
            elsewhere: flat.elsewhere,
            host: flat.host.map(Cow::into_owned),
        }
    }
}

/// The endpoints of a form that is on these pages: where it posts to its own page, one for
/// each path under which it is shown.
pub(crate) fn targets_on(
    targets: impl Iterator<Item = ReadTarget>,
    pages: &[Page],
) -> Result<Vec<Target>, TargetError> {
    let mut read = Vec::with_capacity(targets.size_hint().0);
    for target in targets {
        let mut target_at = |path: String, target: &ReadTarget| {
            read.push(Target {
                method: target.method.clone(),
                path,
                elsewhere: target.elsewhere,
                host: target.host.clone(),
                is_page: target.is_page,
            });
        };
        match (&target.path, target.is_page) {
            (Some(path), false) => target_at(path.clone(), &target),
            (None, true) if pages.is_empty() => return Err(TargetError::NoPages),
            (None, true) => {
                let mut paths: Vec<&str> = pages.iter().map(|page| &*page.path).collect();
                paths.sort_unstable();
                paths.dedup();
                for path in paths {
                    target_at(path.to_owned(), &target);
                }
            }
            (None, false) | (Some(_), true) => return Err(TargetError::Path),
        }
    }
    Ok(read)
}

/// The endpoints as a snapshot has them.
pub(super) fn written(targets: &[Target]) -> Vec<FlatTarget<'_>> {
    let mut written: Vec<FlatTarget<'_>> = Vec::with_capacity(targets.len());
    for target in targets {
        let flat = FlatTarget {
            method: Cow::Borrowed(&target.method),
            path: (!target.is_page).then_some(Cow::Borrowed(&*target.path)),
            is_page: target.is_page,
            elsewhere: target.elsewhere,
            host: target.host.as_deref().map(Cow::Borrowed),
        };
        let is_said = written
            .last()
            .is_some_and(|last| last.is_page && flat.is_page && last.method == flat.method);
        if !is_said {
            written.push(flat);
        }
    }
    written
}
