//! The value of an attribute in one case of the branches in and around it: text
//! and holes.

/// A value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Value(Vec<Bit>);

/// A part of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Bit {
    /// Text.
    Text(String),
    /// An expression, as it is written.
    Hole(String),
}

impl Value {
    /// Appends a character.
    pub(crate) fn push(&mut self, c: char) {
        if let Some(Bit::Text(text)) = self.0.last_mut() {
            text.push(c);
        } else {
            self.0.push(Bit::Text(c.to_string()));
        }
    }

    /// Appends an expression.
    pub(crate) fn push_hole(&mut self, expression: &str) {
        self.0.push(Bit::Hole(expression.to_owned()));
    }

    /// The text, if there is no hole.
    pub(crate) fn literal(&self) -> Option<&str> {
        match self.0.as_slice() {
            [] => Some(""),
            [Bit::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// The text with its whitespace collapsed, if there is no hole.
    pub(crate) fn collapsed(&self) -> Option<String> {
        let words = self.literal()?.split_ascii_whitespace();
        Some(words.collect::<Vec<_>>().join(" "))
    }

    /// The parts; two texts never stand side by side.
    pub(crate) fn bits(&self) -> &[Bit] {
        &self.0
    }

    /// As a template would write it.
    pub(crate) fn written(&self) -> String {
        let written = self.0.iter().map(|bit| match bit {
            Bit::Text(text) => text.clone(),
            Bit::Hole(expression) => format!("{{{{ {expression} }}}}"),
        });
        written.collect()
    }
}

#[cfg(test)]
impl From<&str> for Value {
    /// Reads `{{ … }}` as holes.
    fn from(written: &str) -> Self {
        let mut value = Self::default();
        let mut rest = written;
        while let Some((text, after)) = rest.split_once("{{ ") {
            let (expression, after) = after.split_once(" }}").unwrap();
            text.chars().for_each(|c| value.push(c));
            value.push_hole(expression);
            rest = after;
        }
        rest.chars().for_each(|c| value.push(c));
        value
    }
}
