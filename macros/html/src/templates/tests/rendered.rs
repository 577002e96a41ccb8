//! Compares what is read out of a template with what a browser sees of the rendered page.

use super::Read;
use crate::testing::{shown, spaced};
use crate::{Element, Field, Form, Source, Url};

/// Asserts that each form of a rendered page is one of those that were read.
pub(super) fn assert_shows(known: &[Form], page: &str, context: &str) {
    let sent = crate::read(&Source::from_html(page, "rendered"));
    for form in &sent {
        assert!(
            known.iter().any(|known| is_shown(known, form)),
            "{context}\n{page}\nsends {form:#?}\nknown: {known:#?}"
        );
    }
}

/// Asserts that the pieces are the page, in which each value is `‹its name›`, and nothing is
/// chosen.
pub(super) fn assert_same_pieces(read: &Read, page: &str) {
    let pieces = shown(&read.source).replace("«html»", "<i>");
    let pieces = pieces.replace('«', "‹").replace('»', "›");
    let page = spaced(page).replace("&#x2f;", "/").replace("&#x2F;", "/");
    let page = page.replace("&#x27;", "&#39;").replace("&#x3D;", "=");
    assert_eq!(pieces, page);
    assert!(read.gaps.is_empty(), "{:?}", read.gaps);
}

/// How many forms and links a rendered page has.
pub(super) fn count(page: &str) -> usize {
    crate::read(&Source::from_html(page, "rendered")).len()
}

fn is_shown(known: &Form, sent: &Form) -> bool {
    let is_method = known.method.is_empty() || known.method == sent.method;
    let is_url = sent.urls.iter().all(|url| {
        let mut known = known.urls.iter();
        known.any(|known| is_same(known, url))
    });
    known.element == sent.element && is_method && is_url && has_fields(known, sent)
}

fn has_fields(known: &Form, sent: &Form) -> bool {
    let (Some(known_fields), Some(fields)) = (&known.fields, &sent.fields) else {
        return true;
    };
    let has = |fields: &[Field], name: &str| fields.iter().any(|field| field.name == name);
    let all_known = fields.iter().all(|field| has(known_fields, &field.name));
    let mut always = known_fields.iter().filter(|field| field.always);
    // The query of a link whose address is an expression is not known.
    sent.element == Element::Link || all_known && always.all(|field| has(fields, &field.name))
}

fn is_same(known: &Url, sent: &Url) -> bool {
    match (known, sent) {
        (Url::Unknown(_) | Url::Handler { .. }, _) => true,
        (Url::Based(known), Url::Path(sent) | Url::Relative(sent)) => {
            let known = known.split('/').count();
            sent.split('/').count() + 1 >= known
        }
        (Url::Path(known), Url::Path(sent)) | (Url::Relative(known), Url::Relative(sent)) => {
            fits(known, sent)
        }
        (known, sent) => known == sent,
    }
}

/// Whether a path fits a pattern, in which a hole is anything.
fn fits(pattern: &str, path: &str) -> bool {
    let mut rest = path;
    let mut texts = Vec::new();
    let mut pattern = pattern;
    while let Some((text, behind)) = pattern.split_once('{') {
        texts.push(text);
        pattern = behind.split_once('}').map_or("", |(_, behind)| behind);
    }
    let [first, middle @ ..] = texts.as_slice() else {
        return pattern == path;
    };
    let Some(behind) = rest.strip_prefix(first) else {
        return false;
    };
    rest = behind;
    for text in middle {
        match rest.split_once(text) {
            Some((_, behind)) => rest = behind,
            None => return false,
        }
    }
    rest.ends_with(pattern)
}
