//! What all diagrams share: one is a file by itself, with its colours for light and dark,
//! a title, and a description for who does not see it.

use maud::{Markup, PreEscaped, html};

/// The colours, in light, in dark and on paper.
pub(super) const PALETTE: &str = include_str!("palette.css");

const STYLE: &str = include_str!("diagram.css");

/// How wide a diagram is drawn: for a screen, and for a hand.
pub(super) const WIDTHS: [(&str, f64); 2] = [("wide", 880.0), ("narrow", 340.0)];

/// The frame of a diagram.
pub(super) struct Diagram<'a> {
    /// Unique in the page.
    pub(super) id: &'a str,
    /// On which screens it shows; empty: on all.
    pub(super) class: &'a str,
    /// The size that it is drawn for.
    pub(super) size: (f64, f64),
    /// What it shows.
    pub(super) title: &'a str,
    /// What is to be seen.
    pub(super) description: &'a str,
}

impl Diagram<'_> {
    /// What is drawn, in its frame.
    pub(super) fn around(&self, drawn: &Markup) -> Markup {
        let Self { id, class, .. } = self;
        let (width, height) = self.size;
        html! {
            svg xmlns="http://www.w3.org/2000/svg" role="img" class=(format!("coexist {class}").trim_end())
                viewBox={ "0 0 " (px(width)) " " (px(height)) }
                aria-labelledby={ (id) "-title" } aria-describedby={ (id) "-description" } {
                title id={ (id) "-title" } { (self.title) }
                desc id={ (id) "-description" } { (self.description) }
                style { (PreEscaped(PALETTE)) (PreEscaped(STYLE)) }
                defs {
                    pattern id={ (id) "-old" } width="7" height="7" patternUnits="userSpaceOnUse"
                        patternTransform="rotate(45)" {
                        path class="old-line" d="M0 0V7" {}
                    }
                    pattern id={ (id) "-bad" } width="8" height="8" patternUnits="userSpaceOnUse" {
                        path class="bad-line" d="M0 0L8 8M8 0L0 8" {}
                    }
                }
                rect class="paper" width=(px(width)) height=(px(height)) {}
                (drawn)
            }
        }
    }
}

/// The fill of a pattern of the diagram with that id.
pub(super) fn pattern(id: &str, name: &str) -> String {
    format!("url(#{id}-{name})")
}

/// A coordinate, to the tenth of a pixel.
pub(super) fn px(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0" } else { text }.to_owned()
}

/// What a release is called where there is not much room.
pub(super) fn short(label: &str) -> String {
    const MOST: usize = 16;
    if label.chars().count() <= MOST {
        return label.to_owned();
    }
    let start: String = label.chars().take(MOST - 1).collect();
    format!("{start}…")
}

/// What may be wider than the screen: it scrolls by itself, with the keyboard, too.
pub(super) fn scrolling(label: &str, table: &Markup) -> Markup {
    html! {
        div class="scroll" role="group" tabindex="0" aria-label=(label) { (table) }
    }
}

/// The table behind a diagram.
pub(super) fn data(summary: &str, table: &Markup) -> Markup {
    html! {
        details {
            summary { (summary) }
            (scrolling(summary, table))
        }
    }
}
