//! The view of a state, 80 columns wide.

use super::screen::Style;
use super::state::{Count, NodeState, Process, Seen};

pub(crate) const WIDTH: usize = 80;
/// The most lines that the view has in addition to those of the nodes.
pub(crate) const LINES: usize = 14;

const BAR: usize = 40;
const GOOD: &str = "\x1b[32m";
const BAD: &str = "\x1b[1;31m";
const WEAK: &str = "\x1b[2m";
const STRONG: &str = "\x1b[1m";

/// The lines of the view.
pub(crate) fn draw(seen: &Seen, style: Style) -> Vec<String> {
    let mut lines = vec![
        style.paint(STRONG, &seen.title),
        format!("behind {}", seen.balancer),
        String::new(),
    ];
    let nodes = (1..).zip(&seen.nodes);
    lines.extend(nodes.map(|(number, processes)| node(number, processes, style)));
    let counts = seen.counts;
    let open = counts.open;
    lines.extend([
        String::new(),
        bar(seen),
        format!("  {}", seen.doing),
        String::new(),
        count("submissions", counts.submissions, style) + &format!("   {open:4} forms are open"),
        count("pages", counts.pages, style),
        style.paint(WEAK, &cut(&format!("  {}", seen.last_failure))),
    ]);
    if !seen.said.is_empty() {
        lines.push(String::new());
    }
    lines.extend(seen.said.iter().map(|line| cut(line)));
    lines
}

/// A node: the process that serves and, during its replacement, the new one.
fn node(number: usize, processes: &[Process], style: Style) -> String {
    let processes = processes.iter().map(|Process { node, state }| {
        let text = format!("{} {:<9}", node.version, state.name());
        let text = match state {
            NodeState::Serving => style.paint(GOOD, &text),
            NodeState::Starting | NodeState::Draining => style.paint(WEAK, &text),
        };
        format!("{text} process {:<8}", node.process)
    });
    let processes = processes.collect::<Vec<_>>().join("  ");
    format!("  node {number:<2} {}", processes.trim_end())
}

fn bar(seen: &Seen) -> String {
    let (rolled, of) = seen.rolled;
    let full = (rolled * BAR).checked_div(of).unwrap_or_default();
    let bar = "#".repeat(full) + &".".repeat(BAR - full);
    let seconds = seen.since_began().as_secs_f64();
    format!("  [{bar}]  {rolled} of {of} replaced  {seconds:4.1} s")
}

fn count(what: &str, count: Count, style: Style) -> String {
    let failed = format!("{:5} failed", count.failed);
    let failed = match count.failed {
        0 => failed,
        _ => style.paint(BAD, &failed),
    };
    format!("  {what:<12}{:5} served{failed}", count.served)
}

/// The text, cut to the width of a line.
fn cut(text: &str) -> String {
    text.chars().take(WIDTH).collect()
}

impl Style {
    fn paint(self, color: &str, text: &str) -> String {
        if self.color && !text.trim().is_empty() {
            format!("{color}{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }
}
