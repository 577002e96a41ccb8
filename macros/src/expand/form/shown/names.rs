//! Names that distinguish the records of one item.

use std::collections::HashMap;

use coexist_html::{Element as Kind, Url};

use super::element::Element;
use crate::form::model::Form;

/// Gives each element's record the suffix of its name: none for the only `<form>`.
pub(super) fn assign(form: &Form, elements: &mut [Element<'_>]) {
    let forms = elements
        .iter()
        .filter(|element| element.sent.element == Kind::Form)
        .count();
    let count = elements.len();
    let mut shared: HashMap<String, usize> = HashMap::new();
    for name in elements
        .iter()
        .filter_map(|element| element.own_name.clone())
    {
        *shared.entry(name).or_default() += 1;
    }
    let mut given: HashMap<String, usize> = HashMap::new();
    // Adding or removing a link must not rename a form.
    let (links, others): (Vec<_>, Vec<_>) = elements
        .iter_mut()
        .partition(|element| element.sent.element == Kind::Link);
    for element in others.into_iter().chain(links) {
        let is_main = match &form.name {
            Some(_) => count == 1,
            None => forms == 1 && element.sent.element == Kind::Form,
        };
        if is_main {
            element.name.clone_from(&form.name);
            continue;
        }
        let name = match element.own_name.clone() {
            Some(name) if shared.get(&name) == Some(&1) => name,
            Some(name) => format!("{name} {}", request(element)),
            None => request(element),
        };
        let number = given.entry(name.clone()).or_default();
        *number += 1;
        element.name = Some(match number {
            1 => name,
            number => format!("{name} {number}"),
        });
    }
}

/// The method and the first address, as far as the HTML states them.
fn request(element: &Element<'_>) -> String {
    let address = match element.sent.urls.first() {
        Some(Url::Path(path) | Url::Based(path) | Url::Relative(path)) => path,
        Some(Url::Handler { path, .. }) => path.rsplit("::").next().unwrap_or_default(),
        Some(Url::Unknown(expression)) => expression,
        Some(Url::Page) | None => ".",
    };
    let request = format!("{} {address}", element.sent.method);
    request.trim().to_owned()
}
