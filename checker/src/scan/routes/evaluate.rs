//! Follows the code of an app as far as its routes are made there: variables, branches, calls of
//! the app's own functions, closures. Nothing is run; both arms of a condition are taken.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use syn::{Block, Expr, FnArg, Lit, Pat, Stmt};

use super::path::PathText;
use super::value::{Closure, Framework, Handler, Router, Shared, Value};
use crate::scan::program::conditions::is_there;
use crate::scan::program::index::{Index, Meaning, last_name};
use crate::scan::program::variants::{Variants, text_of};
use coexist_source::registration::names;

/// How deep calls are followed.
const MAX_CALLS: usize = 48;

/// How many expressions are looked at, in all.
const MAX_STEPS: usize = 4_000_000;

/// What follows the code.
pub(super) struct Evaluator<'a, 'i> {
    pub(super) index: &'i Index<'a>,
    /// The texts of enums' variants.
    variants: &'i Variants,
    /// The framework of an app's crate, where a name may be one of several.
    pub(super) frameworks: &'i HashMap<usize, Framework>,
    /// The functions that make routes, or get a router.
    pub(super) relevant: HashSet<usize>,
    /// What functions return to whoever calls them without anything that matters.
    known: RefCell<HashMap<usize, Known<'a>>>,
    /// The routers that have been made.
    pub(super) made: RefCell<Vec<Shared<'a>>>,
    /// The functions that are being followed.
    calls: RefCell<Vec<usize>>,
    /// The functions that have been followed.
    pub(super) followed: RefCell<HashSet<usize>>,
    /// What is registered and not known: its place, and why.
    pub(super) lost: RefCell<Vec<((usize, usize), String)>>,
    steps: Cell<usize>,
}

/// What a function returns.
struct Known<'a> {
    /// A copy.
    value: Value<'a>,
    /// The routers that it returned when it was followed.
    first: Vec<Shared<'a>>,
}

/// What is known where an expression stands.
pub(super) struct Context<'a> {
    /// The function; `None`: a const or a static.
    pub(super) function: Option<usize>,
    /// The scope in which names are looked up.
    pub(super) scope: String,
    /// The file, by its position.
    pub(super) file: usize,
    pub(super) variables: Vec<(String, Value<'a>)>,
    /// What `Self` is, in a trait's own function: a type, by its position.
    pub(super) self_type: Option<usize>,
    /// What `return` returns.
    returned: Vec<Value<'a>>,
}

impl<'a> Context<'a> {
    fn variable(&self, name: &str) -> Option<Value<'a>> {
        let known = self.variables.iter().rev();
        let mut known = known.filter(|(known, _)| known == name);
        known.next().map(|(_, value)| value.clone())
    }

    fn set(&mut self, name: &str, value: Value<'a>) {
        let known = self.variables.iter_mut().rev();
        let mut known = known.filter(|(known, _)| known == name);
        match known.next() {
            Some((_, known)) => *known = value,
            None => self.variables.push((name.to_owned(), value)),
        }
    }
}

impl<'a, 'i> Evaluator<'a, 'i> {
    pub(super) fn new(
        index: &'i Index<'a>,
        variants: &'i Variants,
        frameworks: &'i HashMap<usize, Framework>,
        relevant: HashSet<usize>,
    ) -> Self {
        Self {
            index,
            variants,
            frameworks,
            relevant,
            known: RefCell::default(),
            made: RefCell::default(),
            calls: RefCell::default(),
            followed: RefCell::default(),
            lost: RefCell::default(),
            steps: Cell::default(),
        }
    }

    /// Whether the code was too much to be followed to its end.
    pub(super) fn is_exhausted(&self) -> bool {
        self.steps.get() >= MAX_STEPS
    }

    /// A new router, which is served unless another one takes its routes.
    pub(super) fn make(&self, router: Shared<'a>) -> Value<'a> {
        self.made.borrow_mut().push(Rc::clone(&router));
        Value::Router(router)
    }

    /// The framework of the crate that code stands in.
    pub(super) fn framework_of(&self, context: &Context<'a>) -> Option<Framework> {
        let krate = self.index.files.get(context.file)?.krate;
        self.frameworks.get(&krate).copied()
    }

    /// Follows a function that nobody is known to call.
    pub(super) fn follow(&self, function: usize) {
        let arguments = self.routers_of(function);
        self.call(function, &arguments);
    }

    /// The arguments of a function that gets a router: a new one.
    fn routers_of(&self, function: usize) -> Vec<Value<'a>> {
        let function = &self.index.functions[function];
        let arguments = function.sig.inputs.iter().map(|argument| {
            let FnArg::Typed(argument) = argument else {
                return Value::Unknown;
            };
            let framework = match last_name(&argument.ty).as_deref() {
                Some("ServiceConfig") => Framework::Actix,
                _ => return Value::Unknown,
            };
            self.make(Router::new(framework))
        });
        arguments.collect()
    }

    /// What a function returns for these arguments.
    pub(super) fn call(&self, position: usize, arguments: &[Value<'a>]) -> Value<'a> {
        self.call_of(position, arguments, None)
    }

    /// The same of a function of a trait, for this type.
    pub(super) fn call_of(
        &self,
        position: usize,
        arguments: &[Value<'a>],
        self_type: Option<usize>,
    ) -> Value<'a> {
        let function = &self.index.functions[position];
        let Some(body) = function.body else {
            return Value::Unknown;
        };
        let is_open = self.calls.borrow().contains(&position);
        if is_open || self.calls.borrow().len() >= MAX_CALLS || self.is_exhausted() {
            return Value::Unknown;
        }
        let is_plain = self_type.is_none() && !arguments.iter().any(Value::matters);
        if is_plain && let Some(known) = self.known.borrow().get(&position) {
            // Whoever calls it makes something of its routers.
            for first in &known.first {
                first.is_taken.set(true);
            }
            return known.value.copy(&mut self.made.borrow_mut());
        }
        self.followed.borrow_mut().insert(position);
        let mut context = Context {
            function: Some(position),
            scope: function.scope.clone(),
            file: function.file,
            variables: Vec::new(),
            self_type,
            returned: Vec::new(),
        };
        let inputs = function.sig.inputs.iter();
        // A method's own value is an argument of calls by its path alone.
        let has_receiver = function.sig.receiver().is_some();
        let skipped = usize::from(has_receiver && arguments.len() < function.sig.inputs.len());
        for (input, value) in inputs.skip(skipped).zip(arguments) {
            match input {
                FnArg::Typed(input) => bind(&input.pat, value, &mut context),
                FnArg::Receiver(_) => context.set("self", value.clone()),
            }
        }
        self.calls.borrow_mut().push(position);
        let tail = self.block(body, &mut context);
        self.calls.borrow_mut().pop();
        let mut all = std::mem::take(&mut context.returned);
        all.push(tail);
        let value = self.join(all);
        if is_plain {
            let known = Known {
                value: value.copy(&mut Vec::new()),
                first: value.routers(),
            };
            self.known.borrow_mut().insert(position, known);
        }
        value
    }

    /// What a closure returns for these arguments.
    pub(super) fn call_closure(&self, closure: &Closure<'a>, arguments: &[Value<'a>]) -> Value<'a> {
        if self.calls.borrow().len() >= MAX_CALLS {
            return Value::Unknown;
        }
        let mut context = Context {
            function: closure.function,
            scope: closure.scope.clone(),
            file: closure.file,
            variables: closure.variables.clone(),
            self_type: None,
            returned: Vec::new(),
        };
        for (position, input) in closure.expr.inputs.iter().enumerate() {
            let value = arguments.get(position).cloned().unwrap_or_default();
            bind(input, &value, &mut context);
        }
        self.calls.borrow_mut().push(usize::MAX);
        let tail = self.eval(&closure.expr.body, &mut context);
        self.calls.borrow_mut().pop();
        let mut all = std::mem::take(&mut context.returned);
        all.push(tail);
        self.join(all)
    }

    /// Calls a function or a closure.
    pub(super) fn apply(&self, value: &Value<'a>, arguments: &[Value<'a>]) -> Value<'a> {
        match value {
            Value::Function(position) => self.call(*position, arguments),
            Value::Closure(closure) => self.call_closure(closure, arguments),
            _ => Value::Unknown,
        }
    }

    pub(super) fn block(&self, block: &'a Block, context: &mut Context<'a>) -> Value<'a> {
        let depth = context.variables.len();
        let mut last = Value::Unknown;
        for statement in &block.stmts {
            last = Value::Unknown;
            if !self.is_there(statement, context) {
                continue;
            }
            match statement {
                Stmt::Local(local) => {
                    let Some(init) = &local.init else {
                        bind(&local.pat, &Value::Unknown, context);
                        continue;
                    };
                    let value = self.eval(&init.expr, context);
                    if let Some((_, otherwise)) = &init.diverge {
                        self.eval(otherwise, context);
                    }
                    bind(&local.pat, &value, context);
                }
                Stmt::Expr(expr, semicolon) => {
                    let value = self.eval(expr, context);
                    if semicolon.is_none() {
                        last = value;
                    }
                }
                Stmt::Macro(called) => {
                    let value = self.macro_call(&called.mac, context);
                    if called.semi_token.is_none() {
                        last = value;
                    }
                }
                Stmt::Item(_) => {}
            }
        }
        context.variables.truncate(depth);
        last
    }

    /// Whether a statement is there, by its `cfg`s.
    fn is_there(&self, statement: &Stmt, context: &Context<'a>) -> bool {
        let attrs = match statement {
            Stmt::Local(local) => &local.attrs,
            Stmt::Macro(called) => &called.attrs,
            Stmt::Expr(expr, _) => match expr {
                Expr::Assign(expr) => &expr.attrs,
                Expr::Block(expr) => &expr.attrs,
                Expr::Call(expr) => &expr.attrs,
                Expr::If(expr) => &expr.attrs,
                Expr::Macro(expr) => &expr.attrs,
                Expr::Match(expr) => &expr.attrs,
                Expr::MethodCall(expr) => &expr.attrs,
                _ => return true,
            },
            Stmt::Item(_) => return true,
        };
        let krate = self.index.files.get(context.file).map(|file| file.krate);
        let krate = krate.and_then(|krate| self.index.crates.get(krate));
        krate.is_none_or(|krate| is_there(attrs, &krate.features))
    }

    /// What an expression is.
    pub(super) fn eval(&self, expr: &'a Expr, context: &mut Context<'a>) -> Value<'a> {
        self.steps.set(self.steps.get() + 1);
        if self.is_exhausted() {
            return Value::Unknown;
        }
        match expr {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Value::text(&text.value()),
                _ => Value::Unknown,
            },
            Expr::Path(path) => self.path(&path.path, context),
            Expr::Paren(inner) => self.eval(&inner.expr, context),
            Expr::Group(inner) => self.eval(&inner.expr, context),
            Expr::Reference(inner) => self.eval(&inner.expr, context),
            Expr::Await(inner) => self.eval(&inner.base, context),
            Expr::Try(inner) => self.eval(&inner.expr, context),
            Expr::Cast(inner) => self.eval(&inner.expr, context),
            Expr::Unary(inner) => self.eval(&inner.expr, context),
            Expr::Async(inner) => self.block(&inner.block, context),
            Expr::Block(inner) => self.block(&inner.block, context),
            Expr::Unsafe(inner) => self.block(&inner.block, context),
            Expr::TryBlock(inner) => self.block(&inner.block, context),
            Expr::Call(call) => self.function_call(call, context),
            Expr::MethodCall(call) => self.method_call(call, context),
            Expr::Macro(called) => self.macro_call(&called.mac, context),
            Expr::Closure(closure) => Value::Closure(Rc::new(Closure {
                expr: closure,
                function: context.function,
                scope: context.scope.clone(),
                file: context.file,
                variables: context.variables.clone(),
            })),
            Expr::If(choice) => {
                self.eval(&choice.cond, context);
                let mut arms = vec![self.block(&choice.then_branch, context)];
                if let Some((_, otherwise)) = &choice.else_branch {
                    arms.push(self.eval(otherwise, context));
                }
                self.join(arms)
            }
            Expr::Match(choice) => {
                self.eval(&choice.expr, context);
                let arms = choice.arms.iter().map(|arm| self.eval(&arm.body, context));
                let arms = arms.collect();
                self.join(arms)
            }
            Expr::Let(condition) => self.eval(&condition.expr, context),
            Expr::ForLoop(repeated) => {
                self.eval(&repeated.expr, context);
                self.block(&repeated.body, context);
                Value::Unknown
            }
            Expr::While(repeated) => {
                self.block(&repeated.body, context);
                Value::Unknown
            }
            Expr::Loop(repeated) => self.block(&repeated.body, context),
            Expr::Return(returned) => {
                if let Some(value) = &returned.expr {
                    let value = self.eval(value, context);
                    context.returned.push(value);
                }
                Value::Unknown
            }
            Expr::Assign(assigned) => {
                let value = self.eval(&assigned.right, context);
                if let Expr::Path(path) = &*assigned.left
                    && let Some(name) = path.path.get_ident()
                {
                    context.set(&name.to_string(), value);
                }
                Value::Unknown
            }
            Expr::Array(list) => {
                let values = list.elems.iter().map(|value| self.eval(value, context));
                Value::list(values.collect())
            }
            Expr::Tuple(list) => {
                let values = list.elems.iter().map(|value| self.eval(value, context));
                Value::Tuple(values.collect())
            }
            Expr::Struct(made) => {
                for field in &made.fields {
                    self.eval(&field.expr, context);
                }
                Value::Unknown
            }
            Expr::Binary(binary) => {
                let left = self.eval(&binary.left, context);
                let right = self.eval(&binary.right, context);
                match (left.as_text(), right.as_text(), &binary.op) {
                    (Some(left), Some(right), syn::BinOp::Add(_)) => Value::Text(left.with(&right)),
                    _ => Value::Unknown,
                }
            }
            Expr::Field(field) => {
                let base = self.eval(&field.base, context);
                match (base, &field.member) {
                    (Value::Tuple(values), syn::Member::Unnamed(at)) => {
                        let at = usize::try_from(at.index).unwrap_or(usize::MAX);
                        values.get(at).cloned().unwrap_or_default()
                    }
                    _ => Value::Unknown,
                }
            }
            Expr::Index(indexed) => self.eval(&indexed.expr, context),
            _ => Value::Unknown,
        }
    }

    /// What these names are: a variable, or as [`path`](Self::path).
    pub(super) fn named_value(&self, names: &[String], context: &mut Context<'a>) -> Value<'a> {
        if let [name] = names
            && let Some(value) = context.variable(name)
        {
            return value;
        }
        for meant in self.index.resolve(names, &context.scope) {
            if let Meaning::Value(position) = meant {
                return self.constant(position);
            }
        }
        Value::Unknown
    }

    /// What a path is: a variable, a constant, a function.
    fn path(&self, path: &syn::Path, context: &mut Context<'a>) -> Value<'a> {
        if let Some(name) = path.get_ident()
            && let Some(value) = context.variable(&name.to_string())
        {
            return value;
        }
        let names = self.without_self(names(path), context);
        if let (Some(ty), [own, name]) = (context.self_type, names.as_slice())
            && own == "Self"
        {
            let own = self.index.associated_with(ty, name).into_iter();
            let mut values = own.filter_map(|meant| match meant {
                Meaning::Value(position) => Some(position),
                _ => None,
            });
            return values
                .next()
                .map_or(Value::Unknown, |position| self.constant(position));
        }
        for meant in self.index.resolve(&names, &context.scope) {
            match meant {
                Meaning::Function(position) => return Value::Function(position),
                Meaning::Value(position) => return self.constant(position),
                Meaning::Type(position) => {
                    // What implements a handler's trait: salvo's.
                    let ty = &self.index.types[position];
                    let handle = [ty.name.clone(), "handle".to_owned()];
                    if let Some(function) = self.index.function_at(&handle, &ty.scope) {
                        return Value::Function(function);
                    }
                }
                Meaning::Module(_) | Meaning::Other(_) => {}
            }
        }
        if let Some(text) = text_of(self.index, self.variants, &names, &context.scope) {
            return Value::text(&text);
        }
        self.path_of_handler(&names, context).unwrap_or_default()
    }

    /// The text of `import_csv::PATH`, of a handler that is annotated.
    fn path_of_handler(&self, path: &[String], context: &Context<'a>) -> Option<Value<'a>> {
        let (last, handler) = path.split_last()?;
        if last != "PATH" {
            return None;
        }
        if let Some(position) = self.index.function_at(handler, &context.scope) {
            let attrs = self.index.functions[position].attrs;
            let mut endpoints = attrs
                .iter()
                .flat_map(coexist_source::annotation::find::endpoints);
            return endpoints.next().map(|(_, path)| Value::text(&path));
        }
        let Some(position) = self.index.type_at(handler, &context.scope) else {
            return self.path_of_files(handler.last()?);
        };
        let attrs = self.index.types[position].kind.attrs();
        super::typed_path(attrs).map(|path| Value::text(&path))
    }

    /// The path of files that are declared: `files!(pub Assets = "/static", …)`.
    fn path_of_files(&self, name: &str) -> Option<Value<'a>> {
        let mut declared = self.index.macros.iter().filter_map(|item| {
            coexist_source::annotation::find::files_name(item.called)?;
            coexist_source::files::name_and_path(item.called.tokens.clone())
        });
        let (_, path) = declared.find(|(own, _)| own == name)?;
        Some(Value::text(&path))
    }

    /// The value of a const or a static.
    fn constant(&self, position: usize) -> Value<'a> {
        let item = &self.index.values[position];
        if self.calls.borrow().len() >= MAX_CALLS {
            return Value::Unknown;
        }
        self.calls.borrow_mut().push(usize::MAX);
        let value = self.eval(
            item.value,
            &mut Context {
                function: None,
                scope: item.scope.clone(),
                file: item.file,
                variables: Vec::new(),
                self_type: None,
                returned: Vec::new(),
            },
        );
        self.calls.borrow_mut().pop();
        value
    }

    /// The path with the name of the type in place of `Self`.
    pub(super) fn without_self(&self, mut path: Vec<String>, context: &Context<'a>) -> Vec<String> {
        if path.first().is_some_and(|first| first == "Self")
            && context.self_type.is_none()
            && let Some(function) = context.function
            && let Some(owner) = &self.index.functions[function].owner
            && let Some(ty) = owner.ty
            && let Some(names) = crate::scan::program::index::names_of(ty)
        {
            path.splice(..1, names);
        }
        path
    }

    /// One value in place of several, of which a condition chooses.
    pub(super) fn join(&self, values: Vec<Value<'a>>) -> Value<'a> {
        let mut values: Vec<Value<'a>> = values
            .into_iter()
            .filter(|value| !value.is_unknown())
            .collect();
        let Some(first) = values.pop() else {
            return Value::Unknown;
        };
        let Value::Router(router) = &first else {
            return match (&first, values.as_slice()) {
                (Value::Text(text), others) => {
                    let is_same = |other: &Value<'a>| other.as_text().as_ref() == Some(text);
                    if others.iter().all(is_same) {
                        first
                    } else {
                        Value::Text(PathText::unknown("…"))
                    }
                }
                (Value::Methods(methods), others) => {
                    let mut all = methods.clone();
                    for other in others {
                        if let Value::Methods(methods) = other {
                            all.extend(methods.iter().cloned());
                        }
                    }
                    Value::Methods(all)
                }
                (Value::List(list), others) => {
                    for other in others {
                        if let Value::List(other) = other
                            && !Rc::ptr_eq(list, other)
                        {
                            let more: Vec<Value<'a>> = other.borrow().clone();
                            list.borrow_mut().extend(more);
                        }
                    }
                    first
                }
                _ => first,
            };
        };
        let others: Vec<Shared<'a>> = values.iter().flat_map(Value::routers).collect();
        if others.iter().all(|other| Rc::ptr_eq(other, router)) {
            return first;
        }
        let joined = Router::new(router.framework);
        joined.take(router, &PathText::default());
        for other in others {
            if !Rc::ptr_eq(&other, router) {
                joined.take(&other, &PathText::default());
            }
        }
        self.make(joined)
    }

    /// What serves a route, of a value in the place of a handler.
    pub(super) fn handler(
        &self,
        value: &Value<'a>,
        expr: &'a Expr,
        context: &Context<'a>,
    ) -> Handler<'a> {
        match value {
            Value::Function(position) => Handler::Function(*position),
            Value::Handler(handler) => handler.clone(),
            Value::Closure(closure) => Handler::Closure {
                expr: closure.expr,
                function: closure.function,
                scope: closure.scope.clone(),
                file: closure.file,
            },
            Value::Methods(methods) => {
                let mut handlers = methods.iter().filter_map(|served| served.handler.clone());
                handlers
                    .next()
                    .unwrap_or(Handler::Other("nothing".to_owned()))
            }
            _ => Handler::Other(format!("`{}`", super::written(expr, &context.scope))),
        }
    }
}

/// Gives the names in a pattern their values.
pub(super) fn bind<'a>(pat: &Pat, value: &Value<'a>, context: &mut Context<'a>) {
    match pat {
        Pat::Ident(name) => {
            let name = crate::workspace::modules::plain(&name.ident);
            context.variables.push((name, value.clone()));
        }
        Pat::Type(typed) => bind(&typed.pat, value, context),
        Pat::Reference(inner) => bind(&inner.pat, value, context),
        Pat::Paren(inner) => bind(&inner.pat, value, context),
        Pat::Tuple(tuple) => {
            for (position, pat) in tuple.elems.iter().enumerate() {
                let value = match value {
                    Value::Tuple(values) => values.get(position).cloned().unwrap_or_default(),
                    // `let (router, api) = router.split_for_parts();`
                    Value::Router(_) if position == 0 => value.clone(),
                    _ => Value::Unknown,
                };
                bind(pat, &value, context);
            }
        }
        // `let Some(router) = …`, `Ok(router)`.
        Pat::TupleStruct(inner) => {
            for pat in &inner.elems {
                bind(pat, value, context);
            }
        }
        _ => {}
    }
}
