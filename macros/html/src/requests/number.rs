//! Which numbers a control for numbers takes.
//!
//! <https://html.spec.whatwg.org/multipage/input.html#the-step-attribute>

use super::sent_field::SentField;
use crate::form::{Constraint, Kind};
use crate::page::element::Element;

/// What `<input type="number">` sends: a number, within its bounds where the browser looks at it.
///
/// The standard counts steps from the value that is there at first, if no `min` is.
/// An expression that is that value is taken to be a whole number.
pub(super) fn number(element: &Element, sent: SentField, is_validated: bool) -> SentField {
    if !is_validated {
        return SentField {
            kind: Kind::Number,
            ..sent
        };
    }
    let bounds = Bounds::new(element);
    SentField {
        kind: bounds.kind(element),
        constraints: bounds.constraints(element),
        ..sent
    }
}

/// What `<input type="range">` sends: from 0 to 100 if nothing else is said. The browser makes
/// each value fit, whether it looks at it or not.
pub(super) fn range(element: &Element, sent: SentField) -> SentField {
    let mut bounds = Bounds::new(element);
    bounds.min = bounds
        .min
        .or_else(|| is_default(element, "min").then_some(0.0));
    bounds.max = bounds
        .max
        .or_else(|| is_default(element, "max").then_some(100.0));
    // Where the two contradict each other, the least counts.
    bounds.max = bounds
        .max
        .map(|max| bounds.min.map_or(max, |min| max.max(min)));
    SentField {
        kind: bounds.kind(element),
        constraints: bounds.constraints(element),
        ..sent
    }
}

/// Between which numbers a control lets a value be.
struct Bounds {
    min: Option<f64>,
    max: Option<f64>,
    /// From where steps are counted.
    base: Option<f64>,
}

impl Bounds {
    fn new(element: &Element) -> Self {
        let number = |name: &str| element.text(name).and_then(float);
        let min = number("min");
        Self {
            min,
            max: number("max"),
            base: min.or_else(|| number("value")),
        }
    }

    fn kind(&self, element: &Element) -> Kind {
        if !self.is_whole(element) {
            return Kind::Number;
        }
        Kind::Integer {
            min: self.min.and_then(integer),
            max: self.last(element).and_then(floor),
        }
    }

    fn is_whole(&self, element: &Element) -> bool {
        self.base.is_none_or(is_whole) && has_whole_steps(element)
    }

    /// The greatest number that steps from the least one lead to.
    fn last(&self, element: &Element) -> Option<f64> {
        let max = self.max?;
        let step = element.text("step").and_then(float);
        let (Some(min), Some(step)) = (self.min, step.filter(|step| *step > 0.0)) else {
            return Some(max);
        };
        let last = min + ((max - min) / step).floor() * step;
        Some(if last < min { max } else { last })
    }

    /// The bounds of a number that is not whole, and that there are some that an expression
    /// decides.
    fn constraints(&self, element: &Element) -> Vec<Constraint> {
        let mut constraints = Vec::new();
        if !self.is_whole(element) && (self.min.is_some() || self.max.is_some()) {
            let json = |bound: Option<f64>| bound.map(|bound| bound.to_string());
            constraints.push(Constraint::Range {
                min: json(self.min),
                max: json(self.max),
            });
        }
        let is_expression = |name: &&str| element.text(name).is_none();
        if element.is_open || ["min", "max", "step"].iter().any(is_expression) {
            constraints.push(Constraint::Unknown);
        }
        constraints
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
