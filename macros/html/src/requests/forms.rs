//! Requests that the browser itself makes: of forms, of buttons that go elsewhere
//! than their form, of links.
//!
//! <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#form-submission-algorithm>

use super::controls::{SubmitOptions, is_submit};
use super::direction::of_label;
use super::fields::{collect, collect_submits, merge, with_line_ends};
use super::reader::PageReader;
use super::rocket;
use super::sent_field::SentField;
use crate::address;
use crate::form::{Element as ElementKind, Encoding, Field, Form, Url};
use crate::page::calls::calls;
use crate::page::conditions::Conditions;
use crate::page::contents::{Control, FormElement};
use crate::page::element::Element;
use crate::value::Value;

/// The methods of HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Get,
    Post,
    /// Nothing is sent.
    Dialog,
    /// An expression chooses it.
    Unknown,
}

/// Where a form goes, or one of its buttons.
#[derive(Clone, Debug)]
struct Target {
    /// `None`: out of the app.
    url: Option<Url>,
    /// What the query of the address holds.
    query: Option<Vec<Field>>,
    method: Method,
    /// The method of the form, whatever its button says.
    own_method: Method,
    enctype: Encoding,
    validates: bool,
}

impl Target {
    /// Whether Chromium does not write the fields as they are: a query as `text/plain` has
    /// line breaks between them, which no address has; and where only the button asks for
    /// `POST`, such a body is empty.
    fn garbles(&self, fields: &[Field]) -> bool {
        let is_several = fields.len() > 1 || fields.iter().any(|field| field.many);
        let is_lost = match self.method {
            Method::Get => is_several,
            Method::Post => self.own_method == Method::Get,
            Method::Dialog | Method::Unknown => false,
        };
        self.enctype == Encoding::Text && is_lost
    }
}

impl PageReader<'_> {
    /// What the forms of the page send, and their buttons.
    pub(crate) fn forms(&self) -> Vec<(usize, Form)> {
        let forms = self.page.forms.iter().enumerate();
        forms
            .flat_map(|(index, form)| self.form(index, form))
            .collect()
    }

    /// A request of an element, its fields left open.
    pub(crate) fn request(
        &self,
        element: &Element,
        kind: ElementKind,
        method: &str,
        url: Url,
    ) -> Form {
        let names = ["id", "name"]
            .iter()
            .filter_map(|name| element.nonempty(name));
        let (from, to) = element.span;
        Form {
            element: kind,
            names: names.map(str::to_owned).collect(),
            method: method.to_owned(),
            urls: vec![url],
            encoding: Encoding::Query,
            fields: None,
            query: Some(Vec::new()),
            place: self.text.place(from),
            tag: self.text.tag(from, to),
            notes: Vec::new(),
        }
    }

    /// Whether an element has a call of htmx.
    pub(super) fn is_call(&self, element: &Element) -> bool {
        let mut calls = calls(self.text.htmx).iter();
        calls.any(|call| element.has(call))
    }

    fn form(&self, index: usize, form: &FormElement) -> Vec<(usize, Form)> {
        let element = &form.element;
        let is_plain = element.has("action") || element.has("method") || element.is_open;
        // Where htmx sends a form that says nothing else, the browser does not.
        if self.is_call(element) && !is_plain {
            return Vec::new();
        }
        let mut own = self.target(element);
        if !self.is_known(index) && own.method == Method::Post && self.text.has_rocket {
            // A field `_method` may be among its controls.
            own.method = Method::Unknown;
        }
        let controls = self.controls_of(index).iter().copied();
        let (buttons, controls): (Vec<_>, Vec<_>) =
            controls.partition(|control| is_submit(&control.element));
        let is_elsewhere = |button: &&Control| {
            let button = &button.element;
            self.turns_elsewhere(button, own.method) || (self.is_call(button) && !is_plain)
        };
        let (elsewhere, buttons): (Vec<_>, Vec<_>) = buttons.into_iter().partition(is_elsewhere);

        let around = &element.conditions;
        let conditions = elsewhere
            .iter()
            .map(|button| button.element.conditions.beyond(around));
        let is_left = !self.is_known(index)
            || !buttons.is_empty()
            || !self.text.groups.covers(&conditions.collect::<Vec<_>>());
        let mut found = Vec::new();
        if is_left {
            found = self.sent(
                index,
                &own,
                (&controls, &buttons),
                ElementKind::Form,
                element,
            );
        }
        for button in elsewhere {
            if self.turns_elsewhere(&button.element, own.method) {
                let target = self.button_target(&button.element, index, own.clone());
                let controls = (&*controls, std::slice::from_ref(&button));
                let kind = ElementKind::Button;
                found.extend(self.sent(index, &target, controls, kind, &button.element));
            }
        }
        found
    }

    /// The requests to a target: one for each method that a field `_method` asks for.
    fn sent(
        &self,
        index: usize,
        target: &Target,
        (controls, buttons): (&[&Control], &[&Control]),
        kind: ElementKind,
        element: &Element,
    ) -> Vec<(usize, Form)> {
        let (Some(url), Some(form)) = (&target.url, self.page.forms.get(index)) else {
            return Vec::new();
        };
        if target.method == Method::Dialog {
            return Vec::new();
        }
        let encoding = match target.method {
            Method::Get => Encoding::Query,
            Method::Unknown => Encoding::Unknown,
            Method::Post | Method::Dialog => target.enctype,
        };
        let request = |method: &str, fields: Option<Vec<Field>>| {
            let query = match encoding {
                Encoding::Query => Some(Vec::new()),
                _ => target.query.clone(),
            };
            let form = Form {
                encoding,
                fields,
                query,
                ..self.request(element, kind, method, url.clone())
            };
            (element.span.0, form)
        };
        if !self.is_known(index) {
            let method = match target.method {
                Method::Get => "GET",
                Method::Post if !self.text.has_rocket => "POST",
                _ => "",
            };
            return vec![request(method, None)];
        }
        let sends_no_required = |button: &&Control| button.element.has("formnovalidate");
        let sending = SubmitOptions {
            groups: &self.text.groups,
            files: matches!(target.enctype, Encoding::Multipart | Encoding::Unknown)
                && target.method != Method::Get,
            skips_no_file: false,
            validates: target.validates && !buttons.iter().any(sends_no_required),
            is_utf8: is_utf8(&form.element),
        };
        let collected = |when: &Conditions| {
            let mut all = collect(controls, when, sending);
            all.extend(collect_submits(buttons, when, |button| {
                sending.groups.steps.spend(button.weight());
                sending.sent(button)
            }));
            let fits = |sent: &SentField| !sent.conditions.excludes(when);
            let labels = self.controls_of(index).iter();
            let labels = labels.filter_map(|control| of_label(control));
            all.extend(labels.filter(fits).map(|sent| SentField {
                conditions: sent.conditions.beyond(when),
                ..sent
            }));
            all.into_iter().map(with_line_ends).collect::<Vec<_>>()
        };
        let when = form.element.conditions.join(&element.conditions);
        let all = collected(&when);
        let finish = |method: &str, all: Vec<SentField>| {
            let fields = merge(all, &self.text.groups);
            let is_known = |fields: &Vec<Field>| !form.holds_markup && !target.garbles(fields);
            request(method, fields.filter(is_known))
        };
        let in_order = || {
            let mut all = [controls, buttons].concat();
            all.sort_by_key(|control| control.element.span.0);
            collect(&all, &when, sending)
        };
        let methods = match target.method {
            Method::Post if self.text.has_rocket => {
                rocket::methods(target.enctype, &in_order(), &self.text.groups)
            }
            Method::Post => vec![("POST".to_owned(), Conditions::default())],
            Method::Get | Method::Dialog => vec![("GET".to_owned(), Conditions::default())],
            Method::Unknown => vec![(String::new(), Conditions::default())],
        };
        if let [(method, conditions)] = methods.as_slice()
            && conditions.is_empty()
        {
            return vec![finish(method, all)];
        }
        let found = methods
            .iter()
            .map(|(method, conditions)| finish(method, collected(&when.join(conditions))));
        found.collect()
    }

    /// Whether a button's request is another one than its form's.
    fn turns_elsewhere(&self, button: &Element, method: Method) -> bool {
        let attributes = ["formaction", "formmethod", "formenctype"];
        let is_asked =
            || self.text.has_rocket && method == Method::Post && rocket::is_asked_by(button);
        attributes.iter().any(|name| button.has(name)) || is_asked()
    }

    fn target(&self, element: &Element) -> Target {
        let url = self.url(element, "action");
        Target {
            query: self.query(element.get("action"), url.as_ref()),
            url,
            method: method(element, "method"),
            own_method: method(element, "method"),
            enctype: enctype(element, "enctype"),
            validates: !element.has("novalidate"),
        }
    }

    fn button_target(&self, button: &Element, form: usize, own: Target) -> Target {
        let mut target = own;
        if !self.is_known(form) {
            // The button may belong to another form.
            target.url = Some(Url::Unknown("…".to_owned()));
            target.query = None;
            target.method = Method::Unknown;
        }
        if button.has("formaction") {
            target.url = self.url(button, "formaction");
            target.query = self.query(button.get("formaction"), target.url.as_ref());
        }
        if button.has("formmethod") {
            target.method = method(button, "formmethod");
        }
        if button.has("formenctype") {
            target.enctype = enctype(button, "formenctype");
        }
        target
    }

    /// What the query of this address holds, beside a body; `None`: that cannot be told, as of the
    /// page's own address.
    pub(super) fn query(&self, address: Option<&Value>, url: Option<&Url>) -> Option<Vec<Field>> {
        let address = address.filter(|address| {
            let is_own = matches!(url, Some(Url::Page)) && !address.written().contains('?');
            !is_own && !matches!(url, Some(Url::Unknown(_)))
        })?;
        let sent = address::query(address)?.into_iter().map(SentField::from);
        merge(sent.collect(), &self.text.groups)
    }

    /// The address in an attribute; without one, the page's own.
    fn url(&self, element: &Element, name: &str) -> Option<Url> {
        match element.get(name) {
            Some(value) if value.literal() == Some("") => Some(Url::Page),
            Some(value) => address::url(value, &self.base),
            None if element.is_open => Some(Url::Unknown("…".to_owned())),
            None => Some(Url::Page),
        }
    }
}

fn method(element: &Element, name: &str) -> Method {
    match element.keyword(name).as_deref() {
        Some("post") => Method::Post,
        Some("dialog") => Method::Dialog,
        Some("") if element.is_open => Method::Unknown,
        Some(_) => Method::Get,
        None => Method::Unknown,
    }
}

/// Whether a form is sent in the encoding of its page, which is taken to be UTF-8.
fn is_utf8(form: &Element) -> bool {
    let names = form.keyword("accept-charset").unwrap_or_default();
    let mut names = names.split_ascii_whitespace();
    names.all(|name| matches!(name, "utf-8" | "utf8"))
}

/// The encoding of a body.
pub(crate) fn enctype(element: &Element, name: &str) -> Encoding {
    match element.keyword(name).as_deref() {
        Some("multipart/form-data") => Encoding::Multipart,
        Some("text/plain") => Encoding::Text,
        Some(_) => Encoding::Urlencoded,
        None => Encoding::Unknown,
    }
}
