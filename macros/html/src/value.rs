//! A value of which only parts are known: text, and holes where expressions stand.
//! The value of an attribute is one, and the value of a variable of a template.

/// A value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Value(Vec<Part>);

/// A part of a value: text without escapes, or an expression.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    /// Text.
    Text(String),
    /// An expression, as it is written.
    Hole(String),
}

impl Value {
    /// A text.
    pub(crate) fn text(text: &str) -> Self {
        Self(vec![Part::Text(text.to_owned())])
    }

    /// Appends a character.
    pub(crate) fn push(&mut self, c: char) {
        if let Some(Part::Text(text)) = self.0.last_mut() {
            text.push(c);
        } else {
            self.0.push(Part::Text(c.to_string()));
        }
    }

    /// Appends an expression.
    pub(crate) fn push_hole(&mut self, expression: &str) {
        self.0.push(Part::Hole(expression.to_owned()));
    }

    /// How many bytes the parts have.
    pub(crate) fn size(&self) -> usize {
        let sizes = self.0.iter().map(|part| match part {
            Part::Text(text) | Part::Hole(text) => text.len(),
        });
        sizes.sum()
    }

    /// The text, if there is no hole.
    pub(crate) fn literal(&self) -> Option<&str> {
        match self.0.as_slice() {
            [] => Some(""),
            [Part::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// The text with its whitespace collapsed, if there is no hole.
    pub(crate) fn collapsed(&self) -> Option<String> {
        let words = self.literal()?.split_ascii_whitespace();
        Some(words.collect::<Vec<_>>().join(" "))
    }

    /// The parts; two texts never stand side by side.
    pub(crate) fn parts(&self) -> &[Part] {
        &self.0
    }

    /// As a template would write it.
    pub(crate) fn written(&self) -> String {
        let written = self.0.iter().map(|part| match part {
            Part::Text(text) => text.clone(),
            Part::Hole(expression) => format!("{{{{ {expression} }}}}"),
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
