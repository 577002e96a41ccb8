//! Text for people: enumerations, numbers of things, the short names of items, and lines
//! that fit a terminal.

use textwrap::WordSplitter;

/// How many columns a line takes at most, if its words allow it.
pub(crate) const WIDTH: usize = 80;

/// How many releases are named; of more, the others are counted.
const NAMED: usize = 4;

/// All names in their order: `a, b and c`, with `word` before the last one.
pub(crate) fn enumerate<T: AsRef<str>>(names: &[T], word: &str) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match &names[..] {
        [] => String::new(),
        [name] => (*name).to_owned(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

/// The names of releases, which are given newest first: `1.0.0, 1.1.0 and 1.2.0`. The
/// newest one comes last; of many, it comes first, and the older ones are counted.
pub(crate) fn enumerate_releases(newest_first: &[String], word: &str) -> String {
    match newest_first {
        [first, second, others @ ..] if newest_first.len() > NAMED => {
            format!("{first}, {second} {word} {} more", others.len())
        }
        _ => {
            let oldest_first: Vec<&String> = newest_first.iter().rev().collect();
            enumerate(&oldest_first, word)
        }
    }
}

/// A number of things whose name has a plural in `s`: `1 page`, `2 pages`.
pub(crate) fn plural(count: usize, thing: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {thing}{ending}")
}

/// The lines of another program's message, joined to one.
pub(crate) fn one_line(message: &str) -> String {
    let lines = message.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

/// The last segment of the path of an item: `b` of `a::b`, `b#2` of `a::b#2`.
pub(crate) fn last_segment(id: &str) -> &str {
    id.rsplit("::").next().unwrap_or(id)
}

/// The name of an item as its declaration has it: the last segment of its path, without
/// `r#`, and without the name that tells several forms of one item apart, `#NAME`.
pub(crate) fn item_name(id: &str) -> &str {
    let segment = last_segment(id);
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
    use super::{enumerate, enumerate_releases, item_name, one_line};

    #[test]
    fn the_lines_of_a_message_are_joined() {
        assert_eq!(
            one_line("error: x\r\n\nCaused by:\n  y  z\n"),
            "error: x Caused by: y  z"
        );
        assert_eq!(one_line("\n"), "");
    }

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

    fn split(names: &str) -> Vec<String> {
        names.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn all_names_are_enumerated_in_their_order() {
        let said = |names: &str| enumerate(&split(names), "and");
        assert_eq!(said(""), "");
        assert_eq!(said("a"), "a");
        assert_eq!(said("a b"), "a and b");
        assert_eq!(said("a b c d e"), "a, b, c, d and e");
    }

    #[test]
    fn many_names_are_counted() {
        let said = |names: &str| enumerate_releases(&split(names), "or");
        assert_eq!(said(""), "");
        assert_eq!(said("d"), "d");
        assert_eq!(said("d c"), "c or d");
        assert_eq!(said("d c b a"), "a, b, c or d");
        assert_eq!(said("e d c b a"), "e, d or 3 more");
    }
}
