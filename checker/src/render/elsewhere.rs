//! The endpoints that are not judged, since other programs serve them.

use super::limits::PLACES;
use crate::model::{Elsewhere, Report};
use crate::registry::Target;

/// The line that names them; `None`: there are none.
pub(super) fn line(report: &Report<'_>) -> Option<String> {
    let all = &report.elsewhere;
    let mut names: Vec<String> = all.iter().take(PLACES).map(name).collect();
    match all.len().saturating_sub(PLACES) {
        0 => {}
        more => names.push(format!("and {more} more")),
    }
    (!names.is_empty()).then(|| {
        let names = names.join(", ");
        format!("note: not judged, since other programs serve it: {names}")
    })
}

/// An endpoint, what leads there and, if one of the builds has it, its handler.
fn name(elsewhere: &Elsewhere<'_>) -> String {
    let Elsewhere {
        form,
        target,
        there,
    } = elsewhere;
    let named = format!("{} of `{}`", endpoint(target), form.id);
    match there {
        Some((release, handler)) => {
            format!(
                "{named} (`{}` serves it in {})",
                handler.id, release.version
            )
        }
        None => named,
    }
}

/// Where a form leads to, with the host if it states one.
pub(super) fn endpoint(target: &Target) -> String {
    let host = target.host.as_ref();
    let host = host.map_or_else(String::new, |host| format!("https://{host}"));
    format!("{} {host}{}", target.method, target.path)
}
