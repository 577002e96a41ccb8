use coexist::handler;

#[handler(POST "/a", since = "1.0")]
fn two_parts() {}

#[handler(POST "/b", since = "v1.0.0")]
fn with_a_v() {}

#[handler(POST "/c", since = "2026.01.05")]
fn leading_zeros() {}

#[handler(POST "/d", since = "1.0.0+build.7")]
fn build_metadata() {}

#[handler(POST "/e", since = "Next")]
fn a_word() {}

#[handler(POST "/f", since = "")]
fn empty() {}

#[handler(POST "/g", since = "1")]
fn one_part() {}

#[handler(POST "/h", since = "1.0.0.0")]
fn four_parts() {}

#[handler(POST "/i", since = "2026-01-05")]
fn a_date() {}

#[handler(POST "/j", since = "1.0.0", until = "v2")]
fn until_is_malformed_too() {}

fn main() {}
