//! The file as TOML: its tables, and what stands in them with its place.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::Mistakes;
use crate::registry::check_name;
use crate::support::suggest::unknown;

/// Parses a file. `None` if it is not TOML, which is reported.
pub(super) fn parse<'t>(text: &'t str, mistakes: &mut Mistakes<'_>) -> Option<DeTable<'t>> {
    match DeTable::parse(text) {
        Ok(root) => Some(root.into_inner()),
        Err(error) => {
            let at = error.span().unwrap_or(0..0);
            let what = match (error.message(), text.get(at.clone())) {
                ("duplicate key", Some(key)) => {
                    format!("`{key}` is defined twice: keep one of the two")
                }
                (message, _) => format!("this is not TOML: {message}"),
            };
            mistakes.say(&at, what);
            None
        }
    }
}

/// A table of the file.
pub(super) struct Section<'d> {
    /// What it is called in messages, with ` in ` before it; empty: the file.
    place: String,
    table: &'d DeTable<'d>,
    /// Where it begins.
    pub(super) at: Range<usize>,
}

/// A text of the file.
pub(super) struct Text<'d> {
    pub(super) value: &'d str,
    pub(super) at: Range<usize>,
}

impl<'d> Section<'d> {
    /// The file as a whole.
    pub(super) fn root(table: &'d DeTable<'d>) -> Self {
        Self {
            place: String::new(),
            table,
            at: 0..0,
        }
    }

    /// The table `[name]`, if it is there.
    pub(super) fn section(&self, name: &str, mistakes: &mut Mistakes<'_>) -> Option<Self> {
        let value = self.table.get(name)?;
        let title = format!("[{name}]");
        let section = Self::from_value(value, &title);
        if section.is_none() {
            wrong(value, name, &format!("a table, {title}"), mistakes);
        }
        section
    }

    /// The tables `[[name]]`.
    pub(super) fn sections(&self, name: &str, mistakes: &mut Mistakes<'_>) -> Vec<Self> {
        let Some(value) = self.table.get(name) else {
            return Vec::new();
        };
        let title = format!("[[{name}]]");
        let each = value.get_ref().as_array().and_then(|array| {
            let sections = array.iter().map(|value| Self::from_value(value, &title));
            sections.collect()
        });
        each.unwrap_or_else(|| {
            wrong(value, name, &format!("a table for each, {title}"), mistakes);
            Vec::new()
        })
    }

    /// The tables `[own.name]` in this one, which is `[own]`, by name.
    pub(super) fn tables(&self, own: &str, mistakes: &mut Mistakes<'_>) -> Vec<(Text<'d>, Self)> {
        let mut tables = Vec::new();
        for (key, value) in self.entries() {
            if check(own, key.value, &key.at, mistakes).is_none() {
                continue;
            }
            let title = format!("[{own}.{}]", key.value);
            match Self::from_value(value, &title) {
                Some(table) => tables.push((key, table)),
                None => wrong(value, key.value, &format!("a table, {title}"), mistakes),
            }
        }
        tables
    }

    fn from_value(value: &'d Spanned<DeValue<'d>>, title: &str) -> Option<Self> {
        Some(Self {
            place: format!(" in {title}"),
            table: value.get_ref().as_table()?,
            at: value.span(),
        })
    }

    /// Reports unknown keys.
    pub(super) fn check_keys(&self, known: &[&str], mistakes: &mut Mistakes<'_>) {
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if known.contains(&name) {
                continue;
            }
            if mistakes.counts_only() {
                mistakes.say(&key.span(), "");
            } else {
                let what = format!("key `{name}`{}", self.place);
                mistakes.say(&key.span(), unknown(&what, name, known));
            }
        }
    }

    /// Every key and what stands behind it.
    pub(super) fn entries(&self) -> impl Iterator<Item = (Text<'d>, &'d Spanned<DeValue<'d>>)> {
        self.table.iter().map(|(key, value)| {
            let key = Text {
                value: key.get_ref(),
                at: key.span(),
            };
            (key, value)
        })
    }

    /// What stands behind a key.
    pub(super) fn value(&self, key: &str) -> Option<&'d Spanned<DeValue<'d>>> {
        self.table.get(key)
    }

    /// The text of a key, if the key is there. `expected` describes the value, for the
    /// error.
    pub(super) fn text(
        &self,
        key: &str,
        expected: &str,
        mistakes: &mut Mistakes<'_>,
    ) -> Option<Text<'d>> {
        text(self.value(key)?, key, expected, mistakes)
    }

    /// The texts of the list behind a key, if that is there.
    pub(super) fn texts(
        &self,
        key: &str,
        expected: &str,
        mistakes: &mut Mistakes<'_>,
    ) -> Option<Vec<Text<'d>>> {
        let value = self.value(key)?;
        let Some(list) = value.get_ref().as_array() else {
            wrong(value, key, expected, mistakes);
            return None;
        };
        let texts = list.iter();
        texts
            .map(|value| text(value, key, expected, mistakes))
            .collect()
    }

    /// The yes or no behind a key, if that is there.
    pub(super) fn boolean(&self, key: &str, mistakes: &mut Mistakes<'_>) -> Option<bool> {
        let value = self.value(key)?;
        let boolean = value.get_ref().as_bool();
        if boolean.is_none() {
            wrong(value, key, "true or false", mistakes);
        }
        boolean
    }
}

/// The text that a value is.
pub(super) fn text<'d>(
    value: &'d Spanned<DeValue<'d>>,
    key: &str,
    expected: &str,
    mistakes: &mut Mistakes<'_>,
) -> Option<Text<'d>> {
    let Some(text) = value.get_ref().as_str() else {
        wrong(value, key, expected, mistakes);
        return None;
    };
    // Only the reason of a waiver is prose.
    if key != "reason" {
        check(key, text, &value.span(), mistakes)?;
    }
    Some(Text {
        value: text,
        at: value.span(),
    })
}

/// Reports that a name has a character that no name has; `Some`: it has none.
pub(super) fn check(
    key: &str,
    name: &str,
    at: &Range<usize>,
    mistakes: &mut Mistakes<'_>,
) -> Option<()> {
    let checked = check_name("the name", name);
    mistakes.ok(at, checked.map_err(|error| format!("`{key}`: {error}")))
}

/// Reports that a value is of the wrong type.
pub(super) fn wrong(
    value: &Spanned<DeValue<'_>>,
    key: &str,
    expected: &str,
    mistakes: &mut Mistakes<'_>,
) {
    let is = match value.get_ref() {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date or a time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    };
    mistakes.say(
        &value.span(),
        format!("`{key}` is {is}: expected {expected}"),
    );
}
