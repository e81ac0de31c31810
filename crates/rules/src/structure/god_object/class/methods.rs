//! The methods of a class: which count, and which only connect others.
//!
//! The author of a base decided what it requires, so that doesn't count against the class; but such a method may well
//! connect the others, so it stays in the graph.

use model::ClassRef;
use python::{Body, ClassId, Expr, Function, FunctionId, Literal, Name, Scope, Stmt};
use rustc_hash::{FxHashMap, FxHashSet};
use view::Context;

use super::lines;

/// Bases that require no methods.
const ASK_NOTHING: &[&str] = &[
    "abc.ABC",
    "abc.ABCMeta",
    "builtins.object",
    "object",
    "typing.Generic",
    "typing.Protocol",
    "typing_extensions.Generic",
    "typing_extensions.Protocol",
];

/// One method, merged with its sync or async twin if it has one.
pub(super) struct Method {
    /// Whether the class itself introduced it.
    pub(super) is_counted: bool,
    /// Whether it represents an attribute.
    pub(super) is_property: bool,
}

/// The methods of one class.
pub(super) struct Methods<'a> {
    pub(super) list: Vec<Method>,
    /// The method that a function is part of: getters and setters are one, and so are twins.
    pub(super) of_function: FxHashMap<FunctionId, usize>,
    /// The same by name.
    pub(super) of_name: FxHashMap<&'a str, usize>,
    /// The number of lines of the methods that the bases require.
    pub(super) asked_lines: usize,
}

impl<'a> Methods<'a> {
    pub(super) fn of(cx: &'a Context<'_>, class: ClassId) -> Self {
        let definitions = &*cx.module.definitions;
        let asked = Asked::of(cx, class);
        let own = || definitions.functions().filter(|(_, it)| it.scope == Scope::Class(class));
        let names: FxHashSet<&str> = own().map(|(_, it)| it.name.as_str()).collect();
        let mut methods = Self {
            list: Vec::new(),
            of_function: FxHashMap::default(),
            of_name: FxHashMap::default(),
            asked_lines: 0,
        };
        for (id, function) in own() {
            let body = &cx.module.bodies[function.body];
            if function.is_stub || is_constant(body) {
                continue;
            }
            if asked.asks_for(&function.name) {
                let span = cx.module.spans.functions.get(id.0 as usize);
                methods.asked_lines += span.map_or(0, |span| lines(cx, *span));
            }
            let is_property = is_property(cx, function);
            let is_counted = !is_property
                && !function.name.starts_with("__")
                && !asked.asks_for(&function.name)
                && !is_bound_to_class(cx, function)
                && !is_accessor(body, function);
            let twin = twin(&function.name, &names).and_then(|name| methods.of_name.get(name).copied());
            let known = methods.of_name.get(function.name.as_str()).copied().or(twin);
            let index = known.unwrap_or_else(|| {
                methods.list.push(Method { is_counted, is_property });
                methods.list.len() - 1
            });
            methods.of_function.insert(id, index);
            methods.of_name.insert(&function.name, index);
        }
        methods
    }

    /// How many the class itself introduced.
    pub(super) fn counted(&self) -> usize {
        self.list.iter().filter(|method| method.is_counted).count()
    }

    /// Whether the class reads one input piece by piece: it is iterable itself.
    pub(super) fn is_stream(&self) -> bool {
        ["__next__", "__anext__", "__iter__", "__aiter__"].iter().any(|name| self.of_name.contains_key(name))
    }

    /// Whether the class is a row by its fields or by the name of an unresolved base.
    pub(super) fn is_row(cx: &Context<'_>, class: ClassId) -> bool {
        let definitions = &*cx.module.definitions;
        let is_field = |callee: &str| {
            let last = callee.rsplit('.').next().unwrap_or_default();
            last.ends_with("Field")
                || matches!(last, "ForeignKey" | "Column" | "mapped_column" | "relationship")
        };
        let reference = ClassRef::new(cx.id, definitions[class].name.clone());
        let foreign = flow::types::classes::foreign_ancestors(cx.db, cx.project, &reference);
        let has_field = definitions.variables.iter().filter(|it| it.scope == Scope::Class(class)).any(|it| {
            matches!(it.value.map(|value| &definitions[value]), Some(Expr::Call { callee, .. })
                if definitions.exprs.dotted(*callee).is_some_and(|callee| is_field(&callee)))
        });
        has_field || foreign.iter().any(|base| base.ends_with("Model"))
    }
}

/// What the bases of a class require.
struct Asked {
    names: FxHashSet<Name>,
    /// A base is outside the project: it may require anything public.
    is_open: bool,
}

impl Asked {
    fn of(cx: &Context<'_>, class: ClassId) -> Self {
        let definitions = &*cx.module.definitions;
        let reference = ClassRef::new(cx.id, definitions[class].name.clone());
        let mut names = FxHashSet::default();
        for base in flow::types::classes::bases(cx.db, cx.project, &reference).iter() {
            let theirs = python::query::definitions(cx.db, cx.file_of(base.module));
            let ids = theirs.classes().filter(|(_, it)| it.name == base.name && it.scope == Scope::Module);
            for (id, _) in ids {
                let own = theirs.functions.iter().filter(|it| it.scope == Scope::Class(id));
                names.extend(own.map(|it| it.name.clone()));
            }
        }
        let foreign = flow::types::classes::foreign_ancestors(cx.db, cx.project, &reference);
        let is_unknown = !definitions[class].bases.is_empty()
            && cx.architecture.hierarchy.of(cx.id, &definitions[class].name).is_none();
        let is_open = is_unknown || foreign.iter().any(|base| !ASK_NOTHING.contains(&base.as_str()));
        Self { names, is_open }
    }

    fn asks_for(&self, name: &str) -> bool {
        self.names.contains(name) || self.is_open && !name.starts_with('_')
    }
}

/// The statements of a body without its docstring.
fn statements(body: &Body) -> impl Iterator<Item = &Stmt> {
    body.root.iter().map(|id| &body[*id]).filter(
        |stmt| !matches!(stmt, Stmt::Expr(value) if matches!(body[*value], Expr::Literal(Literal::Str(_)))),
    )
}

/// Whether a body only raises, or returns the same on each call: no evidence of what it belongs to.
fn is_constant(body: &Body) -> bool {
    let mut statements = statements(body);
    let (Some(only), None) = (statements.next(), statements.next()) else { return false };
    match only {
        Stmt::Raise { .. } | Stmt::Pass | Stmt::Return(None) => true,
        Stmt::Return(Some(value)) => matches!(body[*value], Expr::Literal(_)),
        _ => false,
    }
}

/// `return self._name`, `self._name = name`
fn is_accessor(body: &Body, function: &Function) -> bool {
    let Some(own) = function.parameters.first().map(|it| &it.name) else { return false };
    let is_own = |id: &python::ExprId| {
        matches!(&body[*id], Expr::Attribute { value, .. }
            if matches!(&body[*value], Expr::Name(holder) if holder == own))
    };
    let mut statements = statements(body);
    let (Some(only), None) = (statements.next(), statements.next()) else { return false };
    match only {
        Stmt::Return(Some(value)) => is_own(value),
        Stmt::Assign { targets, value: Some(value), .. } => {
            targets.iter().all(is_own) && matches!(body[*value], Expr::Name(_))
        }
        _ => false,
    }
}

fn decorators(cx: &Context<'_>, function: &Function, is_one: impl Fn(&str) -> bool) -> bool {
    let dotted =
        |decorator: &python::ExprId| cx.module.definitions.exprs.dotted(*decorator).unwrap_or_default();
    function.decorators.iter().any(|decorator| is_one(&dotted(decorator)))
}

fn is_property(cx: &Context<'_>, function: &Function) -> bool {
    decorators(cx, function, |dotted| {
        dotted.rsplit('.').next().is_some_and(|last| {
            last.ends_with("property") || matches!(last, "setter" | "deleter" | "getter" | "expression")
        })
    })
}

fn is_bound_to_class(cx: &Context<'_>, function: &Function) -> bool {
    decorators(cx, function, |dotted| {
        matches!(dotted, "staticmethod" | "classmethod" | "overload" | "typing.overload")
    })
}

/// The sync or async counterpart of a method: `get` and `aget`, `get_async`, `async_get`.
fn twin<'a>(name: &str, names: &FxHashSet<&'a str>) -> Option<&'a str> {
    let plain = name.trim_start_matches('_');
    let hidden = &name[..name.len() - plain.len()];
    let ends = [plain.strip_suffix("_async"), plain.strip_suffix("_sync")];
    let starts = ["async_", "sync_", "a"].map(|start| plain.strip_prefix(start));
    let twins = ends.into_iter().chain(starts).flatten().map(str::to_owned);
    let others = ["_async", "_sync"].map(|end| format!("{plain}{end}"));
    let more = ["async_", "sync_", "a"].map(|start| format!("{start}{plain}"));
    twins.chain(others).chain(more).find_map(|twin| names.get(format!("{hidden}{twin}").as_str()).copied())
}
