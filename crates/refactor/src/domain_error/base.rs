//! The base class of a project's own errors, if it has one.

use config::Layer;
use model::{ModuleId, PathRole};
use python::{Arg, Expr, FunctionId, Name, Scope, Stmt};
use rustc_hash::FxHashMap;
use view::Context;

use super::home::{is_free_of_http, is_near, reaches, shared};
use crate::bindings::body_of;

/// A base error.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct BaseError {
    /// The module that defines it.
    pub(super) module: ModuleId,
    /// Its name.
    pub(super) name: Name,
}

/// The base class of the errors nearest to the module: a class of the inner layers that others inherit from, that takes
/// a text and shows it as any exception does, and nothing where the raises are `without_text`. `None` if any code catches
/// it: new errors would be caught as well.
pub(super) fn find(cx: &Context<'_>, without_text: bool) -> Option<BaseError> {
    let mut heirs: FxHashMap<BaseError, usize> = FxHashMap::default();
    for (id, info) in cx.architecture.modules.iter().filter(|(_, info)| info.role == PathRole::Code) {
        let definitions = python::query::definitions(cx.db, info.file);
        for class in definitions.classes.iter().filter(|it| it.scope == Scope::Module) {
            let Some(ancestors) = cx.architecture.hierarchy.of(id, &class.name) else { continue };
            if ancestors.descends_from("builtins.Exception") {
                for (module, name) in &ancestors.own {
                    *heirs.entry(BaseError { module: *module, name: name.clone() }).or_default() += 1;
                }
            }
        }
    }
    let nearness = |base: &BaseError| shared(cx.module_name(base.module), cx.own_name());
    let mut found: Vec<(BaseError, usize)> =
        heirs.into_iter().filter(|(base, _)| is_base(cx, base, without_text)).collect();
    found.sort_by(|(a, of_a), (b, of_b)| {
        let key = |base: &BaseError, count: usize| (nearness(base), count);
        key(b, *of_b).cmp(&key(a, *of_a)).then_with(|| (a.module, &a.name).cmp(&(b.module, &b.name)))
    });
    found.into_iter().map(|(base, _)| base).find(|base| !is_caught(cx, base))
}

fn is_base(cx: &Context<'_>, base: &BaseError, without_text: bool) -> bool {
    let layer = cx.layer(base.module);
    let is_inside = matches!(layer, None | Some(Layer::Domain | Layer::Application | Layer::Shared));
    let ancestors = cx.architecture.hierarchy.of(base.module, &base.name);
    is_inside
        && cx.architecture.modules[base.module].role == PathRole::Code
        && ancestors.is_some_and(|ancestors| {
            ancestors.own.is_empty() && ancestors.foreign.iter().all(|name| name == "builtins.Exception")
        })
        && is_near(cx, base.module)
        && is_free_of_http(cx, base.module)
        && base.module != cx.id
        && !reaches(cx, base.module, cx.id)
        && takes_text(cx, base, without_text).unwrap_or_default()
}

/// Whether it is constructed with one text, which its `args` contain (`BaseException.args`); also `without_text`, if some
/// raises have none.
fn takes_text(cx: &Context<'_>, base: &BaseError, without_text: bool) -> Option<bool> {
    let there = view::query::context(cx.db, cx.project, cx.file_of(base.module))?;
    let definitions = &there.module.definitions;
    let (class, _) =
        definitions.classes().find(|(_, it)| it.scope == Scope::Module && it.name == base.name)?;
    let methods = || definitions.functions().filter(|(_, it)| it.scope == Scope::Class(class));
    if methods().any(|(_, it)| matches!(it.name.as_str(), "__str__" | "__new__" | "args")) {
        return Some(false);
    }
    let Some((init, facts)) = methods().find(|(_, it)| it.name == "__init__") else { return Some(true) };
    // A constructor of its own says something where no text is given.
    if without_text {
        return Some(false);
    }
    let [_, text, rest @ ..] = &*facts.parameters else { return Some(false) };
    let takes_one = text.default.is_none()
        && rest.iter().all(|it| it.default.is_some())
        && text.kind != python::ParameterKind::KeywordOnly;
    Some(takes_one && passes_to_base(&there, init, &text.name)?)
}

/// Whether a constructor passes only the text to its base, or nothing at all.
fn passes_to_base(cx: &Context<'_>, init: FunctionId, text: &str) -> Option<bool> {
    let body = body_of(cx, init)?;
    let changes_args = |stmt: &Stmt| match stmt {
        Stmt::Assign { targets, .. } => targets
            .iter()
            .any(|target| matches!(&body[*target], Expr::Attribute { name, .. } if name == "args")),
        _ => false,
    };
    let gives_other = |expr: &Expr| {
        let Expr::Call { callee, args } = expr else { return false };
        let is_init = matches!(&body[*callee], Expr::Attribute { name, .. } if name == "__init__");
        let is_text = match &**args {
            [Arg::Positional(only)] => matches!(&body[*only], Expr::Name(name) if name == text),
            _ => false,
        };
        is_init && !is_text
    };
    Some(!body.stmts.iter().any(changes_args) && !body.exprs.list.iter().any(gives_other))
}

/// Whether code of the project catches it by name.
fn is_caught(cx: &Context<'_>, base: &BaseError) -> bool {
    let importers = cx.architecture.graph.importers(base.module).iter().map(|edge| edge.to);
    let mut modules: Vec<ModuleId> = importers.chain([base.module]).collect();
    // A package re-exports its names.
    let further: Vec<ModuleId> = modules
        .iter()
        .filter(|id| cx.architecture.modules[**id].is_package)
        .flat_map(|id| cx.architecture.graph.importers(*id).iter().map(|edge| edge.to))
        .collect();
    modules.extend(further);
    modules.sort_unstable();
    modules.dedup();
    modules.into_iter().any(|module| {
        let bodies = view::query::context(cx.db, cx.project, cx.file_of(module));
        bodies.is_some_and(|there| {
            there.module.bodies.list.iter().any(|body| {
                body.stmts.iter().any(|stmt| {
                    let Stmt::Try { handlers, .. } = stmt else { return false };
                    handlers.iter().filter_map(|handler| handler.exception).any(|exception| {
                        let mut open = vec![exception];
                        while let Some(id) = open.pop() {
                            if let Expr::Name(name) | Expr::Attribute { name, .. } = &body[id]
                                && *name == base.name
                            {
                                return true;
                            }
                            body[id].for_each_child(|child| open.push(child));
                        }
                        false
                    })
                })
            })
        })
    })
}
