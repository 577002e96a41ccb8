//! Decompresses a layer.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// The largest window of a zstd frame, which is held in memory: what `zstd --long` needs.
const ZSTD_WINDOW: u64 = 128 << 20;

/// Bytes that are read at once.
const CHUNK: usize = 64 << 10;

/// How bytes are compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    None,
    Gzip,
    Zstd,
    /// Another one, by its name.
    Unknown(&'static str),
}

impl Packing {
    /// Reads it from the first bytes, since what a manifest states is not always true.
    pub(super) fn from_head(head: &[u8]) -> Self {
        match head {
            [0x1F, 0x8B, ..] => Self::Gzip,
            // A frame, or one that is to be skipped.
            [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Self::Zstd,
            [0xFD, b'7', b'z', b'X', b'Z', ..] => Self::Unknown("xz"),
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31 | 0x17, ..] => Self::Unknown("bzip2"),
            [0x04, 0x22, 0x4D, 0x18, ..] => Self::Unknown("lz4"),
            _ => Self::None,
        }
    }
}

/// The decompressed bytes; or the name of a compression that is not supported.
pub(super) fn unpack<'r>(
    packed: impl Read + 'r,
) -> io::Result<Result<Box<dyn Read + 'r>, &'static str>> {
    let mut packed = BufReader::with_capacity(CHUNK, packed);
    Ok(Ok(match Packing::from_head(packed.fill_buf()?) {
        Packing::None => Box::new(packed),
        Packing::Gzip => Box::new(MultiGzDecoder::new(packed)),
        Packing::Zstd => Box::new(Zstd::new(packed)),
        Packing::Unknown(name) => return Ok(Err(name)),
    }))
}

/// Reads all frames of a zstd stream: `ruzstd` reads one.
struct Zstd<R> {
    packed: R,
    decoder: FrameDecoder,
    is_in_frame: bool,
}

impl<R: BufRead> Zstd<R> {
    fn new(packed: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(ZSTD_WINDOW);
        Self {
            packed,
            decoder,
            is_in_frame: false,
        }
    }

    /// Begins the next frame, if there is one.
    fn begin_frame(&mut self) -> io::Result<bool> {
        while !self.packed.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.packed) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let length = u64::from(length);
                    let skipped =
                        io::copy(&mut self.packed.by_ref().take(length), &mut io::sink())?;
                    if skipped < length {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => return Err(io::Error::other(error)),
            }
        }
        Ok(false)
    }
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.is_in_frame {
                self.is_in_frame = self.begin_frame()?;
                if !self.is_in_frame {
                    return Ok(0);
                }
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let some = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder
                    .decode_blocks(&mut self.packed, some)
                    .map_err(io::Error::other)?;
            }
            let read = self.decoder.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            self.is_in_frame = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};

    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::unpack;

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        compress_to_vec(bytes, CompressionLevel::Fastest)
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn unpacked(packed: &[u8]) -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        unpack(packed)?.unwrap().read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    #[test]
    fn a_stream_may_be_of_several_parts() {
        let long: Vec<u8> = (0..300_000_u32).flat_map(u32::to_le_bytes).collect();
        let skipped = [&[0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0][..], b"toc"].concat();
        for (parts, expected) in [
            (vec![long.clone()], long.clone()),
            (vec![gzip(b"a"), gzip(&long)], [b"a", &long[..]].concat()),
            (vec![zstd(b"a"), zstd(&long)], [b"a", &long[..]].concat()),
            (
                vec![
                    skipped.clone(),
                    zstd(b"a"),
                    skipped.clone(),
                    zstd(b""),
                    zstd(b"b"),
                    skipped,
                ],
                b"ab".to_vec(),
            ),
            (vec![], vec![]),
        ] {
            assert!(unpacked(&parts.concat()).unwrap() == expected);
        }
    }

    #[test]
    fn a_stream_cut_anywhere_is_an_error() {
        for packed in [gzip(b"some bytes"), zstd(b"some bytes")] {
            for end in 4..packed.len() {
                assert!(unpacked(&packed[..end]).is_err(), "{end} of {packed:?}");
            }
        }
    }

    #[test]
    fn a_frame_to_be_skipped_that_is_cut_is_an_error() {
        let long = [0x50, 0x2A, 0x4D, 0x18, 0xFF, 0xFF, 0xFF, 0xFF, 0];
        assert!(unpacked(&long).is_err());
    }

    #[test]
    fn other_ways_of_packing_are_named() {
        for (head, name) in [
            (&b"\xFD7zXZ\0"[..], "xz"),
            (b"BZh91AY&SY", "bzip2"),
            (b"\x04\x22\x4D\x18", "lz4"),
        ] {
            assert_eq!(unpack(head).unwrap().err(), Some(name));
        }
    }
}
