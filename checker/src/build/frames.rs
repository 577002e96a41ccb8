//! Splits the bytes of the section into records.

use coexist::format::{HEADER, MAGIC};

use super::DamagedSection;

/// The JSON of each record, in the section's order. Zeros between records are
/// padding of the linker.
pub fn frames(section: &[u8]) -> Result<Vec<&[u8]>, DamagedSection> {
    let mut records = Vec::new();
    let mut at = 0;
    while let Some(padding) = section[at..].iter().position(|byte| *byte != 0) {
        at += padding;
        let rest = &section[at..];
        if !rest.starts_with(&MAGIC) {
            let is_cut = MAGIC.starts_with(rest);
            return Err(if is_cut {
                cut_short(at, HEADER - rest.len())
            } else {
                DamagedSection::NoRecord { at }
            });
        }
        let Some(length) = rest[MAGIC.len()..].first_chunk() else {
            return Err(cut_short(at, HEADER - rest.len()));
        };
        let length = usize::try_from(u32::from_le_bytes(*length)).unwrap_or(usize::MAX);
        let json = &rest[HEADER..];
        let Some(record) = json.get(..length) else {
            return Err(cut_short(at, length - json.len()));
        };
        records.push(record);
        at += HEADER + length;
    }
    Ok(records)
}

fn cut_short(at: usize, missing: usize) -> DamagedSection {
    DamagedSection::CutShort { at, missing }
}

#[cfg(test)]
mod tests {
    use super::{DamagedSection, HEADER, MAGIC, frames};

    fn frame(json: &[u8]) -> Vec<u8> {
        let length = u32::try_from(json.len()).unwrap().to_le_bytes();
        [&MAGIC[..], &length, json].concat()
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
        assert_eq!(frames(&section), Ok(vec![&b"{}"[..], b"", b"[1]"]));
        assert_eq!(frames(&[]), Ok(vec![]));
    }

    #[test]
    fn a_section_cut_anywhere_is_an_error_or_ends_between_records() {
        let whole = [frame(b"{\"a\":1}"), frame(b"{}")].concat();
        let first = HEADER + 7;
        for end in (1..whole.len()).filter(|end| *end != first) {
            let at = if end < first { 0 } else { first };
            let missing = match frames(&whole[..end]) {
                Err(DamagedSection::CutShort { at: found, missing }) if found == at => missing,
                other => panic!("{end}: {other:?}"),
            };
            assert!(
                missing > 0 && missing <= whole.len() - end,
                "{end}: {missing}"
            );
        }
    }

    #[test]
    fn other_bytes_are_named() {
        let section = [&frame(b"{}")[..], b"rubbish"].concat();
        assert_eq!(
            frames(&section),
            Err(DamagedSection::NoRecord { at: HEADER + 2 })
        );
    }
}
