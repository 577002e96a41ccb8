//! Numbers of submissions, shares and bars in tables for people.

/// The width of a bar, in columns.
const BAR: usize = 8;

/// A number of submissions: a small one with a decimal, a large one with separated
/// thousands, a huge one in millions.
pub(super) fn amount(number: f64) -> String {
    match number {
        0.0 => "0".to_owned(),
        ..0.05 => "<0.1".to_owned(),
        ..9.95 => format!("{number:.1}"),
        ..1e7 => thousands(&format!("{number:.0}")),
        ..1e10 => format!("{:.1}M", number / 1e6),
        _ => format!("{number:.3e}"),
    }
}

pub(super) fn amount_of(number: u64) -> String {
    thousands(&number.to_string())
}

/// `1234567` as `1,234,567`.
fn thousands(digits: &str) -> String {
    let mut shown = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// The standard error behind a number; nothing if the number is exact.
pub(super) fn plus_minus(standard_error: f64) -> String {
    if standard_error > 0.0 {
        format!("± {}", amount(standard_error))
    } else {
        String::new()
    }
}

pub(super) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    match percent {
        0.0 => "0%".to_owned(),
        ..0.05 => "<0.1%".to_owned(),
        _ => format!("{percent:.1}%"),
    }
}

/// A bar, to the eighth of a column.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a share of a few columns"
)]
pub(super) fn bar(share: f64, most: f64) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if share <= 0.0 {
        return String::new();
    }
    let eighths = ((share / most) * (BAR * 8) as f64).ceil() as usize;
    let eighths = eighths.clamp(1, BAR * 8);
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8])
}
