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
