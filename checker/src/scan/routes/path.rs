//! The paths of routes: texts of which parts may be unknown, joined and written as each framework
//! does.

use coexist_source::frameworks;
use coexist_source::frameworks::route::Canonical;

use super::value::Framework;

/// A text of which parts may be unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PathText(Vec<Part>);

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    /// The expression, as it is written.
    Unknown(String),
    /// The same, where other paths stand below it.
    Base(String),
}

/// Why a path has no pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UnknownPath(pub(crate) String);

/// A path as patterns.
#[derive(Debug)]
pub(crate) struct Patterns {
    /// The patterns. There are two where the rest of a path may be empty.
    pub(crate) all: Vec<String>,
    /// It takes only some of the requests that the patterns describe.
    pub(crate) is_partial: bool,
    /// The names of parameters, each with the regular expression that it must match.
    pub(crate) limits: Vec<(String, String)>,
    /// What stands before it, which is unknown and left out.
    pub(crate) base: Option<String>,
}

impl PathText {
    pub(super) fn from_text(text: &str) -> Self {
        if text.is_empty() {
            return Self::default();
        }
        Self(vec![Part::Text(text.to_owned())])
    }

    pub(super) fn unknown(expression: &str) -> Self {
        Self(vec![Part::Unknown(expression.to_owned())])
    }

    /// The whole text, if all of it is known.
    pub(super) fn known(&self) -> Option<&str> {
        match self.0.as_slice() {
            [] => Some(""),
            [Part::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// This text, and the other one behind it.
    pub(super) fn with(&self, other: &Self) -> Self {
        let mut whole = self.clone();
        for part in &other.0 {
            match (whole.0.last_mut(), part) {
                (Some(Part::Text(text)), Part::Text(more)) => text.push_str(more),
                (_, part) => whole.0.push(part.clone()),
            }
        }
        whole
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn starts_with(&self, c: char) -> bool {
        matches!(self.0.first(), Some(Part::Text(text)) if text.starts_with(c))
    }

    fn is_slash(&self) -> bool {
        self.known() == Some("/")
    }

    fn without_slash_at_end(&self) -> Self {
        let mut parts = self.0.clone();
        if let Some(Part::Text(text)) = parts.last_mut() {
            text.truncate(text.trim_end_matches('/').len());
            if text.is_empty() {
                parts.pop();
            }
        }
        Self(parts)
    }

    fn with_slash(&self) -> Self {
        if self.is_empty() || self.starts_with('/') || !matches!(self.0[0], Part::Text(_)) {
            return self.clone();
        }
        Self::from_text("/").with(self)
    }

    /// A path below this one, as the framework joins them.
    pub(super) fn join(&self, below: &Self, framework: Framework) -> Self {
        if self.is_empty() {
            return below.clone();
        }
        let mut base = self.clone();
        if let Some(first) = base.0.first_mut()
            && let Part::Unknown(expression) = first
        {
            *first = Part::Base(std::mem::take(expression));
        }
        base.joined(below, framework)
    }

    fn joined(&self, below: &Self, framework: Framework) -> Self {
        if below.is_empty() {
            return self.clone();
        }
        match framework {
            // The paths are one text.
            Framework::Cot => self.with(below),
            // Of `/a/` and `/b`, actix-web makes `/a/b`.
            Framework::Actix => self.without_slash_at_end().with(&below.with_slash()),
            Framework::Axum
            | Framework::Rocket
            | Framework::Poem
            | Framework::Salvo
            | Framework::Loco => {
                if self.is_slash() {
                    return below.with_slash();
                }
                if below.is_slash() {
                    return self.clone();
                }
                self.without_slash_at_end().with(&below.with_slash())
            }
        }
    }

    /// The path as patterns. A base that is not known is left out.
    ///
    /// # Errors
    ///
    /// If another part is not known, or if it is no path.
    pub(crate) fn patterns(&self, framework: Framework) -> Result<Patterns, UnknownPath> {
        let mut base = None;
        let mut text = String::new();
        for (position, part) in self.0.iter().enumerate() {
            match part {
                Part::Text(known) => text.push_str(known),
                Part::Base(expression) if position == 0 => base = Some(expression.clone()),
                Part::Unknown(expression) | Part::Base(expression) => {
                    return Err(UnknownPath(expression.clone()));
                }
            }
        }
        if !text.starts_with('/') && framework != Framework::Actix {
            text.insert(0, '/');
        }
        let canonical = match framework {
            Framework::Actix => frameworks::canonical_of_actix(&text),
            Framework::Rocket => frameworks::canonical_of_rocket(&text),
            Framework::Poem => frameworks::canonical_of_poem(&text),
            Framework::Axum | Framework::Loco | Framework::Cot => plain(&colons(&text)),
            Framework::Salvo => salvo(&text),
        };
        let mut patterns = canonical.patterns;
        for pattern in &mut patterns {
            if !pattern.starts_with('/') {
                pattern.insert(0, '/');
            }
        }
        for pattern in &patterns {
            coexist_source::path::check(pattern)
                .map_err(|why| UnknownPath(format!("{pattern}` ({why}) of `{text}")))?;
        }
        Ok(Patterns {
            all: patterns,
            is_partial: canonical.is_partial,
            limits: canonical.limits,
            base,
        })
    }
}

fn plain(path: &str) -> Canonical {
    Canonical {
        patterns: vec![path.to_owned()],
        is_partial: false,
        limits: Vec::new(),
    }
}

/// axum's former `:id` and `*rest` as it writes them now.
fn colons(path: &str) -> String {
    let segments = path.split('/').map(|segment| {
        match (segment.strip_prefix(':'), segment.strip_prefix('*')) {
            (Some(name), _) => format!("{{{name}}}"),
            (_, Some(name)) => format!("{{*{name}}}"),
            _ => segment.to_owned(),
        }
    });
    segments.collect::<Vec<_>>().join("/")
}

/// salvo: `<id>`, `{id}`, `{id:num}`, `{id|[a-z]+}`, `{*rest}`, `{**rest}`.
fn salvo(path: &str) -> Canonical {
    let mut canonical = plain("");
    let mut has_empty_rest = false;
    let segments = path.split('/').map(|segment| {
        let segment = segment.replace('<', "{").replace('>', "}");
        let Some((before, after)) = segment.split_once('{') else {
            return segment;
        };
        let Some((inner, behind)) = after.rsplit_once('}') else {
            return segment;
        };
        let name: String = inner
            .trim_start_matches(['*', '+', '?'])
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect();
        let name = if name.is_empty() {
            "rest".to_owned()
        } else {
            name
        };
        if inner.starts_with('*') {
            has_empty_rest |= inner.starts_with("**");
            return format!("{{*{name}}}");
        }
        canonical.is_partial |= inner.contains([':', '|', '?', '+']) || behind.contains('{');
        format!("{before}{{{name}}}")
    });
    let path = segments.collect::<Vec<_>>().join("/");
    canonical.patterns = vec![path.clone()];
    if has_empty_rest && let Some((folder, _)) = path.split_once("/{*") {
        let folder = if folder.is_empty() { "/" } else { folder };
        canonical.patterns.push(folder.to_owned());
    }
    canonical
}

#[cfg(test)]
mod tests {
    use super::{Framework, PathText};

    #[test]
    fn paths_are_joined_as_each_framework_joins_them() {
        use Framework::{Actix, Axum, Cot, Loco, Rocket, Salvo};
        for (framework, base, below, expected) in [
            (Axum, "/a", "/b/:id", "/a/b/{id}"),
            (Axum, "/a", "/", "/a"),
            (Axum, "/", "/b", "/b"),
            (Axum, "/a/", "/*rest", "/a/{*rest}"),
            (Actix, "/a", "", "/a"),
            (Actix, "/a", "/", "/a/"),
            (Actix, "/a", "b/{id:\\d+}", "/a/b/{id}"),
            (Rocket, "/a", "/b/<id>", "/a/b/{id}"),
            (Rocket, "/a", "/", "/a"),
            (Salvo, "a", "b/<id>", "/a/b/{id}"),
            (Loco, "a", "/", "/a"),
            (Cot, "/a", "/", "/a/"),
            (Cot, "", "/{id}/x", "/{id}/x"),
        ] {
            let base = PathText::from_text(base);
            let whole = base.join(&PathText::from_text(below), framework);
            let patterns = whole.patterns(framework).unwrap().all;
            assert_eq!(patterns[0], expected, "{framework:?}");
        }
    }

    #[test]
    fn a_base_that_is_not_known_is_left_out_and_nothing_else() {
        let base = PathText::unknown("config.base");
        let whole = base.join(&PathText::from_text("/a"), Framework::Axum);
        let patterns = whole.patterns(Framework::Axum).unwrap();
        assert_eq!(patterns.all, ["/a"]);
        assert_eq!(patterns.base.as_deref(), Some("config.base"));
        let inner = PathText::from_text("/a/").with(&PathText::unknown("id"));
        assert!(inner.patterns(Framework::Axum).is_err());
        assert!(base.patterns(Framework::Axum).is_err());
    }
}
