//! Paths as tars hold them: bytes between slashes.

/// The path from the root, without `.`, `..` and slashes that say nothing.
pub(super) fn clean(path: &[u8]) -> Vec<u8> {
    join(&[], path)
}

/// What `path` means in the directory `base`, which is clean. Above the root there is
/// nothing, as in a file system.
pub(super) fn join(base: &[u8], path: &[u8]) -> Vec<u8> {
    let mut joined = if path.first() == Some(&b'/') {
        Vec::new()
    } else {
        base.to_vec()
    };
    for name in path.split(|byte| *byte == b'/') {
        match name {
            b"" | b"." => {}
            b".." => {
                let end = split(&joined).0.len();
                joined.truncate(end);
            }
            name => {
                if !joined.is_empty() {
                    joined.push(b'/');
                }
                joined.extend(name);
            }
        }
    }
    joined
}

/// The directory and the name of a clean path.
pub(super) fn split(path: &[u8]) -> (&[u8], &[u8]) {
    match path.iter().rposition(|byte| *byte == b'/') {
        Some(slash) => (&path[..slash], &path[slash + 1..]),
        None => (&[], path),
    }
}

#[cfg(test)]
mod tests {
    use super::{clean, join, split};

    #[test]
    fn a_path_is_taken_from_the_root() {
        for (path, expected) in [
            ("usr/bin/app", "usr/bin/app"),
            ("./usr//bin/./app", "usr/bin/app"),
            ("/usr/../bin/app/", "bin/app"),
            ("../../app", "app"),
            ("./", ""),
        ] {
            assert_eq!(clean(path.as_bytes()), expected.as_bytes(), "{path}");
        }
        assert_eq!(join(b"usr/bin", b"../lib"), b"usr/lib");
        assert_eq!(join(b"usr/bin", b"/lib"), b"lib");
        assert_eq!(split(b"usr/bin/app"), (&b"usr/bin"[..], &b"app"[..]));
        assert_eq!(split(b"app"), (&b""[..], &b"app"[..]));
    }
}
