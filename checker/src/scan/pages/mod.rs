//! Finds the pages of a program, what they can send, and which handlers show them.
//!
//! `code` looks through functions and constants, `structs` and `named` find templates: by the
//! attribute of a type, or by a text that is the name of one. A handler shows what it names, and
//! what that names in turn; `forms` makes the forms of the registry.

mod addresses;
mod annotated;
mod code;
mod files;
mod forms;
mod graph;
mod named;
mod structs;
pub(crate) mod survey;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use coexist_html::{Form as Html, Htmx, Source, askama};
use coexist_source::escaped::Declarations;
use syn::visit::{self, Visit};

use super::annotated::Annotations;
use super::gap::{Gap, Gaps};
use super::handlers::{Endpoints, Found, Handlers, shown};
use super::program::index::{Index, TypeItem};
use super::program::variants::Variants;
use super::redirects;
use super::routes::{Framework, Route};
use super::tree::{Tree, normal};
use crate::registry::{Form, Handler, Page};
use code::{At, Code};
use files::TreeFiles;
use forms::Shown;
use graph::{Made, Node, pages_of};
use named::Named;

/// How many templates a function names at most that shows them.
const MAX_TEMPLATES: usize = 6;

/// Finds the forms of a program.
pub(super) struct Pages<'a, 'i> {
    index: &'i Index<'a>,
    tree: &'i dyn Tree,
    gaps: &'i Gaps,
    /// The endpoints of functions.
    endpoints: &'i Endpoints,
    handlers: &'i [Arc<Handler>],
    /// The endpoints of the routes that have a name.
    names: &'i HashMap<String, Vec<(String, String)>>,
    /// The texts of enums' variants.
    variants: &'i Variants,
    /// What annotations say.
    annotations: &'i Annotations<'a, 'i>,
    /// Whether Rocket serves them.
    has_rocket: bool,
    /// The framework of its routes.
    framework: Option<Framework>,
    /// The htmx that the package states.
    htmx: Htmx,
}

/// The HTML of each thing, and what it names.
struct Shows {
    of: BTreeMap<Node, Vec<Html>>,
    edges: HashMap<Node, Vec<Node>>,
    made: Vec<Made>,
    /// The types whose templates cannot be read, and why.
    unreadable: Vec<(usize, askama::Error)>,
}

impl<'a, 'i> Pages<'a, 'i> {
    /// The pages of a program with these routes and with the handlers that were found.
    pub(super) fn new(
        handlers: &Handlers<'a, 'i>,
        found: &'i Found,
        routes: &[Route<'a>],
        variants: &'i Variants,
        tree: &'i dyn Tree,
        htmx: Htmx,
    ) -> Self {
        Self {
            index: handlers.index,
            tree,
            gaps: handlers.gaps,
            endpoints: &found.endpoints,
            handlers: &found.handlers,
            names: &found.names,
            variants,
            annotations: handlers.annotations,
            has_rocket: handlers.has_rocket,
            framework: routes.first().map(|route| route.framework),
            htmx,
        }
    }
}

impl<'a> Pages<'a, '_> {
    /// The forms.
    pub(super) fn forms(&self) -> Vec<Arc<Form>> {
        let Shows {
            of: mut html,
            edges,
            made,
            unreadable,
        } = self.html();
        for (position, error) in unreadable {
            let item = &self.index.types[position];
            let why = format!("the template of `{}` cannot be read: {error}", item.name);
            self.gaps
                .push(Gap::new(self.index.path(item.file), line_of(item), why));
        }
        let pages = self.pages(&edges);
        let mut forms = self.redirects(&pages);
        for node in self.annotated() {
            html.entry(node).or_default();
        }
        for (node, found) in &html {
            let pages = pages.get(node).cloned().unwrap_or_default();
            forms.extend(self.forms_of(*node, found, &pages, &made));
        }
        forms
    }

    /// What shows HTML.
    fn html(&self) -> Shows {
        let read_html = |source: Source| {
            let source = source.with_htmx(self.htmx).with_rocket(self.has_rocket);
            coexist_html::read(&source)
        };
        let codes = self.codes();
        let made = self.made();
        let methods = self.only_methods();
        let texts: BTreeSet<String> = codes
            .values()
            .flat_map(|code| code.texts.iter().cloned())
            .chain(made.iter().flat_map(|made| made.texts.iter().cloned()))
            .collect();
        let named = Named::new(
            self.index,
            texts.into_iter(),
            self.names(),
            self.tree,
            self.gaps,
            &read_html,
        );
        let mut html: BTreeMap<Node, Vec<Html>> = BTreeMap::new();
        let mut edges: HashMap<Node, Vec<Node>> = HashMap::new();
        for (node, code) in codes {
            edges.insert(node, self.named_by(node, &code, &made, &methods));
            self.report(node, &code);
            let mut found: Vec<Html> = Vec::new();
            let templates: Vec<_> = code
                .texts
                .iter()
                .filter_map(|text| named.find(text))
                .collect();
            // What names so many registers them, and shows none.
            if templates.len() <= MAX_TEMPLATES {
                found.extend(templates.iter().flat_map(|forms| forms.to_vec()));
            }
            for path in &code.paths {
                if let Some(forms) = named.find_function(path) {
                    found.extend(forms.iter().cloned());
                }
            }
            found.extend(self.included(node, &code).into_iter().flat_map(&read_html));
            found.extend(code.sources.into_iter().flat_map(read_html));
            if !found.is_empty() {
                html.insert(node, found);
            }
        }
        let mut unreadable = Vec::new();
        for position in 0..self.index.types.len() {
            match self.of_type(position, &named, &read_html) {
                Ok(found) if found.is_empty() => {}
                Ok(found) => {
                    html.insert(Node::Type(position), found);
                }
                Err(error) => unreadable.push((position, error)),
            }
        }
        for (position, made) in made.iter().enumerate() {
            let found = made.texts.iter().filter_map(|text| named.find(text));
            let found: Vec<Html> = found.flat_map(|forms| forms.to_vec()).collect();
            if !found.is_empty() {
                html.insert(Node::Made(position), found);
            }
        }
        Shows {
            of: html,
            edges,
            made,
            unreadable,
        }
    }

    fn codes(&self) -> BTreeMap<Node, Code> {
        let mut declarations: HashMap<usize, RefCell<Declarations>> = HashMap::new();
        let mut codes = BTreeMap::new();
        for (position, function) in self.index.functions.iter().enumerate() {
            let Some(body) = function.body else { continue };
            let owner = function.owner.as_ref().and_then(|owner| owner.ty);
            let owner = owner.and_then(super::program::index::last_name);
            let owner = owner.unwrap_or_default();
            let file = shown(self.index.path(function.file));
            let declarations = declarations
                .entry(function.file)
                .or_insert_with(|| self.declarations(function.file));
            let at = At {
                file: &file,
                function: Some((function.sig, &owner)),
                declarations,
                has_markup: self.has_markup(function.file),
            };
            codes.insert(Node::Function(position), Code::of_block(body, &at));
        }
        for (position, value) in self.index.values.iter().enumerate() {
            let file = shown(self.index.path(value.file));
            let declarations = declarations
                .entry(value.file)
                .or_insert_with(|| self.declarations(value.file));
            let at = At {
                file: &file,
                function: None,
                declarations,
                has_markup: self.has_markup(value.file),
            };
            codes.insert(Node::Value(position), Code::of_value(value.value, &at));
        }
        codes
    }

    fn declarations(&self, file: usize) -> RefCell<Declarations> {
        let text = self.index.files[file].parsed.text.clone();
        RefCell::new(Declarations::new(text))
    }

    /// Whether maud's `html!` may be called in a file.
    fn has_markup(&self, file: usize) -> bool {
        self.index.files[file].parsed.text.contains("html!")
    }

    fn report(&self, node: Node, code: &Code) {
        let file = self.file_of(node);
        for (line, why) in &code.unread {
            self.gaps
                .push(Gap::new(self.index.path(file), *line, why.clone()));
        }
    }

    fn file_of(&self, node: Node) -> usize {
        match node {
            Node::Function(position) => self.index.functions[position].file,
            Node::Value(position) => self.index.values[position].file,
            Node::Type(position) => self.index.types[position].file,
            Node::Made(position) => self.index.macros[position].file,
        }
    }

    fn scope_of(&self, node: Node) -> &str {
        match node {
            Node::Function(position) => &self.index.functions[position].scope,
            Node::Value(position) => &self.index.values[position].scope,
            Node::Type(position) => &self.index.types[position].scope,
            Node::Made(position) => &self.index.macros[position].scope,
        }
    }

    /// What the template of a type sends.
    fn of_type(
        &self,
        position: usize,
        named: &Named<'_>,
        read_html: named::ReadHtml<'_>,
    ) -> Result<Vec<Html>, askama::Error> {
        let item = &self.index.types[position];
        let attrs = self.annotations.attrs(item.file, item.kind.attrs());
        let template = match structs::template(item.kind, &attrs) {
            Some(structs::Named::Askama(template)) => template,
            Some(structs::Named::Sailfish(name)) => {
                let found = named.find(&name);
                return Ok(found.map(|forms| forms.to_vec()).unwrap_or_default());
            }
            None => return Ok(Vec::new()),
        };
        let folder = self.index.crate_of(&item.scope).map(|krate| &*krate.folder);
        let folder = folder.unwrap_or(Path::new(""));
        let read = askama::read_from(&template, folder, &TreeFiles(self.tree))?;
        let mut found = read_html(read.source);
        for html in &mut found {
            html.place.file = shown(&folder.join(&html.place.file));
            if html.place.file == shown(folder) {
                html.place.file = shown(self.index.path(item.file));
                html.place.line += u32::try_from(line_of(item)).unwrap_or_default();
            }
        }
        Ok(found)
    }

    /// The HTML of the files that code includes as texts.
    fn included(&self, node: Node, code: &Code) -> Vec<Source> {
        let file = self.index.path(self.file_of(node));
        let beside = file.parent().unwrap_or(Path::new(""));
        let files = code.included.iter().filter_map(|(path, _)| {
            let path = normal(&beside.join(path))?;
            let is_html = path.extension().is_some_and(|ending| {
                ending.eq_ignore_ascii_case("html") || ending.eq_ignore_ascii_case("htm")
            });
            let read = is_html
                .then(|| self.tree.read(&path))
                .transpose()
                .ok()???;
            Some(Source::from_html(&read.text, &shown(&path)))
        });
        files.collect()
    }

    /// The names that the app gives to single templates: `add_template("home", include_str!(…))`.
    fn names(&self) -> BTreeMap<String, PathBuf> {
        let mut all = BTreeMap::new();
        for function in &self.index.functions {
            let Some(body) = function.body else { continue };
            let file = self.index.path(function.file);
            let mut found = Registered::default();
            found.visit_block(body);
            let beside = file.parent().unwrap_or(Path::new(""));
            for (name, path) in found.0 {
                if let Some(path) = normal(&beside.join(path)) {
                    all.insert(name, path);
                }
            }
        }
        all
    }

    fn forms_of(
        &self,
        node: Node,
        found: &[Html],
        pages: &[Page],
        made: &[Made],
    ) -> Vec<Arc<Form>> {
        let of_macro;
        let (file, scope) = match node {
            Node::Made(position) => {
                let item = &self.index.macros[made[position].called];
                (item.file, item.scope.clone())
            }
            node => (self.file_of(node), self.scope_of(node).to_owned()),
        };
        let (id, line) = match node {
            Node::Made(position) => {
                let made = &made[position];
                of_macro = format!("{scope}::{}", made.name);
                (&of_macro, made.line)
            }
            Node::Function(position) => {
                let function = &self.index.functions[position];
                (&function.path, function.sig.ident.span().start().line)
            }
            Node::Value(position) => {
                let value = &self.index.values[position];
                (&value.path, value.ident.span().start().line)
            }
            Node::Type(position) => {
                let item = &self.index.types[position];
                (&item.path, line_of(item))
            }
        };
        let endpoints = |expression: &str| self.endpoints_named(expression, &scope);
        let shown = Shown {
            id,
            file: shown(self.index.path(file)),
            line: u32::try_from(line).unwrap_or(u32::MAX),
            pages,
            endpoints: &endpoints,
            posts_to: &[],
        };
        let annotations = self.annotations.forms(file, self.attrs_of(node));
        let (forms, unknown) = if annotations.is_empty() {
            shown.forms(found)
        } else {
            let own = match node {
                Node::Function(position) => self.own_pages(position),
                _ => Vec::new(),
            };
            self.annotated_forms(&shown, found, &annotations, &own, &scope)
        };
        for unknown in unknown {
            let line = usize::try_from(unknown.line).unwrap_or(1);
            self.gaps
                .push(Gap::new(Path::new(&unknown.file), line, unknown.why));
        }
        forms.into_iter().map(Arc::new).collect()
    }

    /// The redirects that handlers answer with, and what these call.
    fn redirects(&self, pages: &HashMap<Node, Vec<Page>>) -> Vec<Arc<Form>> {
        let Some(framework) = self.framework else {
            return Vec::new();
        };
        let mut forms = Vec::new();
        for (position, function) in self.index.functions.iter().enumerate() {
            let Some(body) = function.body else { continue };
            let is_shown = pages.contains_key(&Node::Function(position));
            let is_annotated = !self
                .annotations
                .forms(function.file, function.attrs)
                .is_empty()
                || self.annotations.is_handler(function);
            // What does nothing else is a handler that redirects.
            let is_all = redirects::only(body, framework).is_some()
                && self.endpoints.contains_key(&position);
            if !is_shown || is_annotated || is_all {
                continue;
            }
            let mut known = BTreeSet::new();
            for redirect in redirects::all(body, framework) {
                if known.insert(redirect.path.clone()) {
                    let file = shown(self.index.path(function.file));
                    forms.push(Arc::new(forms::redirect(&function.path, file, &redirect)));
                }
            }
        }
        forms
    }

    /// The items with an annotation of a form.
    fn annotated(&self) -> Vec<Node> {
        let annotated = self.every().filter(|node| {
            let attrs = self.attrs_of(*node);
            !attrs.is_empty()
                && !self
                    .annotations
                    .forms(self.file_of(*node), attrs)
                    .is_empty()
        });
        annotated.collect()
    }

    /// The items that may be annotated.
    fn every(&self) -> impl Iterator<Item = Node> + use<> {
        let functions = (0..self.index.functions.len()).map(Node::Function);
        let types = (0..self.index.types.len()).map(Node::Type);
        let values = (0..self.index.values.len()).map(Node::Value);
        functions.chain(types).chain(values)
    }

    fn attrs_of(&self, node: Node) -> &'a [syn::Attribute] {
        match node {
            Node::Function(position) => self.index.functions[position].attrs,
            Node::Value(position) => self.index.values[position].attrs,
            Node::Type(position) => self.index.types[position].kind.attrs(),
            Node::Made(_) => &[],
        }
    }

    /// The pages that an annotated handler serves itself: each path once, with GET if it serves
    /// that there.
    fn own_pages(&self, position: usize) -> Vec<Page> {
        if !self.annotations.is_handler(&self.index.functions[position]) {
            return Vec::new();
        }
        pages_of(self.endpoints.get(&position).into_iter().flatten())
    }
}

/// The line of a type's name.
fn line_of(item: &TypeItem<'_>) -> usize {
    let ident = item.kind.ident();
    ident.map_or(1, |ident| ident.span().start().line)
}

/// Templates that are given a name: with the paths of their files.
#[derive(Default)]
struct Registered(Vec<(String, String)>);

impl<'ast> Visit<'ast> for Registered {
    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        visit::visit_expr_method_call(self, call);
        let mut arguments = call.args.iter();
        let (Some(syn::Expr::Lit(name)), Some(file)) = (arguments.next(), arguments.next()) else {
            return;
        };
        let syn::Lit::Str(name) = &name.lit else {
            return;
        };
        let path = match coexist_source::registration::bare(file) {
            syn::Expr::Macro(called) if called.mac.path.is_ident("include_str") => {
                called.mac.parse_body::<syn::LitStr>().ok()
            }
            _ => None,
        };
        if let Some(path) = path {
            self.0.push((name.value(), path.value()));
        }
    }
}
