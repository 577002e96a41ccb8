//! Which htmx runs on a page: the app's `Cargo.toml` states it, and a page that loads another
//! one says so.

use std::path::Path;

use crate::form::Place;
use crate::source::{Piece, Source};

/// Which htmx runs on a page: what it sends depends on that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Htmx {
    /// htmx 2; htmx 1 as well.
    #[default]
    Two,
    /// htmx 4.
    Four,
}

impl Htmx {
    /// The htmx that the package in this folder states: `htmx = 4` under
    /// `[package.metadata.coexist]`. Where nothing is stated, htmx 2.
    ///
    /// # Errors
    ///
    /// If another version is stated. The message says which are known.
    pub fn of_package(folder: &Path) -> Result<Self, String> {
        let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
        Self::of_manifest(&manifest)
    }

    /// The htmx that the text of a `Cargo.toml` states, as of [`Htmx::of_package`].
    ///
    /// # Errors
    ///
    /// If another version is stated. The message says which are known.
    pub fn of_manifest(manifest: &str) -> Result<Self, String> {
        let Some(stated) = stated(manifest) else {
            return Ok(Self::default());
        };
        let major = stated
            .split('.')
            .next()
            .and_then(|major| major.parse().ok());
        major.and_then(Self::of_major).ok_or_else(|| {
            format!(
                "`htmx = {stated}` under `[package.metadata.coexist]` in Cargo.toml is not a version \
                 that coexist knows: write 2 or 4"
            )
        })
    }

    /// Another htmx than this one that a page loads, and where.
    #[must_use]
    pub fn other_in(self, source: &Source) -> Option<(Self, Place)> {
        source.pieces().iter().find_map(|piece| {
            let Piece::Text(html, place) = piece else {
                return None;
            };
            let (other, at) = loaded(html).find(|(htmx, _)| *htmx != self)?;
            let lines = html.get(..at).unwrap_or_default().matches('\n').count();
            let line = u32::try_from(lines).unwrap_or(u32::MAX);
            let place = Place {
                file: place.file.clone(),
                line: place.line.saturating_add(line),
            };
            Some((other, place))
        })
    }

    /// Whether it matters to a page which htmx runs on it.
    #[must_use]
    pub fn matters_to(source: &Source) -> bool {
        let names_it = |text: &str| text.contains("hx-") || text.contains("htmx");
        let mut pieces = source.pieces().iter();
        pieces.any(|piece| matches!(piece, Piece::Text(html, _) if names_it(html)))
    }

    /// Its major version.
    #[must_use]
    pub fn major(self) -> u32 {
        match self {
            Self::Two => 2,
            Self::Four => 4,
        }
    }

    fn of_major(major: u32) -> Option<Self> {
        match major {
            1 | 2 => Some(Self::Two),
            4 => Some(Self::Four),
            _ => None,
        }
    }
}

/// What `Cargo.toml` says of htmx. Only this one key is looked for, line by line: the file is
/// valid, since cargo has read it.
fn stated(manifest: &str) -> Option<&str> {
    if !manifest.contains("coexist") || !manifest.contains("htmx") {
        return None;
    }
    let mut table = String::new();
    for line in manifest.lines() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'))
        {
            table = name.replace(' ', "");
            continue;
        }
        let Some((key, value)) = line.split_once('=') else {
            continue;
        };
        let key = format!("{table}.{}", key.replace(' ', ""));
        let value = match key.as_str() {
            "package.metadata.coexist.htmx" => value,
            "package.metadata.coexist" => value.split_once("htmx")?.1.trim().strip_prefix('=')?,
            _ => continue,
        };
        let value = value.split([',', '}']).next().unwrap_or_default();
        return Some(value.trim().trim_matches(['"', '\'']));
    }
    None
}

/// The versions of htmx that the scripts in HTML load, with the offsets of their tags.
fn loaded(html: &str) -> impl Iterator<Item = (Htmx, usize)> {
    html.match_indices("<script").filter_map(|(at, _)| {
        let tag = html.get(at..)?.split('>').next()?;
        let marks = ["htmx.org@", "htmx@", "/htmx/"];
        let version = marks
            .iter()
            .find_map(|mark| Some(tag.split_once(mark)?.1))?;
        let end = version.find(|c: char| !c.is_ascii_digit());
        let major = version.get(..end.unwrap_or(version.len()))?;
        Some((Htmx::of_major(major.parse().ok()?)?, at))
    })
}

#[cfg(test)]
mod tests {
    use super::Htmx;
    use crate::source::Source;

    #[test]
    fn the_manifest_states_it() {
        let cases = [
            ("", Ok(Htmx::Two)),
            ("[package.metadata.coexist]\nhtmx = 4\n", Ok(Htmx::Four)),
            (
                "[package.metadata.coexist]\nhtmx = \"4.0\" # as of now\n",
                Ok(Htmx::Four),
            ),
            ("[package.metadata.coexist]\nhtmx=1", Ok(Htmx::Two)),
            ("[ package . metadata ]\ncoexist.htmx = 4", Ok(Htmx::Four)),
            (
                "[package.metadata]\ncoexist = { a = 1, htmx = 4 }",
                Ok(Htmx::Four),
            ),
            ("[package]\nmetadata.coexist.htmx = 4", Ok(Htmx::Four)),
            (
                "[package.metadata.coexist]\na = 1\n[package.metadata.other]\nhtmx = 4",
                Ok(Htmx::Two),
            ),
            ("[package.metadata.coexist]\nhtmx = 3", Err(())),
            ("[package.metadata.coexist]\nhtmx = \"latest\"", Err(())),
        ];
        for (manifest, expected) in cases {
            assert_eq!(
                Htmx::of_manifest(manifest).map_err(|_| ()),
                expected,
                "{manifest}"
            );
        }
    }

    #[test]
    fn a_page_may_load_another_one() {
        let loads = |html: &str| {
            let other = Htmx::Two.other_in(&Source::from_html(html, "page.html"));
            other.map(|(htmx, place)| (htmx, place.line))
        };
        let four = Some((Htmx::Four, 2));
        let cases = [
            (
                "\n<script src=https://unpkg.com/htmx.org@4.0.1></script>",
                four,
            ),
            (
                "\n<script defer src='https://cdn.jsdelivr.net/npm/htmx.org@4/dist/htmx.min.js'>",
                four,
            ),
            (
                "\n<script src=https://cdnjs.cloudflare.com/ajax/libs/htmx/4.0.1/htmx.js>",
                four,
            ),
            (
                "\n<script src=https://unpkg.com/htmx.org@2.0.4></script>",
                None,
            ),
            (
                "\n<script src=https://unpkg.com/htmx-ext-json-enc@4.0.3></script>",
                None,
            ),
            ("\n<script src=/static/htmx.min.js></script>", None),
            ("\n<p>htmx.org@4</p>", None),
        ];
        for (html, expected) in cases {
            assert_eq!(loads(html), expected, "{html}");
        }
    }
}
