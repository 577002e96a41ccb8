//! What the manifest of the package tells: which crates it names.

use std::path::Path;

/// Whether a line of the manifest begins with this crate, as a dependency or as its table does.
pub(super) fn names(krate: &str) -> bool {
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let manifest = std::fs::read_to_string(Path::new(&folder).join("Cargo.toml"));
    manifest.is_ok_and(|text| names_in(&text, krate))
}

fn names_in(manifest: &str, krate: &str) -> bool {
    manifest.lines().any(|line| {
        let line = line.trim();
        let key = match line.strip_prefix('[') {
            // `[dependencies.rocket]`
            Some(table) => table.trim_end_matches(']').rsplit('.').next(),
            // `rocket = "0.5"`, `rocket.workspace = true`
            None => line.split(['=', '.']).next(),
        };
        key.is_some_and(|key| key.trim().trim_matches('"') == krate)
    })
}

#[cfg(test)]
mod tests {
    use super::names_in;

    #[test]
    fn a_dependency_is_named_in_a_line_or_in_a_table() {
        for manifest in [
            "[dependencies]\nrocket = \"0.5\"",
            "rocket.workspace = true",
            "[target.'cfg(unix)'.dependencies.rocket]\nversion = \"0.5\"",
        ] {
            assert!(names_in(manifest, "rocket"), "{manifest}");
        }
        for manifest in ["rocket_db_pools = \"0.1\"", "# rocket", "name = \"rocket\""] {
            assert!(!names_in(manifest, "rocket"), "{manifest}");
        }
    }
}
