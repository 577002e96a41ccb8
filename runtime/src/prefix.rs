//! What stands before the paths of a router.

/// A prefix of paths, as [`prefix!`](crate::prefix) makes it: what axum nests, actix-web
/// scopes, Rocket mounts at, or a reverse proxy takes off.
#[diagnostic::on_unimplemented(
    message = "expected a prefix declared with `coexist::prefix!`",
    label = "not declared with `prefix!`",
    note = "declare it with `coexist::prefix!(pub Api = \"/api\");`"
)]
pub trait Prefix {
    /// The prefix by itself, for the router.
    const PATH: &'static str;
    /// With what it stands below.
    const URL: &'static str;
}
