//! What a rule says of several findings at once: what it says of each, if that is
//! the same but for the form's name.

use super::Words;
use crate::judge::{Finding, PageSide};
use crate::registry::Form;

/// Stands in the place of the form's name. No text holds it: Unicode keeps it for
/// use within programs.
const FORM: &str = "\u{FDD0}";

/// What is said of a finding, with a gap where its form is named.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct WithoutForm(Words);

impl WithoutForm {
    pub(crate) fn of(finding: &Finding<'_>) -> Self {
        let Some(form) = finding.page.form else {
            return Self((finding.rule.words)(finding));
        };
        let nameless = Form {
            id: FORM.to_owned(),
            ..form.clone()
        };
        let page = PageSide {
            form: Some(&nameless),
            ..finding.page
        };
        let finding = Finding {
            page,
            ..finding.clone()
        };
        Self((finding.rule.words)(&finding))
    }

    /// The words for so many forms: at least two.
    pub(crate) fn of_forms(self, count: usize) -> Words {
        let mut words = self.0;
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
}

/// The text with these names for the forms: `new` where it speaks of a new one.
fn named(text: &str, new: &str, all: &str) -> String {
    let name = format!("`{FORM}`");
    text.replace(&format!("the new {name}"), new)
        .replace(&format!("the form {name}"), all)
        .replace(&name, all)
        .replace(FORM, all)
}
