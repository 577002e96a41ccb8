//! Paths near the one that is asked for: their answers tell its own route from a wider one
//! that also takes it.

use crate::endpoint::{Pattern, Segment};

/// What no route of an app begins with.
const FOREIGN: &str = "coexist-probe";

/// Paths that the pattern does not take; of the patterns that take one of its paths,
/// and not only its paths, each takes one of these. Such a path is made of the given
/// one by a change of one segment. Only what takes every path takes the last resort,
/// `*`, which is the server itself (RFC 9112, 3.2.4).
pub(super) fn strangers(pattern: &Pattern<'_>, sample: &str) -> Vec<String> {
    let texts: Vec<String> = pattern.segments.iter().map(|s| text(s, sample)).collect();
    let mut strangers = Vec::new();
    for (at, segment) in pattern.segments.iter().enumerate() {
        let mut with = |other: String| {
            let mut texts = texts.clone();
            texts[at] = other;
            strangers.push(path(&texts));
        };
        match segment {
            // Whatever a parameter asks for before and behind it, twice the text has.
            Segment::Literal(text) if !text.is_empty() => with(text.repeat(2)),
            Segment::Parameter { prefix, suffix, .. } => {
                // One character less is asked for by what asks for less.
                let mut prefix_chars = prefix.chars();
                if prefix_chars.next_back().is_some() {
                    with(format!("{}{sample}{suffix}", prefix_chars.as_str()));
                }
                let mut suffix_chars = suffix.chars();
                if suffix_chars.next().is_some() {
                    with(format!("{prefix}{sample}{}", suffix_chars.as_str()));
                }
                if at + 1 == texts.len() {
                    with(format!("{}/{FOREIGN}/{FOREIGN}", texts[at]));
                }
            }
            Segment::Literal(_) | Segment::Rest => {}
        }
    }
    if strangers.is_empty() {
        strangers.push("*".to_owned());
    }
    strangers
}

/// A path with more of a rest than one segment, for patterns that end in one.
pub(super) fn longer(pattern: &Pattern<'_>, sample: &str) -> Option<String> {
    let is_rest = pattern.segments.last() == Some(&Segment::Rest);
    is_rest.then(|| format!("{}/{FOREIGN}/{FOREIGN}", pattern.filled(sample)))
}

fn text(segment: &Segment<'_>, sample: &str) -> String {
    match segment {
        Segment::Literal(text) => text.clone().into_owned(),
        Segment::Parameter { prefix, suffix, .. } => format!("{prefix}{sample}{suffix}"),
        Segment::Rest => sample.to_owned(),
    }
}

fn path(texts: &[String]) -> String {
    format!("/{}", texts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{longer, strangers};
    use crate::endpoint::Pattern;

    #[test]
    fn strangers_differ_in_one_segment() {
        for (pattern, expected) in [
            ("/", &["*"][..]),
            ("/{*rest}", &["*"]),
            ("/a", &["/aa"]),
            ("/a/new", &["/aa/new", "/a/newnew"]),
            ("/a/", &["/aa/"]),
            ("/a/{id}", &["/aa/7", "/a/7/coexist-probe/coexist-probe"]),
            ("/{id}/a", &["/7/aa"]),
            ("/{id}", &["/7/coexist-probe/coexist-probe"]),
            ("/no{n}.x/{*rest}", &["/n7.x/7", "/no7x/7"]),
            ("/s/{*rest}", &["/ss/7"]),
        ] {
            let pattern = Pattern::parse(pattern).unwrap();
            assert_eq!(strangers(&pattern, "7"), expected, "{pattern:?}");
        }
    }

    #[test]
    fn wider_patterns_take_a_stranger_and_the_pattern_takes_none() {
        let takes = |pattern: &str, path: &str| {
            let (pattern, path) = (Pattern::parse(pattern), Pattern::parse(path));
            path.is_ok_and(|path| pattern.unwrap().takes(&path))
        };
        for (pattern, wider) in [
            (
                "/a/new",
                &["/a/{id}", "/{x}/new", "/{x}/{y}", "/{*rest}"][..],
            ),
            (
                "/a/new",
                &["/a/n{id}", "/a/{id}w", "/a/n{id}w", "/a/{*rest}"],
            ),
            ("/a/{id}", &["/{x}/{y}", "/a/{*rest}", "/{*rest}"]),
            ("/a/{id}/", &["/{x}/{y}/", "/{*rest}"]),
            (
                "/a/{id}.csv",
                &["/a/{id}", "/a/{id}csv", "/a/{id}v", "/a/{*rest}"],
            ),
            ("/ver{n}", &["/{n}", "/v{n}", "/ve{n}", "/{*rest}"]),
            ("/{page}", &["/{*rest}"]),
            ("/s/{*rest}", &["/{*rest}"]),
        ] {
            let parsed = Pattern::parse(pattern).unwrap();
            let strangers = strangers(&parsed, "7");
            for wider in wider {
                assert!(takes(wider, &parsed.filled("7")), "{wider} {pattern}");
                let found = strangers.iter().any(|stranger| takes(wider, stranger));
                assert!(found, "{wider} {pattern}: {strangers:?}");
            }
            assert!(!strangers.iter().any(|stranger| takes(pattern, stranger)));
        }
    }

    #[test]
    fn a_rest_is_asked_for_more_of_it() {
        let longer = |pattern| longer(&Pattern::parse(pattern).unwrap(), "7");
        let expected = "/s/7/coexist-probe/coexist-probe";
        assert_eq!(longer("/s/{*rest}").as_deref(), Some(expected));
        assert_eq!(longer("/s/{id}"), None);
    }
}
