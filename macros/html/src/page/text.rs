//! The pieces of a source as one text for the tokenizer, in which each hole and
//! each mark of a branch is one character; and what stands at each offset of it.

use std::ops::RangeInclusive;

use super::conditions::{Conditions, Taken};
use super::groups::{Branch, Group, Groups};
use super::line::Line;
use crate::form::{Note, Place};
use crate::htmx::Htmx;
use crate::note::note;
use crate::source::{Arms, Piece, Source};
use crate::steps::Steps;

/// Holes are the characters of one private-use plane, marks those of the other.
const HOLES: RangeInclusive<char> = '\u{F0000}'..='\u{FFFFD}';
const MARKS: RangeInclusive<char> = '\u{100000}'..='\u{10FFFD}';

/// What is nested deeper counts as a part of what is around it.
const DEPTH: usize = 64;

/// A source as one text.
#[derive(Debug, Default)]
pub(crate) struct Text {
    /// The text.
    pub(crate) html: String,
    /// All groups of branches.
    pub(crate) groups: Groups,
    /// Which htmx runs on the page.
    pub(crate) htmx: Htmx,
    /// Whether Rocket serves what the page sends.
    pub(crate) has_rocket: bool,
    holes: Vec<Hole>,
    marks: Vec<Mark>,
    /// Where each piece begins, here and in its file.
    starts: Vec<(usize, Place)>,
    /// Where lines end.
    line_ends: Vec<usize>,
    /// Which branch begins, or goes on, at an offset.
    flow: Vec<(usize, Branch)>,
    /// What comments of the template language say of the element that follows, by their offsets.
    pub(crate) notes: Vec<(usize, Note)>,
}

#[derive(Debug)]
struct Hole {
    expression: String,
    /// The branch of an expression whose value is HTML.
    markup: Option<Branch>,
}

/// The border of an arm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A group begins, and its first arm.
    Open(usize),
    /// Another arm of it begins.
    Arm(Taken),
    /// A group ends.
    Close(usize),
}

/// What a character of the text stands for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Symbol<'t> {
    /// Itself.
    Char(char),
    /// An expression.
    Hole(&'t str),
    /// The border of an arm.
    Mark(Mark),
}

/// What a text is made with.
#[derive(Debug, Default)]
struct Writer {
    text: Text,
    /// The groups that are open, the arms in which they are.
    open: Vec<(Branch, Taken)>,
    /// How many groups are open beyond [`DEPTH`].
    too_deep: usize,
}

impl Text {
    /// Joins the pieces of a source.
    pub(crate) fn new(source: &Source) -> Self {
        let mut writer = Writer::default();
        writer.text.groups.steps = Steps::new(source.size());
        writer.text.htmx = source.htmx();
        writer.text.has_rocket = source.has_rocket();
        for piece in source.pieces() {
            match piece {
                Piece::Text(html, place) => writer.text(html, place),
                Piece::Hole(expression, place) => writer.hole(expression, place, None),
                Piece::Markup(expression, place) => {
                    writer.hole(expression, place, Some(writer.branch()));
                }
                Piece::Comment(text, place) => writer.comment(text, place),
                Piece::Open(arms) => writer.open(*arms),
                Piece::Arm => writer.arm(),
                Piece::Close => writer.close(),
            }
        }
        writer.text
    }

    /// The conditions under which a character of the text is there.
    pub(crate) fn conditions(&self, at: usize) -> Conditions {
        let next = self.flow.partition_point(|(from, _)| *from <= at);
        let last = next.checked_sub(1).and_then(|last| self.flow.get(last));
        let branch = last.map_or_else(Branch::default, |(_, branch)| *branch);
        self.groups.conditions(branch)
    }

    /// Where a character of the text stands in its file.
    pub(crate) fn place(&self, at: usize) -> Place {
        let next = self.starts.partition_point(|(from, _)| *from <= at);
        let start = next.checked_sub(1).and_then(|last| self.starts.get(last));
        let Some((from, place)) = start else {
            return Place::default();
        };
        let lines_until = |offset| self.line_ends.partition_point(|end| *end < offset);
        let lines = lines_until(at) - lines_until(*from);
        Place {
            file: place.file.clone(),
            line: place
                .line
                .saturating_add(u32::try_from(lines).unwrap_or(u32::MAX)),
        }
    }

    /// What a character stands for.
    pub(crate) fn symbol(&self, c: char) -> Symbol<'_> {
        if let Some(hole) = self.hole(c) {
            return Symbol::Hole(&hole.expression);
        }
        let mark = index(&MARKS, c).and_then(|index| self.marks.get(index));
        mark.map_or(Symbol::Char(c), |mark| Symbol::Mark(*mark))
    }

    /// When each expression of a text is there whose value is HTML.
    pub(crate) fn markups<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Conditions> {
        let holes = text.chars().filter_map(|c| self.hole(c));
        let branches = holes.filter_map(|hole| hole.markup);
        branches.map(|branch| self.groups.conditions(branch))
    }

    /// Whether a text holds an expression.
    pub(crate) fn has_hole(&self, text: &str) -> bool {
        text.chars().any(|c| self.hole(c).is_some())
    }

    /// A tag as it is written, in one line, shortened; groups of branches in it
    /// are only hinted at.
    pub(crate) fn tag(&self, from: usize, to: usize) -> String {
        let html = self.html.get(from..to).unwrap_or_default();
        let mut depth = 0_usize;
        let mut tag = Line::default();
        for c in html.chars() {
            if tag.is_full() {
                break;
            }
            match self.symbol(c) {
                Symbol::Mark(Mark::Open(_)) => {
                    if depth == 0 {
                        tag.push('…');
                    }
                    depth += 1;
                }
                Symbol::Mark(Mark::Close(_)) => depth = depth.saturating_sub(1),
                Symbol::Hole(expression) if depth == 0 => {
                    tag.push_str("{{ ");
                    tag.push_str(expression);
                    tag.push_str(" }}");
                }
                Symbol::Char(c) if depth == 0 => tag.push(c),
                _ => {}
            }
        }
        tag.finish()
    }

    fn hole(&self, c: char) -> Option<&Hole> {
        index(&HOLES, c).and_then(|index| self.holes.get(index))
    }
}

/// Whether a character is a hole or a mark.
pub(crate) fn is_symbol(c: char) -> bool {
    HOLES.contains(&c) || MARKS.contains(&c)
}

fn index(plane: &RangeInclusive<char>, c: char) -> Option<usize> {
    let is_in = plane.contains(&c);
    is_in.then(|| c as usize - *plane.start() as usize)
}

/// The character with this index, if the plane goes so far.
fn character(plane: &RangeInclusive<char>, index: usize) -> Option<char> {
    let code = u32::try_from(index).ok()? + u32::from(*plane.start());
    char::from_u32(code).filter(|c| plane.contains(c))
}

impl Writer {
    fn text(&mut self, html: &str, place: &Place) {
        self.start(place);
        // The tokenizer would count `\r\n` as one character.
        let html = html.replace("\r\n", "\n").replace('\r', "\n");
        for c in html.chars() {
            if c == '\n' {
                self.text.line_ends.push(self.text.html.len());
            }
            self.text.html.push(if is_symbol(c) {
                char::REPLACEMENT_CHARACTER
            } else {
                c
            });
        }
    }

    fn hole(&mut self, expression: &str, place: &Place, markup: Option<Branch>) {
        self.start(place);
        if let Some(c) = character(&HOLES, self.text.holes.len()) {
            self.text.html.push(c);
            self.text.holes.push(Hole {
                expression: expression.trim().to_owned(),
                markup,
            });
        }
    }

    fn comment(&mut self, text: &str, place: &Place) {
        if let Some(text) = note(text) {
            let place = place.clone();
            let at = self.text.html.len();
            self.text.notes.push((at, Note { text, place }));
        }
    }

    fn start(&mut self, place: &Place) {
        let start = self.text.html.len();
        self.text.starts.push((start, place.clone()));
    }

    fn open(&mut self, arms: Arms) {
        if self.open.len() == DEPTH {
            self.too_deep += 1;
            return;
        }
        let within = self.branch();
        let groups = &mut self.text.groups;
        let group = groups.all.len();
        groups.all.push(Group {
            arms,
            count: 1,
            within,
        });
        let taken = Taken { group, arm: 0 };
        self.open.push((groups.add_branch(within, taken), taken));
        self.mark(Mark::Open(group));
    }

    fn arm(&mut self) {
        if self.too_deep > 0 {
            return;
        }
        let Some((_, mut taken)) = self.open.pop() else {
            return;
        };
        taken.arm += 1;
        let within = self.branch();
        let groups = &mut self.text.groups;
        if let Some(group) = groups.all.get_mut(taken.group) {
            group.count += 1;
        }
        self.open.push((groups.add_branch(within, taken), taken));
        self.mark(Mark::Arm(taken));
    }

    fn close(&mut self) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
        } else if let Some((_, taken)) = self.open.pop() {
            self.mark(Mark::Close(taken.group));
        }
    }

    /// Without a character left, only the conditions are kept: what stands between
    /// tags is still told right.
    fn mark(&mut self, mark: Mark) {
        if let Some(c) = character(&MARKS, self.text.marks.len()) {
            self.text.html.push(c);
            self.text.marks.push(mark);
        }
        let branch = self.branch();
        let at = self.text.html.len();
        self.text.flow.push((at, branch));
    }

    /// The branch around what comes next.
    fn branch(&self) -> Branch {
        let innermost = self.open.last();
        innermost.map_or_else(Branch::default, |(branch, _)| *branch)
    }
}
