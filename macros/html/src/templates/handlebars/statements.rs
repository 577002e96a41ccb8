//! From the parts of a template to its tree.

use super::frames::{Frame, Frames};
use super::lexer::{Part, Tag, parts};
use super::words::{Word, expression, value, words};
use crate::form::Place;
use crate::templates::error::Error;
use crate::templates::loaded::{line, line_ends};
use crate::templates::tree::{Definition, Include, Kind, More, Node, Seen};

/// How many tags may be open at once.
const DEPTH: usize = 100;

/// The nodes of a text.
pub(super) fn nodes(text: &str, place: &Place) -> Result<Vec<Node>, Error> {
    let mut reader = Reader {
        text,
        frames: Frames::default(),
    };
    for part in parts(text) {
        let at = match part {
            Part::Text(range) => {
                let at = range.start;
                reader.push(Kind::Text(range), at);
                at
            }
            Part::Tag(tag) => {
                reader.tag(&tag);
                tag.at
            }
            Part::Unclosed(at) => {
                reader.gap("this tag has no end", at);
                at
            }
        };
        if reader.frames.depth() > DEPTH {
            let line = line(&line_ends(text), at);
            let at = Place {
                file: place.file.clone(),
                line: line.saturating_add(place.line - 1),
            };
            return Err(Error::TooDeep { at });
        }
    }
    Ok(reader.frames.finish(text.len()))
}

struct Reader<'t> {
    text: &'t str,
    frames: Frames,
}

impl Reader<'_> {
    fn push(&mut self, kind: Kind, at: usize) {
        self.frames.push(Node { kind, at });
    }

    fn gap(&mut self, why: &str, at: usize) {
        self.push(Kind::More(More::Gap(why.to_owned())), at);
    }

    fn tag(&mut self, tag: &Tag) {
        let inner = &self.text[tag.inner.clone()];
        if tag.is_comment {
            let text = inner.trim_matches('-').to_owned();
            return self.push(Kind::Comment(text), tag.at);
        }
        let trimmed = inner.trim_start();
        let from = tag.inner.end - trimmed.len();
        let signs = trimmed.len() - trimmed.trim_start_matches(['#', '*', '>', '/', '^']).len();
        let words = words(self.text, from + signs..tag.inner.end);
        let first = words.first().map(|word| self.written(word));
        match (&trimmed[..signs], first) {
            ("^", None) => self.frames.next_arm(true, tag.at),
            ("" | "#", Some("else")) => self.frames.next_arm(words.len() == 1, tag.at),
            ("^", _) => self.frames.next_arm(false, tag.at),
            ("#" | "#^", Some(name)) => {
                let name = name.to_owned();
                self.frames.open(Frame::block(name, tag.at));
            }
            ("#*", Some("inline")) => match words.get(1) {
                Some(name) => {
                    let name = self.written(name).to_owned();
                    self.frames.open(Frame::inline(name, tag.at));
                }
                None => self.gap("this partial has no name", tag.at),
            },
            ("#*", _) => self.frames.open(Frame::block("*".to_owned(), tag.at)),
            (">", _) => match self.include(&words) {
                Some(include) => self.push(Kind::Include(include), tag.at),
                None => self.gap("the name of the partial is an expression", tag.at),
            },
            ("#>", _) => {
                let include = self.include(&words);
                self.frames.open(Frame::partial(include, tag.at));
            }
            ("/", _) => self.frames.close(tag.at),
            ("", Some("log")) | ("*", _) => {}
            ("", Some(_)) => {
                let mut value = expression(&words, self.text);
                if tag.is_markup {
                    value = value.into_markup();
                }
                let at = value.at;
                self.push(Kind::Expr(value), at);
            }
            _ => self.gap("a tag that is not known", tag.at),
        }
    }

    fn written(&self, word: &Word) -> &str {
        let (Word::Name(range) | Word::Text(range) | Word::Key(range) | Word::Inner(range)) = word;
        &self.text[range.clone()]
    }

    /// The partial that a tag names; `None`: it does so by an expression.
    fn include(&self, words: &[Word]) -> Option<Include> {
        let (name, rest) = words.split_first()?;
        if matches!(name, Word::Inner(_) | Word::Key(_)) {
            return None;
        }
        let name = self.written(name).to_owned();
        let is_block = name == "@partial-block";
        let mut include = Include {
            variable: Some(format!(">{name}")),
            ..Include::default()
        };
        if !is_block {
            include.paths.push(name);
        }
        let mut key = None;
        for word in rest {
            match (word, key.take()) {
                (Word::Key(range), _) => key = Some(self.text[range.clone()].to_owned()),
                (word, Some(key)) => {
                    let value = value(word, self.text);
                    let argument = (Some(key), Definition::Value(value));
                    include.arguments.push(argument);
                }
                // Its context is another one.
                (_, None) => include.seen = Seen::Templates,
            }
        }
        Some(include)
    }
}
