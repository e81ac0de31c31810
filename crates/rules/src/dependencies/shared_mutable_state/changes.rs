//! Where functions change containers that outlive them.

use std::cell::LazyCell;

use model::{Export, ModuleId, Target};
use python::{Arg, Body, BodyId, ClassId, Expr, ExprId, FunctionId, Name, Scope, Stmt};
use view::checked_classes;
use view::scope::{Binding, Meaning, Names, chain, of_self};

use super::numbers::is_class_of_self;
use super::{asked, bounded, constants, counts_on, fallback, function_of, guards, left, singletons};

/// What a container belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// A module-level variable.
    Module,
    /// A variable of the class, or an attribute of its only instance.
    Class(ClassId),
    /// A variable of another module, or of a class there: then the name has two parts.
    Elsewhere(ModuleId),
}

/// One change.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and most combinations occur")]
pub(super) struct Change {
    pub(super) owner: Owner,
    pub(super) name: Name,
    pub(super) function: FunctionId,
    pub(super) body: BodyId,
    /// The changing expression: the call, or the target.
    pub(super) expr: ExprId,
    /// Whether it only memoizes: `if key not in known: known[key] = compute(key)`, or fills an empty container: `if not
    /// known: known.extend(...)`.
    pub(super) is_memo: bool,
    /// Whether the function itself shows that it only memoizes, so that evictions elsewhere don't count against it.
    pub(super) is_kept: bool,
    /// Whether the container is named as one of the class, not of the object, and is no buffer: `Prices.known`,
    /// `cls.known`.
    pub(super) is_of_class: bool,
    /// Whether it stands where the store that the code asks for isn't there.
    pub(super) is_fallback: bool,
    /// Whether it only removes something: eviction, if what is added is a cache.
    pub(super) is_removal: bool,
}

/// How a container is changed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// Adds a computed value, or sets an entry to what a caller passes.
    Fills,
    /// Adds a constant to a set: every worker ends up with the same.
    SameAgain,
    /// Keeps what it computes from the key, unless there is something: `known.setdefault(key, compute(key))`.
    Keeps,
    /// Adds a constant to a list: with a test for it, every worker ends up with the same.
    AddsConstant,
    /// Sets an entry to a computed value.
    Sets,
    /// Removes something.
    Removes,
    /// Anything else.
    Changes,
}

/// Methods that change a list, a set, a dictionary or a deque.
pub(super) const MUTATORS: &[&str] = &[
    "add",
    "append",
    "appendleft",
    "clear",
    "difference_update",
    "discard",
    "extend",
    "extendleft",
    "insert",
    "intersection_update",
    "pop",
    "popitem",
    "popleft",
    "remove",
    "reverse",
    "rotate",
    "setdefault",
    "sort",
    "subtract",
    "symmetric_difference_update",
    "update",
];

/// Functions of the standard library that change the list they are given first.
const MUTATING: &[(&str, How)] = &[
    ("bisect.insort", How::Fills),
    ("bisect.insort_left", How::Fills),
    ("bisect.insort_right", How::Fills),
    ("heapq.heapify", How::Changes),
    ("heapq.heappop", How::Removes),
    ("heapq.heappush", How::Fills),
    ("heapq.heappushpop", How::Changes),
    ("heapq.heapreplace", How::Changes),
    ("random.shuffle", How::Changes),
];

/// Those mutators that remove something.
const REMOVERS: &[&str] =
    &["clear", "difference_update", "discard", "intersection_update", "pop", "popitem", "popleft", "remove"];

/// Limit on nested subscripts that are followed.
const MAX_DEPTH: usize = 8;

/// All changes that the functions of a module make.
pub(super) fn changes(names: &Names<'_>) -> Vec<Change> {
    let mut found = Vec::new();
    let emptied = tested_for_emptiness(names);
    for (id, body) in names.bodies() {
        let Some(function) = function_of(body) else { continue };
        let guarded = LazyCell::new(|| guards::containers(body));
        let asked = LazyCell::new(|| [asked::containers(body), guarded.clone()].concat());
        let mut emptied_here = Vec::new();
        tested_in(body, &mut emptied_here);
        let bounded = bounded::containers(body);
        let fallback = fallback::of(names, id);
        let mut add = |expr: ExprId, container: ExprId, how: How| {
            if let Some((owner, name)) = whose(names, id, function, container) {
                let is_asked = || {
                    asked
                        .iter()
                        .any(|it| whose(names, id, function, *it).is_some_and(|(_, other)| other == name))
                };
                let shows = |emptied: &[Name]| match how {
                    How::Changes | How::Removes => false,
                    How::AddsConstant | How::Sets => {
                        is_asked() || emptied.contains(&name) || bounded.contains(&name)
                    }
                    How::Fills => emptied.contains(&name) || bounded.contains(&name),
                    How::SameAgain | How::Keeps => true,
                };
                let is_of_class = is_of_class(body, meant(names, id, container)) && !bounded.contains(&name);
                let is_kept = shows(&emptied_here);
                let is_memo = is_kept || shows(&emptied);
                if !lets_go_by_itself(names, id, body, function, &name) {
                    let is_removal = how == How::Removes;
                    found.push(Change {
                        owner,
                        name,
                        function,
                        body: id,
                        expr,
                        is_memo,
                        is_kept,
                        is_of_class,
                        is_fallback: fallback.holds(body, expr),
                        is_removal,
                    });
                }
            }
        };
        for (index, expr) in body.exprs.list.iter().enumerate() {
            if let Expr::Call { callee, args } = expr
                && let Expr::Attribute { value, name } = &body[*callee]
                && MUTATORS.contains(&name.as_str())
            {
                let how = match name.as_str() {
                    "setdefault" if left::keeps_computed(body, ExprId(index as u32), args) => How::Keeps,
                    "setdefault" => How::Sets,
                    "update" => updates(names, id, args),
                    "add" if args.iter().all(|arg| is_constant(body, arg.value())) => How::SameAgain,
                    "append" | "insert"
                        if args.iter().all(|arg| constants::is_made_of(names, id, arg.value())) =>
                    {
                        How::AddsConstant
                    }
                    "add" | "append" | "extend" | "insert" => How::Fills,
                    name if REMOVERS.contains(&name) => How::Removes,
                    _ => How::Changes,
                };
                add(ExprId(index as u32), base(body, *value), how);
            } else if let Expr::Call { callee, args } = expr
                && let Some(Arg::Positional(list)) = args.first()
                && let Some(how) = mutates(names, id, *callee)
            {
                add(ExprId(index as u32), base(body, *list), how);
            }
        }
        for stmt in &body.stmts {
            match stmt {
                Stmt::Assign { targets, value: Some(given), .. } => {
                    for target in targets {
                        match &body[*target] {
                            Expr::Subscript { value, index } => {
                                let how = sets(names, id, *index, *given);
                                // `time.time()` is no state that is changed later.
                                let is_guard = how == How::Changes
                                    && guarded.iter().any(|it| {
                                        whose(names, id, function, *it)
                                            .is_some_and(|it| whose(names, id, function, *value) == Some(it))
                                    });
                                let how = if is_guard { How::Sets } else { how };
                                add(*target, base(body, *value), how);
                            }
                            Expr::Name(name) if body.declares_global(name) => {
                                let how =
                                    if counts_on(body, *given, name) { How::Changes } else { How::Fills };
                                add(*target, *target, how);
                            }
                            Expr::Attribute { name, .. }
                                if counts_on_attribute(body, *given, *target, name) =>
                            {
                                add(*target, *target, How::Changes);
                            }
                            _ => {}
                        }
                    }
                }
                Stmt::AugAssign { target, .. } => match &body[*target] {
                    Expr::Subscript { value, .. } => add(*target, base(body, *value), How::Changes),
                    Expr::Name(name) if body.declares_global(name) => add(*target, *target, How::Changes),
                    Expr::Attribute { .. } => add(*target, *target, How::Changes),
                    _ => {}
                },
                Stmt::Delete(targets) => {
                    for target in targets {
                        if let Expr::Subscript { value, .. } = &body[*target] {
                            add(*target, base(body, *value), How::Removes);
                        }
                    }
                }
                _ => {}
            }
        }
    }
    found.sort_by_key(|change| names.span(change.body, change.expr));
    found
}

/// How a function changes the list that it is given: `heapq.heappush(jobs, job)`.
fn mutates(names: &Names<'_>, id: BodyId, callee: ExprId) -> Option<How> {
    let last = names.body(id)[callee].last_name()?;
    let is_so_called = |full: &str| full.rsplit('.').next() == Some(last.as_str());
    if !MUTATING.iter().any(|(full, _)| is_so_called(full)) {
        return None;
    }
    let full = names.outside(id, callee)?;
    MUTATING.iter().find(|(known, _)| *known == full).map(|(_, how)| *how)
}

/// How an entry is set to a value: fresh state is changed later, and what a caller passes isn't computed.
fn sets(names: &Names<'_>, id: BodyId, key: ExprId, value: ExprId) -> How {
    if is_fresh_state(names, id, value) {
        How::Changes
    } else if left::is_by_caller(names, id, value, key) {
        How::Fills
    } else {
        How::Sets
    }
}

/// `known.update({key: compute(key)})` sets an entry like `known[key] = compute(key)`.
fn updates(names: &Names<'_>, id: BodyId, args: &[Arg]) -> How {
    let [Arg::Positional(value)] = args else { return How::Fills };
    let Expr::Dict(parts) = &names.body(id)[*value] else { return How::Fills };
    let is_computed = |(key, value): &(Option<ExprId>, ExprId)| {
        key.is_some_and(|key| sets(names, id, key, *value) == How::Sets)
    };
    let is_all = !parts.is_empty() && parts.iter().all(is_computed);
    if is_all { How::Sets } else { How::Fills }
}

/// Whether a value is made from literals alone: `"de"`, `re.compile("de$")`.
fn is_constant(body: &Body, value: ExprId) -> bool {
    let is_literal = |value: ExprId| matches!(&body[value], Expr::Literal(_));
    match &body[value] {
        Expr::Call { args, .. } => !args.is_empty() && args.iter().all(|arg| is_literal(arg.value())),
        _ => is_literal(value),
    }
}

/// Initial values of entries that others change later: `{}`, `Lock()`. Computed values are not state.
fn is_fresh_state(names: &Names<'_>, id: BodyId, value: ExprId) -> bool {
    let body = names.body(id);
    match &body[value] {
        // `page(name).options()` is computed from what it is called with.
        Expr::Call { callee, args } => {
            let is_of_call = matches!(&body[*callee], Expr::Attribute { value, .. } if matches!(&body[*value], Expr::Call { .. }));
            args.is_empty() && !is_of_call && !is_of_local(names, id, *callee)
        }
        Expr::Dict(parts) => parts.is_empty(),
        Expr::List(parts) | Expr::Set(parts) => parts.is_empty(),
        Expr::Literal(_) => true,
        _ => false,
    }
}

/// Whether a method belongs to something that the function is given or makes: `key.upper`.
fn is_of_local(names: &Names<'_>, id: BodyId, method: ExprId) -> bool {
    let body = names.body(id);
    let Expr::Attribute { value: owner, .. } = &body[method] else { return false };
    let Some((root, _)) = chain(body, *owner) else { return false };
    let is_own = root == "self" || root == "cls";
    !is_own && matches!(names.meaning(id, root), Meaning::Bound(within, _) if within != BodyId(0))
}

/// Names that the module tests for emptiness (`if not x`, `if x is None`, `if len(x)`): filling them then is a one-time
/// computation.
fn tested_for_emptiness(names: &Names<'_>) -> Vec<Name> {
    let mut tested = Vec::new();
    for (_, body) in names.bodies() {
        tested_in(body, &mut tested);
    }
    tested
}

fn tested_in(body: &Body, tested: &mut Vec<Name>) {
    for stmt in &body.stmts {
        let Stmt::If { test, .. } = stmt else { continue };
        let at = match &body[*test] {
            Expr::Unary { op, operand } if op == "not" => *operand,
            // Any other comparison, like `len(x) > limit`, doesn't test for emptiness.
            Expr::Compare { first, rest } => {
                let is_nothing = |value: ExprId| match &body[value] {
                    Expr::Literal(python::Literal::None | python::Literal::Int(0 | 1)) => true,
                    Expr::Dict(parts) => parts.is_empty(),
                    Expr::List(parts) => parts.is_empty(),
                    _ => false,
                };
                if !rest.iter().all(|(_, right)| is_nothing(*right)) {
                    continue;
                }
                *first
            }
            _ => *test,
        };
        let at = match &body[at] {
            Expr::Call { callee, args } if matches!(&body[*callee], Expr::Name(name) if name == "len") => {
                args.first().map_or(at, python::Arg::value)
            }
            _ => at,
        };
        if let Expr::Name(name) | Expr::Attribute { name, .. } = &body[at] {
            tested.push(name.clone());
        }
    }
}

/// References that only keep tasks alive: `tasks.add(task)` with `task.add_done_callback(tasks.discard)`.
fn lets_go_by_itself(names: &Names<'_>, id: BodyId, body: &Body, function: FunctionId, name: &Name) -> bool {
    body.exprs.list.iter().any(|expr| {
        let Expr::Call { callee, args } = expr else { return false };
        let is_callback =
            matches!(&body[*callee], Expr::Attribute { name, .. } if name == "add_done_callback");
        is_callback
            && args.iter().any(|arg| {
                let mut open = vec![arg.value()];
                while let Some(at) = open.pop() {
                    if whose(names, id, function, at).is_some_and(|(_, other)| other == *name) {
                        return true;
                    }
                    body[at].for_each_child(|child| open.push(child));
                }
                false
            })
    })
}

/// `x` of `x[a][b]`.
pub(super) fn base(body: &Body, expr: ExprId) -> ExprId {
    let mut at = expr;
    for _ in 0..MAX_DEPTH {
        match &body[at] {
            Expr::Subscript { value, .. } => at = *value,
            _ => break,
        }
    }
    at
}

/// Whether a container is taken from a class by its name, rather than from an object.
fn is_of_class(body: &Body, container: ExprId) -> bool {
    let Expr::Attribute { value, .. } = &body[container] else { return false };
    match &body[*value] {
        Expr::Name(receiver) => receiver != "self",
        _ => is_class_of_self(body, *value),
    }
}

/// Whether a value is what the attribute held, plus or minus something: `Tickets.drawn + 1`.
fn counts_on_attribute(body: &Body, value: ExprId, target: ExprId, name: &Name) -> bool {
    let is_it = |side: ExprId| {
        matches!(&body[side], Expr::Attribute { name: other, .. } if other == name)
            && body.exprs.dotted(side) == body.exprs.dotted(target)
    };
    matches!(&body[value], Expr::Binary { left, right, .. } if is_it(*left) || is_it(*right))
}

/// What a function knows under a local name: `memory.eggs` of `eggs = memory.eggs`, where it binds the name to nothing
/// else.
fn meant(names: &Names<'_>, id: BodyId, expr: ExprId) -> ExprId {
    let mut at = expr;
    for _ in 0..MAX_DEPTH {
        let Expr::Name(name) = &names.body(id)[at] else { break };
        match names.meaning(id, name) {
            Meaning::Bound(within, [Binding::Value(value)]) if within == id && id != BodyId(0) => at = *value,
            _ => break,
        }
    }
    at
}

/// The owner of the container that an expression in a function denotes.
fn whose(names: &Names<'_>, id: BodyId, function: FunctionId, expr: ExprId) -> Option<(Owner, Name)> {
    let body = names.body(id);
    let expr = meant(names, id, expr);
    let definitions = &names.cx.module.definitions;
    match &body[expr] {
        Expr::Name(name) => match names.meaning(id, name) {
            Meaning::Bound(BodyId(0), _) => Some((Owner::Module, name.clone())),
            Meaning::Import(import) => match names.target(import)? {
                Target::Symbol { origin, origin_name, .. } => {
                    Some((Owner::Elsewhere(*origin), origin_name.clone()))
                }
                _ => None,
            },
            Meaning::Bound(..) | Meaning::Free => None,
        },
        Expr::Attribute { value, name } => {
            if let Some(module) = imported_module(names, id, *value) {
                let (module, name) = singletons::defined(names.cx, module, name);
                return Some((Owner::Elsewhere(module), name));
            }
            if let Some((module, class)) = imported_instance(names, id, *value) {
                return Some((Owner::Elsewhere(module), format!("{class}.{name}").into()));
            }
            if let Some((module, class)) = imported_class(names, id, *value) {
                return Some((Owner::Elsewhere(module), format!("{class}.{name}").into()));
            }
            let own_class = || checked_classes::class_around(names.cx, function).map(|(class, _)| class);
            let class = match &body[*value] {
                Expr::Name(receiver) if receiver == "self" => {
                    let class = own_class()?;
                    // An attribute that each instance sets is its own.
                    if replaces(names, class, name) {
                        return None;
                    }
                    class
                }
                Expr::Name(receiver) if receiver == "cls" => own_class()?,
                Expr::Name(receiver) => {
                    let named = definitions
                        .classes()
                        .find(|(_, it)| it.scope == Scope::Module && it.name == *receiver);
                    match (named, names.meaning(id, receiver)) {
                        (Some((class, _)), _) => class,
                        (None, Meaning::Bound(BodyId(0), _)) => {
                            let (_, class) = singletons::class_of(names.cx, names.cx.id, receiver)?;
                            definitions.class_named(&class)?
                        }
                        (None, _) => return None,
                    }
                }
                _ if is_class_of_self(body, *value) => own_class()?,
                _ => return None,
            };
            Some((Owner::Class(class), name.clone()))
        }
        _ => None,
    }
}

/// The project module that a name refers to: `state` of `state.orders`, `shop.state` of `shop.state.orders`.
fn imported_module(names: &Names<'_>, id: BodyId, expr: ExprId) -> Option<ModuleId> {
    let body = names.body(id);
    let (root, _) = chain(body, expr)?;
    let Meaning::Import(mut import) = names.meaning(id, root) else { return None };
    let imports = &names.cx.module.imports;
    if !matches!(body[expr], Expr::Name(_)) {
        // `import shop.state` binds `shop`, and so do its like.
        let dotted = body.exprs.dotted(expr)?;
        let is_it = |it: &python::Import| it.binds_first() && it.module == dotted.as_str();
        import = imports.iter().find(|(_, it)| is_it(it)).map(|(id, _)| id)?;
    } else if imports[import].binds_first() && imports[import].module.contains('.') {
        return None;
    }
    match names.target(import)? {
        Target::Module(module) => Some(*module),
        _ => None,
    }
}

/// The project class that an imported name refers to: `Lounge` of `Lounge.tables`.
fn imported_class(names: &Names<'_>, id: BodyId, expr: ExprId) -> Option<(ModuleId, Name)> {
    let Expr::Name(name) = &names.body(id)[expr] else { return None };
    let Meaning::Import(import) = names.meaning(id, name) else { return None };
    let Target::Symbol { origin, origin_name, .. } = names.target(import)? else { return None };
    let exports = model::query::exports(names.cx.db, names.cx.file_of(*origin));
    matches!(exports.get(origin_name), Some(Export::Class(_))).then(|| (*origin, origin_name.clone()))
}

/// The project class of the instance that an imported name refers to: `State` for `state` of `state.orders`.
fn imported_instance(names: &Names<'_>, id: BodyId, expr: ExprId) -> Option<(ModuleId, Name)> {
    let cx = names.cx;
    match &names.body(id)[expr] {
        Expr::Name(name) => {
            let Meaning::Import(import) = names.meaning(id, name) else { return None };
            let Target::Symbol { origin, origin_name, .. } = names.target(import)? else { return None };
            singletons::class_of(cx, *origin, origin_name)
        }
        Expr::Attribute { value, name } => {
            let (module, name) = singletons::defined(cx, imported_module(names, id, *value)?, name);
            singletons::class_of(cx, module, &name)
        }
        _ => None,
    }
}

/// Whether a class has `name` in its body but also sets `self.name`: then each instance has its own.
fn replaces(names: &Names<'_>, class: ClassId, name: &Name) -> bool {
    let definitions = &names.cx.module.definitions;
    let in_body = definitions
        .variables
        .iter()
        .any(|it| it.scope == Scope::Class(class) && it.name == *name && it.value.is_some());
    in_body
        && names.bodies().any(|(_, body)| {
            let is_method = function_of(body).is_some_and(|function| {
                checked_classes::class_around(names.cx, function).is_some_and(|(around, _)| around == class)
            });
            is_method
                && body.stmts.iter().any(|stmt| match stmt {
                    Stmt::Assign { targets, .. } => {
                        targets.iter().any(|target| of_self(body, *target) == Some(name))
                    }
                    _ => false,
                })
        })
}
