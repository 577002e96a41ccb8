//! The table of the releases that a candidate is judged against.

use super::apps::name;
use crate::gate::{Gate, Opponent};
use crate::model::Direction;

/// How many releases are shown; the others are counted.
pub(super) const ROWS: usize = 12;

/// The cells of a row.
pub(in crate::render) type Row = [String; 5];

/// The head, and a row for each of the first releases; empty if there are none.
pub(in crate::render) fn table(gate: &Gate<'_>) -> Vec<Row> {
    if gate.met().next().is_none() {
        return Vec::new();
    }
    let head = ["release", "meets its", "state", "since", "pages until"].map(str::to_owned);
    let rows = gate.met().take(ROWS);
    let rows = rows.map(|opponent| row(name(gate, opponent), opponent));
    std::iter::once(head).chain(rows).collect()
}

fn row(name: String, opponent: &Opponent<'_>) -> Row {
    let meets = match opponent.directions[..] {
        [] => "-",
        [Direction::OldToNew] => "pages",
        [Direction::NewToOld] => "nodes",
        _ => "pages, nodes",
    };
    let (state, since, until) = match (opponent.retired, opponent.pages_until) {
        (Some(retired), Some(until)) => ("retired", retired, until.to_string()),
        _ => ("runs", opponent.deployed, String::new()),
    };
    [
        name,
        meets.to_owned(),
        state.to_owned(),
        since.to_string(),
        until,
    ]
}
