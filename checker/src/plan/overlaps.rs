//! Which releases of a plan meet, and what the checker says of each pair.

use super::steps::{age, lifetime};
use super::types::Step;
use crate::judge::denied;
use crate::model::{Direction, Policy, TooManySteps};
use crate::registry::Registry;

/// Pages of one release, and nodes of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    /// They are of the same release.
    Own,
    /// They never meet: the nodes are gone before the pages are made, or the pages have
    /// expired before the nodes are there.
    Never,
    /// They meet, and so many findings reject that.
    Met {
        /// How many.
        denied: usize,
    },
}

/// The overlaps of the releases of a plan: first by the page's release, then by the
/// node's; `old`, which is out, is 0.
///
/// # Errors
///
/// If the judgement takes too many steps.
pub fn overlaps(
    old: &Registry,
    steps: &[Step],
    policy: &Policy,
) -> Result<Vec<Vec<Overlap>>, TooManySteps> {
    let registries = steps.iter().map(|step| &step.registry);
    let releases: Vec<&Registry> = std::iter::once(old).chain(registries).collect();
    let overlap = |page: usize, node: usize| {
        let direction = if page < node {
            Direction::OldToNew
        } else {
            Direction::NewToOld
        };
        let is_near = match direction {
            Direction::OldToNew => node - page <= steps[node - 1].meets,
            Direction::NewToOld => page == node + 1,
        };
        if !is_near || !policy.overlaps_pages(direction, releases[page]) {
            return Ok(Overlap::Never);
        }
        let mut denied = denied(releases[page], releases[node], direction, policy)?;
        if page + 1 < node {
            let age = age(&steps[..node], page, policy);
            denied.retain(|finding| lifetime(finding, policy) > age);
        }
        Ok(Overlap::Met {
            denied: denied.len(),
        })
    };
    let all = 0..releases.len();
    let row = |page: usize| {
        let cell = |node| {
            if page == node {
                Ok(Overlap::Own)
            } else {
                overlap(page, node)
            }
        };
        all.clone().map(cell).collect()
    };
    all.clone().map(row).collect()
}
