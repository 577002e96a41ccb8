//! Which numbers a control for numbers takes.
//!
//! <https://html.spec.whatwg.org/multipage/input.html#the-step-attribute>

use crate::form::Kind;
use crate::page::element::Element;

/// What `<input type="number">` sends.
///
/// The standard counts steps from the value that is there at first, if no `min` is.
/// An expression that is that value is taken to be a whole number.
pub(crate) fn number(element: &Element) -> Kind {
    let min = element.text("min").and_then(float);
    let value = element.text("value").and_then(float);
    let is_whole_from = min.or(value).is_none_or(is_whole);
    if !is_whole_from || !has_whole_steps(element) {
        return Kind::Number;
    }
    Kind::Integer {
        min: min.and_then(integer),
        max: element.text("max").and_then(float).and_then(floor),
    }
}

/// What `<input type="range">` sends: from 0 to 100 if nothing else is said.
pub(crate) fn range(element: &Element) -> Kind {
    match number(element) {
        Kind::Integer { min, max } => {
            let min = min.or_else(|| is_default(element, "min").then_some(0));
            let max = max.or_else(|| is_default(element, "max").then_some(100));
            // Where the two contradict each other, the least counts.
            let max = max.map(|max| min.map_or(max, |min| max.max(min)));
            Kind::Integer { min, max }
        }
        kind => kind,
    }
}

fn is_default(element: &Element, name: &str) -> bool {
    element.text(name).is_some_and(|text| float(text).is_none())
}

fn has_whole_steps(element: &Element) -> bool {
    let Some(step) = element.keyword("step") else {
        return false;
    };
    // A step that is none counts as the default one, which is 1.
    let is_none = |step: &f64| *step <= 0.0;
    step != "any" && float(&step).is_none_or(|step| is_none(&step) || is_whole(step))
}

/// A number as HTML writes it.
fn float(text: &str) -> Option<f64> {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | 'e' | 'E' | '+');
    let is_written_so = text.chars().all(is_number) && !text.starts_with('+');
    let number: Option<f64> = text.parse().ok().filter(|_| is_written_so);
    number.filter(|number| number.is_finite())
}

fn is_whole(number: f64) -> bool {
    number.fract() == 0.0
}

fn floor(number: f64) -> Option<i64> {
    integer(number.floor())
}

fn integer(number: f64) -> Option<i64> {
    format!("{number:.0}").parse().ok()
}
