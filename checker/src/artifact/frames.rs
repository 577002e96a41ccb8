//! Splits the bytes of the section into records, as they are read from the file.

use std::io::{self, BufRead, Read as _};

use coexist::format::{HEADER, MAGIC};

use super::error::{BuildError, DamagedSection};

/// The records of a section, in its order.
pub struct Frames<R> {
    section: R,
    /// How many bytes have been read.
    at: u64,
    /// How many bytes the section has.
    size: u64,
    /// The JSON of the last record that was read.
    json: Vec<u8>,
}

impl<R: BufRead> Frames<R> {
    /// Begins to read a section of `size` bytes.
    pub fn new(section: R, size: u64) -> Self {
        Self {
            section,
            at: 0,
            size,
            json: Vec::new(),
        }
    }

    /// The JSON of the next record; `None` after the last.
    pub fn next_record(&mut self) -> Result<Option<&[u8]>, BuildError> {
        self.skip_padding()?;
        let begin = self.at;
        let left = self.size - begin;
        if left == 0 {
            return Ok(None);
        }
        let header = usize::try_from(left).unwrap_or(HEADER).min(HEADER);
        let header = self.read(header)?;
        let (magic, length) = header.split_at(header.len().min(MAGIC.len()));
        if !MAGIC.starts_with(magic) {
            return Err(DamagedSection::NoRecord { at: begin }.into());
        }
        let Ok(length) = <[u8; 4]>::try_from(length) else {
            let missing = HEADER as u64 - left;
            return Err(DamagedSection::CutShort { at: begin, missing }.into());
        };
        let length = u32::from_le_bytes(length);
        let left = self.size - self.at;
        // What a damaged length claims is not allocated before it is there.
        if u64::from(length) > left {
            let missing = u64::from(length) - left;
            return Err(DamagedSection::CutShort { at: begin, missing }.into());
        }
        self.read(usize::try_from(length).unwrap_or(usize::MAX))
            .map(Some)
    }

    /// Reads so many bytes, which are in the section.
    fn read(&mut self, bytes: usize) -> Result<&[u8], BuildError> {
        self.json.clear();
        self.section
            .by_ref()
            .take(bytes as u64)
            .read_to_end(&mut self.json)?;
        if self.json.len() < bytes {
            return Err(BuildError::SectionOutOfFile);
        }
        self.at += bytes as u64;
        Ok(&self.json)
    }

    /// Skips zeros between records: padding of the linker.
    fn skip_padding(&mut self) -> io::Result<()> {
        loop {
            let ahead = self.section.fill_buf()?;
            let is_end = ahead.is_empty();
            let zeros = ahead
                .iter()
                .position(|byte| *byte != 0)
                .unwrap_or(ahead.len());
            let is_padding = zeros == ahead.len();
            self.section.consume(zeros);
            self.at += zeros as u64;
            if is_end || !is_padding {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BuildError, DamagedSection, Frames, HEADER, MAGIC};

    fn frame(json: &[u8]) -> Vec<u8> {
        let length = u32::try_from(json.len()).unwrap().to_le_bytes();
        [&MAGIC[..], &length, json].concat()
    }

    fn frames(section: &[u8]) -> Result<Vec<Vec<u8>>, BuildError> {
        let mut frames = Frames::new(section, section.len() as u64);
        let mut all = Vec::new();
        while let Some(json) = frames.next_record()? {
            all.push(json.to_vec());
        }
        Ok(all)
    }

    #[test]
    fn records_are_split_with_and_without_padding() {
        let section = [
            &frame(b"{}")[..],
            &[0; 13],
            &frame(b""),
            &frame(b"[1]"),
            &[0; 3],
        ]
        .concat();
        assert_eq!(frames(&section).unwrap(), [&b"{}"[..], b"", b"[1]"]);
        assert!(frames(&[]).unwrap().is_empty());
    }

    #[test]
    fn a_section_cut_anywhere_is_an_error_or_ends_between_records() {
        let whole = [frame(b"{\"a\":1}"), frame(b"{}")].concat();
        let first = HEADER + 7;
        for end in (1..whole.len()).filter(|end| *end != first) {
            let begin = if end < first { 0 } else { first } as u64;
            let missing = match frames(&whole[..end]) {
                Err(BuildError::Damaged(DamagedSection::CutShort { at, missing }))
                    if at == begin =>
                {
                    missing
                }
                other => panic!("{end}: {other:?}"),
            };
            assert!(
                missing > 0 && missing <= (whole.len() - end) as u64,
                "{end}: {missing}"
            );
        }
    }

    #[test]
    fn other_bytes_are_named() {
        let section = [&frame(b"{}")[..], b"rubbish"].concat();
        let at = HEADER as u64 + 2;
        match frames(&section) {
            Err(BuildError::Damaged(DamagedSection::NoRecord { at: found })) => {
                assert_eq!(found, at);
            }
            other => panic!("{other:?}"),
        }
    }
}
