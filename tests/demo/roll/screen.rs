//! Shows the state: on a terminal a view that is drawn again in place, elsewhere a
//! line for each event and no control characters.

use std::io::{self, Write};
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use super::state::DemoState;
use super::view;

const BETWEEN_PICTURES: Duration = Duration::from_millis(100);

/// Where the demo is shown.
pub(crate) struct Screen<W> {
    to: W,
    /// How the view is drawn; `None`: there are lines only.
    view: Option<Style>,
    /// Lines of the view that stands there.
    drawn: usize,
}

/// How the view is drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// Whether it has colours. Nothing is said by them alone.
    pub colour: bool,
}

impl<W: Write> Screen<W> {
    /// Whether a terminal of so many columns and rows has room for the view.
    #[must_use]
    pub(crate) fn has_room(columns: u16, rows: u16, nodes: u32) -> bool {
        usize::from(columns) >= view::WIDTH
            && usize::from(rows) > view::LINES + usize::try_from(nodes).unwrap_or(usize::MAX)
    }

    /// A terminal, or, without a style of view, anything that takes lines.
    pub(crate) fn new(to: W, view: Option<Style>) -> Self {
        Self { to, view, drawn: 0 }
    }

    /// Shows the state again and again; ends only if it cannot.
    pub(crate) async fn follow(&mut self, state: &DemoState) -> io::Error {
        let mut ticks = interval(BETWEEN_PICTURES);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
        loop {
            ticks.tick().await;
            if let Err(error) = self.show(state) {
                return error;
            }
        }
    }

    /// Shows the state as it is now.
    pub(crate) fn show(&mut self, state: &DemoState) -> io::Result<()> {
        let mut seen = state.look();
        let events = std::mem::take(&mut seen.events);
        let shown = match self.view {
            None => events
                .iter()
                .flat_map(|line| [line.as_str(), "\n"])
                .collect(),
            Some(style) => {
                let lines = view::draw(&seen, style);
                // Without the cursor, up to the first line, and each line anew.
                let up = match self.drawn {
                    0 => "\x1b[?25l".to_owned(),
                    lines => format!("\x1b[{lines}A"),
                };
                self.drawn = lines.len();
                up + &lines.join("\x1b[K\n") + "\x1b[K\n\x1b[J"
            }
        };
        drop(seen);
        self.to.write_all(shown.as_bytes())?;
        self.to.flush()
    }

    /// Leaves the screen as it was found: with a cursor, below the view.
    pub(crate) fn leave(&mut self) -> io::Result<()> {
        if self.drawn > 0 {
            self.to.write_all(b"\x1b[?25h")?;
        }
        self.to.flush()
    }
}
