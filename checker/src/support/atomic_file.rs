//! Files that are written beside their place, and put there as a whole.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Writes a file beside `path`, under a name that begins with `prefix`, and brings it to
/// the disk. Whoever drops it without having put it in its place removes it.
pub(crate) fn written(path: &Path, prefix: &str, contents: &[u8]) -> io::Result<NamedTempFile> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut builder = tempfile::Builder::new();
    // As any new file: by default a temporary one is its owner's alone.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder
        .prefix(prefix)
        .tempfile_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(contents)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Writes what `path` names. A regular file is replaced as a whole, and keeps its mode and,
/// where this process may set it, its owner. A link stays, and the file that it leads to is
/// replaced. A device or a pipe is written to.
#[cfg_attr(not(feature = "cli"), allow(dead_code, reason = "for commands"))]
pub(crate) fn replace(path: &Path, contents: &[u8]) -> io::Result<()> {
    let target = target(path)?;
    let old = match fs::metadata(&target) {
        Ok(metadata) if !metadata.is_file() => {
            return File::options().write(true).open(path)?.write_all(contents);
        }
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let file = written(&target, ".tmp", contents)?;
    if let Some(old) = old {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            // Only root may give a file away; a group that one is in may have it.
            let _kept = std::os::unix::fs::fchown(file.as_file(), None, Some(old.gid()));
            let _kept = std::os::unix::fs::fchown(file.as_file(), Some(old.uid()), None);
        }
        file.as_file().set_permissions(old.permissions())?;
    }
    file.persist(target)?;
    Ok(())
}

/// How many links lead to a file at most, as in Linux.
const HOPS: usize = 40;

/// The file that a path leads to through links, whether it exists or not.
fn target(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..HOPS {
        match fs::symlink_metadata(&path) {
            // What leads to an open file of a process, as `/dev/stdout`, names none.
            Ok(metadata) if metadata.is_symlink() && path.exists() => {
                let real = fs::canonicalize(&path);
                return Ok(real.unwrap_or(path));
            }
            Ok(metadata) if metadata.is_symlink() => {
                let next = fs::read_link(&path)?;
                path = path.parent().unwrap_or(Path::new("")).join(next);
            }
            _ => return Ok(path),
        }
    }
    Err(io::Error::other("too many links"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::replace;

    #[test]
    fn a_file_is_new_or_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        for contents in ["one", "two"] {
            replace(&path, contents.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), contents);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_keeps_its_mode() {
        use std::os::unix::fs::PermissionsExt as _;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        for mode in [0o600, 0o664, 0o755] {
            fs::write(&path, "old").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            replace(&path, b"new").unwrap();
            let kept = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(kept & 0o7777, mode);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_and_leads_to_what_is_written() {
        use std::os::unix::fs::symlink;

        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| folder.path().join(name);
        fs::create_dir(file("there")).unwrap();
        fs::write(file("there/file"), "old").unwrap();
        symlink("there/file", file("link")).unwrap();
        symlink("link", file("link-to-link")).unwrap();
        symlink("there/new", file("dangling")).unwrap();
        for (link, target) in [("link-to-link", "there/file"), ("dangling", "there/new")] {
            replace(&file(link), b"new").unwrap();
            assert!(fs::symlink_metadata(file(link)).unwrap().is_symlink());
            assert_eq!(fs::read_to_string(file(target)).unwrap(), "new");
        }
        symlink("round", file("round")).unwrap();
        assert!(replace(&file("round"), b"new").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_written_to() {
        use std::os::unix::fs::FileTypeExt as _;

        // Not `/dev/null`: where this fails, it would be gone.
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || fs::read_to_string(pipe).unwrap()
        });
        replace(&pipe, b"new").unwrap();
        assert_eq!(reader.join().unwrap(), "new");
        assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
    }
}
