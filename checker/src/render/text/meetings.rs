//! Who meets whom: the pairs of a page and a node that a finding is about, and how each
//! ends.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};
use std::ptr;

use crate::endpoint::unnamed;
use crate::judge::refused_at_home;
use crate::model::{Finding, Level, Report};
use crate::registry::Registry;
use crate::render::RELEASES;
use crate::render::groups::Paragraph;
use crate::render::style::{DENY, STRONG, WARN};

/// A method, and a path without the names of its parameters.
type Endpoint = (String, String);

/// A build, by where it is.
type Build = *const Registry;

/// What is to be known of all pairs.
pub(super) struct Meetings {
    /// The pairs that meet: of a page, and of a node.
    met: HashSet<(Build, Build)>,
    /// What the forms of a build send to.
    sent: HashMap<Build, HashSet<Endpoint>>,
    /// What a build itself refuses of its forms.
    refused: HashMap<Build, HashSet<Endpoint>>,
    /// What pages send to nodes in vain.
    failing: HashMap<(Build, Build), HashSet<Endpoint>>,
}

/// A build, and what it is called.
struct Named<'r> {
    registry: &'r Registry,
    name: String,
}

/// The page and the node of a finding.
struct Pair<'r> {
    page: Named<'r>,
    node: Named<'r>,
    /// The build of the node's app that serves the page, if it is another app's.
    home: Option<Named<'r>>,
    /// Whether page and node are of two apps.
    is_across: bool,
}

impl Meetings {
    pub(super) fn new(report: &Report<'_>) -> Self {
        let met = report.out.meetings.iter();
        let mut meetings = Self {
            met: met
                .map(|met| (ptr::from_ref(met.page), ptr::from_ref(met.node)))
                .collect(),
            sent: HashMap::new(),
            refused: HashMap::new(),
            failing: HashMap::new(),
        };
        for finding in &report.findings {
            if finding.direction.is_none() {
                continue;
            }
            let (page, node) = (finding.page.registry, finding.node.registry);
            meetings.look_at(page);
            meetings.look_at(node);
            if finding.level == Level::Deny {
                let pair = (ptr::from_ref(page), ptr::from_ref(node));
                meetings
                    .failing
                    .entry(pair)
                    .or_default()
                    .insert(of(finding));
            }
        }
        meetings
    }

    /// Only of what is in a finding there is something to show.
    fn look_at(&mut self, registry: &Registry) {
        let build = ptr::from_ref(registry);
        if self.sent.contains_key(&build) {
            return;
        }
        let targets = registry.forms.iter().flat_map(|form| &form.posts_to);
        let sent = targets.map(|target| endpoint(&target.method, &target.path));
        self.sent.insert(build, sent.collect());
        let refused = refused_at_home(registry).into_iter();
        let refused = refused.map(|target| endpoint(&target.method, &target.path));
        self.refused.insert(build, refused.collect());
    }

    /// Writes the pairs, if the findings are of two builds: first those of the pages that
    /// they are about, then those of the other build's.
    pub(super) fn write(
        &self,
        paragraph: &Paragraph<'_, '_>,
        answer: &str,
        to: &mut dyn Write,
    ) -> io::Result<()> {
        let finding = paragraph.first();
        if finding.direction.is_none() {
            return Ok(());
        }
        writeln!(to, "\n  {STRONG}who meets whom{STRONG:#}")?;
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
            let pair = (ptr::from_ref(from.registry), ptr::from_ref(at.registry));
            if !written.insert(pair) {
                continue;
            }
            let (from_name, at_name) = (&from.name, &at.name);
            let line = format!("page of {from_name:<width$} to node of {at_name:<width$}");
            let is_found = |found: &Pair<'_>| {
                (
                    ptr::from_ref(found.page.registry),
                    ptr::from_ref(found.node.registry),
                ) == pair
            };
            let is_about = |(page, node): (&Named<'_>, Option<&Named<'_>>)| {
                ptr::eq(page, from) && node.is_some_and(|node| ptr::eq(node, at))
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
    fn other_forms(&self, finding: &Finding<'_>, from: &Named<'_>, at: &Named<'_>) -> &'static str {
        let endpoint = of(finding);
        let (from, at): (Build, Build) = (from.registry, at.registry);
        let has = |known: Option<&HashSet<Endpoint>>| {
            known.is_some_and(|known| known.contains(&endpoint))
        };
        if !has(self.sent.get(&from)) {
            return "no such form";
        }
        let fails = if from == at {
            // Where a form of the finding's page finds nobody, nor does this one.
            let handler = finding.node.handler;
            handler.is_none_or(|handler| handler.method != finding.endpoint.0)
                || has(self.refused.get(&from))
        } else if self.met.contains(&(from, at)) {
            has(self.failing.get(&(from, at)))
        } else {
            return "do not meet";
        };
        if fails { "fails, too" } else { "served" }
    }
}

/// The pages and nodes of a paragraph, each pair once.
fn pairs<'r>(paragraph: &Paragraph<'_, 'r>) -> Vec<Pair<'r>> {
    let mut known = HashSet::new();
    let mut pairs = Vec::new();
    for finding in &paragraph.findings {
        let (page, node) = (finding.page.registry, finding.node.registry);
        if !known.insert((ptr::from_ref(page), ptr::from_ref(node))) {
            continue;
        }
        let crossing = finding.crossing.as_ref();
        let taken = crossing.filter(|crossing| crossing.home_takes);
        pairs.push(Pair {
            page: Named {
                registry: page,
                name: finding.page_name(),
            },
            node: Named {
                registry: node,
                name: finding.node_name(),
            },
            home: taken.map(|crossing| Named {
                registry: crossing.home,
                name: finding.home_name(),
            }),
            is_across: crossing.is_some(),
        });
    }
    pairs
}

impl<'r> Pair<'r> {
    /// The build that serves what the page sends, if there is one.
    fn home(&self) -> Option<&Named<'r>> {
        if self.is_across {
            self.home.as_ref()
        } else {
            Some(&self.page)
        }
    }

    fn named(&self) -> impl Iterator<Item = &Named<'r>> {
        [&self.page, &self.node].into_iter().chain(&self.home)
    }
}

fn of(finding: &Finding<'_>) -> Endpoint {
    endpoint(finding.endpoint.0, finding.endpoint.1)
}

fn endpoint(method: &str, path: &str) -> Endpoint {
    (method.to_owned(), unnamed(path))
}
