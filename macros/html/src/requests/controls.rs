//! What a control sends, as the HTML standard builds the list of entries of a form.
//!
//! <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#constructing-the-form-data-set>

use super::direction::{direction, has_direction};
use super::limits::{Checked, limited};
use super::number::{number, range};
use super::sent_field::{OneOf, Radio, SentField};
use crate::form::Kind;
use std::collections::HashSet;

use crate::page::conditions::Conditions;
use crate::page::contents::{Choice, Control};
use crate::page::element::Element;
use crate::page::groups::Groups;

/// How the controls of a form are sent.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own"
)]
#[derive(Clone, Copy, Debug)]
pub(crate) struct SubmitOptions<'p> {
    /// The groups of branches of the page.
    pub(crate) groups: &'p Groups,
    /// Whether files are sent, or only their names.
    pub(crate) files: bool,
    /// Whether a file control is left out where no file is chosen.
    pub(crate) skips_no_file: bool,
    /// Whether controls that are `required` are checked.
    pub(crate) validates: bool,
    /// Whether the form is sent in the encoding of the page.
    pub(crate) is_utf8: bool,
}

/// Whether a control is a button that submits its form.
pub(crate) fn is_submit(element: &Element) -> bool {
    let kind = element.keyword("type");
    match (element.name.as_str(), kind.as_deref()) {
        ("input", kind) => matches!(kind, Some("submit" | "image")),
        ("button", Some("reset" | "button")) => false,
        ("button", Some("submit") | None) => true,
        // One that commands another element does not submit unless it says so.
        ("button", Some(_)) => !element.has("command") && !element.has("commandfor"),
        _ => false,
    }
}

impl SubmitOptions<'_> {
    /// What a control sends.
    pub(crate) fn sent(&self, control: &Control) -> Vec<SentField> {
        let element = &control.element;
        let kind = element.keyword("type");
        let kind = match element.name.as_str() {
            "input" => kind.as_deref(),
            name => Some(name),
        };
        let mut all: Vec<SentField> = match kind {
            Some("reset" | "button") if !is_submit(element) => Vec::new(),
            Some("image") => image(element),
            Some("select") => self.select(control).into_iter().collect(),
            Some("submit" | "button") => {
                field(element, submit_value(element)).into_iter().collect()
            }
            kind => {
                let sent = field(element, Kind::Text);
                let sent = sent.map(|sent| self.input(control, kind, sent));
                let has_direction = kind.is_none_or(has_direction);
                let direction = sent
                    .as_ref()
                    .filter(|_| has_direction)
                    .and_then(|_| direction(element));
                sent.into_iter().chain(direction).collect()
            }
        };
        for sent in &mut all {
            sent.always &= !control.may_be_disabled;
            if is_submit(element) {
                sent.one_of = Some(OneOf::Submit);
            }
        }
        all
    }

    /// Whether a browser insists on a value. It does not where nobody can enter one.
    fn is_required(&self, control: &Control) -> bool {
        let is_read_only = control.element.name != "select" && control.element.has("readonly");
        self.validates
            && control.element.has("required")
            && !is_read_only
            && !control.is_in_datalist
    }

    pub(super) fn input(
        &self,
        control: &Control,
        kind: Option<&str>,
        sent: SentField,
    ) -> SentField {
        let element = &control.element;
        let is_required = self.is_required(control);
        let is_validated = self.validates && !control.is_in_datalist;
        match kind {
            Some("number") => SentField {
                may_be_empty: !is_required,
                ..number(element, sent, is_validated)
            },
            Some("range") => range(element, sent),
            Some("hidden") => SentField {
                kind: self.hidden(element),
                ..sent
            },
            Some("checkbox") => SentField {
                always: is_required,
                kind: checked(element),
                ..sent
            },
            Some("radio") => SentField {
                one_of: Some(OneOf::Radio),
                radio: Some(Radio {
                    is_required,
                    is_checked: element.has("checked"),
                    is_disabled: control.is_disabled,
                }),
                kind: checked(element),
                ..sent
            },
            Some("file") => SentField {
                always: is_required || !self.skips_no_file,
                many: element.has("multiple"),
                kind: if self.files {
                    Kind::Unknown
                } else {
                    Kind::Text
                },
                ..sent
            },
            // An expression may make it a checkbox.
            None => SentField {
                always: false,
                kind: Kind::Unknown,
                ..sent
            },
            Some(kind) => limited(
                control,
                kind,
                sent,
                Checked {
                    is_required,
                    is_validated,
                },
            ),
        }
    }

    fn hidden(&self, element: &Element) -> Kind {
        // The browser fills in the encoding.
        let name = element.keyword("name");
        if name.as_deref() == Some("_charset_") {
            return if self.is_utf8 {
                Kind::Choice(vec!["UTF-8".to_owned()])
            } else {
                Kind::Text
            };
        }
        // Such a control is there for a script, which sets the value.
        if !element.has("value") && !element.is_open {
            return Kind::Unknown;
        }
        constant(element, "")
    }

    pub(super) fn select(&self, control: &Control) -> Option<SentField> {
        let element = &control.element;
        let options = &control.options;
        let is_required = self.is_required(control);
        let is_multiple = element.has("multiple");
        let is_list = is_multiple || element.text("size").is_some_and(is_above_one);
        let usable: Vec<&Choice> = options.all.iter().filter(|one| !one.is_disabled).collect();
        if usable.is_empty() && !options.is_open {
            return None;
        }
        let placeholder = options.all.first().filter(|first| {
            is_required && !is_list && !first.is_grouped && first.value.as_deref() == Some("")
        });
        let sendable = usable
            .iter()
            .filter(|one| placeholder.is_none_or(|placeholder| !std::ptr::eq(**one, placeholder)));
        let values: Option<Vec<String>> = sendable.map(|one| one.value.clone()).collect();
        let blocked = blocked(control);
        // One that is disabled is enough for the browser, and is not sent.
        let is_asked_for = is_required
            && blocked.is_none_or(|one| {
                let is_first = options
                    .all
                    .first()
                    .is_some_and(|first| std::ptr::eq(first, one));
                !is_list && is_first && !one.is_grouped && one.value.as_deref() == Some("")
            });
        let always = if is_list {
            is_asked_for || blocked.is_none() && self.is_chosen(control, &usable)
        } else {
            // A list that is made in a loop is there to choose from: it is not empty.
            let is_some = options.is_open || self.is_there(control, &usable);
            is_some && (is_asked_for || blocked.is_none())
        };
        let kind = match values.filter(|_| !options.is_open) {
            Some(values) => Kind::Choice(distinct(values)),
            None => Kind::Text,
        };
        let sent = field(element, kind)?;
        let may_repeat = |one: &&Choice| self.groups.repeat(&one.conditions);
        let are_several = usable.len() > 1 || options.is_open || usable.iter().any(may_repeat);
        Some(SentField {
            always,
            many: is_multiple && are_several,
            ..sent
        })
    }

    /// Whether one of these options is there in each case.
    fn is_there(&self, control: &Control, options: &[&Choice]) -> bool {
        let around = &control.element.conditions;
        let conditions = options.iter().map(|one| one.conditions.beyond(around));
        let conditions: Vec<Conditions> = conditions.map(|one| self.groups.once(&one)).collect();
        self.groups.covers(&conditions)
    }

    /// Whether one of these options is chosen from the start. It can be let go
    /// where several can be chosen.
    fn is_chosen(&self, control: &Control, options: &[&Choice]) -> bool {
        let is_selected = |one: &&&Choice| one.is_selected;
        let chosen: Vec<&Choice> = options.iter().filter(is_selected).copied().collect();
        !control.element.has("multiple") && self.is_there(control, &chosen)
    }
}

/// The option that is chosen from the start although it is disabled, if one is.
fn blocked(control: &Control) -> Option<&Choice> {
    let here = &control.element.conditions;
    for one in control
        .options
        .all
        .iter()
        .rev()
        .filter(|one| one.is_selected)
    {
        if one.is_disabled {
            return Some(one);
        }
        // The last one that is chosen counts, where there is only one.
        if !control.element.has("multiple") && here.imply(&one.conditions) {
            break;
        }
    }
    None
}

/// A field under the control's name, if it has one.
pub(super) fn field(element: &Element, kind: Kind) -> Option<SentField> {
    let name = match element.get("name") {
        Some(name) => name.literal().map(str::to_owned),
        None if element.is_open && !is_submit(element) => None,
        None => return None,
    };
    let is_empty = name.as_deref() == Some("");
    (!is_empty).then(|| SentField::new(name, element, kind))
}

/// Where an image was clicked.
fn image(element: &Element) -> Vec<SentField> {
    let coordinate = Kind::Integer {
        min: None,
        max: None,
    };
    let name = element.get("name").map(|name| name.literal());
    let name = name.unwrap_or(Some(""));
    let sent = |axis: &str| {
        let name = name.map(|name| match name {
            "" => axis.to_owned(),
            name => format!("{name}.{axis}"),
        });
        SentField::new(name, element, coordinate.clone())
    };
    vec![sent("x"), sent("y")]
}

fn checked(element: &Element) -> Kind {
    constant(element, "on")
}

fn submit_value(element: &Element) -> Kind {
    // Browsers send the label that they give such a button, in the user's language.
    if element.name == "input" && !element.has("value") {
        return Kind::Text;
    }
    constant(element, "")
}

pub(super) fn constant(element: &Element, default: &str) -> Kind {
    let value = match element.get("value") {
        None if element.is_open => None,
        None => Some(default),
        Some(value) => value.literal(),
    };
    value.map_or(Kind::Text, |value| Kind::Choice(vec![value.to_owned()]))
}

fn is_above_one(size: &str) -> bool {
    let size = size.trim_start_matches(|c: char| c.is_ascii_whitespace());
    let size = size.strip_prefix('+').unwrap_or(size);
    let end = size.find(|c: char| !c.is_ascii_digit());
    let digits = size.get(..end.unwrap_or(size.len())).unwrap_or_default();
    digits.parse::<u32>().is_ok_and(|size| size > 1)
}

fn distinct(values: Vec<String>) -> Vec<String> {
    let mut known = HashSet::new();
    let mut values = values;
    values.retain(|value| known.insert(value.clone()));
    values
}
