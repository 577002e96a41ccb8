//! Which texts are patterns, and what these take.

use super::{MAX_SEGMENTS, Pattern, Segment};

fn parameter(prefix: &'static str, suffix: &'static str) -> Segment<'static> {
    Segment::Parameter {
        prefix: prefix.into(),
        suffix: suffix.into(),
        limit: None,
    }
}

#[test]
fn segments_are_what_is_between_slashes() {
    let cases: [(&str, Vec<Segment<'_>>); 7] = [
        ("/", vec![Segment::Literal("".into())]),
        (
            "/a/",
            vec![Segment::Literal("a".into()), Segment::Literal("".into())],
        ),
        (
            "/a/{id}",
            vec![Segment::Literal("a".into()), parameter("", "")],
        ),
        ("/v{major}.x", vec![parameter("v", ".x")]),
        (
            "/s/{*rest}",
            vec![Segment::Literal("s".into()), Segment::Rest],
        ),
        ("/{{id}}", vec![Segment::Literal("{id}".into())]),
        ("/{{{id}", vec![parameter("{", "")]),
    ];
    for (path, segments) in cases {
        assert_eq!(
            Pattern::parse(path).unwrap().segments.to_vec(),
            segments,
            "{path}"
        );
    }
}

#[test]
fn a_pattern_takes_what_its_parameters_may_hold() {
    let takes = |pattern, other| {
        let (pattern, other) = (Pattern::parse(pattern), Pattern::parse(other));
        pattern.unwrap().takes(&other.unwrap())
    };
    for (pattern, taken) in [
        ("/a/{id}", "/a/7"),
        ("/a/{id}", "/a/{other}"),
        ("/a/v{n}", "/a/v{n}.x"),
        ("/a/v{n}x", "/a/v0x"),
        ("/a/{*rest}", "/a/b/c"),
        ("/a/{*rest}", "/a/{*rest}"),
        ("/{*rest}", "/a/b/"),
    ] {
        assert!(takes(pattern, taken), "{pattern} {taken}");
    }
    for (pattern, other) in [
        ("/a/{id}", "/a/"),
        ("/a/{id}", "/a/b/c"),
        ("/a/7", "/a/{id}"),
        ("/a/{*rest}", "/a"),
        ("/a/{*rest}", "/a/"),
        ("/a/{id}", "/a/{*rest}"),
        ("/a/v{n}x", "/a/vx"),
        ("/a/v{n}x", "/a/v{n}y"),
        ("/a/v{n}x", "/a/w{n}x"),
    ] {
        assert!(!takes(pattern, other), "{pattern} {other}");
    }
    assert!(Segment::Rest.takes(&Segment::Literal("a".into())));
    assert!(!Segment::Rest.takes(&Segment::Literal("".into())));
}

#[test]
fn a_filled_pattern_is_a_path() {
    let filled = |pattern| Pattern::parse(pattern).unwrap().filled("x");
    assert_eq!(filled("/"), "/");
    assert_eq!(filled("/a/v{n}.0/{{b}}/"), "/a/vx.0/{b}/");
    assert_eq!(filled("/s/{*rest}"), "/s/x");
}

#[test]
fn names_of_parameters_make_no_other_pattern() {
    let unnamed = |pattern| Pattern::parse(pattern).unwrap().unnamed();
    for (pattern, expected) in [
        ("/", "/"),
        ("/a/v{n}.0/{{b}}/", "/a/v{}.0/{{b}}/"),
        ("/s/{*rest}", "/s/{*}"),
    ] {
        assert_eq!(unnamed(pattern), expected);
    }
}

#[test]
fn a_path_has_a_limited_number_of_segments() {
    let path = "/a".repeat(MAX_SEGMENTS);
    assert_eq!(Pattern::parse(&path).unwrap().segments.len(), MAX_SEGMENTS);
    let path = "/a".repeat(11_400);
    let error = Pattern::parse(&path).unwrap_err().to_string();
    assert_eq!(
        error,
        "the path beginning with `/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a` has 11400 segments: \
         at most 256 can be compared"
    );
}

#[test]
fn what_is_no_pattern_is_refused() {
    for path in [
        "",
        "a",
        "/{",
        "/}",
        "/{}",
        "/{*}",
        "/{a}{b}",
        "/x{*rest}",
        "/{*rest}/a",
        "/a b",
        "/a?b",
        "/a#b",
        "/{a{b}",
        "/a}{id}",
        "/{id}}",
    ] {
        assert!(Pattern::parse(path).is_err(), "{path}");
    }
}
