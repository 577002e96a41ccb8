//! HTML as it stands in its source: text, holes where expressions stand, and
//! branches of which a condition chooses; each with its place in a file.

use crate::form::Place;
use crate::htmx::Htmx;

/// What a group of branches has for arms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arms {
    /// One of them is taken, always: `if … else …`, `match`.
    OneOf,
    /// One of them, or none: `if` without `else`.
    AtMostOne,
    /// Its one arm is taken any number of times: a loop.
    AnyNumber,
}

/// HTML, piece by piece, in the order in which it is rendered.
#[derive(Debug, Default)]
pub struct Source {
    pieces: Vec<Piece>,
    htmx: Htmx,
    has_rocket: bool,
}

/// A piece of the source.
#[derive(Debug)]
pub(crate) enum Piece {
    /// HTML, beginning at this place.
    Text(String, Place),
    /// An expression, as it is written.
    Hole(String, Place),
    /// An expression, as it is written, whose value is HTML.
    Markup(String, Place),
    /// A comment that is not rendered, beginning at this place.
    Comment(String, Place),
    /// A group of branches begins, and its first arm.
    Open(Arms),
    /// The next arm begins.
    Arm,
    /// The group ends.
    Close,
}

impl Source {
    /// An empty source.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A page, or a piece of one, without holes; it begins at line 1 of `file`.
    #[must_use]
    pub fn from_html(html: &str, file: &str) -> Self {
        let mut source = Self::new();
        let file = file.to_owned();
        source.text(html, Place { file, line: 1 });
        source
    }

    /// Says which htmx runs on the page.
    #[must_use]
    pub fn with_htmx(mut self, htmx: Htmx) -> Self {
        self.htmx = htmx;
        self
    }

    /// Which htmx runs on the page.
    pub(crate) fn htmx(&self) -> Htmx {
        self.htmx
    }

    /// Says whether Rocket serves what the page sends: it takes the method of a form out of its field
    /// `_method`.
    #[must_use]
    pub fn with_rocket(mut self, has_rocket: bool) -> Self {
        self.has_rocket = has_rocket;
        self
    }

    /// Whether Rocket serves what the page sends.
    pub(crate) fn has_rocket(&self) -> bool {
        self.has_rocket
    }

    /// Appends HTML that begins at this place.
    pub fn text(&mut self, html: &str, place: Place) {
        self.pieces.push(Piece::Text(html.to_owned(), place));
    }

    /// Appends a hole: an expression, as it is written, whose value nobody knows.
    pub fn hole(&mut self, expression: &str, place: Place) {
        self.pieces.push(Piece::Hole(expression.to_owned(), place));
    }

    /// Appends a hole whose value is HTML and not escaped: elements may be in it.
    pub fn markup(&mut self, expression: &str, place: Place) {
        self.pieces
            .push(Piece::Markup(expression.to_owned(), place));
    }

    /// Appends a comment of the template language, which is not rendered: without its delimiters.
    pub fn comment(&mut self, text: &str, place: Place) {
        self.pieces.push(Piece::Comment(text.to_owned(), place));
    }

    /// Begins a group of branches, and its first arm.
    pub fn open(&mut self, arms: Arms) {
        self.pieces.push(Piece::Open(arms));
    }

    /// Ends an arm, and begins the next one of the same group.
    pub fn arm(&mut self) {
        self.pieces.push(Piece::Arm);
    }

    /// Ends a group of branches.
    pub fn close(&mut self) {
        self.pieces.push(Piece::Close);
    }

    /// How many bytes the pieces have; the border of an arm counts as a few.
    pub(crate) fn size(&self) -> usize {
        let sizes = self.pieces.iter().map(|piece| match piece {
            Piece::Text(text, _)
            | Piece::Hole(text, _)
            | Piece::Markup(text, _)
            | Piece::Comment(text, _) => text.len(),
            Piece::Open(_) | Piece::Arm | Piece::Close => 4,
        });
        sizes.sum()
    }

    /// The pieces, in order.
    pub(crate) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }
}
