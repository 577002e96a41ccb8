//! What htmx 2 sends.
//!
//! <https://htmx.org/docs/#parameters>

use super::super::controls::is_submit;
use super::super::reader::PageReader;
use super::super::sent_field::SentField;
use super::set::{choose, set};
use super::{Request, Sent, button, nearest, with_query};
use crate::address;
use crate::form::{Encoding, Field, Kind, Url};
use crate::htmx::Htmx;
use crate::page::calls::calls;
use crate::page::contents::{Call, Control, FormElement, OwnValues, Setting};
use crate::page::element::Element;
use crate::value::Value;

/// The methods that htmx knows.
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "DELETE", "PATCH"];

impl<'p> PageReader<'p> {
    /// The requests that a call makes.
    pub(super) fn requests_2(&self, call: &'p Call) -> Vec<Request<'p>> {
        let element = &call.element;
        let (method, address) = if call.is_boosted {
            boosted(element)
        } else {
            let mut names = calls(Htmx::Two).iter();
            let Some(name) = names.find(|name| element.has(name)) else {
                return Vec::new();
            };
            let method = name.trim_start_matches("hx-").to_owned();
            (Some(method), element.get(name))
        };
        let Some(method) = method else {
            return Vec::new();
        };
        let drops_query = call.is_boosted && element.name == "form" && method == "get";
        let own = Request {
            encoding: encoding(call, &method),
            method: method.to_ascii_uppercase(),
            address: address.filter(|_| !drops_query),
            is_mute: false,
            url: self.url_2(address),
            element,
            buttons: Vec::new(),
        };
        let turns = |button: &Control| {
            let element = &button.element;
            is_tracked(button, call) && (element.has("formaction") || element.has("formmethod"))
        };
        let turned = |button: &'p Control| {
            let element = &button.element;
            let mut request = own.clone();
            if let Some(action) = element.get("formaction") {
                request.address = Some(action);
                request.url = self.url_2(Some(action));
            }
            if let Some(method) = element.get("formmethod") {
                let method = method.literal()?;
                request.method = method.to_ascii_uppercase();
                if !METHODS.contains(&&*request.method) {
                    return None;
                }
                request.encoding = encoding(call, method);
                // In capitals, it is not the one that htmx knows, and gets a body.
                if request.method == "GET" && method != "get" {
                    request.encoding = Encoding::Query;
                    request.is_mute = true;
                }
            }
            Some(Request {
                element,
                buttons: vec![button],
                ..request
            })
        };
        self.by_buttons(call, &own, turns, turned)
    }

    /// Where a request goes: without an address, to the page.
    fn url_2(&self, address: Option<&Value>) -> Option<Url> {
        match address {
            Some(address) if address.literal() != Some("") => address::url(address, &self.base),
            _ => Some(Url::Page),
        }
    }

    /// What is sent; `None`: that cannot be told.
    pub(super) fn fields_2(&self, call: &'p Call, request: &Request<'p>) -> Option<Vec<SentField>> {
        let mut sent = Sent {
            validates: call.element.text("hx-validate") == Some("true"),
            ..Sent::default()
        };
        let related = self.owners(&call.owner, &call.element.conditions)?;
        if request.method != "GET" {
            sent.forms.extend(related);
        }
        match call.own {
            OwnValues::Form(form) => {
                sent.validates |= !call.element.has("novalidate");
                sent.forms.push(form);
            }
            OwnValues::Control(control) if !call.is_barred => {
                let control = self.page.controls.get(control)?;
                let element = &control.element;
                if !is_submit(element) && !element.is_input("button") {
                    sent.controls.push(control);
                }
            }
            OwnValues::Nothing | OwnValues::Control(_) => {}
        }
        let element = &call.element;
        if element.name == "button" || element.is_input("submit") {
            sent.fields.extend(button(element));
        }
        if element.name == "output" {
            sent.fields.extend(text_under_name(element));
        }
        self.include_2(call, &mut sent)?;
        sent.forms.sort_unstable();
        sent.forms.dedup();
        let pressed =
            |control: &Control| button(&control.element).filter(|_| is_tracked(control, call));
        let mut fields = self.collected(sent, (call, request), pressed, true)?;
        self.spend_on(&call.settings.vals);
        set(&mut fields, call)?;
        choose(&mut fields, nearest(&call.settings.params)?);
        if request.encoding == Encoding::Json {
            fields.iter_mut().for_each(as_text);
        }
        if request.is_mute {
            fields.clear();
        }
        with_query(fields, request)
    }

    /// Adds what `hx-include` asks for.
    fn include_2(&self, call: &Call, sent: &mut Sent<'p>) -> Option<()> {
        let include = nearest(&call.settings.include)?;
        match include {
            "" => {}
            "this" => {
                let setting = call
                    .settings
                    .include
                    .iter()
                    .find(|one| one.text() != Some(""))?;
                self.add_inner(setting, sent)?;
            }
            "closest form" => sent.forms.extend(&call.around),
            _ => {
                for part in include.split(',') {
                    self.add_named(part.trim(), call, sent)?;
                }
            }
        }
        Some(())
    }

    /// Adds the controls in the element that sets this.
    pub(super) fn add_inner(&self, setting: &Setting, sent: &mut Sent<'p>) -> Option<()> {
        let inner = setting.inner.borrow();
        if inner.is_open {
            return None;
        }
        let controls = inner.controls.iter();
        let controls = controls.filter_map(|control| self.page.controls.get(*control));
        let is_included = |control: &&Control| {
            let kind = control.element.keyword("type");
            let is_button = matches!(kind.as_deref(), Some("button" | "submit"));
            control.element.name != "button" && !is_button
        };
        sent.controls.extend(controls.filter(is_included));
        Some(())
    }

    /// Adds the controls with this name, wherever they stand.
    fn add_all_of(&self, name: &str, sent: &mut Sent<'p>) -> Option<()> {
        for control in &self.page.controls {
            let element = &control.element;
            let is_meant = match element.get("name") {
                Some(known) => known.literal()? == name,
                None if element.is_open => return None,
                None => false,
            };
            if is_meant && (is_submit(element) || element.name == "button") {
                return None;
            }
            sent.controls.extend(is_meant.then_some(control));
        }
        let mut forms = self.page.forms.iter();
        let is_other = |form: &FormElement| form.holds_markup || form.element.has("name");
        (!forms.any(is_other)).then_some(())
    }

    /// Adds the form or the control that `#id` or `[name=…]` names; `None`: another selector.
    pub(super) fn add_named(&self, selector: &str, call: &Call, sent: &mut Sent<'p>) -> Option<()> {
        let attribute = selector
            .strip_prefix("[name=")
            .and_then(|name| name.strip_suffix(']'));
        if let Some(name) = attribute.map(|name| name.trim_matches(['"', '\''])) {
            return self.add_all_of(Some(name).filter(|name| is_plain(name))?, sent);
        }
        let id = selector.strip_prefix('#').filter(|id| is_plain(id))?;
        let here = &call.element.conditions;
        for id in self.named(&Value::text(id), here)? {
            match id.own {
                OwnValues::Form(form) => sent.forms.push(form),
                OwnValues::Control(control) => {
                    sent.controls.extend(self.page.controls.get(control));
                }
                OwnValues::Nothing => return None,
            }
        }
        Some(())
    }

    pub(super) fn spend_on(&self, settings: &[Setting]) {
        let values = settings.iter().filter_map(|set| set.value.as_ref());
        let sizes = values.map(|value| value.size());
        self.text.groups.steps.spend(sizes.sum());
    }
}

/// Whether htmx notices that this button of a form was pressed: one that stands outside of it
/// has to say that it submits.
fn is_tracked(button: &Control, call: &Call) -> bool {
    let element = &button.element;
    let is_known = element.name == "button" || element.is_input("submit");
    let is_within = match call.own {
        OwnValues::Form(form) => button.around.contains(&form),
        _ => true,
    };
    is_known && (is_within || element.has("form") && element.text("type") == Some("submit"))
}

/// The method and the address of a link or a form that is sent as the browser would.
fn boosted(element: &Element) -> (Option<String>, Option<&Value>) {
    if element.name == "a" {
        let href = element.get("href");
        let begins = |begin: char| {
            href.and_then(Value::literal)
                .is_some_and(|href| href.starts_with(begin))
        };
        let target = element.text("target").unwrap_or_default();
        let is_left = href.is_none() || begins('#') || !matches!(target, "" | "_self");
        return ((!is_left).then(|| "get".to_owned()), href);
    }
    let method = match element.text("method") {
        Some("") => Some("get".to_owned()),
        method => method.map(str::to_ascii_lowercase),
    };
    let is_known = |method: &String| METHODS.contains(&&*method.to_ascii_uppercase());
    (method.filter(is_known), element.get("action"))
}

/// How a request is written.
fn encoding(call: &Call, method: &str) -> Encoding {
    // A button may write the method as it likes, and htmx compares it as it stands.
    if matches!(method, "get" | "delete") {
        return Encoding::Query;
    }
    if is_json(call) {
        return Encoding::Json;
    }
    let set = call.settings.encoding.first().map(Setting::text);
    let own = call.element.text("enctype");
    match (set, own) {
        (Some(Some("multipart/form-data")), _) => Encoding::Multipart,
        (Some(None), _) => Encoding::Unknown,
        (_, Some("multipart/form-data")) if call.element.name == "form" => Encoding::Multipart,
        (_, None) if call.element.name == "form" => Encoding::Unknown,
        _ => Encoding::Urlencoded,
    }
}

/// Whether the extension `json-enc` is asked for, and no element nearer ignores it.
fn is_json(call: &Call) -> bool {
    for setting in &call.settings.extensions {
        for name in setting.text().unwrap_or_default().split(',') {
            match name.trim() {
                "json-enc" => return true,
                "ignore:json-enc" => return false,
                _ => {}
            }
        }
    }
    false
}

/// A field of JSON: what a control holds is a text there, whatever it looks like.
fn as_text(field: &mut SentField) {
    if matches!(field.kind, Kind::Integer { .. } | Kind::Number) {
        field.kind = Kind::Text;
    }
}

fn text_under_name(element: &Element) -> Option<SentField> {
    Some(SentField::from(Field {
        may_be_empty: false,
        constraints: Vec::new(),
        name: element.nonempty("name")?.to_owned(),
        always: true,
        many: false,
        kind: Kind::Text,
    }))
}

fn is_plain(id: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    !id.is_empty() && id.chars().all(is_plain)
}
