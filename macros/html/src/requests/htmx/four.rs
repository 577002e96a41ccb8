//! What htmx 4 sends.
//!
//! <https://four.htmx.org/docs>

use super::super::controls::is_submit;
use super::super::forms::enctype;
use super::super::reader::PageReader;
use super::super::sent_field::SentField;
use super::hcon;
use super::set::replace;
use super::{Request, Sent, button};
use crate::address;
use crate::form::{Encoding, Field, Url};
use crate::htmx::Htmx;
use crate::page::calls::calls;
use crate::page::contents::{Call, Control, OwnValues, Setting};
use crate::page::element::Element;
use crate::value::Value;

impl<'p> PageReader<'p> {
    /// The requests that a call makes.
    pub(super) fn requests_4(&self, call: &'p Call) -> Vec<Request<'p>> {
        let element = &call.element;
        let Some((method, address)) = target(call) else {
            return Vec::new();
        };
        let own = Request {
            encoding: self.encoding_4(call, &method),
            method,
            address,
            is_mute: false,
            url: self.url_4(address),
            element,
            buttons: Vec::new(),
        };
        // A button says where a form goes that is boosted, and how if nothing else does.
        let is_method_open = method_of(call).is_none() && !is_verb(call);
        let turns = |button: &Control| {
            let button = &button.element;
            (call.is_boosted && button.nonempty("formaction").is_some())
                || (is_method_open && button.nonempty("formmethod").is_some())
        };
        let turned = |button: &'p Control| {
            let element = &button.element;
            let mut request = own.clone();
            if call.is_boosted && element.nonempty("formaction").is_some() {
                request.address = element.get("formaction");
                request.url = self.url_4(request.address);
            }
            if let Some(method) = element.nonempty("formmethod").filter(|_| is_method_open) {
                request.method = method.to_ascii_uppercase();
                request.encoding = self.encoding_4(call, &request.method);
            }
            Some(Request {
                element,
                buttons: vec![button],
                ..request
            })
        };
        let mut requests = self.by_buttons(call, &own, turns, turned);
        requests.retain(|request| is_method(&request.method));
        requests
    }

    fn url_4(&self, address: Option<&Value>) -> Option<Url> {
        address::url(address.unwrap_or(&Value::default()), &self.base)
    }

    /// What is sent; `None`: that cannot be told.
    pub(super) fn fields_4(&self, call: &'p Call, request: &Request<'p>) -> Option<Vec<SentField>> {
        let element = &call.element;
        let is_query = request.encoding == Encoding::Query;
        let mut sent = Sent::default();
        let related = self.owners(&call.owner, &element.conditions)?;
        sent.forms = match call.own {
            OwnValues::Form(form) => vec![form],
            _ if is_query => Vec::new(),
            _ => related,
        };
        // Whatever htmx does, the browser checks a form before it tells that it is submitted.
        let is_checked = element.name == "form" && !element.has("novalidate");
        sent.validates = is_checked || element.text("hx-validate") == Some("true");
        let is_in_form = !sent.forms.is_empty();
        if is_in_form {
            let is_one = is_submit(element) && !element.is_input("image");
            sent.fields.extend(named_button(element).filter(|_| is_one));
        } else if element.name == "button" {
            sent.fields.extend(named_button(element));
        } else {
            self.add_own(call, is_query, &mut sent)?;
        }
        self.include_4(call, &mut sent)?;
        sent.forms.sort_unstable();
        sent.forms.dedup();
        let mut fields = self.collected(
            sent,
            (call, request),
            |control| named_button(&control.element),
            !is_in_form,
        )?;
        self.spend_on(&call.settings.vals);
        replace(&mut fields, vals(&call.settings.vals)?);
        with_query(fields, request)
    }

    /// Adds the values of an element that is in no form: its own, or those of what stands
    /// in it.
    fn add_own(&self, call: &Call, is_query: bool, sent: &mut Sent<'p>) -> Option<()> {
        if let OwnValues::Control(control) = call.own {
            sent.controls.extend(self.page.controls.get(control));
            return Some(());
        }
        let element = &call.element;
        if element.name.contains('-') {
            return (!element.has("name")).then_some(());
        }
        let holds = element.name == "fieldset" || !is_query && element.name != "body";
        if !holds {
            return Some(());
        }
        if element.has("name") {
            return None;
        }
        let inner = call.inner.borrow();
        if inner.is_open {
            return None;
        }
        let controls = inner.controls.iter();
        let controls = controls.filter_map(|control| self.page.controls.get(*control));
        sent.controls
            .extend(controls.filter(|control| control.element.name != "button"));
        Some(())
    }

    /// Adds what `hx-include` asks for.
    fn include_4(&self, call: &Call, sent: &mut Sent<'p>) -> Option<()> {
        let include = &call.settings.include;
        let texts: Option<Vec<&str>> = include.iter().map(Setting::text).collect();
        for part in texts?.iter().flat_map(|text| text.split(',')) {
            match part.trim() {
                "this" if call.own == OwnValues::Nothing => {
                    self.add_own(call, false, sent)?;
                }
                "" | "this" => {}
                "closest form" => sent.forms.extend(&call.around),
                part => self.add_named(part, call, sent)?,
            }
        }
        Some(())
    }

    fn encoding_4(&self, call: &Call, method: &str) -> Encoding {
        if method.contains("GET") || method.contains("DELETE") {
            return Encoding::Query;
        }
        if method.is_empty() {
            return Encoding::Unknown;
        }
        if let Some(setting) = call.settings.encoding.first() {
            return match setting.text() {
                Some("multipart/form-data") => Encoding::Multipart,
                Some(_) => Encoding::Urlencoded,
                None => Encoding::Unknown,
            };
        }
        let related = self.owners(&call.owner, &call.element.conditions);
        let forms = match call.own {
            OwnValues::Form(form) => vec![form],
            _ => related.unwrap_or_default(),
        };
        let form = forms.first().and_then(|form| self.page.forms.get(*form));
        match form.map(|form| enctype(&form.element, "enctype")) {
            Some(Encoding::Text) | None => Encoding::Urlencoded,
            Some(encoding) => encoding,
        }
    }
}

/// Adds the query of the address; a field takes the place of what is there.
fn with_query(mut fields: Vec<SentField>, request: &Request<'_>) -> Option<Vec<SentField>> {
    let (Encoding::Query, Some(address)) = (request.encoding, request.address) else {
        return Some(fields);
    };
    for field in address::query(address)? {
        let is_same = |sent: &&mut SentField| sent.name.as_ref() == Some(&field.name);
        let same: Vec<&mut SentField> = fields.iter_mut().filter(is_same).collect();
        if same.is_empty() {
            fields.push(SentField::from(field));
        } else {
            // If the controls send nothing, this is sent.
            for sent in same {
                sent.always = true;
            }
        }
    }
    Some(fields)
}

/// The method and the address of a call.
fn target(call: &Call) -> Option<(String, Option<&Value>)> {
    let element = &call.element;
    if call.is_boosted {
        let address = if element.name == "a" {
            "href"
        } else {
            "action"
        };
        return is_boostable(element).then(|| (stated_method(call), element.get(address)));
    }
    if let Some(action) = action(element) {
        return Some((stated_method(call), Some(action)));
    }
    let mut verbs = calls(Htmx::Four).iter().skip(1);
    let Some(verb) = verbs.find(|verb| element.has(verb)) else {
        return Some((stated_method(call), None));
    };
    let method = verb.trim_start_matches("hx-").to_ascii_uppercase();
    Some((method, element.get(verb)))
}

/// The method that `hx-method` states, or the element itself; empty: an expression.
fn stated_method(call: &Call) -> String {
    let method = match method_of(call) {
        Some(setting) => setting.text(),
        None => call.element.text("method"),
    };
    match method {
        Some("") => "GET".to_owned(),
        method => method.map(str::to_ascii_uppercase).unwrap_or_default(),
    }
}

fn action(element: &Element) -> Option<&Value> {
    element
        .get("hx-action")
        .filter(|action| action.literal() != Some(""))
}

fn method_of(call: &Call) -> Option<&Setting> {
    let mut methods = call.settings.method.iter();
    methods.find(|method| method.text() != Some(""))
}

/// Whether the name of an attribute says which method it is.
fn is_verb(call: &Call) -> bool {
    !call.is_boosted && action(&call.element).is_none()
}

/// Whether a request is made with this method, which an expression may choose.
fn is_method(method: &str) -> bool {
    matches!(method, "" | "GET" | "POST" | "PUT" | "PATCH" | "DELETE")
}

fn is_boostable(element: &Element) -> bool {
    if element.name == "form" {
        return element.keyword("method").as_deref() != Some("dialog");
    }
    let href = element.get("href").and_then(Value::literal);
    let is_fragment = href.is_some_and(|href| href.starts_with('#'));
    let target = element.text("target").unwrap_or_default();
    element.has("href")
        && !is_fragment
        && matches!(target, "" | "_self")
        && !element.has("download")
}

/// The value of a button that has a name.
fn named_button(element: &Element) -> Option<SentField> {
    let field = button(element)?;
    (field.name.as_deref() != Some("")).then_some(field)
}

/// What `hx-vals` sets: the nearest element decides.
fn vals(settings: &[Setting]) -> Option<Vec<Field>> {
    let is_joined = settings.len() > 1;
    let mut known: Vec<Field> = Vec::new();
    for setting in settings {
        for field in hcon::fields(setting.value.as_deref()?, is_joined)? {
            if !known.iter().any(|one| one.name == field.name) {
                known.push(field);
            }
        }
    }
    Some(known)
}
