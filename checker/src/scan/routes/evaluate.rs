//! Follows the code of an app as far as its routes are made there: variables, branches, calls of
//! the app's own functions, closures. Nothing is run; both arms of a condition are taken.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use syn::{Block, Expr, FnArg, Lit, Pat, Stmt};

use super::value::{Closure, Framework, Router, Shared, Value};
use crate::scan::program::conditions::is_there;
use crate::scan::program::index::{Index, last_name};
use crate::scan::program::variants::Variants;

/// How deep calls are followed.
pub(super) const MAX_CALLS: usize = 48;

/// How many expressions are looked at, in all.
const MAX_STEPS: usize = 4_000_000;

/// What follows the code.
pub(super) struct Evaluator<'a, 'i> {
    pub(super) index: &'i Index<'a>,
    /// The texts of enums' variants.
    pub(super) variants: &'i Variants,
    /// The framework of an app's crate, where a name may be one of several.
    pub(super) frameworks: &'i HashMap<usize, Framework>,
    /// The functions that make routes, or get a router.
    pub(super) relevant: HashSet<usize>,
    /// What functions return to whoever calls them without anything that matters.
    known: RefCell<HashMap<usize, Known<'a>>>,
    /// The routers that have been made.
    pub(super) made: RefCell<Vec<Shared<'a>>>,
    /// The functions that are being followed.
    pub(super) calls: RefCell<Vec<usize>>,
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
    pub(super) returned: Vec<Value<'a>>,
}

impl<'a> Context<'a> {
    pub(super) fn variable(&self, name: &str) -> Option<Value<'a>> {
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
            Expr::If(_) | Expr::Match(_) => self.choice(expr, context),
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
            Expr::Return(_) | Expr::Assign(_) => {
                self.keep(expr, context);
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
            Expr::Field(field) => match (self.eval(&field.base, context), &field.member) {
                (Value::Tuple(values), syn::Member::Unnamed(at)) => {
                    let at = usize::try_from(at.index).unwrap_or(usize::MAX);
                    values.get(at).cloned().unwrap_or_default()
                }
                _ => Value::Unknown,
            },
            Expr::Index(indexed) => self.eval(&indexed.expr, context),
            _ => Value::Unknown,
        }
    }

    /// The value of an `if` or a `match`: what its arms give.
    fn choice(&self, expr: &'a Expr, context: &mut Context<'a>) -> Value<'a> {
        let mut arms = Vec::new();
        match expr {
            Expr::If(choice) => {
                self.eval(&choice.cond, context);
                arms.push(self.block(&choice.then_branch, context));
                if let Some((_, otherwise)) = &choice.else_branch {
                    arms.push(self.eval(otherwise, context));
                }
            }
            Expr::Match(choice) => {
                self.eval(&choice.expr, context);
                for arm in &choice.arms {
                    arms.push(self.eval(&arm.body, context));
                }
            }
            _ => {}
        }
        self.join(arms)
    }

    /// Keeps what a `return` or an assignment says.
    fn keep(&self, expr: &'a Expr, context: &mut Context<'a>) {
        match expr {
            Expr::Return(returned) => {
                if let Some(value) = &returned.expr {
                    let value = self.eval(value, context);
                    context.returned.push(value);
                }
            }
            Expr::Assign(assigned) => {
                let value = self.eval(&assigned.right, context);
                if let Expr::Path(path) = &*assigned.left
                    && let Some(name) = path.path.get_ident()
                {
                    context.set(&name.to_string(), value);
                }
            }
            _ => {}
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
