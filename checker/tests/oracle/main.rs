//! Placeholder.
#![allow(clippy::unwrap_used, clippy::panic, dead_code, reason = "so a test fails, in its helpers, too")]
mod builds; mod changes; mod choices; mod node; mod reader; mod request;
