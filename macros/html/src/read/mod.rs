//! Finds in a page what can send a request back. A stage is a file: the pieces as
//! one [`text`], its [`tokens`], the [`cases`] of a tag, the [`walk`] that gathers
//! what belongs together, and what each of these sends.

mod cases;
mod conditions;
mod control;
mod element;
mod fields;
mod forms;
mod htmx;
mod number;
mod options;
mod page;
mod stack;
#[cfg(test)]
mod tests;
mod text;
mod tokens;
mod vals;
pub(crate) mod value;
mod walk;

use self::page::Page;
use self::text::Text;
use crate::address::Base;
use crate::{Form, Source};

/// What a page can send, in the order of its elements.
///
/// Forms follow the [HTML standard's algorithm][forms], calls of htmx the
/// [documentation of htmx][htmx], versions 1 and 2. Whatever the source holds,
/// balanced or not, there is an answer.
///
/// [forms]: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html
/// [htmx]: https://htmx.org/docs/#parameters
#[must_use]
pub fn read(source: &Source) -> Vec<Form> {
    let text = Text::new(source);
    let page = walk::walk(&text);
    let reading = Reading {
        base: base(&page),
        page: &page,
        text: &text,
    };
    let mut found = reading.forms();
    found.extend(reading.links());
    found.extend(reading.calls());
    found.sort_by_key(|(at, _)| *at);
    join(found)
}

/// A page that is being read.
struct Reading<'p> {
    text: &'p Text,
    page: &'p Page,
    base: Base,
}

/// What addresses of the page are relative to.
fn base(page: &Page) -> Base {
    match page.base.as_slice() {
        [] => Base::Page,
        [element] if element.conditions.is_empty() => {
            element.get("href").map_or(Base::Page, Base::new)
        }
        _ => Base::Unknown,
    }
}

/// Makes one of the cases of an element that differ by their addresses alone.
fn join(found: Vec<(usize, Form)>) -> Vec<Form> {
    let mut joined: Vec<(usize, Form)> = Vec::new();
    for (at, form) in found {
        let is_same = |(known_at, known): &&mut (usize, Form)| {
            let urls = form.urls.clone();
            *known_at == at
                && form
                    == Form {
                        urls,
                        ..known.clone()
                    }
        };
        // Only the cases of one tag are compared, which are few.
        let mut same = joined
            .iter_mut()
            .rev()
            .take_while(|(known, _)| *known == at);
        match same.find(is_same) {
            Some((_, known)) => {
                let urls = form.urls.into_iter();
                for url in urls {
                    if !known.urls.contains(&url) {
                        known.urls.push(url);
                    }
                }
            }
            None => joined.push((at, form)),
        }
    }
    joined.into_iter().map(|(_, form)| form).collect()
}
