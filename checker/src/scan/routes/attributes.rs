//! Routes that attributes state above functions.

use std::rc::Rc;

use coexist_source::frameworks::{self, in_scope};
use syn::Attribute;

use super::path::PathText;
use super::value::{Handler, Route, Router};
use crate::scan::program::conditions::effective;
use crate::scan::program::index::{Function, Index};

/// Adds the routes that the attributes of a function state; returns whether there are any.
pub(super) fn add<'a>(index: &Index<'a>, router: &Rc<Router<'a>>, position: usize) -> bool {
    let function = &index.functions[position];
    let stated = stated(index, function);
    let line = function.sig.ident.span().start().line;
    let is_method_first = stated.routing().is_some();
    let routes = stated.routes.into_iter().map(|route| Route {
        path: PathText::from_text(path_alone(&route.path)),
        method: Some(route.method),
        handler: Handler::Function(position),
        framework: router.framework,
        is_guarded: route.is_partial,
        is_method_first,
        place: (function.file, line),
        name: None,
    });
    let before = router.routes.borrow().len();
    router.routes.borrow_mut().extend(routes);
    router.routes.borrow().len() > before
}

/// What the attributes of a function state, with those of the block and the module around it.
pub(crate) fn stated(index: &Index<'_>, function: &Function<'_>) -> frameworks::Stated {
    let krate = index.files[function.file].krate;
    let own = effective(function.attrs, &index.crates[krate].features);
    let own = own.into_iter().map(|attr| match &function.prefix {
        Some(prefix) => in_scope(&attr, prefix),
        None => attr,
    });
    let around = function.owner.iter().flat_map(|owner| owner.attrs).cloned();
    let attrs: Vec<Attribute> = own.chain(around).collect();
    frameworks::read(&attrs)
}

/// The path of Rocket's `/x?<page>`.
fn path_alone(path: &str) -> &str {
    path.split_once('?').map_or(path, |(path, _)| path)
}
