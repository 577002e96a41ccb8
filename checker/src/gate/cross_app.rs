//! What is sent from one app to another: by pages of the others to the candidate, and by
//! the candidate's own pages to the others.
//!
//! Which app serves an endpoint, the policy states; of the apps that it does not state,
//! it is each that runs a release which serves it.
//!
//! Pages that are out are judged by what the candidate's app serves them today: what
//! fails already is not the candidate's doing. Its own pages are judged by themselves,
//! since no compiler has seen them together with the other app; so what fails already is
//! also said of it, as `form-dangling` is within one build: unless the release changes
//! nothing. However the candidate is
//! rolled out, all of these can meet: no load balancer keeps two apps apart.
//!
//! A link may lead to what nobody annotated, in its own app or another one, which is no
//! fault: it is another app's only if that is stated, and only if a handler is there.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::live_release::Opponent;
use crate::endpoint::Outcome;
use crate::model::{App, Apps, Build, CrossApp, Direction, Meeting, RoutedBuild, Sent};
use crate::registry::{Form, Registry, Target};
use crate::support::suggest::nearest;

/// What a candidate has to do with other apps.
#[derive(Debug, Default)]
pub(super) struct CrossAppTraffic<'r> {
    /// Whose pages may meet whose nodes.
    pub(super) meetings: Vec<Meeting<'r>>,
    /// What it sends to apps that do not run.
    pub(super) undeployed: Vec<Undeployed<'r>>,
    /// What it sends to nobody knows whom.
    pub(super) unjudged: Vec<Unjudged<'r>>,
}

/// An endpoint of an app that is stated, and of which no release runs: what becomes of a
/// form that posts to it, cannot be checked.
#[derive(Clone, Copy, Debug)]
pub struct Undeployed<'r> {
    /// The app.
    pub app: &'r App,
    /// The candidate's form.
    pub form: &'r Form,
    /// Where it posts to.
    pub target: &'r Target,
    /// The app that runs and is not stated, whose name is the nearest, if one is near.
    pub near: Option<&'r str>,
}

/// An endpoint that neither the candidate nor an app that runs is known to serve: a form
/// that posts to it is not judged.
#[derive(Clone, Copy, Debug)]
pub struct Unjudged<'r> {
    /// The candidate's form.
    pub form: &'r Form,
    /// Where it posts to.
    pub target: &'r Target,
}

/// The apps that are out.
struct AppIndex<'r> {
    apps: &'r Apps,
    /// The releases that run, of each app; the newest one first.
    running: BTreeMap<&'r str, Vec<Release<'r>>>,
}

/// A release, whose router is made when it is needed.
struct Release<'r> {
    build: Build<'r>,
    side: OnceCell<RoutedBuild<'r>>,
}

/// An app that serves an endpoint.
struct Serving<'r> {
    app: &'r str,
    /// Where that is stated, if it is.
    stated: Option<&'r App>,
    /// What it calls the path.
    path: &'r str,
}

impl<'r> CrossAppTraffic<'r> {
    /// Of a candidate, if of its own app and of others this is out.
    pub(super) fn new(
        candidate: Build<'r>,
        own: &[Opponent<'r>],
        others: &[Opponent<'r>],
        apps: &'r Apps,
    ) -> Self {
        let index = AppIndex::new(own.iter().chain(others), apps);
        let mut neighbours = Self::default();
        neighbours.pages_of_others(candidate, others, &index);
        // Who releases the same once more puts no page out that is not out already.
        let mut own = own.iter().filter(|own| own.is_running());
        if !own.any(|own| own.registry.same_items(candidate.registry)) {
            neighbours.own_pages(candidate, &index);
        }
        neighbours
    }

    /// Pages of the others at nodes of the candidate.
    fn pages_of_others(
        &mut self,
        candidate: Build<'r>,
        others: &[Opponent<'r>],
        index: &AppIndex<'r>,
    ) {
        let homes = index.running(&candidate.registry.release.name);
        let homes: Vec<_> = homes.iter().map(|release| release.build).collect();
        if homes.is_empty() {
            return;
        }
        for other in others {
            let page = Release::new(other.build());
            let mut sent = Vec::new();
            let sends = elsewhere(page.build.registry);
            for (form, target) in sends.filter(|(form, _)| other.holds(form)) {
                let serving = index.serving(&page, target);
                let is_candidate = |one: &&Serving<'_>| one.app == candidate.registry.release.name;
                if let Some(here) = serving.iter().find(is_candidate) {
                    sent.push(here.sent(form, target, &serving));
                }
            }
            if !sent.is_empty() {
                self.meetings.push(Meeting {
                    page: page.build,
                    node: candidate,
                    direction: Direction::OldToNew,
                    age: other.age,
                    across: Some(CrossApp {
                        homes: homes.clone(),
                        sent,
                    }),
                });
            }
        }
    }

    /// The candidate's pages at nodes of the others.
    fn own_pages(&mut self, candidate: Build<'r>, index: &AppIndex<'r>) {
        let page = Release::new(candidate);
        let mut sent: BTreeMap<&'r str, Vec<Sent<'r>>> = BTreeMap::new();
        for (form, target) in elsewhere(candidate.registry) {
            let serving = index.serving(&page, target);
            let is_anybody = match &serving[..] {
                // It is judged, or said to be undeployed.
                [_] => true,
                all => all.iter().any(|there| !index.running(there.app).is_empty()),
            };
            if !is_anybody && !is_link(target) && !index.is_at_home(&page, target) {
                self.unjudged.push(Unjudged { form, target });
            }
            for there in &serving {
                if is_link(target) && !index.is_annotated(there, target) {
                    continue;
                }
                match (index.running(there.app), there.stated, &serving[..]) {
                    ([_, ..], ..) => {
                        let sent = sent.entry(there.app).or_default();
                        sent.push(there.sent(form, target, &serving));
                    }
                    ([], Some(app), [_]) => {
                        let near = index.nearest(there.app);
                        self.undeployed.push(Undeployed {
                            app,
                            form,
                            target,
                            near,
                        });
                    }
                    ([], ..) => {}
                }
            }
        }
        for (app, sent) in sent {
            let running = index.running(app);
            let newest = running.iter().take(1).map(|release| release.build);
            let homes: Vec<_> = newest.collect();
            self.meetings.extend(running.iter().map(|node| Meeting {
                page: candidate,
                node: node.build,
                direction: Direction::NewToOld,
                age: None,
                across: Some(CrossApp {
                    homes: homes.clone(),
                    sent: sent.clone(),
                }),
            }));
        }
    }
}

/// Those of the others that are in one of the meetings, each with the directions.
pub(super) fn met<'r>(others: Vec<Opponent<'r>>, meetings: &[Meeting<'r>]) -> Vec<Opponent<'r>> {
    let met = others.into_iter().filter_map(|mut other| {
        let is_in = |met: &&Meeting<'r>| [met.page.id, met.node.id].contains(&other.id);
        let of_it = meetings.iter().filter(is_in);
        other.directions = of_it.map(|met| met.direction).collect();
        (!other.directions.is_empty()).then_some(other)
    });
    met.collect()
}

impl<'r> AppIndex<'r> {
    fn new<'o>(all: impl Iterator<Item = &'o Opponent<'r>>, apps: &'r Apps) -> Self
    where
        'r: 'o,
    {
        let mut running: BTreeMap<&'r str, Vec<Release<'r>>> = BTreeMap::new();
        for opponent in all.filter(|opponent| opponent.is_running()) {
            let name = &*opponent.registry.release.name;
            let releases = running.entry(name).or_default();
            releases.push(Release::new(opponent.build()));
        }
        Self { apps, running }
    }

    fn running(&self, app: &str) -> &[Release<'r>] {
        self.running.get(app).map_or(&[], Vec::as_slice)
    }

    /// What is probably meant by the name of an app that does not run.
    fn nearest(&self, app: &str) -> Option<&'r str> {
        let running = self.running.keys().copied();
        let known: Vec<_> = running
            .filter(|name| self.apps.find(name).is_none())
            .collect();
        nearest(app, &known)
    }

    /// Whether the newest release that runs has a handler there.
    fn is_annotated(&self, there: &Serving<'_>, target: &Target) -> bool {
        let newest = self.running(there.app).first();
        newest.is_some_and(|newest| newest.serves(&target.method, there.path))
    }

    /// Whether the page's own build serves it.
    fn is_at_home(&self, page: &Release<'_>, target: &Target) -> bool {
        let path = self.apps.at_home(&page.build.registry.release.name, target);
        path.is_some_and(|path| page.serves(&target.method, path))
    }

    /// Which other apps serve what a page sends; several, if one of them is meant, and
    /// nobody says which.
    fn serving(&self, page: &Release<'r>, target: &'r Target) -> Vec<Serving<'r>> {
        let own = &*page.build.registry.release.name;
        let stated = self.apps.serving(own, target);
        let is_own = stated.iter().any(|serving| serving.app.name == own);
        if !stated.is_empty() && !is_own {
            let stated = stated.into_iter().map(|serving| Serving {
                app: &serving.app.name,
                stated: Some(serving.app),
                path: serving.path,
            });
            return stated.collect();
        }
        // What is said to be the page's own may still be another one's, if it is not
        // there: an app that has all of a host.
        if target.host.is_some() || is_link(target) || page.serves(&target.method, &target.path) {
            return Vec::new();
        }
        let others = self.running.iter().filter(|(name, releases)| {
            **name != own
                && self.apps.find(name).is_none()
                && releases
                    .iter()
                    .any(|release| release.serves(&target.method, &target.path))
        });
        let others = others.map(|(name, _)| Serving {
            app: name,
            stated: None,
            path: &target.path,
        });
        others.collect()
    }
}

impl<'r> Release<'r> {
    fn new(build: Build<'r>) -> Self {
        Self {
            build,
            side: OnceCell::new(),
        }
    }

    fn serves(&self, method: &str, path: &str) -> bool {
        let side = self.side.get_or_init(|| RoutedBuild::new(self.build));
        let outcome = side.resolve(method, path);
        matches!(outcome, Outcome::Served(_) | Outcome::Undecided(_))
    }
}

impl<'r> Serving<'r> {
    fn sent(&self, form: &'r Form, target: &'r Target, all: &[Self]) -> Sent<'r> {
        let may_be = match all {
            [_] => Vec::new(),
            all => all.iter().map(|serving| serving.app).collect(),
        };
        Sent {
            form,
            target,
            path: self.path,
            may_be,
        }
    }
}

/// Whether a page may have it as a link, for all that is known.
fn is_link(target: &Target) -> bool {
    target.host.is_none() && matches!(&*target.method, "GET" | "HEAD")
}

/// What the forms of a build send to other programs, or to parts of its own that are not
/// annotated; each endpoint of a form once.
fn elsewhere(registry: &Registry) -> impl Iterator<Item = (&Form, &Target)> {
    registry.forms.iter().flat_map(|form| {
        let mut known = BTreeSet::new();
        let targets = form.posts_to.iter().filter(|target| target.elsewhere);
        let once = targets.filter(move |target| known.insert(*target));
        once.map(move |target| (&**form, target))
    })
}
