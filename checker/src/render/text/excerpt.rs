//! An excerpt of the source of an item, if the source is there and still has the item.

use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use crate::render::Sources;
use crate::render::places::Place;
use crate::support::text::{WIDTH, item_name};

/// How far an item may have moved, in lines: the sources may have another version than the
/// build.
const MOVED: usize = 4;

/// How far above the item its annotation may begin, in lines.
const ABOVE: usize = 12;

/// The indentation of an excerpt, in columns.
const INDENT: usize = 4;

/// The excerpt of a place; `None`: the item is not there.
pub(super) fn excerpt(place: &Place<'_>, sources: &Sources) -> Option<String> {
    // What is in a template is not shown by the item that renders it.
    let source = place.source.filter(|source| source.template.is_none())?;
    let text = sources.read(&source.file)?;
    let lines = lines(&text);
    let name = item_name(place.id?);
    let at = usize::try_from(source.line).ok()?.checked_sub(1)?;
    let is_near = |line: usize| line < lines.len();
    // The nearest one first.
    let candidates = (0..=MOVED).flat_map(|off| [at.checked_sub(off), at.checked_add(off)]);
    let (item, span) = candidates
        .flatten()
        .filter(|line| is_near(*line))
        .find_map(|line| {
            let span = declared(&text, lines[line].clone(), name)?;
            Some((line, span))
        })?;
    let first = annotation(&text, &lines, item);
    let shown = lines[first].start..lines[item].end;
    let within = |range: &Range<usize>| range.start - shown.start..range.end - shown.start;
    let mut snippet: Snippet<'_, Annotation<'_>> = Snippet::source(&text[shown.clone()])
        .line_start(first + 1)
        .annotation(AnnotationKind::Primary.span(within(&span)));
    if first < item {
        snippet = snippet.annotation(AnnotationKind::Visible.span(within(&lines[first])));
    }
    let group = Group::with_level(Level::NOTE).element(snippet);
    let renderer = Renderer::styled().term_width(WIDTH - INDENT);
    let mut excerpt = String::new();
    for line in renderer.render(&[group]).lines() {
        let _infallible = writeln!(excerpt, "{:INDENT$}{line}", "");
    }
    excerpt.push('\n');
    Some(excerpt)
}

/// The byte range of each line, without its line break.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        let begin = start;
        start += line.len();
        begin..begin + line.trim_end_matches(['\n', '\r']).len()
    });
    lines.collect()
}

/// The byte range of the name, if the line declares an item of that name.
fn declared(text: &str, line: Range<usize>, name: &str) -> Option<Range<usize>> {
    const KEYWORDS: [&str; 7] = ["fn", "struct", "enum", "const", "static", "type", "union"];
    if name.is_empty() {
        return None;
    }
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let code = &text[line.clone()];
    code.match_indices(name).find_map(|(at, _)| {
        let before = &code[..at];
        let before = before.strip_suffix("r#").unwrap_or(before);
        let is_whole = !code[at + name.len()..].starts_with(is_part);
        let keyword = before.trim_end().rsplit(|c| !is_part(c)).next()?;
        let is_declared = before.ends_with(char::is_whitespace) && KEYWORDS.contains(&keyword);
        (is_whole && is_declared).then(|| line.start + at..line.start + at + name.len())
    })
}

/// The line at which the item's annotation begins, if it is right above the item, otherwise
/// the item's own line.
fn annotation(text: &str, lines: &[Range<usize>], item: usize) -> usize {
    let above = (item.saturating_sub(ABOVE)..item).rev();
    let above = above.take_while(|line| !text[lines[*line].clone()].trim().is_empty());
    let begins = |line: &usize| {
        let code = text[lines[*line].clone()].trim_start();
        let is_ours = ["handler(", "form("].iter().any(|name| code.contains(name));
        code.starts_with("#[") && is_ours
    };
    above.filter(begins).last().unwrap_or(item)
}
