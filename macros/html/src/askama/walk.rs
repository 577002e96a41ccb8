//! From the nodes of a template to the pieces of its page: blocks where they are
//! resolved, included files and macros in place, conditions as groups.

use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;

use super::budget::Budget;
use super::error::Error;
use super::files::{File, Files};
use super::filter::{Filtered, filtered};
use super::heritage::{Heritage, Scope};
use super::template::Template;
use super::tree::{Block, Branch, Expr, Kind, Node};
use super::value::Locals;
use crate::form::Place;
use crate::note::is_note;
use crate::source::{Arms, Source};

/// The page that a template renders.
pub(super) fn source(template: &Template, files: &Files) -> Result<Source, Error> {
    let first = files.first().ok_or(Error::Nothing)?;
    let heritage = Heritage::new(first, files)?;
    if let Some(block) = &template.block
        && heritage.block(block, 0).is_none()
    {
        let name = block.clone();
        return Err(Error::NoBlock { name });
    }
    let mut walk = Walk {
        files,
        heritage: Rc::clone(&heritage),
        within: None,
        locals: Locals::new(&template.markup),
        includes: vec![first],
        macros: Vec::new(),
        only: template.block.as_deref(),
        silent: template.block.is_some(),
        is_changed: false,
        scopes: HashMap::new(),
        heritages: HashMap::new(),
        budget: Budget::new(),
        source: Source::new(),
    };
    if !std::ptr::eq(heritage.root, first) {
        // Of a file that extends another, what stands outside of its blocks is not
        // rendered, but its variables are seen in the other.
        let scope = walk.scope(first);
        for node in &first.nodes {
            walk.define(node, &scope)?;
        }
    }
    let root = walk.scope(heritage.root);
    walk.nodes(&heritage.root.nodes, &root)?;
    Ok(walk.source)
}

/// Where in the templates the walk is, and what it has found.
pub(super) struct Walk<'a> {
    pub(super) files: &'a Files,
    /// Of the file that is rendered or included.
    heritage: Rc<Heritage<'a>>,
    /// The block around, and how many `super()` led outwards from its innermost definition.
    within: Option<(&'a str, usize)>,
    pub(super) locals: Locals<'a>,
    /// The files that the walk is in.
    includes: Vec<&'a File>,
    /// The macros that the walk is in.
    pub(super) macros: Vec<(&'a str, &'a File)>,
    /// The only block that is rendered.
    only: Option<&'a str>,
    /// Outside of that block, or in what is shown as text.
    silent: bool,
    /// In what a filter changes, nobody knows how.
    is_changed: bool,
    /// The names that each file defines, by its path.
    scopes: HashMap<&'a Path, Scope<'a>>,
    /// What each file that was included extends.
    heritages: HashMap<&'a Path, Rc<Heritage<'a>>>,
    pub(super) budget: Budget,
    source: Source,
}

impl<'a> Walk<'a> {
    /// The names that a file defines.
    pub(super) fn scope(&mut self, file: &'a File) -> Scope<'a> {
        let files = self.files;
        let known = self.scopes.entry(&file.path);
        known.or_insert_with(|| Scope::new(file, files)).clone()
    }

    /// The names that a file defines, with those that are seen from `outer`.
    fn scope_within(&mut self, file: &'a File, outer: &Scope<'a>) -> Result<Scope<'a>, Error> {
        let own = self.scope(file);
        let at = || outer.file.place(0);
        self.budget.spend(own.size().min(outer.size()), at)?;
        Ok(own.within(outer))
    }

    /// What a file extends.
    fn heritage(&mut self, file: &'a File) -> Result<Rc<Heritage<'a>>, Error> {
        if let Some(known) = self.heritages.get(&*file.path) {
            return Ok(Rc::clone(known));
        }
        let heritage = Heritage::new(file, self.files)?;
        self.heritages.insert(&file.path, Rc::clone(&heritage));
        Ok(heritage)
    }

    /// Renders nodes that stand in the scope's file.
    pub(super) fn nodes(&mut self, nodes: &'a [Node], scope: &Scope<'a>) -> Result<(), Error> {
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
                Kind::Include(path) => self.include(path, node.at, scope)?,
                Kind::Filter(filters, nodes) => self.filter(filters, nodes, node.at, scope)?,
                Kind::Call(call) => self.call(call, node.at, scope)?,
                Kind::Let(..) | Kind::Pattern(_) => self.define(node, scope)?,
                Kind::Comment(text) => self.comment(text, scope.file.place(node.at)),
                Kind::Extends(_) | Kind::Import { .. } | Kind::Macro(_) => {}
            }
        }
        Ok(())
    }

    /// Sets what a `let`, `set` or `decl` of the scope's file defines.
    fn define(&mut self, node: &'a Node, scope: &Scope<'a>) -> Result<(), Error> {
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
        let result = filtered(filters, scope.file.html);
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
    pub(super) fn inner<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        self.locals.enter();
        let done = work(self);
        self.locals.leave();
        done
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
    pub(super) fn text(&mut self, html: &str, mut place: Place) -> Result<(), Error> {
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
    pub(super) fn hole(&mut self, expression: &str, safe: bool, place: Place) -> Result<(), Error> {
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
        // Around a block that alone is rendered, there is nothing to choose from.
        let silent = self.silent;
        if !silent {
            self.source.open(arms);
        }
        for (at, Branch { bound, nodes }) in branches.iter().enumerate() {
            if at > 0 && !silent {
                self.source.arm();
            }
            self.inner(|walk| {
                walk.locals.hide(bound);
                walk.nodes(nodes, scope)
            })?;
        }
        if !silent {
            self.source.close();
        }
        Ok(())
    }

    fn block(&mut self, definition: &'a Block, scope: &Scope<'a>) -> Result<(), Error> {
        let name = definition.name.as_str();
        let silent = self.silent;
        if self.only == Some(name) {
            self.silent = false;
        }
        let done = self.definition(name, 0, scope);
        self.silent = silent;
        done
    }

    /// Renders the block's definition outside of the one around: `super()`.
    pub(super) fn outer_block(&mut self, scope: &Scope<'a>) -> Result<(), Error> {
        match self.within {
            Some((name, generation)) => self.definition(name, generation + 1, scope),
            None => Ok(()),
        }
    }

    fn definition(
        &mut self,
        name: &'a str,
        generation: usize,
        scope: &Scope<'a>,
    ) -> Result<(), Error> {
        // A block within itself is askama's to refuse.
        let again = generation == 0 && self.within.is_some_and(|(around, _)| around == name);
        let Some((definition, file)) = self.heritage.block(name, generation) else {
            return Ok(());
        };
        if again {
            return Ok(());
        }
        let own = self.scope_within(file, scope)?;
        let around = self.within.replace((name, generation));
        let done = self.inner(|walk| walk.nodes(&definition.nodes, &own));
        self.within = around;
        done
    }

    fn include(&mut self, path: &str, at: usize, scope: &Scope<'a>) -> Result<(), Error> {
        let Some(file) = self.files.linked(scope.file, path) else {
            return Ok(());
        };
        let same = |known: &&File| known.path == file.path;
        if let Some(back) = self.includes.iter().position(same) {
            let names = self.includes[back..].iter().copied().chain([file]);
            return Err(Error::Loop {
                names: names.map(|file| file.name.clone()).collect(),
                at: scope.file.place(at),
            });
        }
        let heritage = self.heritage(file)?;
        let root = heritage.root;
        let own = if std::ptr::eq(root, file) {
            self.scope_within(root, scope)?
        } else {
            self.scope(root)
        };
        let outer = std::mem::replace(&mut self.heritage, heritage);
        let around = self.within.take();
        self.includes.push(file);
        let done = self.inner(|walk| walk.nodes(&root.nodes, &own));
        self.includes.pop();
        self.within = around;
        self.heritage = outer;
        done
    }
}
