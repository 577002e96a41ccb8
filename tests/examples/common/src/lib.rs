//! What the example apps share and what does not show how to use coexist: the port that they
//! listen on, and the style of their pages.

#![forbid(unsafe_code)]

use std::env;

/// The stylesheet that each app's own one follows.
pub const STYLE: &str = include_str!("style.css");

/// Reads the port from `--port N`, else from the variable `PORT`, else it is `default`. The
/// operating system chooses a free port for 0.
///
/// # Errors
///
/// If there are other arguments, or the port is not a number up to 65535; the text is for
/// the person who started `app`.
pub fn port(app: &str, default: u16) -> Result<u16, String> {
    let mut args = env::args_os()
        .skip(1)
        .map(|arg| arg.to_string_lossy().into_owned());
    let stated = match (args.next().as_deref(), args.next(), args.next()) {
        (None, ..) => env::var_os("PORT").map(|port| port.to_string_lossy().into_owned()),
        (Some("--port"), Some(port), None) => Some(port),
        _ => return Err(format!("usage: {app} [--port N]")),
    };
    let Some(port) = stated else {
        return Ok(default);
    };
    port.parse()
        .map_err(|_| format!("`{port}` is not a port: expected a number up to 65535"))
}
