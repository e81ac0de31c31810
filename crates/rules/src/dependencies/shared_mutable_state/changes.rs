//! Where functions change containers that outlive them.

use std::cell::LazyCell;

use model::ModuleId;
use python::{Arg, Body, BodyId, ClassId, Expr, ExprId, FunctionId, Name, Stmt};
use view::scope::{Meaning, Names, chain};

use super::numbers::is_class_of_self;
use super::owners::{meant, whose};
use super::{asked, bounded, constants, counts_on, fallback, function_of, guards, left, logged_once};

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
        let logged = logged_once::changes(names, id);
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
                let is_kept = shows(&emptied_here) || logged.contains(&expr);
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
