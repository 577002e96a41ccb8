//! The words of a tag, one by one.

use super::tokens::{Token, Word};

/// The words of a tag, and how far they were read.
pub(super) struct Words<'t> {
    pub(super) text: &'t str,
    pub(super) all: Vec<Word>,
    pub(super) at: usize,
    pub(super) depth: usize,
    /// Where the tag ends.
    end: usize,
    /// A filter is for all that is joined before it, as in tera.
    pub(super) filters_all: bool,
}

impl<'t> Words<'t> {
    pub(super) fn new(text: &'t str, all: Vec<Word>, end: usize, filters_all: bool) -> Self {
        Self {
            text,
            all,
            at: 0,
            depth: 0,
            end,
            filters_all,
        }
    }

    /// Where the next word begins.
    pub(super) fn position(&self) -> usize {
        let next = self.all.get(self.at);
        next.map_or(self.end, |word| word.range.start)
    }

    /// Where the last word ended.
    pub(super) fn behind(&self) -> usize {
        let last = self.at.checked_sub(1).and_then(|at| self.all.get(at));
        last.map_or(self.end, |word| word.range.end)
    }

    pub(super) fn is_done(&self) -> bool {
        self.at >= self.all.len()
    }

    pub(super) fn peek(&self) -> Option<&Token> {
        self.all.get(self.at).map(|word| &word.token)
    }

    /// The next word, if it is a name.
    pub(super) fn peek_name(&self) -> Option<&'t str> {
        let word = self.all.get(self.at)?;
        (word.token == Token::Name).then(|| &self.text[word.range.clone()])
    }

    /// Takes a name.
    pub(super) fn name(&mut self) -> Option<&'t str> {
        let name = self.peek_name()?;
        self.at += 1;
        Some(name)
    }

    /// Takes the name of a block, which may hold dots.
    pub(super) fn dotted_name(&mut self) -> Option<String> {
        let mut name = self.name()?.to_owned();
        while self.sign(".") {
            name.push('.');
            name.push_str(self.name()?);
        }
        Some(name)
    }

    /// Takes this word, if it is next.
    pub(super) fn word(&mut self, word: &str) -> bool {
        let is_next = self.peek_name() == Some(word);
        self.at += usize::from(is_next);
        is_next
    }

    /// Takes this sign, if it is next.
    pub(super) fn sign(&mut self, sign: &str) -> bool {
        let is_next = matches!(self.peek(), Some(Token::Sign(next)) if *next == sign);
        self.at += usize::from(is_next);
        is_next
    }

    pub(super) fn is_next(&self, sign: &str) -> bool {
        matches!(self.peek(), Some(Token::Sign(next)) if *next == sign)
    }

    /// Takes a word, whatever it is.
    pub(super) fn skip(&mut self) {
        self.at += 1;
    }

    /// Takes a string.
    pub(super) fn string(&mut self) -> Option<String> {
        let Some(Token::Text(text)) = self.peek() else {
            return None;
        };
        let text = text.clone();
        self.at += 1;
        Some(text)
    }
}
