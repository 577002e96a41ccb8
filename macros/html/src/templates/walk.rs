//! From the nodes of a template to the pieces of its page: blocks where they are
//! resolved, included files and macros in place, conditions as groups.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::rc::Rc;

use super::budget::Budget;
use super::error::Error;
use super::filter::{Filtered, filtered};
use super::heritage::{Heritage, Scope};
use super::loaded::{File, Loaded};
use super::locals::Locals;
use super::outcome::Gap;
use super::tree::{Branch, Expr, Kind, Node, Seen};
use crate::form::Place;
use crate::note::is_note;
use crate::source::{Arms, Source};

/// The page that the templates render, and what of it could not be followed. `block`: the one
/// block that is rendered. `markup`: the variables whose values may be markup.
pub(crate) fn source(
    files: &Loaded,
    block: Option<&str>,
    markup: &[String],
) -> Result<(Source, Vec<Gap>), Error> {
    let first = files.first().ok_or(Error::Nothing)?;
    let heritage = Heritage::new(first, files)?;
    if let Some(block) = block
        && heritage.block(block, 0).is_none()
    {
        let name = block.to_owned();
        return Err(Error::NoBlock { name });
    }
    let mut walk = Walk {
        files,
        heritage: Rc::clone(&heritage),
        within: None,
        locals: Locals::new(markup, files.is_strict),
        includes: vec![first],
        macros: Vec::new(),
        only: block,
        silent: block.is_some(),
        is_changed: false,
        html: first.html,
        scopes: HashMap::new(),
        heritages: HashMap::new(),
        budget: Budget::new(),
        source: Source::new(),
        gaps: Vec::new(),
        known_gaps: HashSet::new(),
    };
    walk.parameters(first);
    walk.heirs(&heritage)?;
    let root = walk.scope(heritage.root);
    walk.nodes(&heritage.root.nodes, &root)?;
    Ok((walk.source, walk.gaps))
}

/// Where in the templates the walk is, and what it has found.
pub(crate) struct Walk<'a> {
    pub(crate) files: &'a Loaded,
    /// Of the file that is rendered or included.
    pub(crate) heritage: Rc<Heritage<'a>>,
    /// The block around, and how many `super()` led outwards from its innermost definition.
    pub(crate) within: Option<(&'a str, usize)>,
    pub(crate) locals: Locals<'a>,
    /// The files that the walk is in.
    pub(crate) includes: Vec<&'a File>,
    /// The macros that the walk is in.
    pub(crate) macros: Vec<(&'a str, &'a File)>,
    /// The only block that is rendered.
    pub(crate) only: Option<&'a str>,
    /// Outside of that block, or in what is shown as text.
    pub(crate) silent: bool,
    /// In what a filter changes, nobody knows how.
    is_changed: bool,
    /// Whether values are escaped.
    pub(crate) html: bool,
    /// The names that each file defines, by its path.
    pub(crate) scopes: HashMap<&'a Path, Scope<'a>>,
    /// What each file that was included extends.
    pub(crate) heritages: HashMap<&'a Path, Rc<Heritage<'a>>>,
    pub(crate) budget: Budget,
    source: Source,
    gaps: Vec<Gap>,
    /// Each gap is told once, however often its place is rendered.
    known_gaps: HashSet<(String, Place)>,
}

impl<'a> Walk<'a> {
    /// Renders nodes that stand in the scope's file.
    pub(crate) fn nodes(&mut self, nodes: &'a [Node], scope: &Scope<'a>) -> Result<(), Error> {
        let Some(first) = nodes.first() else {
            return Ok(());
        };
        self.budget.enter(|| scope.file.place(first.at))?;
        let done = self.each_node(nodes, scope);
        self.budget.leave();
        done
    }

    fn each_node(&mut self, nodes: &'a [Node], scope: &Scope<'a>) -> Result<(), Error> {
        for node in nodes {
            let copied = self.locals.take_copied();
            self.budget.spend(copied, || scope.file.place(node.at))?;
            match &node.kind {
                Kind::Text(range) => {
                    let text = scope.file.text().get(range.clone()).unwrap_or_default();
                    self.text(text, scope.file.place(range.start))?;
                }
                Kind::Expr(expression) => self.expression(expression, scope)?,
                Kind::Group(arms, branches) => self.arms(*arms, branches, scope)?,
                Kind::Block(definition) => self.block(definition, scope)?,
                Kind::Include(include) => self.include(include, node.at, scope)?,
                Kind::Filter(filters, nodes) => self.filter(filters, nodes, node.at, scope)?,
                Kind::Call(call) => self.call(call, node.at, scope)?,
                Kind::Let(..) | Kind::Pattern(_) => self.define(node, scope)?,
                Kind::Comment(text) => self.comment(text, scope.file.place(node.at)),
                #[cfg(feature = "templates")]
                Kind::More(more) => self.more(more, node.at, scope)?,
                #[cfg(feature = "templates")]
                Kind::Extends(path) if self.files.linked(scope.file, path).is_none() => {
                    let why = scope.file.missing(path);
                    self.gap(why, scope.file.place(node.at))?;
                }
                Kind::Extends(_) | Kind::Import { .. } | Kind::Macro(_) => {}
            }
        }
        Ok(())
    }

    /// Sets what a `let`, `set` or `decl` of the scope's file defines.
    pub(crate) fn define(&mut self, node: &'a Node, scope: &Scope<'a>) -> Result<(), Error> {
        let size = match &node.kind {
            Kind::Let(name, definition) => self.locals.define(name, definition, scope),
            Kind::Pattern(bound) => {
                self.locals.hide(bound);
                0
            }
            _ => return Ok(()),
        };
        self.budget.spend(size, || scope.file.place(node.at))
    }

    /// Renders what a filter block holds.
    fn filter(
        &mut self,
        filters: &Expr,
        nodes: &'a [Node],
        at: usize,
        scope: &Scope<'a>,
    ) -> Result<(), Error> {
        let result = filtered(filters, self.html);
        let around = (self.silent, self.is_changed);
        self.silent |= result == Filtered::Text;
        self.is_changed |= result == Filtered::Changed;
        let done = self.inner(|walk| walk.nodes(nodes, scope));
        (self.silent, self.is_changed) = around;
        done?;
        match result {
            Filtered::Text => self.hole("filter", false, scope.file.place(at)),
            Filtered::Same | Filtered::Changed => Ok(()),
        }
    }

    /// Does something within which variables are of its own.
    pub(crate) fn inner<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        self.on_level(self.locals.level(), Seen::All, work)
    }

    /// The same, with what is seen from this level.
    pub(crate) fn on_level<T>(
        &mut self,
        level: usize,
        seen: Seen,
        work: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let before = self.locals.level();
        self.locals.enter(level, seen);
        let done = work(self);
        self.locals.leave(before);
        done
    }

    /// Something leads back to itself, by these names.
    pub(crate) fn again(&mut self, names: Vec<String>, at: Place) -> Result<(), Error> {
        let error = Error::Loop {
            names,
            at: at.clone(),
        };
        if self.files.is_strict {
            return Err(error);
        }
        self.gap(&error.to_string(), at)
    }

    /// Notes what could not be followed; it may render anything.
    pub(crate) fn gap(&mut self, why: &str, place: Place) -> Result<(), Error> {
        self.budget.spend(why.len(), || place.clone())?;
        if self.known_gaps.insert((why.to_owned(), place.clone())) {
            self.gaps.push(Gap {
                place: place.clone(),
                why: why.to_owned(),
            });
        }
        self.hole("…", true, place)
    }

    /// Appends a comment that is for coexist.
    fn comment(&mut self, text: &str, place: Place) {
        // At its ends may stand what strips whitespace.
        let text = text.trim_matches(['-', '+', '~']);
        if !self.silent && is_note(text) {
            self.source.comment(text, place);
        }
    }

    /// Appends HTML.
    pub(crate) fn text(&mut self, html: &str, mut place: Place) -> Result<(), Error> {
        self.budget.spend(html.len(), || place.clone())?;
        if self.silent {
            return Ok(());
        }
        if !self.is_changed {
            self.source.text(html, place);
            return Ok(());
        }
        // The filter may put elements behind each tag.
        for piece in html.split_inclusive('>') {
            self.budget.spend(piece.len(), || place.clone())?;
            self.source.text(piece, place.clone());
            let lines = piece.matches('\n').count();
            place.line += u32::try_from(lines).unwrap_or_default();
            self.source.markup("filter", place.clone());
        }
        Ok(())
    }

    /// Appends an expression; `safe`: it is not escaped.
    pub(crate) fn hole(&mut self, expression: &str, safe: bool, place: Place) -> Result<(), Error> {
        self.budget.spend(expression.len(), || place.clone())?;
        match (self.silent, safe) {
            (true, _) => {}
            (false, true) => self.source.markup(expression, place),
            (false, false) => self.source.hole(expression, place),
        }
        Ok(())
    }

    /// Renders the arms of a group, each with the variables that it binds.
    fn arms(&mut self, arms: Arms, branches: &'a [Branch], scope: &Scope<'a>) -> Result<(), Error> {
        #[cfg(feature = "templates")]
        let mut set = Vec::new();
        self.group(arms, |walk| {
            for (at, Branch { bound, nodes }) in branches.iter().enumerate() {
                if at > 0 {
                    walk.next_arm();
                }
                walk.inner(|walk| {
                    walk.locals.hide(bound);
                    walk.nodes(nodes, scope)?;
                    #[cfg(feature = "templates")]
                    if !walk.files.is_strict && arms != Arms::AnyNumber {
                        set.push(walk.locals.take_set());
                    }
                    Ok(())
                })?;
            }
            Ok(())
        })?;
        #[cfg(feature = "templates")]
        self.locals.join(set, arms == Arms::OneOf);
        Ok(())
    }

    /// Renders a group: its first arm begins.
    pub(crate) fn group(
        &mut self,
        arms: Arms,
        work: impl FnOnce(&mut Self) -> Result<(), Error>,
    ) -> Result<(), Error> {
        // Around a block that alone is rendered, there is nothing to choose from.
        let silent = self.silent;
        if !silent {
            self.source.open(arms);
        }
        work(self)?;
        if !silent {
            self.source.close();
        }
        Ok(())
    }

    /// The next arm of the group begins.
    pub(crate) fn next_arm(&mut self) {
        if !self.silent {
            self.source.arm();
        }
    }
}
