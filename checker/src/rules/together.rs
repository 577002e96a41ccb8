//! What a rule says of several findings at once: what it says of each, if that is
//! the same but for the form's name.

use super::Words;
use crate::endpoint::unnamed;
use crate::judge::{Finding, PageSide};
use crate::registry::Form;

/// Stands in the place of the form's name. No text holds it: Unicode keeps it for
/// use within programs.
const FORM: &str = "\u{FDD0}";

/// What is said of a finding, with a gap where its form is named.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct WithoutForm(Words);

impl WithoutForm {
    /// What is said of the finding; the names of parameters do not matter.
    pub(crate) fn of(finding: &Finding<'_>) -> Self {
        let (method, path) = finding.endpoint;
        let path = unnamed(path);
        Self::at(finding, (method, &path))
    }

    fn at(finding: &Finding<'_>, endpoint: (&str, &str)) -> Self {
        let nameless = finding.page.form.map(|form| Form {
            id: FORM.to_owned(),
            ..form.clone()
        });
        let page = PageSide {
            form: nameless.as_ref(),
            ..finding.page
        };
        let finding = Finding {
            page,
            endpoint,
            ..finding.clone()
        };
        Self((finding.rule.words)(&finding))
    }
}

/// What is said of so many forms, at least two, of which the same is said as of this
/// one.
pub(crate) fn words_of_forms(finding: &Finding<'_>, count: usize) -> Words {
    let WithoutForm(mut words) = WithoutForm::at(finding, finding.endpoint);
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
    words
}

/// The text with these names for the forms: `new` where it speaks of a new one.
fn named(text: &str, new: &str, all: &str) -> String {
    let name = format!("`{FORM}`");
    text.replace(&format!("the new {name}"), new)
        .replace(&format!("the form {name}"), all)
        .replace(&name, all)
        .replace(FORM, all)
}
