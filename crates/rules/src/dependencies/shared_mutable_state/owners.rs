//! Whose container an expression denotes: a module's, a class's, or one of another module.

use model::{Export, ModuleId, Target};
use python::{BodyId, ClassId, Expr, ExprId, FunctionId, Name, Scope, Stmt};
use view::checked_classes;
use view::scope::{Binding, Meaning, Names, chain, of_self};

use super::changes::Owner;
use super::numbers::is_class_of_self;
use super::{function_of, singletons};

/// Limit on local names that are followed.
const MAX_DEPTH: usize = 8;

/// What a function knows under a local name: `memory.eggs` of `eggs = memory.eggs`, where it binds the name to nothing
/// else.
pub(super) fn meant(names: &Names<'_>, id: BodyId, expr: ExprId) -> ExprId {
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
pub(super) fn whose(
    names: &Names<'_>,
    id: BodyId,
    function: FunctionId,
    expr: ExprId,
) -> Option<(Owner, Name)> {
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
