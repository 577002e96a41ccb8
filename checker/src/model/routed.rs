//! A build with its router, which is made once for all that is asked of it.

use std::collections::HashMap;

use super::build::{Build, BuildId};
use super::own_handler::{Reads, takes_some};
use super::passage;
use super::reading::Reading;
use super::request::as_sent;
use crate::endpoint::{Outcome, Pattern, Router};
use crate::registry::{Encoding, Form, Handler, Registry, Routing, Target};
use crate::support::parallel::each;

/// A build, and its router.
#[derive(Debug)]
pub struct RoutedBuild<'r> {
    /// Its number in the judgement.
    pub id: BuildId,
    /// Its items.
    pub registry: &'r Registry,
    /// Its handlers, by path.
    pub router: Router<'r>,
}

impl<'r> RoutedBuild<'r> {
    /// Makes the router of a build.
    #[must_use]
    pub fn new(build: Build<'r>) -> Self {
        Self::with_routing(build, Routing::default())
    }

    /// The same, which routes as `routing` says where the build does not say it.
    fn with_routing(build: Build<'r>, routing: Routing) -> Self {
        let Build { id, registry } = build;
        Self {
            id,
            registry,
            router: Router::with_routing(registry, routing),
        }
    }

    /// Makes the routers of two builds of one app: where one does not say how it routes, it
    /// routes as the other one.
    #[must_use]
    pub fn pair(builds: [Build<'r>; 2]) -> [Self; 2] {
        let routing = stated_routing(builds.iter());
        builds.map(|build| Self::with_routing(build, routing))
    }

    /// Makes the routers of several builds: one that does not say how it routes does so as
    /// the others of its app.
    pub(crate) fn all(builds: &[Build<'r>]) -> Vec<Self> {
        let mut routing: HashMap<&str, Routing> = HashMap::new();
        for build in builds {
            let name = &*build.registry.release.name;
            routing.entry(name).or_insert_with(|| {
                let is_of_app = |other: &&Build<'_>| other.registry.release.name == name;
                stated_routing(builds.iter().filter(is_of_app))
            });
        }
        each(builds, |build| {
            let routing = routing.get(&*build.registry.release.name);
            Self::with_routing(*build, routing.copied().unwrap_or_default())
        })
    }

    /// The build without its router.
    #[must_use]
    pub fn build(&self) -> Build<'r> {
        Build {
            id: self.id,
            registry: self.registry,
        }
    }

    /// Where a request would arrive. A path that is not a pattern, which no registry
    /// that was read has, arrives nowhere.
    #[must_use]
    pub fn resolve(&self, method: &str, path: &str) -> Outcome<'r> {
        match Pattern::parse(path) {
            Ok(pattern) => self.router.resolve(method, &pattern),
            Err(_) => Outcome::NotServed,
        }
    }

    /// The handler that would surely take a request if its path ended in a slash, or did not.
    pub(crate) fn slash_neighbour(&self, method: &str, path: &str) -> Option<&'r Handler> {
        let other = match path.strip_suffix('/') {
            Some("") => return None,
            Some(without) => without.to_owned(),
            None => format!("{path}/"),
        };
        let pattern = Pattern::parse(&other).ok()?;
        self.router.find_handler(method, &pattern)
    }

    /// The handlers that a request reaches, or may reach.
    pub(crate) fn reached(&self, method: &str, path: &Pattern<'_>) -> Vec<&'r Handler> {
        passage::reached(self, (method, path))
    }

    /// The handler of the build itself that surely gets what a form of its own sends. What
    /// is sent to a host is not sent here.
    pub(crate) fn find_at_home(&self, target: &Target) -> Option<&'r Handler> {
        if target.host.is_some() {
            return None;
        }
        let pattern = Pattern::parse(&target.path).ok()?;
        self.router.find_handler(&target.method, &pattern)
    }

    /// The endpoints at which it refuses whatever a form of its own sends.
    pub(crate) fn refused_at_home(&self) -> Vec<&'r Target> {
        let forms = self.registry.forms.iter();
        let targets = forms.flat_map(|form| form.posts_to.iter().map(move |target| (form, target)));
        targets
            .filter(|(form, target)| self.refuses(form, target))
            .map(|(_, target)| target)
            .collect()
    }

    /// Whether its own handlers refuse whatever a form sends to an endpoint.
    fn refuses(&self, form: &Form, target: &Target) -> bool {
        self.find_at_home(target)
            .is_some_and(|own| self.refuses_at(own, form, target))
    }

    /// The same, of this handler and those that share its endpoint.
    pub(super) fn refuses_at(&self, own: &'r Handler, form: &Form, target: &Target) -> bool {
        let others = self.router.sharing(own).iter().skip(1);
        let mut all = [own].into_iter().chain(others.copied());
        all.all(|own| refuses_all(own, form, target))
    }

    /// The handler of the very endpoint of this one, of another build or this.
    #[must_use]
    pub fn same_endpoint(&self, handler: &Handler) -> Option<&'r Handler> {
        let pattern = handler.pattern().ok()?;
        self.router.at(&handler.method, &pattern)
    }
}

/// How builds of one app route that do not say it: as all those do that say it.
fn stated_routing<'b, 'r: 'b>(builds: impl Iterator<Item = &'b Build<'r>>) -> Routing {
    let mut stated = builds.filter_map(|build| build.registry.routing);
    let first = stated.next().unwrap_or_default();
    if stated.all(|other| other == first) {
        first
    } else {
        Routing::default()
    }
}

/// Whether a handler refuses whatever a form sends to an endpoint.
pub(super) fn refuses_all(own: &Handler, form: &Form, target: &Target) -> bool {
    let encoding =
        |declared: Option<Encoding>| declared.map(|encoding| as_sent(encoding, &target.method));
    let (sent, read) = (encoding(form.encoding), encoding(own.encoding));
    if sent.zip(read).is_some_and(|(sent, read)| sent != read) {
        return true;
    }
    let (Some(sent_fields), Some(read_fields)) = (&form.fields, &own.fields) else {
        return false;
    };
    let reading = Reading::new(own, sent.or(read));
    let Some(fields) = reading.names(read_fields.list()) else {
        return false;
    };
    let reads = Reads {
        fields: &fields,
        reading,
    };
    !takes_some(&sent_fields.list(), reads)
}

/// The builds of a judgement, each with its router, which is made once.
#[derive(Debug)]
pub(crate) struct RoutedBuilds<'r> {
    /// By their numbers.
    builds: Vec<RoutedBuild<'r>>,
}

impl<'r> RoutedBuilds<'r> {
    /// Makes the routers of these builds; each may be there several times.
    pub(crate) fn new(builds: impl Iterator<Item = Build<'r>>) -> Self {
        let mut builds: Vec<Build<'r>> = builds.collect();
        builds.sort_by_key(|build| build.id);
        builds.dedup_by_key(|build| build.id);
        Self {
            builds: RoutedBuild::all(&builds),
        }
    }

    /// The build with that number, if it is one of them.
    pub(crate) fn find(&self, id: BuildId) -> Option<&RoutedBuild<'r>> {
        let position = self.builds.binary_search_by_key(&id, |build| build.id);
        Some(&self.builds[position.ok()?])
    }
}

#[cfg(test)]
mod tests {
    use super::{RoutedBuild, stated_routing};
    use crate::model::Build;
    use crate::registry::{Registry, Routing, snapshot};

    /// A build with this key, and a handler of a page whose path ends in a slash.
    fn build(key: &str) -> Registry {
        let json = format!(
            r#"{{"format":2,"release":{{"name":"app","version":"1.0.0"}},{key}
                "handlers":[{{"id":"admin","method":"GET","path":"/admin/"}}],"forms":[]}}"#
        );
        snapshot::read(json.as_bytes()).unwrap()
    }

    #[test]
    fn what_all_builds_say_that_say_how_they_route_holds_for_the_others() {
        let (path, method) = (r#""routing":"path-first","#, r#""routing":"method-first","#);
        for (keys, expected) in [
            (["", "", ""], Routing::default()),
            (["", method, ""], Routing::MethodFirst),
            (["", method, method], Routing::MethodFirst),
            ([path, method, ""], Routing::default()),
        ] {
            let registries = keys.map(build);
            let builds = registries.each_ref().map(|build| Build::new(0, build));
            assert_eq!(stated_routing(builds.iter()), expected, "{keys:?}");
        }
    }

    #[test]
    fn a_path_that_differs_in_its_last_slash_is_a_neighbour() {
        let registry = build("");
        let build = RoutedBuild::new(Build::new(0, &registry));
        let neighbour = |method, path| build.slash_neighbour(method, path).is_some();
        assert!(neighbour("GET", "/admin"));
        assert!(!neighbour("POST", "/admin"));
        assert!(!neighbour("GET", "/admin/"));
        assert!(!neighbour("GET", "/"));
    }
}
