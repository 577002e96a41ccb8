//! actix-web: `#[get("/x/{id:\d+}")]`, `#[route("/x", method = "GET", method = "POST")]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, LitStr, Meta};

use super::arguments::{arguments, first_text, has_key, texts};
use super::route::{Canonical, Route};
use crate::regex::may_match_slash;

/// Reads the arguments of `#[get]` and its like.
pub(super) fn method(method: &str, args: &TokenStream) -> Option<Vec<Route>> {
    let arguments = arguments(args);
    let path = first_text(&arguments)?;
    // `#[trace("name")]` is a profiler's.
    if method == "TRACE" && !path.value().starts_with('/') {
        return None;
    }
    let is_guarded = has_key(&arguments, &["guard"]);
    Some(vec![new_route(method.to_owned(), path, is_guarded)])
}

/// Reads the arguments of `#[route]`.
pub(super) fn route(args: &TokenStream) -> Option<Vec<Route>> {
    let arguments = arguments(args);
    let path = first_text(&arguments)?;
    let is_guarded = has_key(&arguments, &["guard"]);
    let methods = texts(&arguments, "method").map(LitStr::value);
    Some(
        methods
            .map(|method| new_route(method, path, is_guarded))
            .collect(),
    )
}

/// The prefix of the functions of a module with these attributes: actix-web's `#[scope("/x")]`.
#[must_use]
pub fn scope_of(attrs: &[Attribute]) -> Option<String> {
    attrs.iter().find_map(|attr| {
        let Meta::List(list) = &attr.meta else {
            return None;
        };
        let is_scope = list.path.segments.last()?.ident == "scope";
        let prefix: LitStr = is_scope.then(|| attr.parse_args().ok()).flatten()?;
        Some(prefix.value())
    })
}

/// The attribute of a module's own function, with its scope, as actix-web rewrites it: only where it
/// is written without a path (`#[get("/y")]`).
#[must_use]
pub fn in_scope(attr: &Attribute, prefix: &str) -> Attribute {
    let mut rewritten = attr.clone();
    if let Meta::List(list) = &mut rewritten.meta {
        let is_route = list.path.get_ident().is_some_and(|word| {
            let word = word.to_string();
            matches!(word.as_str(), "route" | "ROUTE") || crate::method::from_word(&word).is_some()
        });
        let all = arguments(&list.tokens);
        if let Some(path) = first_text(&all).filter(|_| is_route) {
            let path = LitStr::new(&format!("{prefix}{}", path.value()), path.span());
            let rest = list.tokens.clone().into_iter().skip(1);
            let rest: TokenStream = rest.collect();
            list.tokens = quote!(#path #rest);
        }
    }
    rewritten
}

fn new_route(method: String, path: &LitStr, is_guarded: bool) -> Route {
    let mut canonical = canonical(&path.value());
    canonical.is_partial |= is_guarded;
    Route::new(method, path, canonical)
}

/// A piece of a path.
#[derive(Clone)]
enum Piece {
    Text(String),
    /// A parameter.
    Parameter {
        name: String,
        regex: Regex,
    },
}

#[derive(Clone, PartialEq)]
enum Regex {
    /// Any text without a slash.
    Segment,
    /// `.*`: the rest, which may be empty.
    Rest,
    /// `.+`: the rest, which is not empty.
    SomeRest,
    /// Only some texts, of one segment.
    Limited(String),
    /// Only some texts, perhaps of several segments.
    Some,
}

/// A path of actix-web in canonical syntax.
#[must_use]
pub fn canonical(path: &str) -> Canonical {
    let mut patterns = vec![String::new()];
    let mut is_partial = false;
    let mut limits = Vec::new();
    let pieces = if path.is_empty() || path.starts_with('/') {
        pieces(path)
    } else {
        pieces(&format!("/{path}"))
    };
    for segment in segments(&pieces) {
        patterns[0].push('/');
        let parameters = segment.iter().filter_map(|piece| match piece {
            Piece::Parameter { name, regex } => Some((name, regex)),
            Piece::Text(_) => None,
        });
        let parameters: Vec<_> = parameters.collect();
        let rest = parameters
            .iter()
            .find(|(_, regex)| matches!(regex, Regex::Rest | Regex::SomeRest));
        if let Some((name, regex)) = rest {
            let is_alone = segment.len() == 1;
            if **regex == Regex::Rest && is_alone {
                // The rest may be empty, but its slash is there.
                let folder = patterns[0].clone();
                patterns.push(folder);
            }
            patterns[0].push_str(&format!("{{*{name}}}"));
            is_partial |= !is_alone || ends_later(&pieces);
            break;
        }
        match parameters.as_slice() {
            [(name, Regex::Limited(regex))] => limits.push(((*name).clone(), regex.clone())),
            [] | [(_, Regex::Segment)] => {}
            _ => is_partial = true,
        }
        patterns[0].push_str(&one_segment(&segment));
    }
    Canonical {
        patterns,
        is_partial,
        limits,
    }
}

/// Whether something follows the first parameter that takes slashes.
fn ends_later(pieces: &[Piece]) -> bool {
    let takes_rest = |piece: &Piece| {
        matches!(
            piece,
            Piece::Parameter {
                regex: Regex::Rest | Regex::SomeRest,
                ..
            }
        )
    };
    pieces
        .iter()
        .position(takes_rest)
        .is_some_and(|at| at + 1 < pieces.len())
}

/// A segment with one parameter at most: several become one, with what is between.
fn one_segment(segment: &[Piece]) -> String {
    let mut text = String::new();
    let is_parameter = |piece: &Piece| matches!(piece, Piece::Parameter { .. });
    let last = segment.iter().rposition(is_parameter).unwrap_or_default();
    let mut has_parameter = false;
    for (at, piece) in segment.iter().enumerate() {
        match piece {
            Piece::Text(literal) if !has_parameter || at > last => {
                text.push_str(&literal.replace('{', "{{").replace('}', "}}"));
            }
            Piece::Parameter { name, .. } if !has_parameter => {
                has_parameter = true;
                text.push_str(&format!("{{{name}}}"));
            }
            Piece::Text(_) | Piece::Parameter { .. } => {}
        }
    }
    text
}

/// What stands between the slashes of the path.
fn segments(pieces: &[Piece]) -> Vec<Vec<Piece>> {
    let mut segments: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        let Piece::Text(text) = piece else {
            segments
                .last_mut()
                .into_iter()
                .for_each(|last| last.push(piece.clone()));
            continue;
        };
        for (at, part) in text.split('/').enumerate() {
            if at > 0 {
                segments.push(Vec::new());
            }
            if let Some(last) = segments.last_mut()
                && !part.is_empty()
            {
                last.push(Piece::Text(part.to_owned()));
            }
        }
    }
    segments
}

fn pieces(path: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = path;
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        let Some(end) = closing(after) else { break };
        if !before.is_empty() {
            pieces.push(Piece::Text(before.to_owned()));
        }
        let inside = &after[1..end];
        let (name, regex) = inside.split_once(':').unwrap_or((inside, "[^/]+"));
        rest = &after[end + 1..];
        let mut regex = match regex.trim() {
            "[^/]+" => Regex::Segment,
            ".*" => Regex::Rest,
            ".+" => Regex::SomeRest,
            other if may_match_slash(other) => Regex::Some,
            other => Regex::Limited(other.to_owned()),
        };
        // `{tail}*`, as it was written once.
        if rest == "*" {
            regex = Regex::Rest;
            rest = "";
        }
        let name = name.trim().to_owned();
        pieces.push(Piece::Parameter { name, regex });
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    pieces
}

/// Where the brace that opens the text is closed: a regular expression may hold more.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    let mut is_escaped = false;
    text.char_indices().find_map(|(at, c)| {
        match c {
            _ if std::mem::take(&mut is_escaped) => {}
            '\\' => is_escaped = true,
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn paths_become_canonical() {
        for (path, patterns, is_partial) in [
            ("/", &["/"][..], false),
            ("", &[""], false),
            ("a", &["/a"], false),
            ("{id}/a", &["/{id}/a"], false),
            ("{tail:.*}", &["/{*tail}", "/"], false),
            ("/a/", &["/a/"], false),
            ("/a/{id}", &["/a/{id}"], false),
            (r"/a/{id:\d+}", &["/a/{id}"], false),
            (r"/a/{year:\d{4}}/b", &["/a/{year}/b"], false),
            (r"/a/{name:\S+}", &["/a/{name}"], true),
            (r"/a/{from:\d+}-{to:\d+}", &["/a/{from}"], true),
            ("/a/{id:[^/]+}", &["/a/{id}"], false),
            ("/s/{tail:.*}", &["/s/{*tail}", "/s/"], false),
            ("/s/{tail:.+}", &["/s/{*tail}"], false),
            ("/s/{tail}*", &["/s/{*tail}", "/s/"], false),
            ("/v{v}.x", &["/v{v}.x"], false),
            ("/{a}-{b}.x", &["/{a}.x"], true),
            ("/{a:.*}/edit", &["/{*a}", "/"], true),
        ] {
            let canonical = canonical(path);
            assert_eq!(canonical.patterns, patterns, "{path}");
            assert_eq!(canonical.is_partial, is_partial, "{path}");
        }
    }

    #[test]
    fn a_parameter_is_limited_by_its_regular_expression() {
        for (path, limits) in [
            ("/a/{id}", &[][..]),
            (r"/a/{id:\d+}", &[("id", r"\d+")]),
            (
                r"/a/{y:\d{4}}/v{v: [a-z]+ }.x",
                &[("y", r"\d{4}"), ("v", "[a-z]+")],
            ),
            (r"/a/{name:\S+}", &[]),
            (r"/a/{from:\d+}-{to:\d+}", &[]),
        ] {
            let found = canonical(path).limits;
            let found: Vec<(&str, &str)> = found
                .iter()
                .map(|(name, regex)| (name.as_str(), regex.as_str()))
                .collect();
            assert_eq!(found, limits, "{path}");
        }
    }
}
