//! Rocket: `#[post("/x/<id>?<page>", data = "<form>")]`, `#[route(GET, uri = "/x")]`.

use proc_macro2::TokenStream;

use super::arguments::{Argument, arguments, first_text, has_key, texts};
use super::route::{Canonical, QueryParameter, Route};

/// Whether the arguments of `#[get]` and the like are Rocket's and not actix-web's. What may be
/// either is read in the same way.
pub(super) fn is_rocket(args: &TokenStream) -> bool {
    let arguments = arguments(args);
    has_key(&arguments, &["data", "rank", "format", "uri"])
        || first_text(&arguments).is_some_and(|path| path.value().contains(['<', '?']))
}

/// Reads the arguments of `#[get]` and the like.
pub(super) fn method(method: &str, args: &TokenStream) -> Option<Vec<Route>> {
    let arguments = arguments(args);
    let path = first_text(&arguments).or_else(|| texts(&arguments, "uri").next())?;
    let mut canonical = canonical(&path.value());
    // Several routes may share a path: rank and format decide which one answers.
    canonical.is_partial |= has_key(&arguments, &["rank", "format"]);
    Some(vec![Route {
        query: query(&path.value()),
        ..Route::new(method.to_owned(), path, canonical)
    }])
}

/// Reads the arguments of `#[route]`.
pub(super) fn route(args: &TokenStream) -> Option<Vec<Route>> {
    match arguments(args).first()? {
        Argument::Word(word) => method(&word.to_string().to_ascii_uppercase(), args),
        _ => None,
    }
}

/// The parameters of the query. One that is ignored has no argument.
fn query(path: &str) -> Vec<QueryParameter> {
    let (_, query) = path.split_once('?').unwrap_or_default();
    let parameters = query.split('&').filter_map(|part| {
        let name = part.strip_prefix('<')?.strip_suffix('>')?;
        let rest = name.strip_suffix("..");
        Some(QueryParameter {
            name: rest.unwrap_or(name).to_owned(),
            is_rest: rest.is_some(),
        })
    });
    parameters
        .filter(|parameter| parameter.name != "_")
        .collect()
}

/// A path of Rocket in canonical syntax.
#[must_use]
pub fn canonical(path: &str) -> Canonical {
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    let mut pattern = String::new();
    for segment in path.split('/').skip(1) {
        let parameter = segment
            .strip_prefix('<')
            .and_then(|rest| rest.strip_suffix('>'));
        match parameter.map(|name| (name.trim_end_matches('.'), name.ends_with(".."))) {
            // It may be empty: then the slash before it is missing as well.
            Some((name, true)) => {
                let folder = if pattern.is_empty() { "/" } else { &pattern };
                let patterns = vec![format!("{pattern}/{{*{name}}}"), folder.to_owned()];
                return Canonical {
                    patterns,
                    is_partial: false,
                    limits: Vec::new(),
                };
            }
            Some((name, false)) => pattern.push_str(&format!("/{{{name}}}")),
            None => {
                pattern.push('/');
                pattern.push_str(&segment.replace('{', "{{").replace('}', "}}"));
            }
        }
    }
    Canonical {
        patterns: vec![pattern],
        is_partial: false,
        limits: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{canonical, query};

    #[test]
    fn parameters_of_the_query_are_found() {
        for (path, expected) in [
            ("/a", &[][..]),
            (
                "/a/<id>?<page>&done=yes&<_>&<filter..>",
                &[("page", false), ("filter", true)],
            ),
        ] {
            let found = query(path);
            let found = found.iter().map(|found| (&*found.name, found.is_rest));
            assert_eq!(found.collect::<Vec<_>>(), expected, "{path}");
        }
    }

    #[test]
    fn paths_become_canonical() {
        for (path, patterns) in [
            ("/", &["/"][..]),
            ("/a/<id>", &["/a/{id}"]),
            ("/a/<_>/b", &["/a/{_}/b"]),
            ("/a/<rest..>", &["/a/{*rest}", "/a"]),
            ("/<_..>", &["/{*_}", "/"]),
            ("/a?<page>&<q>", &["/a"]),
            ("/a?done=yes", &["/a"]),
        ] {
            assert_eq!(canonical(path).patterns, patterns, "{path}");
        }
    }
}
