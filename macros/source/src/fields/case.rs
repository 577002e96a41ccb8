//! `rename_all`, as serde applies it: fields are written in snake case, variants
//! in Pascal case, and every rule starts from that.

use crate::text::alternatives;

/// A rule of `#[serde(rename_all = "…")]`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

const RULES: [(&str, Case); 8] = [
    ("lowercase", Case::Lower),
    ("UPPERCASE", Case::Upper),
    ("PascalCase", Case::Pascal),
    ("camelCase", Case::Camel),
    ("snake_case", Case::Snake),
    ("SCREAMING_SNAKE_CASE", Case::ScreamingSnake),
    ("kebab-case", Case::Kebab),
    ("SCREAMING-KEBAB-CASE", Case::ScreamingKebab),
];

impl Case {
    /// The rule of that name.
    pub(super) fn parse(name: &str) -> Result<Self, String> {
        let found = RULES.iter().find(|(rule, _)| *rule == name);
        found.map(|(_, case)| *case).ok_or_else(|| {
            format!(
                "unknown rename rule `{name}`: expected {}",
                alternatives(&RULES.map(|(rule, _)| rule))
            )
        })
    }

    /// The name of a field under this rule.
    pub(super) fn rename_field(self, field: &str) -> String {
        match self {
            Self::Lower | Self::Snake => field.to_owned(),
            Self::Upper | Self::ScreamingSnake => field.to_ascii_uppercase(),
            Self::Pascal => field.split('_').map(capitalized).collect(),
            Self::Camel => uncapitalized(&Self::Pascal.rename_field(field)),
            Self::Kebab => field.replace('_', "-"),
            Self::ScreamingKebab => field.to_ascii_uppercase().replace('_', "-"),
        }
    }

    /// The name of a variant under this rule.
    pub(super) fn rename_variant(self, variant: &str) -> String {
        match self {
            Self::Pascal => variant.to_owned(),
            Self::Lower => variant.to_ascii_lowercase(),
            Self::Upper => variant.to_ascii_uppercase(),
            Self::Camel => uncapitalized(variant),
            Self::Snake | Self::ScreamingSnake | Self::Kebab | Self::ScreamingKebab => {
                self.rename_field(&snake(variant))
            }
        }
    }
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map(|c| c.to_ascii_uppercase())
        .into_iter()
        .chain(chars)
        .collect()
}

fn uncapitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map(|c| c.to_ascii_lowercase())
        .into_iter()
        .chain(chars)
        .collect()
}

fn snake(variant: &str) -> String {
    let mut snake = String::new();
    for (at, c) in variant.char_indices() {
        if at > 0 && c.is_uppercase() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::RULES;

    #[test]
    fn fields_follow_each_rule() {
        let renamed = RULES.map(|(_, case)| case.rename_field("file_name_2"));
        let expected = [
            "file_name_2",
            "FILE_NAME_2",
            "FileName2",
            "fileName2",
            "file_name_2",
            "FILE_NAME_2",
            "file-name-2",
            "FILE-NAME-2",
        ];
        assert_eq!(renamed, expected);
    }

    #[test]
    fn variants_follow_each_rule() {
        let renamed = RULES.map(|(_, case)| case.rename_variant("TabSeparated"));
        let expected = [
            "tabseparated",
            "TABSEPARATED",
            "TabSeparated",
            "tabSeparated",
            "tab_separated",
            "TAB_SEPARATED",
            "tab-separated",
            "TAB-SEPARATED",
        ];
        assert_eq!(renamed, expected);
    }
}
