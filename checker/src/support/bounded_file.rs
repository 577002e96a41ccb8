//! Reads a file that somebody else may have written: a regular file, of a limited size.
//!
//! A link is followed. A device, a pipe or a directory is refused before it is opened, since
//! to open a pipe without a writer waits, and a device may have no end.

use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::path::Path;

/// Why a file is not read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FileError {
    /// It does not exist, or cannot be read.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// It is not a regular file.
    #[error("this is {0}, not a regular file")]
    Kind(&'static str),
    /// It is too large.
    #[error("it has {bytes} bytes or more, and at most {limit} are read")]
    TooLarge {
        /// How many bytes it has at least.
        bytes: u64,
        /// The most bytes that are read.
        limit: u64,
    },
}

impl FileError {
    /// Whether the file does not exist. A path below a file does not exist either.
    pub(crate) fn is_absent(&self) -> bool {
        matches!(self, Self::Io(error) if matches!(
            error.kind(),
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
        ))
    }
}

/// Opens a regular file.
pub(crate) fn open(path: &Path) -> Result<File, FileError> {
    check_kind(&fs::metadata(path)?)?;
    let file = File::open(path)?;
    // It may be another one by now.
    check_kind(&file.metadata()?)?;
    Ok(file)
}

/// Reads a regular file of at most `limit` bytes.
pub(crate) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    let file = open(path)?;
    // Of some files, as in `/proc`, the size says nothing.
    let stated = file.metadata()?.len();
    if stated > limit {
        return Err(FileError::TooLarge {
            bytes: stated,
            limit,
        });
    }
    let mut contents = Vec::new();
    file.take(limit + 1).read_to_end(&mut contents)?;
    let bytes = contents.len() as u64;
    if bytes > limit {
        return Err(FileError::TooLarge { bytes, limit });
    }
    Ok(contents)
}

fn check_kind(metadata: &Metadata) -> Result<(), FileError> {
    if metadata.is_file() {
        return Ok(());
    }
    Err(FileError::Kind(kind(metadata)))
}

fn kind(metadata: &Metadata) -> &'static str {
    if metadata.is_dir() {
        return "a directory";
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        let kind = metadata.file_type();
        if kind.is_fifo() {
            return "a pipe";
        }
        if kind.is_char_device() || kind.is_block_device() {
            return "a device";
        }
        if kind.is_socket() {
            return "a socket";
        }
    }
    "something else"
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{FileError, read};

    #[test]
    fn a_file_up_to_the_limit_is_read_and_a_larger_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, "1234").unwrap();
        assert_eq!(read(&path, 4).unwrap(), b"1234");
        let error = read(&path, 3).unwrap_err().to_string();
        assert_eq!(error, "it has 4 bytes or more, and at most 3 are read");
        assert!(
            read(&folder.path().join("absent"), 3)
                .unwrap_err()
                .is_absent()
        );
        assert!(read(&path.join("below"), 3).unwrap_err().is_absent());
    }

    #[test]
    fn a_folder_a_device_and_a_pipe_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let kind = |path: &Path| match read(path, 1000) {
            Err(FileError::Kind(kind)) => kind,
            other => panic!("{other:?}"),
        };
        assert_eq!(kind(folder.path()), "a directory");
        #[cfg(unix)]
        {
            let endless = folder.path().join("endless");
            std::os::unix::fs::symlink("/dev/zero", &endless).unwrap();
            assert_eq!(kind(&endless), "a device");
            let pipe = folder.path().join("pipe");
            let made = std::process::Command::new("mkfifo").arg(&pipe).status();
            assert!(made.unwrap().success());
            assert_eq!(kind(&pipe), "a pipe");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_that_grows_while_it_is_read_is_bounded() {
        // Its size is stated as 0.
        let endless = Path::new("/proc/self/pagemap");
        assert!(matches!(
            read(endless, 1000),
            Err(FileError::TooLarge { .. } | FileError::Io(_))
        ));
    }
}
