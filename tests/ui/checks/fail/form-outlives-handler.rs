use coexist::{form, handler};

#[handler(POST "/a", since = "1.2.0", until = "9.0.0")]
fn import_csv() {}

// Older than the handler, and without an end.
#[form(posts_to = import_csv, since = "1.0.0")]
fn too_early() {}

// Gone together with the handler: pages of the release before are still open.
#[form(posts_to = import_csv, since = "1.2.0", until = "9.0.0")]
fn too_late() {}

#[form(posts_to = import_csv, since = "1.2.0-rc.1", until = "8.9.0")]
fn before_the_release() {}

#[form(posts_to = import_csv, since = "1.2.0", until = "8.9.0")]
fn in_time() {}

#[handler(POST "/b", since = "next")]
fn import_json() {}

#[form(posts_to = import_json, since = "1.2.0")]
fn before_the_next() {}

#[form(posts_to = import_json, since = "next")]
fn with_the_next() {}

fn main() {}
