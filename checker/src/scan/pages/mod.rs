//! Finds the pages of a program, what they can send, and which handlers show them.
//!
//! `code` looks through functions and constants, `structs` and `named` find templates: by the
//! attribute of a type, or by a text that is the name of one. A handler shows what it names, and
//! what that names in turn; `forms` makes the forms of the registry.

mod annotated;
mod code;
mod files;
mod forms;
mod named;
mod structs;
mod survey;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use coexist_html::{Form as Html, Htmx, Source, askama};
use coexist_source::escaped::Declarations;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::visit::{self, Visit};

use super::annotated::Annotations;
use super::gap::{Gap, Gaps};
use super::handlers::{Endpoints, shown};
use super::program::index::{Index, Meaning, TypeItem, names_of};
use super::program::variants::{Variants, text_of};
use super::tree::{Tree, normal};
use crate::registry::{Form, Page};
use crate::workspace::modules::plain;
use code::{At, Code};
use files::TreeFiles;
use forms::{ANY, Shown};
use named::Named;
pub(crate) use survey::Page as ShownPage;

/// How many templates a function names at most that shows them.
const MAX_TEMPLATES: usize = 6;

/// How many steps lead from a handler to what it shows at most.
const MAX_STEPS: usize = 6;

/// Finds the forms of a program.
pub(super) struct Pages<'a, 'i> {
    pub(super) index: &'i Index<'a>,
    pub(super) tree: &'i dyn Tree,
    pub(super) gaps: &'i Gaps,
    /// The endpoints of functions.
    pub(super) endpoints: &'i Endpoints,
    /// The texts of enums' variants.
    pub(super) variants: &'i Variants,
    /// What annotations say.
    pub(super) annotations: &'i Annotations<'a, 'i>,
    /// Whether Rocket serves them.
    pub(super) has_rocket: bool,
    /// The htmx that the package states.
    pub(super) htmx: Htmx,
}

/// Something that names other things, or shows HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Node {
    Function(usize),
    Value(usize),
    Type(usize),
    /// A function that a macro makes of its arguments, by its position.
    Made(usize),
}

/// A function that a macro makes of its arguments: `pages! { pub fn home(Home) { "home.html" } }`.
struct Made {
    name: String,
    line: usize,
    texts: Vec<String>,
    /// The macro's call, by its position.
    called: usize,
}

/// The HTML of each thing, and what it names.
struct Shows {
    of: BTreeMap<Node, Vec<Html>>,
    edges: HashMap<Node, Vec<Node>>,
    made: Vec<Made>,
    /// The types whose templates cannot be read, and why.
    unreadable: Vec<(usize, askama::Error)>,
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
        let mut forms = Vec::new();
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

    /// What code names.
    fn named_by(
        &self,
        node: Node,
        code: &Code,
        made: &[Made],
        methods: &HashMap<&str, Option<usize>>,
    ) -> Vec<Node> {
        let scope = self.scope_of(node);
        let owner = match node {
            Node::Function(position) => self.index.functions[position].owner,
            _ => None,
        };
        let own = owner.and_then(|owner| owner.ty).and_then(names_of);
        let mut nodes = BTreeSet::new();
        for path in &code.paths {
            let mut path = path.clone();
            if path.first().is_some_and(|first| first == "Self")
                && let Some(own) = &own
            {
                path.splice(..1, own.iter().cloned());
            }
            let mut meant = self.index.resolve(&path, scope);
            // A variant, or a function that a derive makes.
            if meant.is_empty()
                && let Some((_, ty)) = path.split_last()
            {
                meant = self.index.resolve(ty, scope);
            }
            if meant.is_empty()
                && let Some(name) = path.last()
            {
                let position = made.iter().position(|made| made.name == *name);
                nodes.extend(position.map(Node::Made));
            }
            nodes.extend(meant.into_iter().filter_map(|meant| match meant {
                Meaning::Function(position) => Some(Node::Function(position)),
                Meaning::Value(position) => Some(Node::Value(position)),
                Meaning::Type(position) => Some(Node::Type(position)),
                Meaning::Module(_) | Meaning::Other(_) => None,
            }));
        }
        for method in &code.methods {
            let only = methods.get(&**method).copied().flatten();
            nodes.extend(only.map(Node::Function));
            let position = made.iter().position(|made| made.name == *method);
            nodes.extend(position.map(Node::Made));
        }
        nodes.into_iter().collect()
    }

    /// The functions that macros make of their arguments.
    fn made(&self) -> Vec<Made> {
        let mut all = Vec::new();
        for (called, item) in self.index.macros.iter().enumerate() {
            functions_in(item.called.tokens.clone(), called, &mut all);
        }
        all
    }

    /// The methods of the program of which no other has the name, by their names.
    fn only_methods(&self) -> HashMap<&str, Option<usize>> {
        let mut only: HashMap<&str, Option<usize>> = HashMap::new();
        for (position, function) in self.index.functions.iter().enumerate() {
            if function.sig.receiver().is_none() || function.body.is_none() {
                continue;
            }
            only.entry(&function.name)
                .and_modify(|known| *known = None)
                .or_insert(Some(position));
        }
        only
    }

    /// The endpoints under which each thing is shown.
    fn pages(&self, edges: &HashMap<Node, Vec<Node>>) -> HashMap<Node, Vec<Page>> {
        let mut shown: HashMap<Node, Vec<&(String, String)>> = HashMap::new();
        let mut handlers: Vec<(&usize, &Vec<(String, String)>)> = self.endpoints.iter().collect();
        handlers.sort();
        for (function, endpoints) in handlers {
            let start = Node::Function(*function);
            let mut seen = HashSet::from([start]);
            let mut open = VecDeque::from([(start, 0)]);
            while let Some((node, steps)) = open.pop_front() {
                shown.entry(node).or_default().extend(endpoints);
                // What a static is made of is made once, and not for a page.
                if steps >= MAX_STEPS || matches!(node, Node::Value(_)) {
                    continue;
                }
                for next in edges.get(&node).into_iter().flatten() {
                    if seen.insert(*next) {
                        open.push_back((*next, steps + 1));
                    }
                }
            }
        }
        let pages = shown.into_iter().map(|(node, endpoints)| {
            let pages = pages_of(endpoints.into_iter());
            (node, pages)
        });
        pages.collect()
    }

    /// What the template of a type sends.
    fn of_type(
        &self,
        position: usize,
        named: &Named<'_>,
        read_html: named::ReadHtml<'_>,
    ) -> Result<Vec<Html>, askama::Error> {
        let item = &self.index.types[position];
        let template = match structs::template(item.kind) {
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

    /// The endpoints of the handlers that an expression names.
    fn endpoints_named(&self, expression: &str, scope: &str) -> Vec<(String, String)> {
        // `"/logout" | prefix_url`
        if let Some(path) = quoted_path(expression) {
            return vec![(ANY.to_owned(), path)];
        }
        let is_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':');
        let words = expression.split(|c: char| !is_path(c));
        let words = words.map(|word| word.trim_matches(':'));
        for word in words.filter(|word| word.len() > 2) {
            let path: Vec<String> = word.split("::").map(str::to_owned).collect();
            if path.iter().any(String::is_empty) {
                continue;
            }
            if let Some(text) = text_of(self.index, self.variants, &path, scope)
                && text.starts_with('/')
            {
                return vec![(ANY.to_owned(), text)];
            }
            let without_last = path.split_last().map(|(_, rest)| rest.to_vec());
            for path in [Some(path.clone()), without_last].into_iter().flatten() {
                for meant in self.index.resolve(&path, scope) {
                    match meant {
                        Meaning::Function(position) => {
                            if let Some(endpoints) = self.endpoints.get(&position) {
                                return endpoints.clone();
                            }
                        }
                        Meaning::Value(position) => {
                            if let Some(path) = plain_path(self.index.values[position].value) {
                                return vec![(ANY.to_owned(), path)];
                            }
                        }
                        _ => {}
                    }
                }
            }
            if let Some(endpoints) = self.endpoints_of_suffix(word) {
                return endpoints.clone();
            }
        }
        Vec::new()
    }

    /// The endpoints of the only handler whose path ends so: a template has names that its engine
    /// brings into scope.
    fn endpoints_of_suffix(&self, word: &str) -> Option<&Vec<(String, String)>> {
        let suffix = word.contains("::").then(|| format!("::{word}"))?;
        let mut fitting = self.endpoints.iter().filter(|(position, _)| {
            let path = &self.index.functions[**position].path;
            path.ends_with(&suffix)
        });
        let (_, only) = fitting.next()?;
        fitting.next().is_none().then_some(only)
    }
}

/// The line of a type's name.
fn line_of(item: &TypeItem<'_>) -> usize {
    let ident = item.kind.ident();
    ident.map_or(1, |ident| ident.span().start().line)
}

/// The pages at these endpoints: each path once, with GET if that is served there.
fn pages_of<'e>(endpoints: impl Iterator<Item = &'e (String, String)>) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    for (method, path) in endpoints {
        match pages.iter_mut().find(|page| page.path == *path) {
            Some(page) if method == "GET" => page.method.clone_from(method),
            Some(_) => {}
            None => pages.push(Page {
                method: method.clone(),
                path: path.clone(),
            }),
        }
    }
    pages.sort();
    pages
}

/// Adds the functions among the arguments of a macro, each with the texts in it.
fn functions_in(tokens: TokenStream, called: usize, found: &mut Vec<Made>) {
    let mut is_fn = false;
    let mut is_inside = false;
    for token in tokens {
        match token {
            TokenTree::Ident(word) if is_fn => {
                is_fn = false;
                is_inside = true;
                found.push(Made {
                    name: plain(&word),
                    line: word.span().start().line,
                    texts: Vec::new(),
                    called,
                });
            }
            TokenTree::Ident(word) => is_fn = word == "fn",
            TokenTree::Group(group) => match found.last_mut().filter(|_| is_inside) {
                Some(made) => {
                    texts_in(group.stream(), &mut made.texts);
                    is_inside &= group.delimiter() != Delimiter::Brace;
                }
                None => functions_in(group.stream(), called, found),
            },
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

fn texts_in(tokens: TokenStream, found: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => texts_in(group.stream(), found),
            TokenTree::Literal(literal) => {
                let literal = TokenTree::Literal(literal);
                if let Ok(text) = syn::parse2::<syn::LitStr>(literal.into()) {
                    found.push(text.value());
                }
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
}

/// The path that an expression begins with, in quotes: a filter may put something before it.
fn quoted_path(expression: &str) -> Option<String> {
    let expression = expression.trim_start();
    let quote = expression
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\''))?;
    let (path, rest) = expression[1..].split_once(quote)?;
    let is_filtered = rest.trim_start().starts_with('|');
    let is_path = path.starts_with('/') && coexist_source::path::check(path).is_ok();
    (is_filtered && is_path).then(|| path.to_owned())
}

/// The path that a literal is.
fn plain_path(value: &syn::Expr) -> Option<String> {
    let syn::Expr::Lit(literal) = value else {
        return None;
    };
    let syn::Lit::Str(text) = &literal.lit else {
        return None;
    };
    let text = text.value();
    (text.starts_with('/') && coexist_source::path::check(&text).is_ok()).then_some(text)
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
