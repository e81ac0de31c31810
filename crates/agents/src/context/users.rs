//! The users of a subject, by layer, and the routes that reach it.

use std::collections::{BTreeMap, BTreeSet};

use flow::FunctionRef;
use model::{Architecture, ModuleId, Route, Target};
use python::{FunctionId, Scope};
use serde::Serialize;
use workspace::Snapshot;

use super::InLayer;
use crate::layer;
use crate::subject::{Subject, SymbolKind};

/// Limit on the modules named per layer.
const EXAMPLES: usize = 3;

/// Limit on the call levels that are followed upwards.
const HOPS: usize = 16;

/// A route that reaches a subject.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct RouteRow {
    /// `GET /orders/{id}`
    pub(crate) route: String,
    pub(crate) handler: String,
}

/// The modules, counted by layer, most first.
pub(crate) fn by_layer(architecture: &Architecture, modules: &[ModuleId]) -> Vec<InLayer> {
    let mut counted: BTreeMap<&'static str, Vec<ModuleId>> = BTreeMap::new();
    for module in modules {
        counted.entry(layer::word(architecture, *module)).or_default().push(*module);
    }
    let name = |module: &ModuleId| architecture.modules[*module].path.to_string();
    let mut rows: Vec<InLayer> = counted
        .into_iter()
        .map(|(layer, modules)| InLayer {
            layer,
            count: modules.len(),
            examples: modules.iter().take(EXAMPLES).map(name).collect(),
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.count));
    rows
}

/// The modules that import the subject, including tests: for a symbol those that import its name, or the module as a
/// whole.
pub(crate) fn direct_users(snapshot: &Snapshot, subject: &Subject) -> Vec<ModuleId> {
    let architecture = snapshot.architecture(subject.project);
    let name = subject.imported_name();
    let mut users = Vec::new();
    for (id, info) in architecture.modules.iter().filter(|(id, _)| *id != subject.module) {
        let resolved = model::query::resolved(snapshot.db(), subject.project, info.file);
        let uses = resolved.iter().any(|resolved| match &resolved.target {
            Target::Module(module) => *module == subject.module,
            Target::Symbol { module, origin, origin_name, .. } => match name {
                None => *module == subject.module || *origin == subject.module,
                Some(name) => *origin == subject.module && origin_name == name,
            },
            _ => false,
        });
        if uses {
            users.push(id);
        }
    }
    users
}

/// The functions of a subject: one, those of a class, or all of a module.
pub(crate) fn functions(snapshot: &Snapshot, subject: &Subject) -> Vec<FunctionRef> {
    let modules = model::query::modules(snapshot.db(), subject.project);
    let definitions = python::query::definitions(snapshot.db(), modules[subject.module].file);
    let of_class = |id: FunctionId, class| definitions[id].scope == Scope::Class(class);
    let is_meant = |id: FunctionId| match subject.symbol.as_ref().map(|symbol| symbol.kind) {
        None => true,
        Some(SymbolKind::Function(own)) => own == id,
        Some(SymbolKind::Class(class)) => of_class(id, class),
        Some(SymbolKind::Variable) => false,
    };
    let ids = definitions.functions().map(|(id, _)| id).filter(|id| is_meant(*id));
    ids.map(|function| FunctionRef { module: subject.module, function }).collect()
}

/// The functions that call these functions, directly or indirectly, and these functions themselves.
pub(crate) fn callers_of(
    snapshot: &Snapshot,
    subject: &Subject,
    functions: Vec<FunctionRef>,
) -> BTreeSet<FunctionRef> {
    let callers = flow::query::callers(snapshot.db(), subject.project);
    let mut seen: BTreeSet<FunctionRef> = functions.iter().copied().collect();
    let mut edge = functions;
    for _ in 0..HOPS {
        let mut next = Vec::new();
        for function in &edge {
            let above = callers.get(function).into_iter().flatten();
            next.extend(above.copied().filter(|caller| seen.insert(*caller)));
        }
        if next.is_empty() {
            break;
        }
        edge = next;
    }
    seen
}

/// The routes whose handlers or dependencies call the subject, directly or indirectly.
pub(crate) fn reaching_routes(snapshot: &Snapshot, subject: &Subject) -> Vec<RouteRow> {
    let callers = callers_of(snapshot, subject, functions(snapshot, subject));
    let routes = model::query::routes(snapshot.db(), subject.project);
    let modules = model::query::modules(snapshot.db(), subject.project);
    let calls =
        |(module, function): (ModuleId, FunctionId)| callers.contains(&FunctionRef { module, function });
    let reaches = |route: &&Route| {
        route.handler.function.is_some_and(calls) || route.dependencies.iter().any(|it| calls(*it))
    };
    let rows = routes.list.iter().filter(reaches).map(|route| RouteRow {
        route: route.title(),
        handler: format!("{}:{}", modules[route.handler.module].path, route.handler.qualified()),
    });
    let unique: BTreeSet<RouteRow> = rows.collect();
    unique.into_iter().collect()
}
