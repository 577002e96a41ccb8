//! What all diagrams share. A diagram is an SVG that stands by itself, with its colors for
//! light and dark, a title, and a description for people who cannot see it.

use maud::{Markup, PreEscaped, html};

/// The colors, in light, in dark and on paper.
pub(in crate::render) const PALETTE: &str = include_str!("palette.css");

const STYLE: &str = include_str!("diagram.css");

/// The widths of a diagram in pixels: for a screen, and for a phone.
pub(super) const WIDTHS: [(&str, f64); 2] = [("wide", 880.0), ("narrow", 340.0)];

/// The frame of a diagram.
pub(super) struct Diagram<'a> {
    /// The id, unique in the page.
    pub(super) id: &'a str,
    /// The class of the screens that show it; empty: all.
    pub(super) class: &'a str,
    /// Its width and height in pixels.
    pub(super) size: (f64, f64),
    /// The title.
    pub(super) title: &'a str,
    /// What it shows, in words.
    pub(super) description: &'a str,
}

impl Diagram<'_> {
    /// The drawing in its frame.
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

/// The fill with a pattern of the diagram of that id.
pub(super) fn pattern(id: &str, name: &str) -> String {
    format!("url(#{id}-{name})")
}

/// A coordinate, to the tenth of a pixel.
pub(super) fn px(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0" } else { text }.to_owned()
}

/// The name of a release where there is not much room.
pub(super) fn short(label: &str) -> String {
    const MOST: usize = 16;
    if label.chars().count() <= MOST {
        return label.to_owned();
    }
    let start: String = label.chars().take(MOST - 1).collect();
    format!("{start}…")
}

/// A table that may be wider than the screen: it scrolls by itself, also with the keyboard.
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
