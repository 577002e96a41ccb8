//! Several programs behind one address: which of them serves what, as the policy states
//! it.

use crate::registry::Target;
use crate::support::steps;

/// The apps that are stated, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Apps {
    /// They share no path at one host.
    pub all: Vec<App>,
}

/// What one app serves, as it is seen from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct App {
    /// The name of its releases.
    pub name: String,
    /// What the paths begin with, in whole segments: at least one. `/` is every path.
    pub paths: Vec<String>,
    /// The hosts, in lowercase; empty: every one that is stated.
    pub hosts: Vec<String>,
    /// Whether its own paths are without what those begin with.
    pub strip: bool,
    /// Where it is written: a file and a line, for people.
    pub at: String,
}

/// An app that serves an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Serving<'a, 't> {
    /// The app.
    pub app: &'a App,
    /// What the app itself calls the path.
    pub path: &'t str,
}

impl Apps {
    /// The app of that name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&App> {
        self.all.iter().find(|app| app.name == name)
    }

    /// Which app serves what a page of the app `page` sends to. The longest beginning
    /// of the path decides; there are several where it is not stated at which host the
    /// page is. A host that no app has is none of theirs.
    #[must_use]
    pub fn serving<'a, 't>(&'a self, page: &str, target: &'t Target) -> Vec<Serving<'a, 't>> {
        let of_page = self.find(page).map_or(&[][..], |app| &app.hosts);
        let hosts = target.host.as_ref().map_or(of_page, std::slice::from_ref);
        let has = |app: &App, host: &String| app.hosts.contains(host);
        if let Some(host) = &target.host
            && !self.all.iter().any(|app| has(app, host))
        {
            return Vec::new();
        }
        let is_there = |app: &App, prefix: &str| {
            app.hosts.is_empty()
                || hosts.iter().any(|host| has(app, host))
                // The page may be at the host, unless that is all that is known.
                || (hosts.is_empty() && prefix != "/")
        };
        let mut best = (0, Vec::new());
        for app in &self.all {
            steps::count(app.paths.len() + app.hosts.len());
            if steps::is_used_up() {
                break;
            }
            for prefix in &app.paths {
                let Some(rest) = rest_of(&target.path, prefix) else {
                    continue;
                };
                if !is_there(app, prefix) || prefix.len() < best.0 {
                    continue;
                }
                if prefix.len() > best.0 {
                    best = (prefix.len(), Vec::new());
                }
                let path = if app.strip { rest } else { &*target.path };
                best.1.push(Serving { app, path });
            }
        }
        best.1
    }

    /// What the app `page` itself calls the path that its own page sends to; `None` if
    /// that is stated to be another app's, or if the host is.
    #[must_use]
    pub fn at_home<'t>(&self, page: &str, target: &'t Target) -> Option<&'t str> {
        // What is not said to be elsewhere was found in the page's own program.
        if !target.elsewhere {
            return Some(&target.path);
        }
        let serving = self.serving(page, target);
        let own = serving.iter().find(|serving| serving.app.name == page);
        match (own, &target.host) {
            (Some(own), Some(_)) => Some(own.path),
            (Some(_), None) => Some(&target.path),
            (None, None) if serving.is_empty() => Some(&target.path),
            (None, _) => None,
        }
    }
}

/// What of the path comes after a prefix of whole segments.
fn rest_of<'t>(path: &'t str, prefix: &str) -> Option<&'t str> {
    if prefix == "/" {
        return Some(path);
    }
    match path.strip_prefix(prefix)? {
        "" => Some("/"),
        rest => rest.starts_with('/').then_some(rest),
    }
}

#[cfg(test)]
mod tests {
    use super::{App, Apps};
    use crate::registry::Target;

    fn app(name: &str, paths: &[&str], hosts: &[&str], strip: bool) -> App {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        App {
            name: name.to_owned(),
            paths: owned(paths),
            hosts: owned(hosts),
            strip,
            at: String::new(),
        }
    }

    /// Which apps serve it, with the path there.
    fn serving(apps: &Apps, page: &str, url: &str) -> Vec<String> {
        let (host, path) = match url.strip_prefix("https://") {
            None => (None, url),
            Some(rest) => {
                let slash = rest.find('/').unwrap();
                (Some(rest[..slash].to_owned()), &rest[slash..])
            }
        };
        let target = Target {
            method: "POST".to_owned(),
            path: path.to_owned(),
            elsewhere: true,
            host,
            is_page: false,
        };
        let serving = apps.serving(page, &target).into_iter();
        serving
            .map(|serving| format!("{} {}", serving.app.name, serving.path))
            .collect()
    }

    #[test]
    fn the_longest_beginning_in_whole_segments_wins() {
        let apps = Apps {
            all: vec![
                app("shop", &["/"], &[], false),
                app("billing", &["/billing", "/invoices"], &[], true),
                app("archive", &["/billing/archive"], &[], false),
            ],
        };
        for (path, expected) in [
            ("/", "shop /"),
            ("/billings", "shop /billings"),
            ("/billing", "billing /"),
            ("/billing/", "billing /"),
            ("/billing/{id}/pay", "billing /{id}/pay"),
            ("/invoices/7", "billing /7"),
            ("/billing/archive/{id}", "archive /billing/archive/{id}"),
            ("/billing/archived", "billing /archived"),
            // The text in a hole is unknown.
            ("/{any}/pay", "shop /{any}/pay"),
        ] {
            assert_eq!(serving(&apps, "shop", path), [expected], "{path}");
        }
        assert!(serving(&apps, "shop", "https://shop.example.com/").is_empty());
    }

    #[test]
    fn a_host_tells_apps_apart() {
        let apps = Apps {
            all: vec![
                app("shop", &["/"], &["shop.example.com"], false),
                app("billing", &["/"], &["billing.example.com"], false),
                app("tax", &["/tax"], &["billing.example.com"], true),
                app("files", &["/files"], &[], false),
            ],
        };
        for (page, url, expected) in [
            // A page posts to its own host, if none is named.
            ("shop", "/pay", &["shop /pay"][..]),
            ("billing", "/pay", &["billing /pay"]),
            ("shop", "/tax/pay", &["shop /tax/pay"]),
            ("billing", "/tax/pay", &["tax /pay"]),
            ("shop", "/files/7", &["files /files/7"]),
            // The host is not stated, so apps that have whole hosts are not meant.
            ("web", "/pay", &[]),
            ("web", "/tax/pay", &["tax /pay"]),
            ("shop", "https://billing.example.com/pay", &["billing /pay"]),
            ("web", "https://billing.example.com/tax/pay", &["tax /pay"]),
            (
                "web",
                "https://billing.example.com/files/7",
                &["files /files/7"],
            ),
            ("shop", "https://pay.example.org/tax/pay", &[]),
        ] {
            assert_eq!(serving(&apps, page, url), expected, "{page} {url}");
        }
    }

    #[test]
    fn at_a_host_that_is_not_stated_there_may_be_several() {
        let apps = Apps {
            all: vec![
                app("billing", &["/pay"], &["de.example.com"], false),
                app("invoices", &["/pay"], &["at.example.com"], true),
            ],
        };
        let several = ["billing /pay/7", "invoices /7"];
        assert_eq!(serving(&apps, "shop", "/pay/7"), several);
    }
}
