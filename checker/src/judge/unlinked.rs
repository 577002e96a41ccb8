//! Forms on pages that nobody can reach: no form and no link of either build leads there.

use std::collections::{HashMap, HashSet};

use crate::endpoint::{Pattern, unnamed};
use crate::model::{Finding, RoutedBuild, RoutedBuilds};
use crate::registry::Form;
use crate::support::steps;

/// Marks the findings about forms on pages that nothing leads to.
pub(super) fn mark<'r>(findings: &mut [Finding<'r>], builds: &RoutedBuilds<'r>) {
    let states_pages = |finding: &Finding<'_>| {
        let form = finding.page.form;
        // A scan does not see every link.
        !finding.page.registry.scanned
            && finding.direction.is_some()
            && form.is_some_and(|form| !form.pages.is_empty())
    };
    if !findings.iter().any(states_pages) {
        return;
    }
    let mut linked = HashMap::new();
    for finding in findings.iter_mut().filter(|finding| states_pages(finding)) {
        let Some(form) = finding.page.form else {
            continue;
        };
        let is_linked = [finding.page.build, finding.node.build].iter().any(|id| {
            let pages = linked.entry(*id).or_insert_with(|| {
                let build = builds.find(*id);
                build.map(LinkedPages::new).unwrap_or_default()
            });
            pages.lead_to(form)
        });
        finding.is_unlinked = !is_linked;
    }
}

/// The pages of a build that its forms and links lead to.
#[derive(Default)]
struct LinkedPages<'r> {
    /// Method and path, without the names of parameters.
    pages: HashSet<(&'r str, String)>,
}

impl<'r> LinkedPages<'r> {
    fn new(build: &RoutedBuild<'r>) -> Self {
        let mut pages = HashSet::new();
        for form in &build.registry.forms {
            let only_page = only_page(form);
            for target in &form.posts_to {
                if steps::is_used_up() {
                    return Self::default();
                }
                let endpoint = (&*target.method, unnamed(&target.path));
                // What a page sends to itself leads nobody there.
                let leads_to_itself = only_page.as_ref() == Some(&endpoint);
                if target.is_page || leads_to_itself || target.host.is_some() {
                    continue;
                }
                let is_new = pages.insert(endpoint);
                if let Ok(pattern) = Pattern::parse(&target.path)
                    && is_new
                {
                    let reached = build.reached(&target.method, &pattern).into_iter();
                    pages.extend(reached.map(|page| (&*page.method, unnamed(&page.path))));
                }
            }
        }
        Self { pages }
    }

    /// Whether something leads to a page of the form. People type the address of the root.
    fn lead_to(&self, form: &Form) -> bool {
        form.pages.iter().any(|page| {
            page.path == "/" || self.pages.contains(&(&*page.method, unnamed(&page.path)))
        })
    }
}

/// The page that holds a form, if it is one: method, and path without the names of parameters.
fn only_page(form: &Form) -> Option<(&str, String)> {
    let endpoints = form.pages.iter();
    let mut endpoints = endpoints.map(|page| (&*page.method, unnamed(&page.path)));
    let first = endpoints.next()?;
    endpoints.all(|other| other == first).then_some(first)
}
