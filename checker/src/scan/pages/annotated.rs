//! The forms of annotated items: what the annotation says, and what it leaves to the HTML.

use coexist_html::Form as Html;
use coexist_source::annotation::form::{FormAttr, PostsTo};
use coexist_source::annotation::targets::Target as Stated;
use coexist_source::errors::Errors;
use coexist_source::external::ExternalEndpoint;
use coexist_source::lifespan::Lifespan;
use coexist_source::registration::names;

use super::Pages;
use super::forms::{Shown, Unknown};
use super::graph::pages_of;
use crate::registry::{Encoding, Form, FormKind, Lifetime, Page, Source, Target};
use crate::scan::annotated::{FormAnnotation, named, since};
use crate::scan::fields::{self, Types};

impl Pages<'_, '_> {
    /// The forms of an item with annotations; `own`: the pages that it serves itself.
    pub(super) fn annotated_forms(
        &self,
        shown: &Shown<'_>,
        found: &[Html],
        annotations: &[FormAnnotation],
        own: &[Page],
        scope: &str,
    ) -> (Vec<Form>, Vec<Unknown>) {
        let taken: Vec<String> = annotations
            .iter()
            .filter(|one| !one.attr.is_redirect)
            .filter_map(|one| one.attr.name.as_ref().map(syn::LitStr::value))
            .collect();
        let bears = |html: &Html, name: &str| html.names.iter().any(|own| own == name);
        let (mut forms, mut unknown) = (Vec::new(), Vec::new());
        for FormAnnotation { attr } in annotations {
            let name = attr.name.as_ref().map(syn::LitStr::value);
            let html: Vec<Html> = found
                .iter()
                .filter(|html| match &name {
                    Some(name) => bears(html, name),
                    None => !taken.iter().any(|name| bears(html, name)),
                })
                .cloned()
                .collect();
            let pages = match &attr.page {
                Some(stated) => self.stated_pages(stated, scope),
                None if attr.is_redirect => Vec::new(),
                None => own.to_vec(),
            };
            let posts_to = self.stated_targets(attr, scope);
            let (mut own_forms, own_unknown) = if attr.is_redirect || html.is_empty() {
                let mut plain = plain(shown, attr, name.as_deref(), &pages, &posts_to);
                for form in &mut plain {
                    form.encoding = self.agreed_encoding(&posts_to);
                }
                (plain, Vec::new())
            } else {
                let shown = Shown {
                    id: shown.id,
                    file: shown.file.clone(),
                    line: shown.line,
                    pages: &pages,
                    endpoints: shown.endpoints,
                    posts_to: &posts_to,
                };
                shown.forms(&html)
            };
            for form in &mut own_forms {
                // What is annotated is found at the annotated item.
                if let Some(source) = &mut form.source {
                    source.file.clone_from(&shown.file);
                    source.line = shown.line;
                }
                self.complete(form, attr, scope);
            }
            forms.extend(own_forms);
            // `posts_to = _` leaves them undeclared.
            if !matches!(attr.posts_to, Some(PostsTo::Undeclared)) {
                unknown.extend(own_unknown);
            }
        }
        (forms, unknown)
    }

    /// Adds what the annotation says.
    fn complete(&self, form: &mut Form, attr: &FormAttr, scope: &str) {
        let lifespan = Lifespan::new(&attr.range, &attr.keys, || None, &mut Errors::default());
        if let Some(lifespan) = lifespan {
            form.since = Some(since(&lifespan.since));
            form.until = lifespan.until;
        }
        form.flag = attr.flag.as_ref().map(syn::LitStr::value);
        form.lifetime = attr
            .lifetime
            .as_ref()
            .and_then(|text| named::<Lifetime>(&text.value()));
        let is_link = form.kind == Some(FormKind::Link);
        if let (Some(text), false) = (&attr.encoding, is_link) {
            form.encoding = Encoding::from_name(&text.value()).ok().or(form.encoding);
        }
        if let (Some(ty), false) = (&attr.sends, is_link) {
            let types = Types {
                index: self.index,
                only_declared: true,
            };
            let fragment = types.fragment(ty, scope);
            let declared = fragment.fields().and_then(fields::read);
            form.fields = declared.and_then(|(_, fields)| fields);
        }
    }

    fn stated_pages(&self, stated: &[Stated], scope: &str) -> Vec<Page> {
        let mut endpoints = Vec::new();
        for page in stated {
            match page {
                Stated::Text(path) => endpoints.push(("GET".to_owned(), path.value())),
                Stated::Handler(_, path) => {
                    let position = self.index.function_at(&names(path), scope);
                    let known = position.and_then(|position| self.endpoints.get(&position));
                    endpoints.extend(known.into_iter().flatten().cloned());
                }
            }
        }
        pages_of(endpoints.iter())
    }

    /// The encoding that all handlers of these targets read.
    fn agreed_encoding(&self, targets: &[Target]) -> Option<Encoding> {
        let mut encodings = targets.iter().map(|target| {
            let mut handlers = self.handlers.iter().filter(|_| !target.elsewhere);
            handlers
                .find(|handler| handler.method == target.method && handler.path == target.path)?
                .encoding
        });
        let first = encodings.next()??;
        encodings.all(|one| one == Some(first)).then_some(first)
    }

    fn stated_targets(&self, attr: &FormAttr, scope: &str) -> Vec<Target> {
        let Some(PostsTo::Targets(stated)) = &attr.posts_to else {
            return Vec::new();
        };
        let mut targets = Vec::new();
        for stated in stated {
            match stated {
                Stated::Text(text) => {
                    let external = ExternalEndpoint::from_text(text, &mut Errors::default());
                    targets.extend(external.map(|external| Target {
                        method: external.endpoint.method,
                        path: external.endpoint.path,
                        elsewhere: true,
                        host: external.host,
                        is_page: false,
                    }));
                }
                Stated::Handler(method, path) => {
                    let position = self.index.function_at(&names(path), scope);
                    let known = position.and_then(|position| self.endpoints.get(&position));
                    let known = known.into_iter().flatten();
                    let meant =
                        known.filter(|(own, _)| method.as_ref().is_none_or(|one| one == own));
                    targets.extend(meant.map(|(method, path)| Target {
                        method: method.clone(),
                        path: path.clone(),
                        elsewhere: false,
                        host: None,
                        is_page: false,
                    }));
                }
            }
        }
        targets
    }
}

/// The form that an annotation alone describes.
fn plain(
    shown: &Shown<'_>,
    attr: &FormAttr,
    name: Option<&str>,
    pages: &[Page],
    posts_to: &[Target],
) -> Vec<Form> {
    if posts_to.is_empty() {
        return Vec::new();
    }
    let id = match name {
        Some(name) => format!("{}#{name}", shown.id),
        None => shown.id.to_owned(),
    };
    vec![Form {
        id,
        since: None,
        until: None,
        posts_to: posts_to.to_vec(),
        pages: pages.to_vec(),
        kind: attr.is_redirect.then_some(FormKind::Redirect),
        flag: None,
        lifetime: None,
        encoding: None,
        fields: None,
        query: None,
        source: Some(Source {
            file: shown.file.clone(),
            line: shown.line,
            template: None,
        }),
    }]
}
