//! Requests that htmx makes: where they go, and what it sends with them.
//!
//! A version is a file: [`two`] and [`four`] say what each of them takes from the page.

mod four;
mod hcon;
mod set;
mod two;
mod vals;

use super::controls::{SubmitOptions, is_submit};
use super::fields::{collect, collect_submits, merge};
use super::reader::PageReader;
use super::sent_field::SentField;
use crate::address;
use crate::form::{Element as ElementKind, Encoding, Field, Form, Kind, Url};
use crate::htmx::Htmx;
use crate::page::conditions::Conditions;
use crate::page::contents::{Call, Control, OwnValues, Setting};
use crate::page::element::Element;
use crate::value::Value;

/// A request that a call makes.
#[derive(Clone, Debug)]
struct Request<'p> {
    /// In capitals; empty: an expression chooses it.
    method: String,
    /// The address whose query is sent as well.
    address: Option<&'p Value>,
    /// Whether the fields are lost on the way.
    is_mute: bool,
    url: Option<Url>,
    encoding: Encoding,
    /// The element that says where it goes: a form, or one of its buttons.
    element: &'p Element,
    /// The buttons that may be pressed for it.
    buttons: Vec<&'p Control>,
}

/// What is sent with a request, before it is known which names are chosen.
#[derive(Debug, Default)]
struct Sent<'p> {
    forms: Vec<usize>,
    controls: Vec<&'p Control>,
    fields: Vec<SentField>,
    validates: bool,
}

impl<'p> PageReader<'p> {
    /// What htmx sends from the page, each with the offset of its element.
    pub(crate) fn calls(&self) -> Vec<(usize, Form)> {
        let calls = self.page.calls.iter();
        let is_pressed = |call: &&Call| {
            let is_image = call.element.is_input("image");
            call.element.has("hx-trigger") || !(is_image || call.is_disabled)
        };
        let found = calls.filter(is_pressed).flat_map(|call| {
            let requests = match self.text.htmx {
                Htmx::Two => self.requests_2(call),
                Htmx::Four => self.requests_4(call),
            };
            requests
                .into_iter()
                .filter_map(|request| self.call_form(call, &request))
        });
        found.collect()
    }

    fn call_form(&self, call: &'p Call, request: &Request<'p>) -> Option<(usize, Form)> {
        let url = request.url.clone()?;
        let fields = match self.text.htmx {
            Htmx::Two => self.fields_2(call, request),
            Htmx::Four => self.fields_4(call, request),
        };
        let fields = fields.filter(|_| self.has_steps_left());
        let fields = fields.and_then(|fields| merge(fields, &self.text.groups));
        let query = match request.encoding {
            Encoding::Query => Some(Vec::new()),
            _ => self.query(request.address, Some(&url)),
        };
        let element = request.element;
        let form = self.request(element, ElementKind::Htmx, &request.method, url);
        Some((
            element.span.0,
            Form {
                encoding: request.encoding,
                fields,
                query,
                ..form
            },
        ))
    }

    /// The submit buttons of a form that are not calls themselves, if the call is that of a
    /// form, and whether the form can be sent in another way.
    fn submits(&self, call: &Call) -> (Vec<&'p Control>, bool) {
        let OwnValues::Form(form) = call.own else {
            return (Vec::new(), true);
        };
        let controls = self.controls_of(form).iter().copied();
        let submits: Vec<&Control> = controls
            .filter(|control| is_submit(&control.element))
            .collect();
        let is_alone = submits.is_empty() || !self.is_known(form);
        let is_own = |button: &&Control| !self.is_call(&button.element);
        (submits.into_iter().filter(is_own).collect(), is_alone)
    }

    /// The requests of a form: one for the buttons that change nothing, and one for each
    /// other button.
    fn by_buttons(
        &self,
        call: &Call,
        own: &Request<'p>,
        turns: impl Fn(&Control) -> bool,
        turned: impl Fn(&'p Control) -> Option<Request<'p>>,
    ) -> Vec<Request<'p>> {
        let (buttons, is_alone) = self.submits(call);
        let (elsewhere, buttons): (Vec<_>, Vec<_>) =
            buttons.into_iter().partition(|button| turns(button));
        let around = &call.element.conditions;
        let beyond = |button: &&Control| button.element.conditions.beyond(around);
        let all: Vec<Conditions> = elsewhere.iter().map(beyond).collect();
        let is_left = is_alone || !buttons.is_empty() || !self.text.groups.covers(&all);
        let mut requests = Vec::new();
        if is_left {
            let own = own.clone();
            requests.push(Request { buttons, ..own });
        }
        requests.extend(elsewhere.into_iter().filter_map(turned));
        requests
    }

    /// The fields of these forms and controls.
    fn collected(
        &self,
        sent: Sent<'p>,
        (call, request): (&Call, &Request<'p>),
        submits: impl Fn(&Control) -> Option<SentField>,
        skips_no_file: bool,
    ) -> Option<Vec<SentField>> {
        let has_no_check = |button: &&Control| button.element.has("formnovalidate");
        let sending = SubmitOptions {
            groups: &self.text.groups,
            files: matches!(request.encoding, Encoding::Multipart | Encoding::Unknown),
            skips_no_file,
            validates: sent.validates && !request.buttons.iter().any(has_no_check),
            is_utf8: true,
        };
        let mut controls: Vec<&Control> = Vec::new();
        for index in &sent.forms {
            let form = self.page.forms.get(*index)?;
            if form.holds_markup || !self.is_known(*index) {
                return None;
            }
            let of_form = self.controls_of(*index).iter().copied();
            controls.extend(of_form.filter(|control| !is_submit(&control.element)));
        }
        let when = &request.element.conditions.join(&call.element.conditions);
        let mut fields = collect(&controls, when, sending);
        for (index, control) in sent.controls.iter().enumerate() {
            let before = sent.controls.get(..index).unwrap_or_default();
            let is_new = !is_among(&controls, control) && !is_among(before, control);
            if is_new && !control.element.conditions.excludes(when) {
                self.text.groups.steps.spend(control.weight());
                fields.extend(sending.own(control).map(|field| within(field, when)));
            }
        }
        fields.extend(sent.fields);
        fields.extend(collect_submits(&request.buttons, when, |button| {
            submits(button).into_iter().collect()
        }));
        Some(fields)
    }
}

/// Adds the query of the address, which is sent with the fields.
fn with_query(mut fields: Vec<SentField>, request: &Request<'_>) -> Option<Vec<SentField>> {
    if let (Encoding::Query, Some(address)) = (request.encoding, request.address) {
        fields.extend(address::query(address)?.into_iter().map(SentField::from));
    }
    Some(fields)
}

fn is_among(controls: &[&Control], control: &Control) -> bool {
    controls.iter().any(|known| std::ptr::eq(*known, control))
}

fn within(field: SentField, when: &Conditions) -> SentField {
    SentField {
        conditions: field.conditions.beyond(when),
        ..field
    }
}

/// The value of a button under its name, if it has one: `None` also if the name is an expression.
fn button(element: &Element) -> Option<SentField> {
    let name = element.get("name")?.literal()?;
    let value = element.get("value").map_or(Some(""), Value::literal);
    let kind = value.map_or(Kind::Text, |value| Kind::Choice(vec![value.to_owned()]));
    Some(SentField {
        conditions: element.conditions.clone(),
        one_of: Some(super::sent_field::OneOf::Submit),
        ..SentField::from(Field {
            may_be_empty: false,
            name: name.to_owned(),
            always: true,
            many: false,
            kind,
            constraints: Vec::new(),
        })
    })
}

/// The nearest value that says something; `None`: an expression says it.
fn nearest(settings: &[Setting]) -> Option<&str> {
    for setting in settings {
        match setting.text()? {
            "" => {}
            "unset" => break,
            text => return Some(text),
        }
    }
    Some("")
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
            may_be_empty: field.may_be_empty,
            kind: field.kind,
            constraints: field.constraints,
        }
    }
}
