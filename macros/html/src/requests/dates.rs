//! What controls for dates and colors send: the browser makes it a valid one, or nothing.
//!
//! <https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#dates-and-times>

use crate::form::Constraint;
use crate::page::element::Element;

const YEAR: &str = "(?:[0-9]{3}[1-9]|[1-9][0-9]{3,5})";
const MONTH: &str = "(?:0[1-9]|1[0-2])";
const DAY: &str = "(?:0[1-9]|[12][0-9]|3[01])";
const WEEK: &str = "W(?:0[1-9]|[1-4][0-9]|5[0-3])";
const TIME: &str = "(?:[01][0-9]|2[0-3]):[0-5][0-9]";
const SECONDS: &str = r"(?::[0-5][0-9](?:\.[0-9]{1,3})?)?";

/// The limits of a date or a time.
pub(super) fn limits(element: &Element, kind: &str, is_validated: bool) -> Vec<Constraint> {
    // Which seconds there are, and which dates are out of bounds.
    let is_bounded = ["min", "max", "step"].iter().any(|name| element.has(name));
    let has_time = matches!(kind, "time" | "datetime-local");
    let may_have_seconds =
        !is_validated || is_bounded || (has_time && element.has("value")) || element.is_open;
    let seconds = if may_have_seconds { SECONDS } else { "" };
    let pattern = match kind {
        "month" => format!("{YEAR}-{MONTH}"),
        "week" => format!("{YEAR}-{WEEK}"),
        "time" => format!("{TIME}{seconds}"),
        "datetime-local" => format!("{YEAR}-{MONTH}-{DAY}T{TIME}{seconds}"),
        _ => format!("{YEAR}-{MONTH}-{DAY}"),
    };
    let mut limits = vec![Constraint::Pattern(format!("^{pattern}$"))];
    if may_have_seconds {
        limits.push(Constraint::Unknown);
    }
    limits
}

/// The limits of a color.
pub(super) fn color(element: &Element) -> Vec<Constraint> {
    if element.is_open || element.has("alpha") || element.has("colorspace") {
        return vec![Constraint::Unknown];
    }
    vec![Constraint::Pattern("^#[0-9a-f]{6}$".to_owned())]
}
