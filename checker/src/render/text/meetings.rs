//! Pages and nodes: the pairs of them that a finding is about, and what becomes of each
//! pair's submissions.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

use crate::endpoint::unnamed;
use crate::model::{BuildId, Finding, Level, Report};
use crate::registry::Registry;
use crate::render::Amount;
use crate::render::groups::Paragraph;
use crate::render::limits::RELEASES;
use crate::render::style::{DENY, STRONG, WARN};

/// A method, and a path without the names of its parameters.
type Endpoint = (String, String);

/// What is to be known of all pairs.
pub(super) struct Meetings {
    /// The pairs that meet: of a page, and of a node.
    met: HashSet<(BuildId, BuildId)>,
    /// What the forms of a build send to.
    sent: HashMap<BuildId, HashSet<Endpoint>>,
    /// What a build itself refuses of its forms.
    refused: HashMap<BuildId, HashSet<Endpoint>>,
    /// What pages send to nodes in vain.
    failing: HashMap<(BuildId, BuildId), HashSet<Endpoint>>,
}

/// A build, and what it is called.
struct Named {
    build: BuildId,
    name: String,
}

/// The page and the node of a finding.
struct Pair {
    page: Named,
    node: Named,
    /// The build of the node's app that serves the page, if it is another app's.
    home: Option<Named>,
    /// Whether page and node are of two apps.
    is_across: bool,
}

impl Meetings {
    pub(super) fn new(report: &Report<'_>) -> Self {
        let met = report.out.meetings.iter();
        let mut meetings = Self {
            met: met.map(|met| (met.page.id, met.node.id)).collect(),
            sent: HashMap::new(),
            refused: HashMap::new(),
            failing: HashMap::new(),
        };
        for finding in &report.findings {
            if finding.direction.is_none() {
                continue;
            }
            let (page, node) = (finding.page, finding.node);
            meetings.look_at(report, page.build, page.registry);
            meetings.look_at(report, node.build, node.registry);
            if finding.level == Level::Deny {
                let failing = meetings.failing.entry((page.build, node.build));
                failing.or_default().insert(endpoint_of(finding));
            }
        }
        meetings
    }

    /// Only of what is in a finding there is something to show.
    fn look_at(&mut self, report: &Report<'_>, build: BuildId, registry: &Registry) {
        if self.sent.contains_key(&build) {
            return;
        }
        let targets = registry.forms.iter().flat_map(|form| &form.posts_to);
        let sent = targets.map(|target| endpoint(&target.method, &target.path));
        self.sent.insert(build, sent.collect());
        let refused = report.refused_at_home(build).into_iter();
        let refused = refused.map(|target| endpoint(&target.method, &target.path));
        self.refused.insert(build, refused.collect());
    }

    /// Whether the table says what the headline does not: that there are several pairs, or
    /// that more fails than what this is about.
    pub(super) fn is_shown(&self, paragraph: &Paragraph<'_, '_>, amount: Amount) -> bool {
        if amount == Amount::Full {
            return true;
        }
        if !paragraph.is_of_one_endpoint() {
            return false;
        }
        let found = pairs(paragraph);
        let finding = paragraph.first();
        let fails =
            |from: &Named, at: &Named| self.other_forms(finding, from, at).contains("fails");
        found.len() > 1
            || found.iter().any(|pair| {
                pair.is_across || fails(&pair.node, &pair.page) || fails(&pair.node, &pair.node)
            })
    }

    /// Writes the pairs of findings that are of two builds: first those of the pages that
    /// they are about, then those of the other build's.
    pub(super) fn write(
        &self,
        paragraph: &Paragraph<'_, '_>,
        answer: &str,
        to: &mut dyn Write,
    ) -> io::Result<()> {
        let finding = paragraph.first();
        writeln!(to, "\n  {STRONG}pages and nodes{STRONG:#}")?;
        let style = if finding.level == Level::Deny {
            DENY
        } else {
            WARN
        };
        let found = pairs(paragraph);
        let shown = &found[..found.len().min(RELEASES)];
        let names = shown
            .iter()
            .flat_map(Pair::named)
            .map(|build| build.name.len());
        let width = names.max().unwrap_or(0);
        let about = shown
            .iter()
            .flat_map(|pair| [(&pair.page, pair.home()), (&pair.page, Some(&pair.node))]);
        let others = shown
            .iter()
            .filter(|pair| !pair.is_across)
            .flat_map(|pair| {
                [
                    (&pair.node, Some(&pair.node)),
                    (&pair.node, Some(&pair.page)),
                ]
            });
        let mut written = HashSet::new();
        for (from, at) in about.clone().chain(others) {
            let Some(at) = at else { continue };
            let pair = (from.build, at.build);
            if !written.insert(pair) {
                continue;
            }
            let (from_name, at_name) = (&from.name, &at.name);
            let line = format!("page of {from_name:<width$} to node of {at_name:<width$}");
            let is_found = |found: &Pair| (found.page.build, found.node.build) == pair;
            let is_about = |(page, node): (&Named, Option<&Named>)| {
                (page.build, node.map(|node| node.build)) == (from.build, Some(at.build))
            };
            if shown.iter().any(is_found) {
                writeln!(to, "    {style}{line}   {answer} (this finding){style:#}")?;
            } else if about.clone().any(is_about) {
                writeln!(to, "    {line}   served")?;
            } else {
                writeln!(to, "    {line}   {}", self.other_forms(finding, from, at))?;
            }
        }
        match found.len().saturating_sub(RELEASES) {
            0 => Ok(()),
            more => writeln!(to, "    and the same with {more} more"),
        }
    }

    /// What becomes of the other release's forms that send to the same endpoint.
    fn other_forms(&self, finding: &Finding<'_>, from: &Named, at: &Named) -> &'static str {
        let endpoint = endpoint_of(finding);
        let (from, at) = (from.build, at.build);
        let has = |known: Option<&HashSet<Endpoint>>| {
            known.is_some_and(|known| known.contains(&endpoint))
        };
        if !has(self.sent.get(&from)) {
            return "no such form";
        }
        if from == at {
            // Where a form of the finding's page finds nobody, nor does this one.
            let handler = finding.node.handler;
            let is_refused = handler.is_none_or(|handler| handler.method != finding.endpoint.0)
                || has(self.refused.get(&from));
            return if is_refused { "also fails" } else { "served" };
        }
        if !self.met.contains(&(from, at)) {
            "do not meet"
        } else if has(self.failing.get(&(from, at))) {
            "also fails (other finding)"
        } else {
            "served"
        }
    }
}

/// The pages and nodes of a paragraph, each pair once.
fn pairs(paragraph: &Paragraph<'_, '_>) -> Vec<Pair> {
    let mut known = HashSet::new();
    let mut pairs = Vec::new();
    for finding in &paragraph.findings {
        let (page, node) = (finding.page.build, finding.node.build);
        if !known.insert((page, node)) {
            continue;
        }
        let crossing = finding.crossing.as_ref();
        let taken = crossing.filter(|crossing| crossing.home_takes);
        pairs.push(Pair {
            page: Named {
                build: page,
                name: finding.page_name(),
            },
            node: Named {
                build: node,
                name: finding.node_name(),
            },
            home: taken.map(|crossing| Named {
                build: crossing.home.id,
                name: finding.home_name(),
            }),
            is_across: crossing.is_some(),
        });
    }
    pairs
}

impl Pair {
    /// The build that serves what the page sends, if there is one.
    fn home(&self) -> Option<&Named> {
        if self.is_across {
            self.home.as_ref()
        } else {
            Some(&self.page)
        }
    }

    fn named(&self) -> impl Iterator<Item = &Named> {
        [&self.page, &self.node].into_iter().chain(&self.home)
    }
}

fn endpoint_of(finding: &Finding<'_>) -> Endpoint {
    endpoint(finding.endpoint.0, finding.endpoint.1)
}

fn endpoint(method: &str, path: &str) -> Endpoint {
    (method.to_owned(), unnamed(path))
}
