//! What a rule says of several findings at once: what it says of each, if that is
//! the same but for the names of the form and of the release that is out.

use std::collections::BTreeSet;

use crate::endpoint::unnamed;
use crate::model::{Explanation, Finding, PageSide, old_names};
use crate::registry::Form;
use crate::support::text::enumerate;

/// Stands in the place of the form's name. No text holds it: Unicode keeps it for
/// use within programs.
const FORM: &str = "\u{FDD0}";

/// Stands in the place of the name of the release that is out.
const RELEASE: &str = "\u{FDD1}";

/// What is said of a finding, with gaps where its form and the release that is out are
/// named.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct GroupKey(Explanation);

impl GroupKey {
    /// What is said of the finding; the names of parameters do not matter.
    pub(crate) fn of(finding: &Finding<'_>) -> Self {
        let (method, path) = finding.endpoint;
        let path = unnamed(path);
        let mut words = with_gaps(finding, (method, &path), true, true);
        for step in &mut words.steps {
            // The line of an item is another one in each release.
            let place = step.paste_into.take();
            step.paste_into = place.map(|place| match place.split_once(RELEASE) {
                Some((what, _)) => what.to_owned(),
                None => place,
            });
        }
        Self(words)
    }
}

/// What is said of the finding, with a gap for the form's name, and one for that of the
/// release that is out.
fn with_gaps(
    finding: &Finding<'_>,
    endpoint: (&str, &str),
    of_form: bool,
    of_release: bool,
) -> Explanation {
    let nameless = finding.page.form.map(|form| Form {
        id: FORM.to_owned(),
        ..form.clone()
    });
    let form = if of_form {
        nameless.as_ref()
    } else {
        finding.page.form
    };
    let page = PageSide {
        form,
        ..finding.page
    };
    let finding = Finding {
        page,
        endpoint,
        old_name: of_release.then_some(RELEASE),
        ..finding.clone()
    };
    super::words(&finding)
}

/// What is said of several findings of which the same is said but for the names.
pub(crate) fn words_of_all(findings: &[&Finding<'_>]) -> Explanation {
    let first = findings[0];
    let forms = findings.iter().map(|finding| finding.page.form);
    let forms: BTreeSet<_> = forms.map(|form| form.map(|form| &form.id)).collect();
    let releases = old_names(findings);
    let mut words = with_gaps(first, first.endpoint, forms.len() > 1, releases.len() > 1);
    if forms.len() > 1 {
        name_forms(&mut words, forms.len());
    }
    if let [newest, _, ..] = &releases[..] {
        let all = enumerate(&releases, "or");
        words.headline = words.headline.replace(RELEASE, &all);
        for step in &mut words.steps {
            step.release = step.release.replace(RELEASE, &all);
            step.change = step.change.replace(RELEASE, &all);
            step.paste = step.paste.take().map(|text| text.replace(RELEASE, newest));
            step.paste_into = step
                .paste_into
                .take()
                .map(|text| text.replace(RELEASE, newest));
        }
    }
    words
}

/// Fills the gap: so many forms, at least two.
fn name_forms(words: &mut Explanation, count: usize) {
    // It happens to one at a time, and is mended for all.
    words.headline = named(
        &words.headline,
        &format!("one of {count} new forms"),
        &format!("one of {count} forms"),
    );
    let (new, all) = (
        format!("these {count} new forms"),
        format!("these {count} forms"),
    );
    for step in &mut words.steps {
        step.change = named(&step.change, &new, &all);
        // What is pasted for one form does not suit the others.
        step.paste = step.paste.take().filter(|paste| !paste.contains(FORM));
    }
}

/// The text with these names for the forms: `new` where it speaks of a new one.
fn named(text: &str, new: &str, all: &str) -> String {
    let name = format!("`{FORM}`");
    text.replace(&format!("the new {name}"), new)
        .replace(&format!("the form {name}"), all)
        .replace(&name, all)
        .replace(FORM, all)
}
