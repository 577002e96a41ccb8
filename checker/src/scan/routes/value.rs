//! What an expression of an app's code is, as far as it matters to its routes.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::path::PathText;

/// A value.
#[derive(Clone, Default)]
pub(super) enum Value<'a> {
    /// Nothing that matters, or nothing that is known.
    #[default]
    Unknown,
    /// A text.
    Text(PathText),
    /// A router, or a part of one.
    Router(Shared<'a>),
    /// What serves some methods of a path: `get(f).post(g)`.
    Methods(Vec<Served<'a>>),
    /// A function.
    Function(usize),
    /// A function that takes only some requests, or is wrapped into another one.
    Handler(Handler<'a>),
    /// A closure, with the values that it sees.
    Closure(Rc<Closure<'a>>),
    /// A list.
    List(Rc<RefCell<Vec<Value<'a>>>>),
    /// A tuple.
    Tuple(Vec<Value<'a>>),
}

/// A closure.
pub(super) struct Closure<'a> {
    pub(super) expr: &'a syn::ExprClosure,
    /// The function that it stands in.
    pub(super) function: Option<usize>,
    /// The scope in which its names are looked up.
    pub(super) scope: String,
    /// Where it is written: the position of the file.
    pub(super) file: usize,
    /// The variables around it.
    pub(super) variables: Vec<(String, Value<'a>)>,
}

/// What serves a route.
#[derive(Clone)]
pub(crate) enum Handler<'a> {
    /// A function of the program.
    Function(usize),
    /// A closure in this function.
    Closure {
        expr: &'a syn::ExprClosure,
        function: Option<usize>,
        scope: String,
        file: usize,
    },
    /// What serves files.
    Files,
    /// Something else: what it is.
    Other(String),
}

/// A method and what serves it; without a method, every one.
#[derive(Clone)]
pub(super) struct Served<'a> {
    pub(super) method: Option<String>,
    /// `None`: not yet said, as in `web::get()`.
    pub(super) handler: Option<Handler<'a>>,
    pub(super) is_guarded: bool,
}

impl<'a> Served<'a> {
    /// What no guard stands before.
    pub(super) fn new(method: Option<String>, handler: Option<Handler<'a>>) -> Self {
        Self {
            method,
            handler,
            is_guarded: false,
        }
    }
}

/// The framework whose router takes a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framework {
    Axum,
    Actix,
    Rocket,
    Poem,
    Salvo,
    Cot,
    Loco,
}

/// A route.
#[derive(Clone)]
pub(crate) struct Route<'a> {
    /// The path, from the outermost prefix on that is known.
    pub(crate) path: PathText,
    /// The method; `None`: every one.
    pub(crate) method: Option<String>,
    /// What serves it.
    pub(crate) handler: Handler<'a>,
    /// The framework.
    pub(crate) framework: Framework,
    /// A guard or a rank decides whether it takes a request.
    pub(crate) is_guarded: bool,
    /// The path is a part of a match with the method.
    pub(crate) is_method_first: bool,
    /// Where it is registered: the position of the file, and the line.
    pub(crate) place: (usize, usize),
    /// The name under which pages may ask for its path.
    pub(crate) name: Option<String>,
}

/// A router, or a part of one. All copies of a value are the same router.
pub(super) type Shared<'a> = Rc<Router<'a>>;

/// A router.
pub(super) struct Router<'a> {
    pub(super) framework: Framework,
    /// What stands before the paths of its routes: of a scope, or a resource. A resource may have
    /// several.
    pub(super) bases: RefCell<Vec<PathText>>,
    pub(super) routes: RefCell<Vec<Route<'a>>>,
    pub(super) is_guarded: Cell<bool>,
    /// Another router has taken its routes.
    pub(super) is_taken: Cell<bool>,
}

impl<'a> Router<'a> {
    pub(super) fn new(framework: Framework) -> Shared<'a> {
        Self::below(framework, vec![PathText::default()])
    }

    pub(super) fn below(framework: Framework, bases: Vec<PathText>) -> Shared<'a> {
        Rc::new(Self {
            framework,
            bases: RefCell::new(bases),
            routes: RefCell::default(),
            is_guarded: Cell::default(),
            is_taken: Cell::default(),
        })
    }

    /// Its routes, each with what stands before it.
    pub(super) fn whole(&self) -> Vec<Route<'a>> {
        let bases = self.bases.borrow();
        let routes = self.routes.borrow();
        let all = bases.iter().flat_map(|base| {
            routes.iter().map(|route| Route {
                path: base.join(&route.path, self.framework),
                is_guarded: route.is_guarded || self.is_guarded.get(),
                ..route.clone()
            })
        });
        all.collect()
    }

    /// Takes the routes of another router, below a path.
    pub(super) fn take(&self, other: &Router<'a>, below: &PathText) {
        other.is_taken.set(true);
        let taken: Vec<Route<'a>> = other
            .whole()
            .into_iter()
            .map(|route| Route {
                path: below.join(&route.path, self.framework),
                ..route
            })
            .collect();
        self.routes.borrow_mut().extend(taken);
    }

    /// A router of its own with the same routes.
    pub(super) fn copy(&self) -> Shared<'a> {
        let copy = Self::below(self.framework, self.bases.borrow().clone());
        copy.routes.borrow_mut().clone_from(&self.routes.borrow());
        copy.is_guarded.set(self.is_guarded.get());
        copy
    }
}

impl<'a> Value<'a> {
    pub(super) fn text(text: &str) -> Self {
        Self::Text(PathText::from_text(text))
    }

    pub(super) fn list(values: Vec<Self>) -> Self {
        Self::List(Rc::new(RefCell::new(values)))
    }

    /// The text, if it is one.
    pub(super) fn as_text(&self) -> Option<PathText> {
        match self {
            Self::Text(text) => Some(text.clone()),
            _ => None,
        }
    }

    /// Whether nothing is known of it.
    pub(super) fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }

    /// Whether a function that gets it may return other routes than without it.
    pub(super) fn matters(&self) -> bool {
        match self {
            Self::Unknown => false,
            Self::Tuple(values) => values.iter().any(Self::matters),
            _ => true,
        }
    }

    /// The routers in it.
    pub(super) fn routers(&self) -> Vec<Shared<'a>> {
        match self {
            Self::Router(router) => vec![Rc::clone(router)],
            Self::Tuple(values) => values.iter().flat_map(Self::routers).collect(),
            Self::List(values) => values.borrow().iter().flat_map(Self::routers).collect(),
            _ => Vec::new(),
        }
    }

    /// The same with routers of its own.
    pub(super) fn copy(&self, made: &mut Vec<Shared<'a>>) -> Self {
        match self {
            Self::Router(router) => {
                let copy = router.copy();
                made.push(Rc::clone(&copy));
                Self::Router(copy)
            }
            Self::Tuple(values) => {
                Self::Tuple(values.iter().map(|value| value.copy(made)).collect())
            }
            Self::List(values) => {
                let copies = values
                    .borrow()
                    .iter()
                    .map(|value| value.copy(made))
                    .collect();
                Self::list(copies)
            }
            other => other.clone(),
        }
    }
}
