//! What an item's HTML shows, and where it is written.

use std::path::PathBuf;

use coexist_html::{Form, Place};
use coexist_source::lifespan::Lifespan;
use proc_macro2::{Span, TokenStream};

/// The message for a string among the arguments of a macro.
pub(crate) const UNREAD_MACRO: &str = "this may contain forms, but macro arguments are not \
    analyzed: name the handlers with `posts_to`, or leave them undeclared with `posts_to = _`";

/// What HTML shows.
pub(crate) struct Shown {
    /// What it can send.
    pub(crate) forms: Vec<Form>,
    /// What comments say of each of them, once that is read.
    pub(crate) stated: Vec<Stated>,
    /// What it is, for a message: `the template home.html`.
    pub(crate) origin: String,
    /// The files that it was read from, beside the item's own.
    pub(crate) files: Vec<PathBuf>,
    /// The files of HTML that contain forms: their names in messages, and their paths in the
    /// workspace.
    pub(crate) paths: Vec<(String, String)>,
    /// A string that may contain more, but cannot be read.
    pub(crate) unread: Option<Span>,
    /// Why it is not known which htmx runs on it.
    pub(super) wrong_htmx: Option<String>,
    at: At,
}

/// What comments say of an element, in place of the annotation.
#[derive(Default)]
pub(crate) struct Stated {
    /// Its releases.
    pub(crate) lifespan: Option<Lifespan>,
    /// Whether a comment says the first of them.
    pub(crate) has_since: bool,
    /// The feature flag that must be on for it to be there.
    pub(crate) flag: Option<String>,
}

/// The tokens that contain the HTML.
#[cfg_attr(
    not(feature = "html"),
    expect(dead_code, reason = "without a reader there is none")
)]
pub(crate) enum At {
    /// The string, or the name of the file.
    Token(Span),
    /// The code of the item: its tokens and their places, in order.
    Lines(Vec<(Place, Span)>),
}

/// HTML that was not read.
pub(crate) struct Unread {
    /// The token that contains it.
    pub(crate) span: Span,
    /// Why it was not read.
    pub(crate) message: String,
    /// A constant expression of `bool`, where others may have said why already: it is
    /// true, and can be evaluated, if they have not. `None`: no other error says it, and
    /// an annotation that says where all of it leads may leave it unread.
    pub(crate) is_news: Option<TokenStream>,
}

impl Shown {
    /// Nothing so far.
    #[cfg(feature = "html")]
    pub(super) fn new(origin: &str, at: At) -> Self {
        Self {
            forms: Vec::new(),
            stated: Vec::new(),
            origin: origin.to_owned(),
            files: Vec::new(),
            paths: Vec::new(),
            unread: None,
            wrong_htmx: None,
            at,
        }
    }

    /// Notes that the code at this place is this token.
    #[cfg(feature = "html")]
    pub(super) fn note(&mut self, place: &Place, span: Span) {
        if let At::Lines(lines) = &mut self.at {
            lines.push((place.clone(), span));
        }
    }

    /// The error that it is read as a page of another htmx than it runs.
    pub(super) fn wrong_htmx(&self) -> Option<Unread> {
        let first = match &self.at {
            At::Token(span) => Some(*span),
            At::Lines(lines) => lines.first().map(|(_, span)| *span),
        };
        Some(Unread {
            span: first.unwrap_or_else(Span::call_site),
            message: self.wrong_htmx.clone()?,
            is_news: None,
        })
    }

    /// The token that contains all of it, if there is only one.
    pub(crate) fn token(&self) -> Option<Span> {
        match &self.at {
            At::Token(span) => Some(*span),
            At::Lines(_) => None,
        }
    }

    /// The token that a form begins in, as near as is known.
    pub(crate) fn span(&self, form: &Form) -> Span {
        let lines = match &self.at {
            At::Token(span) => return *span,
            At::Lines(lines) => lines,
        };
        let above = lines
            .iter()
            .filter(|(place, _)| place.file == form.place.file && place.line <= form.place.line);
        // Of the tokens on one line, the first.
        above
            .rev()
            .max_by_key(|(place, _)| place.line)
            .map_or_else(Span::call_site, |(_, span)| *span)
    }

    /// The line that contains a form, in a file of the workspace; `None` in a Rust file, which
    /// several pages may share without sharing any HTML.
    pub(crate) fn template(&self, form: &Form) -> Option<Place> {
        let Place { file, line } = &form.place;
        let (_, path) = self.paths.iter().find(|(name, _)| name == file)?;
        let (file, line) = (path.clone(), *line);
        Some(Place { file, line })
    }

    /// Where a form begins, and its tag, for a message.
    pub(crate) fn described(&self, form: &Form) -> String {
        format!("{}: `{}`", self.place(&form.place), shortened(&form.tag))
    }

    /// A place, for a message.
    pub(crate) fn place(&self, Place { file, line }: &Place) -> String {
        let file = if file.is_empty() { &self.origin } else { file };
        format!("{file}:{line}")
    }
}

/// A tag on one line, and no longer than a message can bear.
fn shortened(tag: &str) -> String {
    const LENGTH: usize = 100;
    let words: Vec<&str> = tag.split_whitespace().collect();
    let tag = words.join(" ");
    match tag.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &tag[..end]),
        None => tag,
    }
}
