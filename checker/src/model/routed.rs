//! A build with its router, which is made once for all that is asked of it.

use super::request::{Reads, as_sent, takes_some};
use crate::endpoint::{Outcome, Pattern, Router};
use crate::registry::{Encoding, Form, Handler, Registry, Target};

/// A build, and its router.
#[derive(Debug)]
pub struct RoutedBuild<'r> {
    /// Its items.
    pub registry: &'r Registry,
    /// Its handlers, by path.
    pub router: Router<'r>,
}

impl<'r> RoutedBuild<'r> {
    /// Makes the router of a build.
    #[must_use]
    pub fn new(registry: &'r Registry) -> Self {
        Self {
            registry,
            router: Router::new(registry),
        }
    }

    /// Where a request would arrive. A path that is no pattern, which no registry
    /// that was read has, arrives nowhere.
    #[must_use]
    pub fn resolve(&self, method: &str, path: &str) -> Outcome<'r> {
        match Pattern::parse(path) {
            Ok(pattern) => self.router.resolve(method, &pattern),
            Err(_) => Outcome::NotServed,
        }
    }

    /// Where the build itself gets what a form of its own sends. What is sent to a host
    /// is not sent here.
    #[must_use]
    pub fn at_home(&self, target: &Target) -> Outcome<'r> {
        if target.host.is_some() {
            return Outcome::NotServed;
        }
        self.resolve(&target.method, &target.path)
    }

    /// Whether its own handler refuses whatever a form sends to an endpoint.
    pub(crate) fn refuses(&self, form: &Form, target: &Target) -> bool {
        let Outcome::Served(own) = self.at_home(target) else {
            return false;
        };
        let encoding =
            |declared: Option<Encoding>| declared.map(|encoding| as_sent(encoding, &target.method));
        let (sent, read) = (encoding(form.encoding), encoding(own.encoding));
        if sent.zip(read).is_some_and(|(sent, read)| sent != read) {
            return true;
        }
        let (Some(sent_fields), Some(read_fields)) = (&form.fields, &own.fields) else {
            return false;
        };
        let reads = Reads {
            fields: &read_fields.list(),
            unknown: own.unknown_fields,
        };
        let is_json = sent.or(read) == Some(Encoding::Json);
        !takes_some(&sent_fields.list(), reads, is_json)
    }

    /// The handler of the very endpoint of this one, of another build or this.
    #[must_use]
    pub fn same_endpoint(&self, handler: &Handler) -> Option<&'r Handler> {
        let pattern = Pattern::parse(&handler.path).ok()?;
        match self.router.resolve(&handler.method, &pattern) {
            Outcome::Served(known)
                if known.method == handler.method
                    && Pattern::parse(&known.path).as_ref() == Ok(&pattern) =>
            {
                Some(known)
            }
            _ => None,
        }
    }
}
