//! Resolves a relative address against the address of its page.

use super::names::Names;

/// The path pattern that a relative one means on a page, as RFC 3986 has it
/// (section 5.2): `edit` on `/a/b` is `/a/edit`, `../{id}` on `/a/b/c` is `/a/{id}`,
/// and nothing leads above the root.
///
/// Both are path patterns as of [`Url`](crate::Url). Where they call two parameters
/// the same, one of them gets a number.
#[must_use]
pub fn resolve(page: &str, relative: &str) -> String {
    let end = relative.find(['?', '#']).unwrap_or(relative.len());
    let (relative, _) = relative.split_at(end);
    if relative.is_empty() {
        return page.to_owned();
    }
    if let Some(path) = relative.strip_prefix('/') {
        return without_dots(path.split('/'));
    }
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let folder = folder.strip_prefix('/').map(|folder| folder.split('/'));
    let all = folder.into_iter().flatten().chain(relative.split('/'));
    with_names(&without_dots(all))
}

/// The path from the root with these segments, its dots followed.
pub(super) fn without_dots<'s>(segments: impl Iterator<Item = &'s str>) -> String {
    let mut path: Vec<&str> = Vec::new();
    let mut is_folder = false;
    for segment in segments {
        is_folder = matches!(segment, "." | "..");
        match segment {
            "." => {}
            ".." => {
                path.pop();
            }
            segment => path.push(segment),
        }
    }
    if is_folder {
        path.push("");
    }
    format!("/{}", path.join("/"))
}

/// The pattern with each parameter under a name of its own.
fn with_names(path: &str) -> String {
    let mut names = Names::default();
    let segments = path.split('/').map(|segment| {
        let parameter = parameter(segment);
        parameter.map_or_else(
            || segment.to_owned(),
            |(prefix, name, suffix)| format!("{prefix}{{{}}}{suffix}", names.give(name)),
        )
    });
    segments.collect::<Vec<_>>().join("/")
}

/// The text before the parameter of a segment, its name, the text behind it.
fn parameter(segment: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let open = from + segment.get(from..)?.find('{')?;
        if segment.get(open + 1..)?.starts_with('{') {
            from = open + 2;
            continue;
        }
        let (prefix, rest) = segment.split_at(open);
        let (name, suffix) = rest.get(1..)?.split_once('}')?;
        return Some((prefix, name, suffix));
    }
}
