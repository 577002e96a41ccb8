//! Shows the state: on a terminal as a view that is redrawn in place, elsewhere as one line
//! per event without control characters.

use std::io::{self, Write};
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use super::state::DemoState;
use super::view;

const BETWEEN_PICTURES: Duration = Duration::from_millis(100);

/// The output of the demo.
pub(crate) struct Screen<W> {
    to: W,
    /// How the view is drawn; `None`: only lines are written.
    view: Option<Style>,
    /// The number of lines of the view on the screen.
    drawn: usize,
}

/// How the view is drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// Whether it has colors. They carry no information of their own.
    pub color: bool,
}

impl<W: Write> Screen<W> {
    /// Whether a terminal of this size has room for the view.
    #[must_use]
    pub(crate) fn has_room(columns: u16, rows: u16, nodes: u32) -> bool {
        usize::from(columns) >= view::WIDTH
            && usize::from(rows) > view::LINES + usize::try_from(nodes).unwrap_or(usize::MAX)
    }

    /// A terminal, or, without a style, any writer of lines.
    pub(crate) fn new(to: W, view: Option<Style>) -> Self {
        Self { to, view, drawn: 0 }
    }

    /// Shows the state repeatedly; returns only on an error.
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

    /// Shows the current state.
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
                // Hides the cursor, goes up to the first line, and rewrites each line.
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

    /// Restores the cursor, below the view.
    pub(crate) fn leave(&mut self) -> io::Result<()> {
        if self.drawn > 0 {
            self.to.write_all(b"\x1b[?25h")?;
        }
        self.to.flush()
    }
}
