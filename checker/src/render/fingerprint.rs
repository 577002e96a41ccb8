//! What makes a finding the same as one of an earlier check, for tools that track
//! findings over time.
//!
//! The first 128 bits of the SHA-256 (FIPS 180-4) of these lines, in hexadecimal: the
//! rule, the direction (`old-to-new`, `new-to-old`, `one-build`), the path of the form
//! or, where none is at fault, of the handler, the method, and the path pattern without
//! names of parameters; if page and node are of two apps, then the names of both. Versions, files and lines are not among them: a finding stays
//! the same when a release is numbered anew, and when code moves within its module.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::endpoint::unnamed;
use crate::model::{Direction, Finding};

/// How many bytes of the digest are kept.
const BYTES: usize = 16;

/// The fingerprint: 32 hexadecimal digits.
pub(super) fn fingerprint(finding: &Finding<'_>) -> String {
    let direction = finding.direction.map_or("one-build", Direction::name);
    let form = finding.page.form.map(|form| &*form.id);
    let item = form.or_else(|| finding.node.handler.map(|handler| &*handler.id));
    let (method, path) = finding.endpoint;
    let path = unnamed(path);
    let mut lines = vec![
        finding.rule.name,
        direction,
        item.unwrap_or_default(),
        method,
        &path,
    ];
    if finding.crossing.is_some() {
        lines.extend([&*finding.page_release().name, &*finding.node_release().name]);
    }
    digest(&lines)
}

/// The first bytes of the SHA-256 of these lines, in hexadecimal.
pub(super) fn digest(lines: &[&str]) -> String {
    let digest = Sha256::digest(lines.join("\n"));
    digest
        .iter()
        .take(BYTES)
        .fold(String::new(), |mut hex, byte| {
            let _infallible = write!(hex, "{byte:02x}");
            hex
        })
}
