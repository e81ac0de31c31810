//! What a handler shows of the place where its queries belong: the tables that they are about, and the modules that it
//! calls.

use model::{ModuleId, Target};
use python::{BodyId, Expr, ExprId, FunctionId, Name};
use rustc_hash::FxHashSet;
use view::scope::{Binding, Meaning, Names};

/// Values derived in more steps than this are not followed.
const MAX_DEPTH: usize = 4;

/// What a handler shows.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    /// The modules of the tables that the query is about, with their classes.
    pub(super) tables: FxHashSet<(ModuleId, Name)>,
    /// The modules whose functions and classes the handler names, or is given.
    pub(super) called: FxHashSet<ModuleId>,
}

/// Reads what `call`, in the body of a handler, is about.
pub(super) fn wanted(names: &Names<'_>, function: FunctionId, body: BodyId, call: ExprId) -> Wanted {
    let mut found = Wanted::default();
    let mut seen = FxHashSet::default();
    tables(names, body, call, 0, &mut seen, &mut found.tables);
    let exprs = names.body(body);
    for expr in &exprs.exprs.list {
        if let Expr::Name(name) = expr {
            called(names, body, name, 0, &mut found.called);
        }
    }
    let definitions = &*names.cx.module.definitions;
    for parameter in &definitions[function].parameters {
        let mut open: Vec<ExprId> = parameter.annotation.into_iter().chain(parameter.default).collect();
        while let Some(expr) = open.pop() {
            if let Expr::Name(name) = &definitions[expr] {
                called(names, BodyId(0), name, 0, &mut found.called);
            }
            definitions[expr].for_each_child(|child| open.push(child));
        }
    }
    found
}

/// Collects the tables that an expression names, through local names: `select(Order)`, `statement`, `order`.
fn tables(
    names: &Names<'_>,
    body: BodyId,
    expr: ExprId,
    depth: usize,
    seen: &mut FxHashSet<(BodyId, ExprId)>,
    found: &mut FxHashSet<(ModuleId, Name)>,
) {
    if depth > MAX_DEPTH {
        return;
    }
    let cx = names.cx;
    let exprs = names.body(body);
    let mut open = vec![expr];
    while let Some(expr) = open.pop() {
        if !seen.insert((body, expr)) {
            continue;
        }
        let is_table = |module: ModuleId, name: &Name| {
            model::query::entity(cx.db, cx.project, module, name.clone()).is_some()
        };
        match &exprs[expr] {
            Expr::Name(name) => match names.meaning(body, name) {
                Meaning::Import(import) => {
                    if let Some(Target::Symbol { origin, origin_name, .. }) = names.target(import)
                        && is_table(*origin, origin_name)
                    {
                        found.insert((*origin, origin_name.clone()));
                    }
                }
                Meaning::Bound(home, bindings) => {
                    if is_table(cx.id, name) {
                        found.insert((cx.id, name.clone()));
                    }
                    for binding in bindings {
                        if let Binding::Value(value) | Binding::Added(value) | Binding::Element(value, _) =
                            binding
                        {
                            tables(names, home, *value, depth + 1, seen, found);
                        }
                    }
                }
                Meaning::Free => {}
            },
            // `models.Order`
            Expr::Attribute { value, name } => {
                if let Expr::Name(root) = &exprs[*value]
                    && let Meaning::Import(import) = names.meaning(body, root)
                    && let Some(Target::Module(module)) = names.target(import)
                    && is_table(*module, name)
                {
                    found.insert((*module, name.clone()));
                }
            }
            _ => {}
        }
        exprs[expr].for_each_child(|child| open.push(child));
    }
}

/// Collects the modules that a name comes from: imported, or made at the top level of what is imported.
fn called(names: &Names<'_>, body: BodyId, name: &str, depth: usize, found: &mut FxHashSet<ModuleId>) {
    match names.meaning(body, name) {
        Meaning::Import(import) => match names.target(import) {
            Some(Target::Symbol { origin, module, .. }) => found.extend([*origin, *module]),
            Some(Target::Module(module)) => {
                found.insert(*module);
            }
            _ => {}
        },
        Meaning::Bound(home, bindings) if home == BodyId(0) && depth < MAX_DEPTH => {
            let exprs = names.body(home);
            for binding in bindings {
                let Binding::Value(value) = binding else { continue };
                let Expr::Call { callee, .. } = &exprs[*value] else { continue };
                if let Expr::Name(made) = &exprs[*callee] {
                    called(names, home, made, depth + 1, found);
                }
            }
        }
        _ => {}
    }
}
