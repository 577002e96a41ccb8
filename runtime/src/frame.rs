//! Joins the parts of a record into one array of bytes, at compile time.
//!
//! The macros write what they know as literals; the module's path and what comes
//! from a type are known only to the compiler. Whole parts are copied in one
//! step each: a loop over their bytes costs the compiler three times as much.

use crate::format::{HEADER, MAGIC};

/// Bytes that the parts take together.
pub const fn joined_len(parts: &[&str]) -> usize {
    let mut len = 0;
    let mut next = 0;
    while next < parts.len() {
        len += parts[next].len();
        next += 1;
    }
    len
}

/// Bytes that a record made of these parts takes in the section.
pub const fn frame_len(parts: &[&str]) -> usize {
    HEADER + joined_len(parts)
}

/// Parts that were joined: text, since they are.
#[derive(Debug)]
pub struct Joined<const N: usize>([u8; N]);

impl<const N: usize> Joined<N> {
    /// Joins the parts.
    ///
    /// # Panics
    ///
    /// If `N` is not their [`joined_len`]: in a constant, that is an error of the compiler.
    pub const fn new(parts: &[&str]) -> Self {
        let mut bytes = [0; N];
        let end = put_all(&mut bytes, 0, parts);
        assert!(end == N, "`N` is the parts' joined length");
        Self(bytes)
    }

    /// The joined text.
    #[expect(
        unsafe_code,
        reason = "checking each byte again costs the compiler more than all else"
    )]
    pub const fn text(&self) -> &str {
        // SAFETY: `new` fills all of it with whole strings, one after the other.
        unsafe { core::str::from_utf8_unchecked(&self.0) }
    }
}

/// The record made of the parts.
///
/// # Panics
///
/// If `N` is not their [`frame_len`]: in a constant, that is an error of the compiler.
pub const fn frame<const N: usize>(parts: &[&str]) -> [u8; N] {
    let mut bytes = [0; N];
    #[expect(
        clippy::cast_possible_truncation,
        reason = "rustc holds no literal of 4 GiB"
    )]
    let json_len = (N - HEADER) as u32;
    let at = put(&mut bytes, 0, &MAGIC);
    let at = put(&mut bytes, at, &json_len.to_le_bytes());
    let end = put_all(&mut bytes, at, parts);
    assert!(end == N, "`N` is the frame's length");
    bytes
}

/// Copies the parts to `at` and on; returns where they end.
const fn put_all<const N: usize>(bytes: &mut [u8; N], mut at: usize, parts: &[&str]) -> usize {
    let mut next = 0;
    while next < parts.len() {
        at = put(bytes, at, parts[next].as_bytes());
        next += 1;
    }
    at
}

/// Copies `part` to `at`; returns where it ends.
#[expect(
    unsafe_code,
    reason = "a safe copy costs the compiler a quarter more per record"
)]
const fn put<const N: usize>(bytes: &mut [u8; N], at: usize, part: &[u8]) -> usize {
    assert!(at <= N && part.len() <= N - at, "the part fits");
    // SAFETY: `part` is readable for its length, `bytes` is writable from `at`
    // for that length by the assertion above, and a `&mut` overlaps no `&`.
    unsafe {
        core::ptr::copy_nonoverlapping(part.as_ptr(), bytes.as_mut_ptr().add(at), part.len());
    }
    at + part.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_magic_length_and_the_joined_parts() {
        const PARTS: &[&str] = &["{\"a\"", "", ":1}"];
        const FRAME: [u8; frame_len(PARTS)] = frame(PARTS);
        assert_eq!(FRAME[..16], MAGIC);
        assert_eq!(FRAME[16..20], 7_u32.to_le_bytes());
        assert_eq!(&FRAME[20..], b"{\"a\":1}");
    }

    #[test]
    fn joined_parts_are_text() {
        const PARTS: &[&str] = &["mü", "", "ller"];
        assert_eq!(Joined::<{ joined_len(PARTS) }>::new(PARTS).text(), "müller");
    }

    #[test]
    fn the_openings_state_the_formats() {
        let stated = |format: u32| format!("{{\"format\":{format},");
        assert_eq!(crate::format::OPENING, stated(1));
        assert_eq!(crate::format::OPENING_2, stated(crate::format::FORMAT));
    }

    #[test]
    #[should_panic(expected = "the part fits")]
    fn parts_that_do_not_fit_are_refused() {
        let _ = Joined::<1>::new(&["ab"]);
    }
}
