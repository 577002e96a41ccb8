//! A record: what one annotation says, as the bytes that travel in the program.

use crate::format::HEADER;

/// What one annotation says. The same bytes stand in the program's section
/// `.coexist`; [`format`](crate::format) describes them.
#[derive(Debug)]
pub struct Record {
    frame: &'static [u8],
}

inventory::collect!(Record);

impl Record {
    /// Only the macros' expansions make records.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(frame: &'static [u8]) -> Self {
        Self { frame }
    }

    /// The record as in the section: magic, length, JSON.
    #[must_use]
    pub const fn frame(&self) -> &'static [u8] {
        self.frame
    }

    /// The record's JSON, one line, in UTF-8.
    #[must_use]
    pub fn json(&self) -> &'static [u8] {
        &self.frame[HEADER..]
    }
}

/// The records of the running program, in no order.
///
/// A record that the linker found twice, because two builds of one crate are in
/// the program, is there twice.
pub fn records() -> impl Iterator<Item = &'static Record> {
    inventory::iter::<Record>.into_iter()
}

/// Puts one record into the section and submits the same static to `inventory`.
///
/// It is a macro of this crate, not an expansion of the attribute macros: under
/// `#![forbid(unsafe_code)]` a `link_section` that carries a span of the app's
/// own code is refused.
#[doc(hidden)]
#[macro_export]
macro_rules! __record {
    ($($part:expr),+ $(,)?) => {
        const _: () = {
            #[allow(unused_imports)]
            use $crate::__private::NotDeclared as _;
            const PARTS: &[&str] = &[$($part),+];
            #[used]
            #[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__coexist"))]
            #[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = ".coexist"))]
            static RECORD: [u8; $crate::__private::frame_len(PARTS)] =
                $crate::__private::frame(PARTS);
            $crate::__private::inventory::submit! { $crate::Record::new(&RECORD) }
        };
    };
}

/// The different paths of an address that is relative to pages, `&'static [&'static str]`: `below`
/// in the directory `ups` levels above each; without `ups`, the paths of the pages.
#[doc(hidden)]
#[macro_export]
macro_rules! __paths {
    ($ups:expr, $below:expr, $($page:expr),+) => {{
        const PAGES: &[&[$crate::__private::Endpoint]] = &[$($page),+];
        const COUNT: usize = $crate::__private::paths::base_count(PAGES, $ups);
        const PARTS: &[&str; 2 * COUNT] =
            &$crate::__private::paths::path_parts(PAGES, $ups, $below);
        const JOINED: &$crate::__private::Joined<{ $crate::__private::joined_len(PARTS) }> =
            &$crate::__private::Joined::new(PARTS);
        const PATHS: &[&str; COUNT] = &$crate::__private::paths::paths(PARTS, JOINED.text());
        PATHS
    }};
}

/// The entries of paths in a record's `posts_to`, of a method, where `posts_to` of the annotation
/// names these handlers: `&'static str`.
#[doc(hidden)]
#[macro_export]
macro_rules! __path_entries {
    ($paths:expr, $around:expr, $method:expr, $handlers:expr) => {{
        const PATHS: &[&str] = $paths;
        const HANDLERS: &[&$crate::__private::HandlerMetadata] = $handlers;
        const COUNT: usize = $crate::__private::paths::part_count(PATHS, HANDLERS);
        const PARTS: &[&str; COUNT] =
            &$crate::__private::paths::entry_parts(PATHS, $around, $method, HANDLERS);
        const JOINED: &$crate::__private::Joined<{ $crate::__private::joined_len(PARTS) }> =
            &$crate::__private::Joined::new(PARTS);
        JOINED.text()
    }};
}

#[cfg(test)]
mod tests {
    use crate::metadata::Endpoint;

    const fn get(url: &'static str) -> Endpoint {
        Endpoint {
            method: "GET",
            url,
            json: "",
        }
    }

    const NOTE: &[Endpoint] = &[get("/notes/{id}"), get("/notes/{id}"), get("/n/{id}/")];
    const NEW: &[Endpoint] = &[get("/notes/new"), get("/")];

    const SAVE: &[&str] = crate::__paths!(Some(0), "save", NOTE, NEW);
    const UP: &[&str] = crate::__paths!(Some(1), "", NOTE, NEW);
    const OWN: &[&str] = crate::__paths!(None, "", NOTE, NEW);

    #[test]
    fn an_address_is_relative_to_each_different_path_of_the_pages() {
        assert_eq!(SAVE, ["/notes/save", "/n/{id}/save", "/save"]);
        assert_eq!(UP, ["/", "/n/"]);
        assert_eq!(OWN, ["/notes/{id}", "/n/{id}/", "/notes/new", "/"]);
    }

    #[test]
    fn entries_stand_behind_commas() {
        const ENTRIES: &str = crate::__path_entries!(&["/a", "/b"], ("<", ">"), "GET", &[]);
        assert_eq!(ENTRIES, "</a>,</b>");
    }
}
