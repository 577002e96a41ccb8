//! What the command line and the environment say: the port.

use std::env;

/// The port that `--port N` states, else the variable `PORT`, else 0: any that is
/// free.
pub(crate) fn port() -> Result<u16, String> {
    let mut args = env::args_os()
        .skip(1)
        .map(|arg| arg.to_string_lossy().into_owned());
    let stated = match (args.next().as_deref(), args.next(), args.next()) {
        (None, ..) => env::var_os("PORT").map(|port| port.to_string_lossy().into_owned()),
        (Some("--port"), Some(port), None) => Some(port),
        _ => return Err("usage: signup [--port N]".to_owned()),
    };
    let Some(port) = stated else { return Ok(0) };
    port.parse()
        .map_err(|_| format!("`{port}` is not a port: expected a number up to 65535"))
}
