//! Finds what a page sends: the requests of its [`forms`] and links, as browsers make
//! them, and those of [`htmx`].
//!
//! [`controls`] says what one control sends, [`fields`] merges that to the fields of a
//! request. Where elements begin and end, and which control is in which form, is not
//! decided here, but in [`crate::page`].

mod controls;
mod dates;
mod direction;
mod either;
mod fields;
mod forms;
mod htmx;
mod limits;
mod links;
mod number;
mod own;
mod pattern;
mod reader;
mod rocket;
mod sent_field;

use self::reader::PageReader;
use crate::form::{Form, Note};
use crate::page::text::Text;
use crate::page::walk::{Scripting, walk};
use crate::source::Source;

/// What a page can send, in the order of its elements.
///
/// Forms follow the [HTML standard's algorithm][forms], calls of htmx what the
/// [version of htmx][htmx] does that the source states. Whatever the source holds,
/// balanced or not, there is an answer, and it takes time in proportion to the size of
/// the source. Of a page that is too complex, the fields of its requests are not known,
/// or are sent only sometimes.
///
/// [forms]: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html
/// [htmx]: https://htmx.org/docs/#parameters
#[must_use]
pub fn read(source: &Source) -> Vec<Form> {
    read_counting_steps(source).0
}

/// What a page can send, as of [`read`], and how many steps it took to find out: for
/// benchmarks, and for tests that bound the time.
#[must_use]
pub fn read_counting_steps(source: &Source) -> (Vec<Form>, u64) {
    let text = Text::new(source);
    let page = walk(&text, Scripting::On);
    let reader = PageReader::new(&page, &text);
    let mut found = reader.forms();
    found.extend(reader.links());
    if page.has_noscript {
        let page = walk(&text, Scripting::Off);
        let reader = PageReader::new(&page, &text);
        let mut others = reader.forms();
        others.extend(reader.links());
        found = either::either(found, others);
    }
    found.sort_by_key(|(at, _)| *at);
    // What htmx sends as the browser would is one request.
    let is_new = |(at, call): &(usize, Form)| {
        let from = found.partition_point(|(known, _)| known < at);
        let mut same = found.iter().skip(from).take_while(|(known, _)| known == at);
        !same.any(|(_, form)| {
            is_same(form, call) && form.fields == call.fields && form.query == call.query
        })
    };
    let calls: Vec<(usize, Form)> = reader.calls().into_iter().filter(is_new).collect();
    found.extend(calls);
    found.sort_by_key(|(at, _)| *at);
    add_notes(&mut found, page.notes.iter().chain(&text.notes));
    (join(found), text.groups.steps.taken())
}

/// Gives each note to the next element that sends a request. Both are in order.
fn add_notes<'n>(found: &mut [(usize, Form)], notes: impl Iterator<Item = &'n (usize, Note)>) {
    for (at, note) in notes {
        let next = found.partition_point(|(element, _)| element < at);
        let Some((element, _)) = found.get(next) else {
            continue;
        };
        let element = *element;
        let same = found[next..].iter_mut();
        same.take_while(|(at, _)| *at == element)
            .for_each(|(_, form)| form.notes.push(note.clone()));
    }
}

/// Whether two requests are the same, whatever sends them, but for their fields.
fn is_same(one: &Form, other: &Form) -> bool {
    one.method == other.method && one.urls == other.urls && one.encoding == other.encoding
}

/// Makes one of the cases of an element that differ by their addresses alone.
fn join(found: Vec<(usize, Form)>) -> Vec<Form> {
    let mut joined: Vec<(usize, Form)> = Vec::new();
    for (at, form) in found {
        let is_same = |(known_at, known): &&mut (usize, Form)| {
            *known_at == at && differ_by_urls_alone(&form, known)
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

/// Whether two requests are the same but for their addresses.
fn differ_by_urls_alone(one: &Form, other: &Form) -> bool {
    let Form {
        element,
        names,
        method,
        urls: _,
        encoding,
        fields,
        query,
        place,
        tag,
        notes,
    } = one;
    *element == other.element
        && *names == other.names
        && *method == other.method
        && *encoding == other.encoding
        && *fields == other.fields
        && *query == other.query
        && *place == other.place
        && *tag == other.tag
        && *notes == other.notes
}
