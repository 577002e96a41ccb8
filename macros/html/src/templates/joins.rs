//! What of other files stands in the place of a tag: the definition of a block, a file that is
//! included.

#[cfg(feature = "templates")]
use std::collections::HashMap;
use std::rc::Rc;

#[cfg(feature = "templates")]
use super::error::Engine;
use super::error::Error;
use super::heritage::{Heritage, Scope};
use super::loaded::File;
use super::piece::{Body, Value};
use super::tree::{Block, Definition, Include, Kind, Seen};
use super::walk::Walk;

impl<'a> Walk<'a> {
    /// The names that a file defines.
    pub(crate) fn scope(&mut self, file: &'a File) -> Scope<'a> {
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

    /// Does what is rendered of files that extend another: of what stands outside of their
    /// blocks, only the variables are seen.
    pub(crate) fn heirs(&mut self, heritage: &Heritage<'a>) -> Result<(), Error> {
        for (why, place) in &heritage.gaps {
            self.gap(why, place.clone())?;
        }
        for file in &heritage.heirs {
            let scope = self.scope(file);
            for node in &file.nodes {
                self.define(node, &scope)?;
            }
        }
        Ok(())
    }

    pub(crate) fn block(&mut self, definition: &'a Block, scope: &Scope<'a>) -> Result<(), Error> {
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
    pub(crate) fn outer_block(&mut self, scope: &Scope<'a>) -> Result<(), Error> {
        match self.within {
            Some((name, generation)) => self.definition(name, generation + 1, scope),
            None => Ok(()),
        }
    }

    pub(crate) fn definition(
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
        // What tera sets in it is seen behind it.
        #[cfg(feature = "templates")]
        let mut set = HashMap::new();
        let done = self.inner(|walk| {
            walk.nodes(&definition.nodes, &own)?;
            #[cfg(feature = "templates")]
            if walk.files.engine == Engine::Tera {
                set = walk.locals.take_set();
            }
            Ok(())
        });
        #[cfg(feature = "templates")]
        self.locals.join(vec![set], false);
        self.within = around;
        done
    }

    /// Renders a file, or what a variable holds, in the place of a tag.
    pub(crate) fn include(
        &mut self,
        include: &'a Include,
        at: usize,
        scope: &Scope<'a>,
    ) -> Result<(), Error> {
        let held = include.variable.as_deref();
        if let Some(body) = held.and_then(|name| self.locals.body(name)) {
            return self.held(&body, include, scope);
        }
        let mut linked = include.paths.iter();
        let linked = linked.find_map(|path| self.files.linked(scope.file, path));
        match (linked, &include.body) {
            (Some(file), _) => self.file(file, include, at, scope),
            (None, Some((_, nodes))) => self.inner(|walk| walk.nodes(nodes, scope)),
            #[cfg(feature = "templates")]
            _ if !include.is_optional => self.missing(include, at, scope),
            _ => Ok(()),
        }
    }

    /// Renders what a variable holds.
    fn held(
        &mut self,
        body: &Body<'a>,
        include: &'a Include,
        scope: &Scope<'a>,
    ) -> Result<(), Error> {
        let mut values = Vec::new();
        for (at, (name, definition)) in include.arguments.iter().enumerate() {
            let parameter = body.parameters.get(at).map(String::as_str);
            let value = self.defined(definition, scope);
            values.extend(name.as_deref().or(parameter).map(|name| (name, value)));
        }
        if let Some((name, nodes)) = &include.body {
            values.push((name, self.locals.body_of(nodes, &[], scope)));
        }
        let (scope, nodes) = (&body.scope, body.nodes);
        self.on_level(body.level, Seen::All, |walk| {
            for (name, value) in values {
                walk.locals.set(name, value);
            }
            walk.nodes(nodes, scope)
        })
    }

    fn file(
        &mut self,
        file: &'a File,
        include: &'a Include,
        at: usize,
        scope: &Scope<'a>,
    ) -> Result<(), Error> {
        let same = |known: &&File| known.path == file.path;
        if let Some(back) = self.includes.iter().position(same) {
            let names = self.includes[back..].iter().copied().chain([file]);
            let names = names.map(|file| file.name.clone()).collect();
            return self.again(names, scope.file.place(at));
        }
        let heritage = self.heritage(file)?;
        let root = heritage.root;
        let own = if std::ptr::eq(root, file) {
            self.scope_within(root, scope)?
        } else {
            self.scope(root)
        };
        let steps = file.parameters.len();
        self.budget.spend(steps, || scope.file.place(at))?;
        let mut values = Vec::new();
        for (at, (name, definition)) in include.arguments.iter().enumerate() {
            let parameter = file.parameters.get(at);
            let parameter = parameter.map(|parameter| parameter.name.as_str());
            let value = self.defined(definition, scope);
            self.budget.spend(value.size(), || scope.file.place(0))?;
            values.extend(name.as_deref().or(parameter).map(|name| (name, value)));
        }
        if let Some((name, nodes)) = &include.body {
            values.push((name, self.locals.body_of(nodes, &[], scope)));
        }
        // What minijinja sets in it is seen behind it.
        #[cfg(feature = "templates")]
        let mut set = HashMap::new();
        let outer = std::mem::replace(&mut self.heritage, Rc::clone(&heritage));
        let html = std::mem::replace(&mut self.html, file.html);
        let around = self.within.take();
        self.includes.push(file);
        let done = self.on_level(self.locals.level(), include.seen, |walk| {
            walk.parameters(file);
            for (name, value) in values {
                walk.locals.set(name, value);
            }
            // Templates that the body defines are seen from the file.
            for node in include.body.iter().flat_map(|(_, nodes)| nodes) {
                if matches!(&node.kind, Kind::Let(name, _) if name.starts_with('>')) {
                    walk.define(node, scope)?;
                }
            }
            if !walk.files.is_strict {
                walk.heirs(&heritage)?;
            }
            walk.nodes(&root.nodes, &own)?;
            #[cfg(feature = "templates")]
            if walk.files.engine == Engine::Minijinja {
                set = walk.locals.take_set();
            }
            Ok(())
        });
        #[cfg(feature = "templates")]
        self.locals.join(vec![set], true);
        self.includes.pop();
        self.within = around;
        self.html = html;
        self.heritage = outer;
        done
    }

    /// Hides what the parameters of a file meant.
    pub(crate) fn parameters(&mut self, file: &'a File) {
        for parameter in &file.parameters {
            let value = if parameter.is_markup {
                Value::Markup
            } else {
                Value::Unknown
            };
            self.locals.set(&parameter.name, value);
        }
    }

    /// What a variable is defined as.
    fn defined(&mut self, definition: &'a Definition, scope: &Scope<'a>) -> Value<'a> {
        match definition {
            Definition::Unknown => Value::Unknown,
            Definition::Value(value) => self.locals.value(value, scope),
            Definition::Nodes(nodes) => self.locals.body_of(nodes, &[], scope),
        }
    }
}
