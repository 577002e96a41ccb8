//! Copies bytes into a temporary file, and tells which of the two ends failed.

use std::io::{self, Read, Write};

/// Bytes that are copied at once.
const CHUNK: usize = 64 << 10;

/// Which end of a copy failed.
#[derive(Debug)]
pub(super) enum CopyError {
    /// The source cannot be read.
    Read(io::Error),
    /// The temporary file cannot be written.
    Write(io::Error),
}

/// Copies all that is left in `from`.
pub(super) fn copy(mut from: impl Read, mut to: impl Write) -> Result<(), CopyError> {
    let mut buffer = vec![0; CHUNK];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return to.flush().map_err(CopyError::Write),
            Ok(read) => to.write_all(&buffer[..read]).map_err(CopyError::Write)?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(CopyError::Read(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::{CopyError, copy};

    /// A disk that is full, or a source that breaks off.
    struct Broken;

    impl io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::ErrorKind::InvalidData.into())
        }
    }

    impl io::Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_full_disk_is_told_from_a_damaged_source() {
        let mut copied = Vec::new();
        copy(&b"bytes"[..], &mut copied).unwrap();
        assert_eq!(copied, b"bytes");
        let full = copy(&b"bytes"[..], Broken);
        assert!(matches!(full, Err(CopyError::Write(_))), "{full:?}");
        let damaged = copy(Broken, &mut copied);
        assert!(matches!(damaged, Err(CopyError::Read(_))), "{damaged:?}");
    }
}
