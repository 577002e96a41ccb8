//! Templates that code names by a text: which file a name means, whatever engine renders it.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use coexist_html::templates::{Engine, Request, read};
use coexist_html::{Form, Source};

use super::files::TreeFiles;
use crate::scan::gap::{Gap, Gaps};
use crate::scan::program::files::{Crate, Extern};
use crate::scan::program::index::Index;
use crate::scan::tree::Tree;

/// The names of folders that hold templates in many apps.
const FOLDERS: [&str; 4] = ["templates", "template", "views", "tpl"];

/// What follows the name of a template in that of its file.
const ENDINGS: [&str; 15] = [
    "",
    ".html",
    ".tera",
    ".html.tera",
    ".html.j2",
    ".j2",
    ".jinja",
    ".html.jinja",
    ".jinja2",
    ".jinja.html",
    ".hbs",
    ".html.hbs",
    ".handlebars",
    ".stpl",
    ".html.liquid",
];

/// The crates whose templates are named by texts, and their engines.
const ENGINES: [(&str, Engine); 8] = [
    ("minijinja", Engine::Minijinja),
    ("minijinja_autoreload", Engine::Minijinja),
    ("minijinja_embed", Engine::Minijinja),
    ("tera", Engine::Tera),
    ("loco_rs", Engine::Tera),
    ("handlebars", Engine::Handlebars),
    ("sailfish", Engine::Sailfish),
    ("rocket_dyn_templates", Engine::Tera),
];

/// The templates of a program.
pub(super) struct Named<'t> {
    tree: &'t dyn Tree,
    gaps: &'t Gaps,
    /// The engines, and the folders in which templates are looked for.
    engines: Vec<Engine>,
    folders: Vec<PathBuf>,
    /// The names that the app gives to single files.
    names: BTreeMap<String, PathBuf>,
    read_html: ReadHtml<'t>,
    known: RefCell<HashMap<String, Option<Rc<Vec<Form>>>>>,
}

/// What a page with this HTML can send.
pub(super) type ReadHtml<'r> = &'r dyn Fn(Source) -> Vec<Form>;

impl<'t> Named<'t> {
    /// The templates of a program whose code holds these texts.
    pub(super) fn new(
        index: &Index<'_>,
        texts: impl Iterator<Item = String>,
        names: BTreeMap<String, PathBuf>,
        tree: &'t dyn Tree,
        gaps: &'t Gaps,
        read_html: ReadHtml<'t>,
    ) -> Self {
        let engines = engines(index.crates);
        let mut folders: Vec<PathBuf> = Vec::new();
        let mut add = |folder: PathBuf| {
            let is_known = folders.contains(&folder);
            if !is_known && !tree.list(&folder).is_empty() {
                folders.push(folder);
            }
        };
        let roots: Vec<PathBuf> = index
            .crates
            .iter()
            .map(|krate| krate.folder.clone())
            .collect();
        for root in &roots {
            below(tree, root, 0, &mut add);
        }
        for folder in FOLDERS {
            add(PathBuf::from(folder));
        }
        if !engines.is_empty() {
            for text in texts {
                let is_path = text.len() < 200 && !text.contains(['\n', '{', '<', ' ', ':']);
                let folder = text.split(['*']).next().unwrap_or_default();
                let folder = folder.trim_start_matches("./").trim_end_matches('/');
                let is_templates = folder.contains("templ") || folder.contains("view");
                if is_path && is_templates && !folder.starts_with('/') {
                    for root in roots.iter().chain([&PathBuf::new()]) {
                        if let Some(path) = crate::scan::tree::normal(&root.join(folder)) {
                            add(path);
                        }
                    }
                }
            }
        }
        Self {
            tree,
            gaps,
            engines,
            folders,
            names,
            read_html,
            known: RefCell::default(),
        }
    }

    /// What the template sends that a text names, if it names one.
    pub(super) fn find(&self, name: &str) -> Option<Rc<Vec<Form>>> {
        if self.engines.is_empty() || !may_name(name) {
            return None;
        }
        if let Some(known) = self.known.borrow().get(name) {
            return known.clone();
        }
        let found = self.read(name).map(Rc::new);
        self.known
            .borrow_mut()
            .insert(name.to_owned(), found.clone());
        found
    }

    /// What the template of ructe sends whose function a path names: `templates::pages::home_html`.
    pub(super) fn find_function(&self, path: &[String]) -> Option<Rc<Vec<Form>>> {
        if !self.engines.contains(&Engine::Ructe) {
            return None;
        }
        let start = path.iter().position(|name| name == "templates");
        let path = start.map_or(path, |start| &path[start + 1..]);
        let name = path.join("::");
        if path.is_empty() {
            return None;
        }
        if let Some(known) = self.known.borrow().get(&name) {
            return known.clone();
        }
        let is_there = self.folders.iter().any(|folder| {
            let (last, modules) = path.split_last().unwrap_or((&path[0], &[]));
            let folder = modules
                .iter()
                .fold(folder.clone(), |folder, name| folder.join(name));
            let stem = last.strip_suffix("_html").unwrap_or(last);
            self.tree.is_file(&folder.join(format!("{stem}.rs.html")))
        });
        let found = is_there.then(|| {
            let files = TreeFiles(self.tree);
            let request = self.request(Engine::Ructe, &name, &self.folders, &files);
            Rc::new(self.read_request(&request, Path::new(&name)))
        });
        self.known.borrow_mut().insert(name.clone(), found.clone());
        found
    }

    fn file(&self, name: &str) -> Option<(PathBuf, PathBuf, String)> {
        if let Some(path) = self.names.get(name) {
            let folder = path.parent().unwrap_or(Path::new("")).to_owned();
            return Some((folder, path.clone(), name.to_owned()));
        }
        for folder in &self.folders {
            for ending in ENDINGS {
                let file = format!("{}{ending}", name.trim_start_matches("./"));
                let path = folder.join(&file);
                if is_template(&path) && self.tree.is_file(&path) {
                    return Some((folder.clone(), path, file));
                }
            }
        }
        None
    }

    fn read(&self, name: &str) -> Option<Vec<Form>> {
        let (folder, path, file) = self.file(name)?;
        let engine = engine_of(&path, &self.engines)?;
        let mut folders = vec![folder];
        folders.extend(self.folders.iter().cloned());
        let name = match engine {
            // They leave the ending out.
            Engine::Handlebars => without_ending(&file),
            _ if self.names.contains_key(name) => name.to_owned(),
            _ => file,
        };
        let files = TreeFiles(self.tree);
        let request = self.request(engine, &name, &folders, &files);
        Some(self.read_request(&request, &path))
    }

    /// A template, with what is the same for all of the package.
    fn request<'r>(
        &'r self,
        engine: Engine,
        name: &'r str,
        folders: &'r [PathBuf],
        files: &'r TreeFiles<'r>,
    ) -> Request<'r> {
        Request {
            engine,
            name,
            folders,
            names: &self.names,
            components: &[],
            delimiters: None,
            escapes: None,
            root: Path::new(""),
            files,
        }
    }

    fn read_request(&self, request: &Request<'_>, path: &Path) -> Vec<Form> {
        match read(request) {
            Ok(read) => {
                for gap in &read.gaps {
                    let line = usize::try_from(gap.place.line).unwrap_or(1);
                    let file = Path::new(&gap.place.file);
                    self.gaps.push(Gap::new(file, line, gap.why.clone()));
                }
                (self.read_html)(read.source)
            }
            Err(error) => {
                let why = format!("this template cannot be read: {error}");
                self.gaps.push(Gap::new(path, 1, why));
                Vec::new()
            }
        }
    }
}

/// How deep folders of templates are looked for.
const MAX_DEPTH: usize = 5;

/// Adds the folders below one whose names say that they hold templates.
fn below(tree: &dyn Tree, folder: &Path, depth: usize, add: &mut dyn FnMut(PathBuf)) {
    if depth > MAX_DEPTH {
        return;
    }
    for name in tree.list(folder) {
        let is_aside = name.starts_with('.')
            || name.contains('.')
            || matches!(&*name, "target" | "node_modules" | "vendor" | "dist");
        if is_aside {
            continue;
        }
        let path = folder.join(&name);
        if FOLDERS.contains(&&*name) {
            add(path.clone());
        }
        below(tree, &path, depth + 1, add);
    }
}

/// The engines of a program whose templates are named by texts.
fn engines(crates: &[Crate]) -> Vec<Engine> {
    let mut found = Vec::new();
    for (name, engine) in ENGINES {
        let is_used = crates.iter().any(|krate| {
            krate
                .externs
                .values()
                .any(|known| matches!(known, Extern::Other(other) if other == name))
        });
        if is_used && !found.contains(&engine) {
            found.push(engine);
        }
    }
    let has_ructe = |krate: &Crate| krate.build_dependencies.iter().any(|name| name == "ructe");
    if crates.iter().any(has_ructe) {
        found.push(Engine::Ructe);
    }
    found
}

/// The engine that a file is for, by its ending, among those of the program.
fn engine_of(path: &Path, engines: &[Engine]) -> Option<Engine> {
    let ending = path.extension()?.to_string_lossy();
    let meant: &[Engine] = match &*ending {
        "hbs" | "handlebars" => &[Engine::Handlebars],
        "stpl" => &[Engine::Sailfish],
        "tera" => &[Engine::Tera],
        "j2" | "jinja" | "jinja2" => &[Engine::Minijinja, Engine::Tera],
        _ => &[
            Engine::Minijinja,
            Engine::Tera,
            Engine::Handlebars,
            Engine::Sailfish,
        ],
    };
    let mut fitting = meant.iter().filter(|engine| engines.contains(engine));
    fitting.next().copied()
}

fn without_ending(file: &str) -> String {
    let endings = [".html.hbs", ".hbs", ".handlebars"];
    let short = endings.iter().find_map(|ending| file.strip_suffix(ending));
    short.unwrap_or(file).to_owned()
}

/// Whether a text may be the name of a template.
fn may_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() < 200
        && !name.starts_with('/')
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || "_-./".contains(c))
}

/// Whether a file may be a template of HTML.
fn is_template(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy());
    let Some(ending) = ending else { return false };
    let is_page = matches!(
        &*ending,
        "html"
            | "htm"
            | "tera"
            | "j2"
            | "jinja"
            | "jinja2"
            | "hbs"
            | "handlebars"
            | "stpl"
            | "xhtml"
    );
    let stem = path
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned());
    let is_text = stem.is_some_and(|stem| {
        [".txt", ".css", ".js", ".xml", ".json", ".toml", ".yaml"]
            .iter()
            .any(|ending| stem.ends_with(ending))
    });
    is_page && !is_text
}
