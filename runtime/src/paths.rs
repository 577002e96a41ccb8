//! The paths that a form sends to, in constants: an address relative to a page is one path for
//! each path of that page, and only the compiler knows how many these are.

use crate::checks::{may_mean, surely_goes_to};
use crate::metadata::{Endpoint, HandlerMetadata};
use crate::pattern::folder;
use crate::text::eq;

/// The pages that hold a form: the endpoints of each.
type Pages<'a> = &'a [&'static [Endpoint]];

/// What an address is relative to: the path of the page itself, or the directory so many levels
/// above it.
const fn base(url: &'static str, ups: Option<usize>) -> &'static str {
    match ups {
        Some(ups) => folder(url, ups),
        None => url,
    }
}

/// How many different bases the pages have.
pub const fn base_count(pages: Pages<'_>, ups: Option<usize>) -> usize {
    let (mut count, mut page) = (0, 0);
    while page < pages.len() {
        let mut next = 0;
        while next < pages[page].len() {
            if is_first(pages, ups, (page, next)) {
                count += 1;
            }
            next += 1;
        }
        page += 1;
    }
    count
}

/// The path of each different base, in two parts: the base, and what is below it. There are `N`
/// parts, twice the [`base_count`].
pub const fn path_parts<const N: usize>(
    pages: Pages<'_>,
    ups: Option<usize>,
    below: &'static str,
) -> [&'static str; N] {
    let mut parts = [below; N];
    let (mut count, mut page) = (0, 0);
    while page < pages.len() {
        let mut next = 0;
        while next < pages[page].len() {
            if is_first(pages, ups, (page, next)) {
                parts[2 * count] = base(pages[page][next].url, ups);
                count += 1;
            }
            next += 1;
        }
        page += 1;
    }
    parts
}

/// Whether no endpoint before this one, as page and position there, has the same base.
const fn is_first(pages: Pages<'_>, ups: Option<usize>, (at, position): (usize, usize)) -> bool {
    let own = base(pages[at][position].url, ups);
    let mut page = 0;
    while page <= at {
        let end = if page == at {
            position
        } else {
            pages[page].len()
        };
        let mut next = 0;
        while next < end {
            if eq(own, base(pages[page][next].url, ups)) {
                return false;
            }
            next += 1;
        }
        page += 1;
    }
    true
}

/// The `N` paths in a text that was joined of these [`path_parts`].
pub const fn paths<const N: usize>(parts: &[&str], joined: &'static str) -> [&'static str; N] {
    let mut paths = [""; N];
    let (mut rest, mut next) = (joined, 0);
    while next < N {
        let (path, behind) = rest.split_at(parts[2 * next].len() + parts[2 * next + 1].len());
        paths[next] = path;
        rest = behind;
        next += 1;
    }
    paths
}

/// How many [`entry_parts`] there are.
pub const fn part_count(paths: &[&str], handlers: &[&HandlerMetadata]) -> usize {
    let (mut count, mut next) = (4 * paths.len(), 0);
    while next < handlers.len() {
        count += 2 * handlers[next].endpoints.len();
        next += 1;
    }
    count
}

/// The parts of the entries of paths in `posts_to`, each behind a comma if it is not the first:
/// the endpoints of these handlers that a hole of a path may mean, and each path between `start`
/// and `end`, unless it stands for such endpoints.
pub const fn entry_parts<const N: usize>(
    paths: &[&'static str],
    (start, end): (&'static str, &'static str),
    method: &str,
    handlers: &[&'static HandlerMetadata],
) -> [&'static str; N] {
    let mut parts = [""; N];
    let (mut len, mut handler) = (0, 0);
    while handler < handlers.len() {
        let endpoints = handlers[handler].endpoints;
        let mut next = 0;
        while next < endpoints.len() {
            if is_meant(&endpoints[next], method, paths) {
                parts[len] = if len > 0 { "," } else { "" };
                parts[len + 1] = endpoints[next].json;
                len += 2;
            }
            next += 1;
        }
        handler += 1;
    }
    let mut next = 0;
    while next < paths.len() {
        if is_own(paths[next], method, handlers) {
            parts[len] = if len > 0 { "," } else { "" };
            parts[len + 1] = start;
            parts[len + 2] = paths[next];
            parts[len + 3] = end;
            len += 4;
        }
        next += 1;
    }
    parts
}

/// Whether a hole of one of the paths may mean the endpoint.
const fn is_meant(endpoint: &Endpoint, method: &str, paths: &[&str]) -> bool {
    let mut next = 0;
    while next < paths.len() {
        if may_mean(endpoint, method, paths[next]) {
            return true;
        }
        next += 1;
    }
    false
}

/// Whether the path does not only stand for endpoints of these handlers.
const fn is_own(path: &str, method: &str, handlers: &[&HandlerMetadata]) -> bool {
    let (mut stands_for_others, mut handler) = (false, 0);
    while handler < handlers.len() {
        if surely_goes_to(handlers[handler], method, path) {
            return true;
        }
        let endpoints = handlers[handler].endpoints;
        let mut next = 0;
        while next < endpoints.len() {
            stands_for_others |= may_mean(&endpoints[next], method, path);
            next += 1;
        }
        handler += 1;
    }
    !stands_for_others
}
