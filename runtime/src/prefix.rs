//! What stands before the paths of a router.

/// A prefix of paths, as [`prefix!`](crate::prefix) makes it: what axum nests, actix-web
/// scopes, Rocket mounts at, or a reverse proxy takes off.
#[diagnostic::on_unimplemented(
    message = "`under` names something that is not a prefix",
    label = "no `prefix!` made this",
    note = "state it once: `coexist::prefix!(pub Api = \"/api\");`"
)]
pub trait Prefix {
    /// The prefix itself, as the router takes it.
    const PATH: &'static str;
    /// With what it stands below.
    const URL: &'static str;
}
