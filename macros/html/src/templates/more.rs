//! What askama's templates do not have: scopes of their own, gaps.

use super::error::Error;
use super::heritage::Scope;
use super::tree::{Definition, Include, More, Node, Seen, Within};
use super::walk::Walk;
use crate::source::Arms;

impl<'a> Walk<'a> {
    pub(crate) fn more(
        &mut self,
        more: &'a More,
        at: usize,
        scope: &Scope<'a>,
    ) -> Result<(), Error> {
        match more {
            More::Names(..) => Ok(()),
            More::Gap(why) => self.gap(why, scope.file.place(at)),
            More::Forget(name) => {
                self.locals.forget(name);
                Ok(())
            }
            More::Within(Within::Context, nodes) => {
                self.on_level(self.locals.level(), Seen::Templates, |walk| {
                    walk.nodes(nodes, scope)
                })
            }
            More::Within(Within::Escape(html), nodes) => {
                let around = std::mem::replace(&mut self.html, *html);
                let done = self.inner(|walk| walk.nodes(nodes, scope));
                self.html = around;
                done
            }
            More::Within(Within::Variables(variables), nodes) => self.inner(|walk| {
                for (name, definition) in variables {
                    let size = walk.locals.define(name, definition, scope);
                    walk.budget.spend(size, || scope.file.place(at))?;
                }
                walk.nodes(nodes, scope)
            }),
        }
    }

    /// Renders the block of this name: `self.name()`. Returns whether there is one.
    pub(crate) fn named_block(&mut self, name: &'a str, scope: &Scope<'a>) -> Result<bool, Error> {
        if self.heritage.block(name, 0).is_none() {
            return Ok(false);
        }
        self.definition(name, 0, scope)?;
        Ok(true)
    }

    /// Renders the call of a template that is not there. It may show what it is given.
    pub(crate) fn missing(
        &mut self,
        include: &'a Include,
        at: usize,
        scope: &Scope<'a>,
    ) -> Result<(), Error> {
        let place = scope.file.place(at);
        match (include.paths.first(), &include.variable) {
            (Some(path), _) => {
                let why = scope.file.missing(path);
                self.gap(why, place)?;
            }
            (None, Some(variable)) => self.hole(variable, true, place)?,
            (None, None) => {}
        }
        for (_, value) in &include.arguments {
            if let Definition::Nodes(nodes) = value {
                self.perhaps(nodes, scope)?;
            }
        }
        Ok(())
    }

    /// Renders nodes that are shown any number of times.
    pub(crate) fn perhaps(&mut self, nodes: &'a [Node], scope: &Scope<'a>) -> Result<(), Error> {
        self.group(Arms::AnyNumber, |walk| {
            walk.inner(|walk| walk.nodes(nodes, scope))
        })
    }
}
