//! What comments in HTML say of single elements, in place of what the annotation says of all.

use coexist_html::Note;
use coexist_source::annotation::form::FormAttr;
use coexist_source::annotation::note::NoteAttr;
use coexist_source::errors::Errors;
use coexist_source::flag;
use coexist_source::lifespan::Lifespan;

use crate::build_release;
use crate::page::html_forms::{Shown, Stated};

/// Reads the comments before each element. `attr` is the annotation, whose releases hold where a
/// comment says nothing else. What a comment leaves undeclared is removed.
pub(super) fn read(shown: &mut Shown, attr: &FormAttr, errors: &mut Errors) {
    let forms = std::mem::take(&mut shown.forms);
    for form in forms {
        let mut stated = Stated::default();
        let mut is_left_out = false;
        for note in &form.notes {
            let mut own = Errors::default();
            is_left_out |= of_note(note, attr, &mut stated, &mut own);
            if let Err(error) = own.finish(Some(())) {
                report(note, &error, shown, &form, errors);
            }
        }
        if !is_left_out {
            shown.forms.push(form);
            shown.stated.push(stated);
        }
    }
}

/// Adds what a comment states of its element; returns whether it leaves the element undeclared.
fn of_note(note: &Note, attr: &FormAttr, stated: &mut Stated, errors: &mut Errors) -> bool {
    let NoteAttr {
        range,
        flag,
        is_left_out,
        keys,
    } = NoteAttr::parse(&note.text, errors);
    if flag.is_some() {
        stated.flag = flag::parse(flag.as_ref(), errors);
    }
    if range.since.is_none() && range.until.is_none() {
        return is_left_out;
    }
    stated.has_since |= range.since.is_some();
    let mut whole = attr.range.clone();
    whole.since = range.since.or(whole.since);
    whole.until = range.until.or(whole.until);
    stated.lifespan = Lifespan::new(&whole, &keys, build_release::known, errors);
    is_left_out
}

/// Reports what is wrong with a comment at the token that contains the element.
fn report(
    note: &Note,
    error: &syn::Error,
    shown: &Shown,
    form: &coexist_html::Form,
    errors: &mut Errors,
) {
    let place = shown.place(&note.place);
    for error in error.clone() {
        let message = format!("{place}: in the comment `coexist: {}`: {error}", note.text);
        errors.push(shown.span(form), message);
    }
}
