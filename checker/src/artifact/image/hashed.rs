//! The sha256 of what is read, while it is read.

use std::io::{self, Read};

use sha2::{Digest as _, Sha256};

/// Hashes what is read of `inner`, if that is wanted.
pub(super) struct Hashed<R> {
    inner: R,
    hash: Option<Sha256>,
}

impl<R: Read> Hashed<R> {
    pub(super) fn new(inner: R, is_wanted: bool) -> Self {
        Self {
            inner,
            hash: is_wanted.then(Sha256::new),
        }
    }

    /// Reads what is left; returns the hash of all in hexadecimal digits.
    pub(super) fn finish(mut self) -> io::Result<Option<String>> {
        io::copy(&mut self, &mut io::sink())?;
        Ok(self.hash.map(|hash| {
            let bytes = hash.finalize();
            bytes.iter().fold(String::new(), |mut digits, byte| {
                digits += &format!("{byte:02x}");
                digits
            })
        }))
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        if let Some(hash) = &mut self.hash {
            hash.update(&buffer[..read]);
        }
        Ok(read)
    }
}
