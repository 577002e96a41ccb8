//! poem: `/x/:id`, `/x/:id<\d+>`, `/x/<\d+>`, `/x/*rest`.

use super::route::Canonical;

/// A path of poem in canonical syntax. What is in braces stays as it is.
#[must_use]
pub fn canonical(path: &str) -> Canonical {
    let mut is_partial = false;
    let mut unnamed = 0;
    let segments = segments(path).into_iter().map(|segment| {
        let start = segment.find([':', '*', '<']);
        let Some((before, parameter)) = start.map(|at| segment.split_at(at)) else {
            return segment.to_owned();
        };
        // A doubled star is another framework's, and in braces.
        if before.contains('{') {
            return segment.to_owned();
        }
        is_partial |= parameter.contains('<');
        let name = parameter[1..].split('<').next().unwrap_or_default();
        match &parameter[..1] {
            ":" => format!("{before}{{{name}}}"),
            "*" => format!(
                "{before}{{*{}}}",
                if name.is_empty() { "rest" } else { name }
            ),
            _ => {
                unnamed += 1;
                format!("{before}{{_{unnamed}}}")
            }
        }
    });
    let patterns = vec![segments.collect::<Vec<_>>().join("/")];
    Canonical {
        patterns,
        is_partial,
        limits: Vec::new(),
    }
}

/// What stands between the slashes that are in no regular expression.
fn segments(path: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let is_end = |c: char| {
        match c {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == '/' && depth == 0
    };
    path.split(is_end).collect()
}
