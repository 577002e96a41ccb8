//! Path patterns in constants: `/imports/{id}`.
//!
//! The checker has a router of its own. This copy of its rules runs while an app is compiled, in
//! constants, where neither another crate's parser nor an allocation is possible. It only has to
//! find what is certainly wrong, and a test in the workspace compares it with the checker's
//! patterns.

/// Whether a request to `path`, whose parameters stand for unknown text, may be one that `pattern`
/// accepts. `false` is certain; the checker's router decides the rest.
pub(crate) const fn may_reach(path: &str, pattern: &str) -> bool {
    let (path, pattern) = (path.as_bytes(), pattern.as_bytes());
    let (mut at_path, mut at_pattern) = (0, 0);
    loop {
        // Both stand at a slash, or at their end.
        if at_path == path.len() || at_pattern == pattern.len() {
            return at_path == path.len() && at_pattern == pattern.len();
        }
        let (end_path, end_pattern) =
            (segment_end(path, at_path), segment_end(pattern, at_pattern));
        if is_rest(pattern, at_pattern) || is_rest(path, at_path) {
            return true;
        }
        let has_hole = holds_parameter(path, at_path, end_path);
        if holds_parameter(pattern, at_pattern, end_pattern) {
            // A parameter takes any text but none.
            if end_path == at_path + 1 {
                return false;
            }
        } else if !has_hole && !same(path, at_path, end_path, pattern, at_pattern, end_pattern) {
            return false;
        }
        at_path = end_path;
        at_pattern = end_pattern;
    }
}

/// Whether a request to `path` certainly is one that `pattern` accepts, whatever its parameters
/// stand for.
pub(crate) const fn surely_reaches(path: &str, pattern: &str) -> bool {
    if !may_reach(path, pattern) {
        return false;
    }
    let (path, pattern) = (path.as_bytes(), pattern.as_bytes());
    let (mut at_path, mut at_pattern) = (0, 0);
    while at_path < path.len() && at_pattern < pattern.len() {
        if is_rest(pattern, at_pattern) {
            return true;
        }
        let (end_path, end_pattern) =
            (segment_end(path, at_path), segment_end(pattern, at_pattern));
        let is_hole = holds_parameter(path, at_path, end_path);
        if is_hole && !holds_parameter(pattern, at_pattern, end_pattern) {
            return false;
        }
        at_path = end_path;
        at_pattern = end_pattern;
    }
    true
}

/// The path that a type states, if it can stand in a record as it is.
///
/// # Panics
///
/// If it holds what JSON would have to escape: in a constant, that is an error of the
/// compiler.
#[track_caller]
pub const fn plain_path(path: &str) -> &str {
    let bytes = path.as_bytes();
    let mut next = 0;
    while next < bytes.len() {
        assert!(
            bytes[next] > b' ' && bytes[next] != b'"' && bytes[next] != b'\\',
            "a path cannot contain a space, quote, backslash or control character"
        );
        next += 1;
    }
    path
}

/// What a path is below a prefix: the root of a router there is the prefix alone.
pub const fn below_prefix(path: &str) -> &str {
    if path.len() == 1 { "" } else { path }
}

/// What `/` is below a prefix, by the function that turns a type into a route: Rocket's
/// own, or that of [`NotRockets`].
pub const fn root_below_prefix<T, Route>(_: fn(T) -> Route) -> &'static str {
    // actix-web keeps the slash, Rocket does not.
    if size_of::<Route>() == 0 { "/" } else { "" }
}

/// Types that Rocket has not made: what it makes has a method of its own of this name.
pub trait NotRockets: Sized {
    /// Nothing, in the place of a route.
    fn into_route(self) {}
}

impl<T> NotRockets for T {}

/// Where the directory `ups` levels above the page at `url` ends: what is relative to
/// the page goes on there.
pub(crate) const fn folder(url: &str, ups: usize) -> &str {
    let bytes = url.as_bytes();
    let (mut end, mut left) = (bytes.len(), ups + 1);
    // Above the root is the root: its slash stays.
    while end > 1 && left > 0 {
        if bytes[end - 1] == b'/' {
            left -= 1;
        }
        if left > 0 {
            end -= 1;
        }
    }
    url.split_at(end).0
}

/// The first parameter in a pattern from this byte on: its name, and where it ends.
pub(crate) const fn parameter(path: &str, from: usize) -> Option<(&str, usize)> {
    let bytes = path.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        if bytes[at] == b'{' {
            if at + 1 < bytes.len() && bytes[at + 1] == b'{' {
                at += 1;
            } else {
                let is_rest = at + 1 < bytes.len() && bytes[at + 1] == b'*';
                let start = if is_rest { at + 2 } else { at + 1 };
                let mut end = start;
                while end < bytes.len() && bytes[end] != b'}' {
                    end += 1;
                }
                let name = path.split_at(end).0.split_at(start).1;
                return Some((name, end));
            }
        }
        at += 1;
    }
    None
}

const fn segment_end(path: &[u8], slash: usize) -> usize {
    let mut end = slash + 1;
    while end < path.len() && path[end] != b'/' {
        end += 1;
    }
    end
}

const fn is_rest(path: &[u8], slash: usize) -> bool {
    slash + 2 < path.len() && path[slash + 1] == b'{' && path[slash + 2] == b'*'
}

/// Whether a brace in the segment is one of a parameter: it is not doubled.
const fn holds_parameter(path: &[u8], slash: usize, end: usize) -> bool {
    let mut at = slash + 1;
    while at < end {
        if path[at] == b'{' {
            if at + 1 < end && path[at + 1] == b'{' {
                at += 1;
            } else {
                return true;
            }
        }
        at += 1;
    }
    false
}

const fn same(
    one: &[u8],
    mut from: usize,
    end: usize,
    other: &[u8],
    mut other_from: usize,
    other_end: usize,
) -> bool {
    if end - from != other_end - other_from {
        return false;
    }
    while from < end {
        if one[from] != other[other_from] {
            return false;
        }
        from += 1;
        other_from += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{folder, may_reach, parameter, surely_reaches};

    #[test]
    fn a_path_reaches_the_patterns_that_may_take_it() {
        for (path, pattern, expected) in [
            ("/", "/", true),
            ("/a", "/a", true),
            ("/a", "/b", false),
            ("/a", "/a/", false),
            ("/a/7", "/a/{id}", true),
            ("/a/", "/a/{id}", false),
            ("/a/{x}", "/a/{id}", true),
            ("/a/{x}", "/a/new", true),
            ("/a/{x}/b", "/a/{id}", false),
            ("/a/b/c", "/a/{*rest}", true),
            ("/a", "/a/{*rest}", false),
            ("/{{a}}", "/{{a}}", true),
            ("/{{a}}", "/{{b}}", false),
        ] {
            assert_eq!(may_reach(path, pattern), expected, "{path} to {pattern}");
        }
    }

    #[test]
    fn a_hole_surely_reaches_a_parameter_only() {
        for (path, pattern, expected) in [
            ("/a", "/a", true),
            ("/a", "/b", false),
            ("/{x}/b", "/{id}/b", true),
            ("/{x}/b", "/a/b", false),
            ("/{x}/{y}", "/{*rest}", true),
            ("/a/{x}", "/a/{*rest}", true),
            ("/a/{x}", "/a/new", false),
        ] {
            assert_eq!(
                surely_reaches(path, pattern),
                expected,
                "{path} to {pattern}"
            );
        }
    }

    #[test]
    fn the_parameters_of_a_pattern_are_found() {
        let path = "/{id}/v{{1}}/{a}.txt/{*rest}";
        let (mut at, mut names) = (0, Vec::new());
        while let Some((name, end)) = parameter(path, at) {
            names.push(name);
            at = end;
        }
        assert_eq!(names, ["id", "a", "rest"]);
    }

    #[test]
    fn what_is_relative_begins_in_the_pages_folder() {
        for (url, ups, expected) in [
            ("/", 0, "/"),
            ("/a", 0, "/"),
            ("/a/b", 0, "/a/"),
            ("/a/b/", 0, "/a/b/"),
            ("/a/b/", 1, "/a/"),
            ("/a/b/c", 1, "/a/"),
            ("/a/b", 5, "/"),
        ] {
            assert_eq!(folder(url, ups), expected, "{ups} above {url}");
        }
    }
}
