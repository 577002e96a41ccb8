//! What the readers of multipart bodies share: a body, and a runtime.

use std::fmt::Write as _;

use super::table::Pair;

/// The header of a request with such a body.
pub(crate) const CONTENT_TYPE: &str = "multipart/form-data; boundary=BOUNDARY";

/// A body as a browser sends it.
pub(crate) fn body(pairs: &[Pair<'_>]) -> String {
    let mut body = String::new();
    for (name, value) in pairs {
        write!(
            body,
            "--BOUNDARY\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        )
        .unwrap();
    }
    body + "--BOUNDARY--\r\n"
}

/// Waits for what a reader makes of a body.
pub(crate) fn wait<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.unwrap().block_on(future)
}
