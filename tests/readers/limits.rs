//! What `validator` and `garde` accept, behind a reader that accepts every text.

use std::fmt::Write as _;

use coexist::Fields;
use coexist_checker::registry::Reader;
use serde::Deserialize;

use super::judged::{Judged, judge};

/// A field with an attribute.
struct Row {
    attribute: &'static str,
    /// The annotated function that reads it.
    handler: &'static str,
    /// Whether the attribute accepts a text in its field `k`.
    accepts: fn(&str) -> bool,
}

/// The texts that arrive.
const TEXTS: [&str; 22] = [
    "",
    "a",
    "abc",
    "abcd",
    "ABC",
    "a1",
    "a b",
    "ééé",
    "a😀",
    "e\u{301}\u{301}",
    "0",
    "1",
    "3",
    "10",
    "-1",
    "0.5",
    "1.5",
    "a@b",
    "a@b.c",
    "a@b.",
    "http://a/b",
    "a.b",
];

/// Rows of which each has a type `Read`, of the derive of a crate.
macro_rules! rows {
    ($($module:ident, $derive:path, #[$($attribute:tt)*] $of:ty;)+) => {
        $(mod $module {
            use super::*;
            use $derive as _;

            #[derive(Deserialize, Fields, $derive)]
            pub(super) struct Read {
                #[$($attribute)*]
                k: $of,
            }

            #[coexist::handler(POST "/", since = "1.0.0", reader = "serde_urlencoded", accepts = Read)]
            fn take() {}

            pub(super) fn accepts(text: &str) -> bool {
                let body = serde_urlencoded::to_string([("k", text)]).unwrap();
                serde_urlencoded::from_str(&body).is_ok_and(|read: Read| read.validate().is_ok())
            }
        })+

        const ROWS: &[Row] = &[$(Row {
            attribute: concat!(stringify!($($attribute)*), " ", stringify!($of)),
            handler: concat!(module_path!(), "::", stringify!($module), "::take"),
            accepts: $module::accepts,
        }),+];
    };
}

rows! {
    v_max, validator::Validate, #[validate(length(max = 3))] String;
    v_between, validator::Validate, #[validate(length(min = 2, max = 3))] String;
    v_equal, validator::Validate, #[validate(length(equal = 3))] String;
    v_option, validator::Validate, #[validate(length(min = 1))] Option<String>;
    v_email, validator::Validate, #[validate(email)] String;
    v_url, validator::Validate, #[validate(url)] String;
    v_contains, validator::Validate, #[validate(contains(pattern = "."))] String;
    v_two, validator::Validate, #[validate(email, length(max = 3))] String;
    v_range, validator::Validate, #[validate(range(min = 1, max = 3))] i32;
    v_exclusive, validator::Validate, #[validate(range(exclusive_min = 0, exclusive_max = 10))] i32;
    v_float, validator::Validate, #[validate(range(min = 0.5, exclusive_max = 1.5))] f64;
    v_negative, validator::Validate, #[validate(range(min = -1, max = "2"))] i32;
    g_bytes, garde::Validate, #[garde(length(max = 3))] String;
    g_chars, garde::Validate, #[garde(length(chars, min = 2, max = 3))] String;
    g_graphemes, garde::Validate, #[garde(length(graphemes, max = 1))] String;
    g_utf16, garde::Validate, #[garde(length(utf16, equal = 3))] String;
    g_option, garde::Validate, #[garde(length(min = 1))] Option<String>;
    g_email, garde::Validate, #[garde(email)] String;
    g_url, garde::Validate, #[garde(url)] String;
    g_pattern, garde::Validate, #[garde(pattern("[a-z]{3}"))] String;
    g_whole, garde::Validate, #[garde(pattern("^[a-z0-9]+$"))] String;
    g_ascii, garde::Validate, #[garde(ascii)] String;
    g_alphanumeric, garde::Validate, #[garde(alphanumeric)] String;
    g_contains, garde::Validate, #[garde(contains("."))] String;
    g_prefix, garde::Validate, #[garde(prefix("a"))] String;
    g_suffix, garde::Validate, #[garde(suffix("c"), length(max = 3))] String;
    g_range, garde::Validate, #[garde(range(min = 1, max = 3))] u8;
    g_float, garde::Validate, #[garde(range(max = 0.5))] f64;
    g_skip, garde::Validate, #[garde(skip)] String;
}

#[test]
fn validator_and_garde_accept() {
    let width = ROWS.iter().map(|row| row.attribute.len()).max().unwrap();
    let mut text = format!("{:width$}", "");
    for arrived in TEXTS {
        write!(text, " {arrived:?}").unwrap();
    }
    let mut wrong = Vec::new();
    for row in ROWS {
        write!(text, "\n{:width$}", row.attribute).unwrap();
        for arrived in TEXTS {
            let is_accepted = (row.accepts)(arrived);
            let judged = judge(row.handler, Reader::SerdeUrlencoded, &[("k", arrived)]);
            let is_right = match judged {
                Judged::Accepted => is_accepted,
                Judged::Rejected => !is_accepted,
                Judged::Undecided => true,
            };
            if !is_right {
                wrong.push(format!("{} · {arrived:?}: {judged:?}", row.attribute));
            }
            let sign = if is_accepted { "+" } else { "-" };
            let mark = if judged == Judged::Undecided {
                "?"
            } else {
                " "
            };
            let width = format!(" {arrived:?}").chars().count() - 1;
            write!(text, "{sign:>width$}{mark}").unwrap();
        }
    }
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let text = lines.join("\n") + "\n";
    assert!(wrong.is_empty(), "{text}\n{}", wrong.join("\n"));
    insta::assert_snapshot!(text);
}
