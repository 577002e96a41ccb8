//! A problem that one of an app's own tests finds, in the grammar of the findings:
//! what is wrong, where, what to do.

use std::fmt;

use crate::registry::{Form, Handler, Source};
use crate::support::text::wrap;
use crate::support::visible::escaped;

/// What is wrong in one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Problem {
    /// What is wrong, in one line.
    pub(crate) headline: String,
    /// The method and the path.
    pub(crate) endpoint: String,
    /// What each place is, and where; a second line of the same place has no name.
    pub(crate) places: Vec<(&'static str, String)>,
    /// What to do.
    pub(crate) help: String,
    /// The code to paste for it.
    pub(crate) paste: Option<String>,
}

impl Problem {
    /// Adds an annotated handler.
    pub(crate) fn handler(&mut self, handler: &Handler) {
        self.item("handler", &handler.id, handler.source.as_ref());
    }

    /// Adds an annotated form.
    pub(crate) fn form(&mut self, form: &Form) {
        self.item("form", &form.id, form.source.as_ref());
    }

    fn item(&mut self, what: &'static str, id: &str, source: Option<&Source>) {
        self.places.push((what, id.to_owned()));
        if let Some(source) = source {
            self.places.push(("", format!("at {source}")));
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headline = format!("error: {}", self.headline);
        write_wrapped(f, &headline, "", "  ")?;
        writeln!(f, "\n  {}", escaped(&self.endpoint))?;
        for (what, place) in &self.places {
            write_wrapped(f, place, &format!("    {what:<24} "), &" ".repeat(29))?;
        }
        writeln!(f, "\n  what to do")?;
        write_wrapped(f, &self.help, "    ", "    ")?;
        match &self.paste {
            Some(paste) => writeln!(f, "      {}", escaped(paste)),
            None => Ok(()),
        }
    }
}

fn write_wrapped(f: &mut fmt::Formatter<'_>, text: &str, first: &str, other: &str) -> fmt::Result {
    wrap(&escaped(text), first, other)
        .iter()
        .try_for_each(|line| writeln!(f, "{line}"))
}
