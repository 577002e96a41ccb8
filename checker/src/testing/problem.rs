//! A problem that one of an app's own tests finds, in the grammar of the findings:
//! what is wrong, where, what to do.

use std::fmt;

use crate::endpoint::Pattern;
use crate::registry::{Form, Handler, Source};

/// The columns that a line takes at most, if its words let it.
const WIDTH: usize = 80;

/// What is wrong in one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Problem {
    /// What is wrong, in one line.
    pub(crate) headline: String,
    /// Method and path.
    pub(crate) endpoint: String,
    /// What each place is, and where it is.
    pub(crate) places: Vec<(&'static str, String)>,
    /// What to do, and what to paste for it.
    pub(crate) help: String,
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
        wrapped(f, &headline, "", "  ")?;
        writeln!(f, "\n  {}", self.endpoint)?;
        for (what, place) in &self.places {
            wrapped(f, place, &format!("    {what:<24} "), &" ".repeat(29))?;
        }
        writeln!(f, "\n  what to do")?;
        wrapped(f, &self.help, "    ", "    ")?;
        match &self.paste {
            Some(paste) => writeln!(f, "      {paste}"),
            None => Ok(()),
        }
    }
}

/// The problems of one test as its failure; nothing if there are none.
pub(crate) fn failed(problems: &[Problem], summary: &str) -> Result<(), String> {
    if problems.is_empty() {
        return Ok(());
    }
    let problems: Vec<String> = problems.iter().map(Problem::to_string).collect();
    Err(format!("{}\n{summary}\n", problems.join("\n")))
}

/// Why a test cannot tell anything, as its failure.
pub(crate) fn could_not_check(why: &dyn fmt::Display) -> String {
    format!("coexist: could not check: {why}\n")
}

/// The path patterns that a test leaves aside.
pub(crate) fn patterns(paths: &[String]) -> Result<Vec<Pattern<'_>>, String> {
    let patterns = paths.iter().map(|path| Pattern::parse(path));
    patterns
        .collect::<Result<_, _>>()
        .map_err(|error| could_not_check(&error))
}

/// The last part of an item's path: what code calls it.
pub(crate) fn name(id: &str) -> &str {
    let item = id.split('#').next().unwrap_or(id);
    item.rsplit("::").next().unwrap_or(item)
}

/// A number of things.
pub(crate) fn count(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

fn wrapped(f: &mut fmt::Formatter<'_>, text: &str, first: &str, next: &str) -> fmt::Result {
    let options = textwrap::Options::new(WIDTH)
        .initial_indent(first)
        .subsequent_indent(next)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    for line in textwrap::wrap(text, options) {
        writeln!(f, "{}", line.trim_end())?;
    }
    Ok(())
}
