//! Bounds how much is read of layers, however few bytes they are compressed to.

use std::cell::Cell;
use std::io::{self, Read, Seek, SeekFrom};

use super::limits::HEADER_LIMIT;

/// What may still be read.
#[derive(Debug)]
pub(super) struct Meter {
    unpacked: Cell<u64>,
    /// While a header is read.
    header: Cell<Option<u64>>,
    exceeded: Cell<Option<Exceeded>>,
}

/// What was to be more than it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exceeded {
    Unpacked,
    Header,
}

impl Meter {
    /// Allows so many bytes.
    pub(super) fn new(unpacked: u64) -> Self {
        Self {
            unpacked: Cell::new(unpacked),
            header: Cell::new(None),
            exceeded: Cell::new(None),
        }
    }

    /// Does what reads a header.
    pub(super) fn header<T>(&self, read: impl FnOnce() -> T) -> T {
        self.header.set(Some(HEADER_LIMIT));
        let result = read();
        self.header.set(None);
        result
    }

    /// Which limit made the reading fail, if one did.
    pub(super) fn exceeded(&self) -> Option<Exceeded> {
        self.exceeded.get()
    }

    fn allowed(&self) -> (u64, Exceeded) {
        let unpacked = (self.unpacked.get(), Exceeded::Unpacked);
        match self.header.get() {
            Some(header) if header < unpacked.0 => (header, Exceeded::Header),
            _ => unpacked,
        }
    }
}

/// Reads no more than the meter allows, and then fails.
pub(super) struct Metered<'m, R> {
    inner: R,
    meter: &'m Meter,
}

impl<'m, R: Read> Metered<'m, R> {
    pub(super) fn new(inner: R, meter: &'m Meter) -> Self {
        Self { inner, meter }
    }
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let (allowed, limit) = self.meter.allowed();
        let most = usize::try_from(allowed).unwrap_or(usize::MAX);
        // One byte more than allowed: it may be that nothing follows.
        let most = most.saturating_add(1).min(buffer.len());
        let read = self.inner.read(&mut buffer[..most])?;
        if read as u64 > allowed {
            self.meter.exceeded.set(Some(limit));
            return Err(io::Error::other("more than is read"));
        }
        self.meter
            .unpacked
            .set(self.meter.unpacked.get() - read as u64);
        if let Some(left) = self.meter.header.get() {
            self.meter
                .header
                .set(Some(left.saturating_sub(read as u64)));
        }
        Ok(read)
    }
}

/// What is passed over is not read.
impl<R: Seek> Seek for Metered<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::{Exceeded, HEADER_LIMIT, Meter, Metered};

    #[test]
    fn all_that_is_allowed_is_read_and_no_byte_more() {
        for (length, exceeded) in [(9, None), (10, None), (11, Some(Exceeded::Unpacked))] {
            let meter = Meter::new(10);
            let mut all = Vec::new();
            let input = vec![7_u8; length];
            let read = Metered::new(&input[..], &meter).read_to_end(&mut all);
            assert_eq!(meter.exceeded(), exceeded, "{length}");
            assert_eq!(read.is_err(), exceeded.is_some());
            assert!(all.len() <= 10);
        }
    }

    #[test]
    fn a_header_has_a_limit_of_its_own() {
        let meter = Meter::new(u64::MAX);
        let mut endless = Metered::new(std::io::repeat(0), &meter);
        let mut some = vec![0; 2 << 20];
        endless.read_exact(&mut some).unwrap();
        let read = meter.header(|| endless.read_to_end(&mut Vec::new()));
        assert!(read.is_err());
        assert_eq!(meter.exceeded(), Some(Exceeded::Header));
        assert!(HEADER_LIMIT < some.len() as u64);
    }
}
