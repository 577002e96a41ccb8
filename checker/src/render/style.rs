//! The colours of the text output. Where colour is not wanted, the writer that is
//! passed in takes them out; nothing is said by colour alone.

use anstyle::{AnsiColor, Style};

pub(super) const DENY: Style = AnsiColor::Red.on_default().bold();
pub(super) const WARN: Style = AnsiColor::Yellow.on_default().bold();
pub(super) const GOOD: Style = AnsiColor::Green.on_default().bold();
pub(super) const STRONG: Style = Style::new().bold();
pub(super) const PASTE: Style = AnsiColor::Cyan.on_default();
