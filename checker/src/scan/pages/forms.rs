//! From what HTML can send to the forms of a registry.

use std::collections::{HashMap, HashSet};

use coexist_html::{Element, Encoding as Sent, Field as SentField, Form as Html, Url, resolve};
use coexist_source::fields::page;

use crate::registry::wire::{FlatField, Place, unflattened};
use crate::registry::{Encoding, Fields, Form, FormKind, Page, Source, Target, TemplateLine};
use crate::scan::fields::string;
use crate::scan::redirects::Redirect;

/// The method of an endpoint of which only the path is known.
pub(super) const ANY: &str = "";

/// An item that shows HTML.
pub(super) struct Shown<'s> {
    /// The path of the Rust item.
    pub(super) id: &'s str,
    /// Where it is written.
    pub(super) file: String,
    pub(super) line: u32,
    /// The endpoints under which it is shown.
    pub(super) pages: &'s [Page],
    /// The endpoints of a handler that HTML names.
    pub(super) endpoints: &'s dyn Fn(&str) -> Vec<(String, String)>,
    /// Where an annotation says that it sends what the HTML does not say.
    pub(super) posts_to: &'s [Target],
}

/// An address that is not known: the line, the file, and what it is.
pub(super) struct Unknown {
    pub(super) file: String,
    pub(super) line: u32,
    pub(super) why: String,
}

impl Shown<'_> {
    /// The forms of the item, and the addresses that are not known.
    pub(super) fn forms(&self, found: &[Html]) -> (Vec<Form>, Vec<Unknown>) {
        let mut unknown = Vec::new();
        let mut forms: Vec<(Form, &Html)> = Vec::new();
        let mut seen = HashSet::new();
        for html in found {
            let (targets, open) = self.targets(html);
            unknown.extend(open.into_iter().map(|why| Unknown {
                file: self.file_of(html),
                line: html.place.line,
                why,
            }));
            if targets.is_empty() {
                continue;
            }
            let form = self.form(html, targets);
            // Many pages link to one address twice.
            let same = (
                form.posts_to.clone(),
                form.kind,
                form.encoding,
                form.fields.clone(),
            );
            if html.element == Element::Link && !seen.insert(same) {
                continue;
            }
            forms.push((form, html));
        }
        name(&mut forms, self.id);
        (forms.into_iter().map(|(form, _)| form).collect(), unknown)
    }

    fn file_of(&self, html: &Html) -> String {
        if html.place.file.is_empty() {
            self.file.clone()
        } else {
            html.place.file.clone()
        }
    }

    fn form(&self, html: &Html, posts_to: Vec<Target>) -> Form {
        let template = self.file_of(html);
        let is_template = template != self.file;
        let line = if is_template {
            self.line
        } else {
            html.place.line
        };
        Form {
            id: self.id.to_owned(),
            since: None,
            until: None,
            posts_to,
            pages: self.pages.to_vec(),
            kind: Some(match html.element {
                Element::Link => FormKind::Link,
                Element::Htmx => FormKind::Script,
                Element::Form | Element::Button => FormKind::Submit,
            }),
            flag: None,
            lifetime: None,
            encoding: encoding(html),
            fields: html.fields.as_deref().and_then(fields),
            query: html
                .query
                .as_deref()
                .filter(|_| html.encoding != Sent::Query)
                .and_then(fields),
            source: Some(Source {
                file: self.file.clone(),
                line,
                template: is_template.then(|| {
                    Box::new(TemplateLine {
                        file: template,
                        line: html.place.line,
                    })
                }),
            }),
        }
    }

    /// Where an element sends to, and what is not known of it.
    fn targets(&self, html: &Html) -> (Vec<Target>, Vec<String>) {
        let is_link = html.element == Element::Link;
        let mut targets: Vec<Target> = Vec::new();
        let mut open = Vec::new();
        if html.method.is_empty() && !self.posts_to.is_empty() {
            return (self.posts_to.to_vec(), open);
        }
        if html.method.is_empty() {
            open.push(format!("the method of `{}` is an expression", tag(html)));
            return (targets, open);
        }
        let mut add = |path: String, is_page: bool, is_of_handler: bool| {
            let target = Target {
                method: html.method.clone(),
                path,
                elsewhere: is_link && !is_page && !is_of_handler,
                host: None,
                is_page,
            };
            if !targets.contains(&target) {
                targets.push(target);
            }
        };
        let stated = || {
            let fitting = self.posts_to.iter();
            fitting.filter(|target| html.method.is_empty() || target.method == html.method)
        };
        let mut paths: Vec<&str> = self.pages.iter().map(|page| &*page.path).collect();
        paths.sort_unstable();
        paths.dedup();
        let mut from_annotation = false;
        for url in &html.urls {
            match url {
                Url::Path(path) | Url::Based(path) => add(path.clone(), false, false),
                // A link to a place in its own page sends nothing.
                Url::Page if is_link && html.fields.as_ref().is_none_or(Vec::is_empty) => {}
                Url::Page | Url::Unknown(_)
                    if stated().next().is_some()
                        && (paths.is_empty() || matches!(url, Url::Unknown(_))) =>
                {
                    from_annotation = true;
                }
                Url::Page if paths.is_empty() => {
                    open.push(format!(
                        "`{}` sends to its own page, and no handler is known that shows it",
                        tag(html)
                    ));
                }
                Url::Page => paths
                    .iter()
                    .for_each(|path| add((*path).to_owned(), true, false)),
                Url::Relative(relative) => {
                    if paths.is_empty() {
                        open.push(format!(
                            "`{}` has an address relative to its page, and no handler is known that \
                             shows it",
                            tag(html)
                        ));
                    }
                    for path in &paths {
                        add(resolve(path, relative), false, false);
                    }
                }
                Url::Handler { path, .. } | Url::Unknown(path) => {
                    let endpoints = (self.endpoints)(path);
                    let fitting: Vec<&(String, String)> = endpoints
                        .iter()
                        .filter(|(method, _)| *method == html.method || method == ANY)
                        .collect();
                    if fitting.is_empty() {
                        let what = short(path);
                        open.push(format!(
                            "`{}` has the address `{what}`, which is not known",
                            tag(html)
                        ));
                    }
                    for (method, path) in fitting {
                        add(path.clone(), false, method != ANY);
                    }
                }
            }
        }
        if from_annotation {
            for target in stated() {
                if !targets.contains(target) {
                    targets.push(target.clone());
                }
            }
        }
        (targets, open)
    }
}

/// A redirect that a function answers with.
pub(super) fn redirect(id: &str, file: String, redirect: &Redirect) -> Form {
    Form {
        id: format!("{id}#GET {}", redirect.path),
        since: None,
        until: None,
        posts_to: vec![Target {
            method: "GET".to_owned(),
            path: redirect.path.clone(),
            // It may lead to a file, or to another part of the site.
            elsewhere: true,
            host: None,
            is_page: false,
        }],
        pages: Vec::new(),
        kind: Some(FormKind::Redirect),
        flag: None,
        lifetime: None,
        encoding: None,
        fields: None,
        query: None,
        source: Some(Source {
            file,
            line: u32::try_from(redirect.line).unwrap_or(u32::MAX),
            template: None,
        }),
    }
}

/// Gives each form the suffix of its id: none for the only `<form>`.
fn name(forms: &mut [(Form, &Html)], id: &str) {
    let is_form = |html: &Html| html.element == Element::Form;
    let count = forms.iter().filter(|(_, html)| is_form(html)).count();
    let mut shared: HashMap<String, usize> = HashMap::new();
    for (_, html) in &*forms {
        if let Some(name) = html.names.first() {
            *shared.entry(name.clone()).or_default() += 1;
        }
    }
    let mut given: HashMap<String, usize> = HashMap::new();
    // Adding or removing a link must not rename a form.
    let (links, others): (Vec<_>, Vec<_>) = forms
        .iter_mut()
        .partition(|(_, html)| html.element == Element::Link);
    for (form, html) in others.into_iter().chain(links) {
        if count == 1 && is_form(html) {
            continue;
        }
        let name = match html.names.first() {
            Some(name) if shared.get(name) == Some(&1) => name.clone(),
            Some(name) => format!("{name} {}", request(html)),
            None => request(html),
        };
        let number = given.entry(name.clone()).or_default();
        *number += 1;
        form.id = match number {
            1 => format!("{id}#{name}"),
            number => format!("{id}#{name} {number}"),
        };
    }
}

/// The method and the first address, as far as the HTML states them.
fn request(html: &Html) -> String {
    let address = match html.urls.first() {
        Some(Url::Path(path) | Url::Based(path) | Url::Relative(path)) => path,
        Some(Url::Handler { path, .. }) => path.rsplit("::").next().unwrap_or_default(),
        Some(Url::Unknown(expression)) => expression,
        Some(Url::Page) | None => ".",
    };
    format!("{} {address}", html.method).trim().to_owned()
}

fn encoding(html: &Html) -> Option<Encoding> {
    let has_fields = match &html.fields {
        Some(fields) => !fields.is_empty(),
        // What is unknown of a link may be nothing.
        None => html.element != Element::Link,
    };
    match html.encoding {
        _ if !has_fields => None,
        Sent::Urlencoded => Some(Encoding::Urlencoded),
        Sent::Multipart => Some(Encoding::Multipart),
        Sent::Text => Some(Encoding::Text),
        Sent::Query => Some(Encoding::Query),
        Sent::Json => Some(Encoding::Json),
        Sent::Unknown => None,
    }
}

/// The fields that HTML sends.
fn fields(sent: &[SentField]) -> Option<Fields> {
    let json = page::json(sent, string).json;
    let flat: Vec<FlatField<'_>> = serde_json::from_str(&json).ok()?;
    let fields = unflattened(flat, Place::Record).ok()??;
    Some(Fields::from(fields))
}

/// A tag on one line, and no longer than a message can bear.
fn tag(html: &Html) -> String {
    short(&html.tag)
}

fn short(text: &str) -> String {
    const LENGTH: usize = 80;
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
