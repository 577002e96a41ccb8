//! Which findings are of forms that fail both ways: what they send in either build fails at
//! the nodes of the other.

use std::collections::{HashMap, HashSet};

use crate::model::{Direction, Finding, Level};

/// An app, and the path of one of its forms.
type FormKey<'r> = (&'r str, &'r str);

/// A method and a path.
type Endpoint<'r> = (&'r str, &'r str);

/// Marks the findings. A form that fails both ways changes a release after the handlers. So
/// do the forms that share a handler with it: that handler drops what they send when all of
/// them have changed.
pub(super) fn mark(findings: &mut [Finding<'_>]) {
    let failing = |direction| {
        let certain = findings.iter().filter(|finding| is_certain(finding));
        let failing = certain.filter(move |finding| finding.direction == Some(direction));
        failing.filter_map(form).collect::<HashSet<_>>()
    };
    let new_to_old = failing(Direction::NewToOld);
    let old_to_new = failing(Direction::OldToNew);
    let forms = connected(findings, &new_to_old & &old_to_new);
    for finding in findings {
        finding.fails_both_ways = form(finding).is_some_and(|form| forms.contains(&form));
    }
}

/// These forms, and those of the old build that share a handler with one of them, or with
/// one that does.
fn connected<'r>(
    findings: &[Finding<'r>],
    mut forms: HashSet<FormKey<'r>>,
) -> HashSet<FormKey<'r>> {
    let mut endpoints_of: HashMap<FormKey<'r>, Vec<Endpoint<'r>>> = HashMap::new();
    let mut forms_of: HashMap<Endpoint<'r>, Vec<FormKey<'r>>> = HashMap::new();
    for finding in findings {
        let Some(form) = form(finding).filter(|_| finding.direction == Some(Direction::OldToNew))
        else {
            continue;
        };
        for endpoint in endpoints(finding) {
            endpoints_of.entry(form).or_default().push(endpoint);
            forms_of.entry(endpoint).or_default().push(form);
        }
    }
    let mut queue: Vec<FormKey<'r>> = forms.iter().copied().collect();
    while let Some(form) = queue.pop() {
        for endpoint in endpoints_of.remove(&form).unwrap_or_default() {
            // Each is looked at once.
            let sharing = forms_of.remove(&endpoint).unwrap_or_default();
            queue.extend(sharing.into_iter().filter(|form| forms.insert(*form)));
        }
    }
    forms
}

/// Whether the advice is to change the form and the handler in two releases.
fn is_certain(finding: &Finding<'_>) -> bool {
    finding.rule.level == Level::Deny && !finding.is_undecided
}

/// The form of a submission within one app.
fn form<'r>(finding: &Finding<'r>) -> Option<FormKey<'r>> {
    let is_within_app = finding.direction.is_some() && finding.crossing.is_none();
    let form = finding.page.form.filter(|_| is_within_app)?;
    Some((&finding.page.registry.release.name, &form.id))
}

/// What is asked for, and the endpoints of the handlers on both sides.
fn endpoints<'r>(finding: &Finding<'r>) -> impl Iterator<Item = Endpoint<'r>> + use<'r> {
    let handlers = [finding.page.handler, finding.node.handler];
    let handlers = handlers.into_iter().flatten();
    let handlers = handlers.map(|handler| (&*handler.method, &*handler.path));
    handlers.chain([finding.endpoint])
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::judge::check;
    use crate::model::Policy;
    use crate::registry::{Registry, snapshot};

    fn build(version: &str, read: &str, forms: &[Value]) -> Registry {
        let fields = |name: &str| json!([{ "name": name, "required": true, "type": "text" }]);
        let json = json!({ "format": 1, "release": { "name": "app", "version": version },
            "handlers": [ { "id": "take", "method": "POST", "path": "/a", "since": "1.0.0",
                            "fields": fields(read) },
                          { "id": read, "method": "POST", "path": format!("/{read}"), "since": version } ],
            "forms": forms });
        snapshot::read(json.to_string().as_bytes()).unwrap()
    }

    /// A form of each release that posts to these paths.
    fn form(id: &str, paths: &[&str], sent: &str) -> Value {
        let targets = paths
            .iter()
            .map(|path| json!({ "method": "POST", "path": path }));
        json!({ "id": id, "since": "1.0.0", "posts_to": targets.collect::<Vec<_>>(),
                "fields": [{ "name": sent, "always": true, "type": "text" }] })
    }

    #[test]
    fn a_form_changes_with_those_that_share_its_handler_and_no_other_one_does() {
        let old = [
            form("changes", &["/a"], "x"),
            form("shares", &["/a"], "x"),
            form("goes", &["/x"], "x"),
        ];
        let new = [form("changes", &["/a", "/nowhere"], "y")];
        let (old, new) = (build("1.0.0", "x", &old), build("1.1.0", "y", &new));
        let policy = Policy::default();
        let report = check(&old, &new, &policy).unwrap();
        let mut found: Vec<_> = report
            .findings
            .iter()
            .filter_map(|finding| {
                let form = finding.page.form?;
                Some((&*form.id, finding.rule.name, finding.fails_both_ways))
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        assert_eq!(
            found,
            [
                ("changes", "field-required", true),
                ("changes", "form-dangling", false),
                ("changes", "since-rewritten", false),
                ("goes", "handler-removed", false),
                ("shares", "field-required", true),
            ]
        );
    }
}
