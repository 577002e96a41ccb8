//! Text for people: enumerations, numbers of things, the short names of items, and lines
//! that fit a terminal.

use textwrap::WordSplitter;

/// How many columns a line takes at most, if its words allow it.
pub(crate) const WIDTH: usize = 80;

/// How many are named; of more, the others are counted.
const NAMED: usize = 4;

/// All of them: `a, b and c`. The first one matters most, and comes last, where it is
/// heard; of many, it comes first.
pub(crate) fn enumerate(names: &[String], word: &str) -> String {
    match names {
        [] => String::new(),
        [name] => name.clone(),
        [first, second, others @ ..] if names.len() > NAMED => {
            format!("{first}, {second} {word} {} more", others.len())
        }
        [first, others @ ..] => {
            let others: Vec<&str> = others.iter().rev().map(|name| &**name).collect();
            format!("{} {word} {first}", others.join(", "))
        }
    }
}

/// A number of things whose name has a plural in `s`: `1 page`, `2 pages`.
pub(crate) fn plural(count: usize, thing: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {thing}{ending}")
}

/// The name of an item as its declaration has it: the last segment of its path, without
/// `r#`, and without the name that tells several forms of one item apart, `#NAME`.
pub(crate) fn item_name(id: &str) -> &str {
    let segment = id.rsplit("::").next().unwrap_or(id);
    let segment = segment.strip_prefix("r#").unwrap_or(segment);
    segment.split('#').next().unwrap_or(segment)
}

/// The lines of a text, each at most [`WIDTH`] columns wide, with `first` before the first
/// line and `other` before the others. Words such as `handler-removed` and `1.0.0-rc.1`
/// are not broken.
pub(crate) fn wrap(text: &str, first: &str, other: &str) -> Vec<String> {
    let options = textwrap::Options::new(WIDTH)
        .initial_indent(first)
        .subsequent_indent(other)
        .break_words(false)
        .word_splitter(WordSplitter::NoHyphenation);
    let lines = textwrap::wrap(text, options).into_iter();
    lines.map(|line| line.trim_end().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::{enumerate, item_name};

    #[test]
    fn the_name_of_an_item_is_that_of_its_declaration() {
        for (id, name) in [
            ("app::pages::form", "form"),
            ("app::pages::r#match", "match"),
            ("app::pages::form#second", "form"),
            ("app::pages::r#match#second", "match"),
            ("form", "form"),
        ] {
            assert_eq!(item_name(id), name, "{id}");
        }
    }

    #[test]
    fn many_names_are_counted() {
        let said = |names: &str| {
            let names: Vec<String> = names.split_whitespace().map(str::to_owned).collect();
            enumerate(&names, "or")
        };
        assert_eq!(said(""), "");
        assert_eq!(said("d"), "d");
        assert_eq!(said("d c"), "c or d");
        assert_eq!(said("d c b a"), "a, b, c or d");
        assert_eq!(said("e d c b a"), "e, d or 3 more");
    }
}
