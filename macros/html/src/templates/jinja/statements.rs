//! From the parts of a template to its tree: tags that open something, and those that close it.

use super::Jinja;
use super::definitions::filters;
use super::frames::{Frame, Frames, Opened};
use super::lexer::{Part, Tag, TagKind, parts};
use super::tokens::words;
use super::words::Words;
use crate::form::Place;
use crate::source::Arms;
use crate::templates::error::{Engine, Error};
use crate::templates::loaded::Parsed;
use crate::templates::loaded::{line, line_ends};
use crate::templates::tree::{Bound, Branch, Expr, ExprKind, Include, Kind, More, Node, Within};

/// Tags that only say how what is between them is written.
const PLAIN: [&str; 10] = [
    "trans",
    "blocktrans",
    "plural",
    "pluralize",
    "spaceless",
    "do",
    "break",
    "continue",
    "debug",
    "cache",
];

/// Reads a text.
pub(super) fn parse(text: &str, jinja: &Jinja<'_>, place: &Place) -> Result<Parsed, Error> {
    let mut reader = Reader {
        text,
        jinja,
        frames: Frames::new(),
        uses_components: false,
    };
    for part in parts(text, &jinja.syntax) {
        let at = match &part {
            Part::Text(range) => range.start,
            Part::Tag(tag) => tag.at,
            Part::Unclosed(at) => *at,
        };
        reader.part(part);
        if reader.frames.is_too_deep() {
            let line = line(&line_ends(text), at);
            let at = Place {
                file: place.file.clone(),
                line: line.saturating_add(place.line - 1),
            };
            return Err(Error::TooDeep { at });
        }
    }
    Ok(Parsed {
        nodes: reader.frames.finish(text.len()),
        uses_components: reader.uses_components,
        ..Parsed::default()
    })
}

pub(super) struct Reader<'t> {
    text: &'t str,
    jinja: &'t Jinja<'t>,
    pub(super) frames: Frames,
    pub(super) uses_components: bool,
}

impl<'t> Reader<'t> {
    fn part(&mut self, part: Part) {
        match part {
            Part::Text(range) => {
                let at = range.start;
                self.push(Kind::Text(range), at);
            }
            Part::Unclosed(at) => self.gap("this tag has no end", at),
            Part::Tag(tag) => self.tag(&tag),
        }
    }

    pub(super) fn push(&mut self, kind: Kind, at: usize) {
        self.frames.push(Node { kind, at });
    }

    pub(super) fn gap(&mut self, why: &str, at: usize) {
        self.push(Kind::More(More::Gap(why.to_owned())), at);
    }

    fn words(&self, tag: &Tag) -> Words<'t> {
        let words = words(self.text, tag.inner.clone());
        let filters_all = self.jinja.engine == Engine::Tera;
        Words::new(self.text, words, tag.inner.end, filters_all)
    }

    fn tag(&mut self, tag: &Tag) {
        match tag.kind {
            TagKind::Comment => {
                let text = self.text[tag.inner.clone()].to_owned();
                self.push(Kind::Comment(text), tag.at);
            }
            TagKind::Expr => {
                let mut words = self.words(tag);
                if self.jinja.engine == Engine::Tera && words.sign("<") {
                    self.component(&mut words, tag.at);
                    return;
                }
                let mut expression = words.expression();
                if !words.is_done() {
                    expression = words.rest(tag.inner.start);
                }
                let at = expression.at;
                self.push(Kind::Expr(expression), at);
            }
            TagKind::Block => {
                let mut words = self.words(tag);
                if self.jinja.engine == Engine::Tera && words.sign("<") {
                    self.component(&mut words, tag.at);
                    return;
                }
                let Some(name) = words.name() else {
                    return self.gap("this tag has no name", tag.at);
                };
                self.statement(name, &mut words, tag.at);
            }
        }
    }

    fn statement(&mut self, name: &str, words: &mut Words<'t>, at: usize) {
        match name {
            "if" => {
                self.open(Opened::condition(), at);
            }
            "elif" => self.frames.next_arm(false, at),
            "else" => self.frames.next_arm(true, at),
            "for" => self.repeated(words, at),
            "block" => match words.dotted_name() {
                Some(name) => self.open(Opened::Block(name), at),
                None => self.gap("this block has no name", at),
            },
            "extends" => self.extends(words, at),
            "include" => self.include(words, at),
            "import" | "from" => self.import(name, words, at),
            "macro" | "component" => self.definition(words, at),
            "call" => self.call(words, at),
            "set" | "let" | "set_global" => self.set(name, words, at),
            "filter" => {
                let filters = filters(words, at);
                self.open(Opened::Filter(filters), at);
            }
            "with" => self.with(words, at),
            "autoescape" => {
                let value = words.expression();
                let escapes = match &value.kind {
                    ExprKind::Literal(text) => matches!(text.as_str(), "true" | "html"),
                    _ => true,
                };
                self.open(Opened::Within(Within::Escape(escapes)), at);
            }
            _ if PLAIN.contains(&name) => {}
            _ => match name.strip_prefix("end") {
                Some(opened) => self.frames.close(opened, at),
                None => self.gap("a tag that is not known", at),
            },
        }
    }

    pub(super) fn open(&mut self, opened: Opened, at: usize) {
        self.frames.open(Frame::new(opened, at));
    }

    fn repeated(&mut self, words: &mut Words<'t>, at: usize) {
        let mut names = Vec::new();
        while !words.is_done() && !words.word("in") {
            match words.name() {
                Some(name) => names.push(name.to_owned()),
                None => words.skip(),
            }
        }
        names.push("loop".to_owned());
        let value = Some(words.unconditional());
        self.open(Opened::repeated(Bound { names, value }), at);
    }

    fn extends(&mut self, words: &mut Words<'t>, at: usize) {
        let parent = words.expression();
        let mut paths = Vec::new();
        let is_known = literals(&parent, &mut paths);
        for path in paths {
            self.push(Kind::Extends(path), at);
        }
        if !is_known {
            self.gap(
                "the name of the template that it extends is not a literal",
                at,
            );
        }
    }

    fn include(&mut self, words: &mut Words<'t>, at: usize) {
        let is_list = words.sign("[");
        let items = if is_list {
            words.items("]")
        } else {
            vec![words.expression()]
        };
        let mut is_optional = false;
        while let Some(word) = words.name() {
            is_optional |= word == "ignore";
        }
        let mut paths = Vec::new();
        let is_known = items.iter().all(|item| literals(item, &mut paths));
        let is_choice = !is_list && paths.len() > 1;
        let include = |paths: Vec<String>| {
            Kind::Include(Include {
                paths,
                is_optional,
                ..Include::default()
            })
        };
        if is_choice {
            let branches = paths.into_iter().map(|path| {
                let kind = include(vec![path]);
                Branch::of(vec![Node { kind, at }])
            });
            self.push(Kind::Group(Arms::OneOf, branches.collect()), at);
        } else if !paths.is_empty() {
            self.push(include(paths), at);
        }
        if !is_known {
            self.gap(
                "the name of the template that it includes is not a literal",
                at,
            );
        }
    }

    fn import(&mut self, name: &str, words: &mut Words<'t>, at: usize) {
        let file = words.expression();
        let ExprKind::Literal(path) = file.kind else {
            return self.gap(
                "the name of the template that it imports is not a literal",
                at,
            );
        };
        if name == "import" {
            words.word("as");
            if let Some(scope) = words.name() {
                let scope = scope.to_owned();
                self.push(Kind::Import { path, scope }, at);
            }
            return;
        }
        words.word("import");
        let mut names = Vec::new();
        while let Some(name) = words.name() {
            let own = if words.word("as") { words.name() } else { None };
            if !matches!(name, "with" | "without" | "context") {
                names.push((name.to_owned(), own.unwrap_or(name).to_owned()));
            }
            words.sign(",");
        }
        self.push(Kind::More(More::Names(path, names)), at);
    }
}

/// The literals of which the value is one. Returns whether it is.
fn literals(expression: &Expr, found: &mut Vec<String>) -> bool {
    match &expression.kind {
        ExprKind::Literal(text) => {
            found.push(text.clone());
            true
        }
        ExprKind::Either(one, Some(other)) => {
            let one = literals(one, found);
            literals(other, found) && one
        }
        _ => false,
    }
}
