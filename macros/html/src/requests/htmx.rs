//! Requests that htmx makes: where they go, and what it sends with them.
//!
//! <https://htmx.org/docs/#parameters>

use super::controls::{SentField, SubmitOptions, is_submit};
use super::fields::{collect, collect_submits, merge};
use super::forms::enctype;
use std::collections::HashSet;

use super::reader::PageReader;
use super::vals::vals;
use crate::address;
use crate::form::{Element as ElementKind, Encoding, Field, Form, Url};
use crate::page::conditions::Conditions;
use crate::page::contents::{Call, Control, OwnValues, Setting};
use crate::page::walk::CALLS;
use crate::value::Value;

impl PageReader<'_> {
    /// What htmx sends from the page.
    pub(crate) fn calls(&self) -> Vec<(usize, Form)> {
        let mut found = Vec::new();
        for call in &self.page.calls {
            for name in CALLS {
                let form = call
                    .element
                    .get(name)
                    .and_then(|url| self.call(call, name, url));
                found.extend(form.map(|form| (call.element.span.0, form)));
            }
        }
        found
    }

    fn call(&self, call: &Call, name: &str, address: &Value) -> Option<Form> {
        let url = match address.literal() {
            Some("") => Url::Page,
            _ => address::url(address, &self.base)?,
        };
        let method = name.trim_start_matches("hx-").to_ascii_uppercase();
        // Since htmx 2, DELETE has no body either.
        let has_body = !matches!(method.as_str(), "GET" | "DELETE");
        let encoding = if has_body {
            encoding(call)
        } else {
            Encoding::Query
        };
        let fields = self
            .call_fields(call, &method, encoding)
            .and_then(|mut sent| {
                if !has_body {
                    sent.extend(address::query(address)?.into_iter().map(SentField::from));
                }
                merge(sent, &self.text.groups)
            });
        Some(Form {
            encoding,
            fields,
            ..self.request(&call.element, ElementKind::Htmx, &method, url)
        })
    }

    /// What is sent besides the query of the address; `None`: that cannot be told.
    fn call_fields(&self, call: &Call, method: &str, encoding: Encoding) -> Option<Vec<SentField>> {
        if !self.has_steps_left() {
            return None;
        }
        let (forms, own) = included(call, method)?;
        let mut controls: Vec<&Control> = Vec::new();
        let mut buttons: Vec<&Control> = Vec::new();
        let mut validates = false;
        for index in forms {
            let form = self.page.forms.get(index)?;
            if form.holds_markup || !self.is_known(index) {
                return None;
            }
            let is_own = call.own == OwnValues::Form(index);
            validates |= is_own && !form.element.has("novalidate");
            let controls_of_form = self.controls_of(index).iter().copied();
            let (submits, others): (Vec<_>, Vec<_>) =
                controls_of_form.partition(|control| is_submit(&control.element));
            controls.extend(others);
            buttons.extend(submits.into_iter().filter(|_| is_own));
        }
        if let Some(control) = own.and_then(|index| self.page.controls.get(index)) {
            let is_known = |known: &&Control| std::ptr::eq(*known, control);
            if is_submit(&control.element) {
                buttons.push(control);
            } else if !controls.iter().any(is_known) {
                controls.push(control);
            }
        }
        let sending = SubmitOptions {
            groups: &self.text.groups,
            files: matches!(encoding, Encoding::Multipart | Encoding::Unknown),
            skips_no_file: true,
            validates,
            is_utf8: true,
        };
        let when = &call.element.conditions;
        let mut sent = collect(&controls, when, sending);
        sent.extend(collect_submits(&buttons, when, sending));
        let values = call
            .settings
            .vals
            .iter()
            .filter_map(|set| set.value.as_ref());
        let sizes = values.map(|value| value.size());
        self.text.groups.steps.spend(sizes.sum());
        set(&mut sent, call)?;
        choose(&mut sent, call)?;
        Some(sent)
    }
}

/// The forms whose controls are sent, and the control that is the element itself.
fn included(call: &Call, method: &str) -> Option<(Vec<usize>, Option<usize>)> {
    let (own_form, own_control) = match call.own {
        OwnValues::Nothing => (None, None),
        OwnValues::Form(form) => (Some(form), None),
        OwnValues::Control(control) => (None, Some(control)),
    };
    let mut forms: Vec<usize> = own_form.into_iter().collect();
    let include = match call.settings.include.first() {
        None => "",
        Some(setting) => match (setting.text()?, setting.is_own) {
            ("this", true) if call.own != OwnValues::Nothing => "",
            ("closest form", _) => "closest form",
            ("unset" | "", _) => "",
            _ => return None,
        },
    };
    if method != "GET" || include == "closest form" {
        let around = call.forms.iter().filter(|form| Some(**form) != own_form);
        forms.extend(around);
    }
    Some((forms, own_control))
}

/// Sets the fields of `hx-vals`; they take the place of those that are there.
fn set(sent: &mut Vec<SentField>, call: &Call) -> Option<()> {
    let is_set = |setting: &&Setting| setting.text() != Some("unset");
    if call.settings.vars.iter().any(|setting| is_set(&setting)) {
        return None;
    }
    let mut known: Vec<Field> = Vec::new();
    let mut names: HashSet<String> = HashSet::new();
    for setting in call.settings.vals.iter().take_while(is_set) {
        for field in vals(setting.value.as_deref()?)? {
            // The nearest element decides.
            if names.insert(field.name.clone()) {
                known.push(field);
            }
        }
    }
    let is_replaced = |name: &str| names.contains(name);
    sent.retain(|sent| sent.name.as_deref().is_none_or(|name| !is_replaced(name)));
    sent.extend(known.into_iter().map(SentField::from));
    Some(())
}

/// Keeps the fields that `hx-params` asks for.
fn choose(sent: &mut Vec<SentField>, call: &Call) -> Option<()> {
    let Some(setting) = call.settings.params.first() else {
        return Some(());
    };
    let params = setting.text()?;
    let names = |list: &str| -> HashSet<String> {
        let names = list.split(',').map(str::trim);
        names.map(str::to_owned).collect()
    };
    let is_in = |sent: &SentField, names: &HashSet<String>| {
        let name = sent.name.as_ref();
        name.is_some_and(|name| names.contains(name))
    };
    match params {
        "*" | "unset" | "" => {}
        "none" => sent.clear(),
        _ => {
            let list = params.strip_prefix("not ");
            let names = names(list.unwrap_or(params));
            // An expression may be one of these names.
            sent.retain(|sent| sent.name.is_none() || is_in(sent, &names) == list.is_none());
        }
    }
    Some(())
}

/// How a body is written.
fn encoding(call: &Call) -> Encoding {
    let is_json = |setting: &Setting| {
        let names = setting.text().unwrap_or_default();
        names.split(',').any(|name| name.trim() == "json-enc")
    };
    if call.settings.extensions.iter().any(is_json) {
        return Encoding::Json;
    }
    match call.settings.encoding.first() {
        Some(setting) => match setting.text() {
            Some("multipart/form-data") => Encoding::Multipart,
            Some(_) => Encoding::Urlencoded,
            None => Encoding::Unknown,
        },
        None if call.element.name == "form" => match enctype(&call.element, "enctype") {
            // Of the encodings of a form, htmx knows only that of files.
            Encoding::Text => Encoding::Urlencoded,
            encoding => encoding,
        },
        None => Encoding::Urlencoded,
    }
}

impl From<Field> for SentField {
    /// A field that is set, whatever the controls.
    fn from(field: Field) -> Self {
        Self {
            name: Some(field.name),
            conditions: Conditions::default(),
            always: field.always,
            many: field.many,
            one_of: None,
            radio: None,
            kind: field.kind,
        }
    }
}
