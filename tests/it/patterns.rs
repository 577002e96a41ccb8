//! The patterns of the checker and those that run in constants agree.

use std::panic::catch_unwind;

use coexist::__private::Endpoint;
use coexist::__private::checks::is_among;
use coexist_checker::endpoint::Pattern;

/// Paths of up to two of these segments, after their slashes.
fn paths(segments: &[&str]) -> Vec<&'static str> {
    let mut paths = Vec::new();
    for first in segments {
        paths.push(format!("/{first}"));
        let rest = first.starts_with("{*");
        let both = segments.iter().map(|second| format!("/{first}/{second}"));
        paths.extend(both.filter(|_| !rest));
    }
    paths.into_iter().map(|path| &*path.leak()).collect()
}

/// Whether the compiler lets a page send to `path` where a handler has `pattern`.
fn may_reach(path: &'static str, pattern: &'static str) -> bool {
    let check = move || {
        let endpoint = Endpoint {
            method: "POST",
            url: pattern,
            json: "",
        };
        is_among("", &[endpoint], None, &[("POST", &[path])], "the test");
    };
    catch_unwind(check).is_ok()
}

#[test]
fn constants_refuse_only_what_the_checker_refuses() {
    let requests = paths(&["", "a", "b", "a.csv", "{{a}}"]);
    let patterns = paths(&["", "a", "{x}", "{{a}}", "{x}.csv", "v{x}", "{*rest}"]);
    let mut differences = Vec::new();
    // The panics are the answers, so their messages are not printed.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    for pattern in patterns {
        let parsed = Pattern::parse(pattern).unwrap();
        // Constants know less of a parameter beside text and of the rest of a path.
        let is_exact =
            !pattern.contains(".csv") && !pattern.contains('v') && !pattern.contains('*');
        for path in &requests {
            let takes = parsed.takes(&Pattern::parse(path).unwrap());
            let reaches = may_reach(path, pattern);
            if (takes && !reaches) || (is_exact && reaches && !takes) {
                differences.push((*path, pattern, takes, reaches));
            }
        }
    }
    std::panic::set_hook(hook);
    assert_eq!(differences, []);
}
