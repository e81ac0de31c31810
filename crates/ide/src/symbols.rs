//! Workspace symbols over all projects: routes (`GET /orders`), ports, entities, and the packages that are layers.
//! Classes and functions in general are left to other servers.

use flow::FunctionRef;
use model::{ClassRef, Project};
use workspace::Snapshot;

use crate::{Place, place};

/// Limit on the symbols returned.
const MOST: usize = 128;

/// A named item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// `GET /orders`, `OrderRepository`, `shop.domain`.
    pub name: String,
    /// Its kind.
    pub kind: SymbolKind,
    /// Its kind in a word, and its module: `port · shop.domain.ports`.
    pub container: String,
    /// Where it is.
    pub place: Place,
}

/// The kind of a symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SymbolKind {
    /// A route.
    Route,
    /// An interface.
    Port,
    /// A class whose instances are rows.
    Entity,
    /// A package whose modules are of one layer.
    Layer,
}

/// The symbols whose names contain the letters of `query` in order, best first: those that start with it, those that
/// contain it as a whole, the others. All, up to the limit, for an empty query.
pub fn symbols(snapshot: &Snapshot, query: &str) -> Vec<Symbol> {
    let query: String = query.to_lowercase().chars().filter(|letter| !letter.is_whitespace()).collect();
    let mut found: Vec<(u8, Symbol)> = Vec::new();
    for project in snapshot.projects() {
        let mut add = |symbol: Symbol| {
            if let Some(rank) = rank(&symbol.name, &query) {
                found.push((rank, symbol));
            }
        };
        routes(snapshot, *project, &mut add);
        ports(snapshot, *project, &mut add);
        entities(snapshot, *project, &mut add);
        layers(snapshot, *project, &mut add);
    }
    found.sort_by(|(a_rank, a), (b_rank, b)| {
        (a_rank, a.kind, a.name.len(), &a.name, &a.container).cmp(&(
            b_rank,
            b.kind,
            b.name.len(),
            &b.name,
            &b.container,
        ))
    });
    found.truncate(MOST);
    found.into_iter().map(|(_, symbol)| symbol).collect()
}

/// How well a name matches; `None` if it doesn't. The query has no blanks and no capitals.
fn rank(name: &str, query: &str) -> Option<u8> {
    let name: String = name.to_lowercase().chars().filter(|letter| !letter.is_whitespace()).collect();
    if name.starts_with(query) {
        return Some(0);
    }
    if name.contains(query) {
        return Some(1);
    }
    let mut letters = name.chars();
    query.chars().all(|wanted| letters.any(|letter| letter == wanted)).then_some(2)
}

fn routes(snapshot: &Snapshot, project: Project, add: &mut dyn FnMut(Symbol)) {
    let modules = model::query::modules(snapshot.db(), project);
    for route in &model::query::routes(snapshot.db(), project).list {
        let handler = &route.handler;
        let place = match (handler.function, &handler.class) {
            (Some((module, function)), _) => {
                place::of_function(snapshot, project, FunctionRef { module, function })
            }
            (None, Some(class)) => {
                place::of_class(snapshot, project, &ClassRef::new(handler.module, class.clone()))
            }
            (None, None) => None,
        };
        let Some(place) = place else { continue };
        let module = modules.get(handler.module).map_or("", |info| info.name.as_str());
        add(Symbol {
            name: route.title(),
            kind: SymbolKind::Route,
            container: format!("{} · {module}", handler.qualified()),
            place,
        });
    }
}

fn ports(snapshot: &Snapshot, project: Project, add: &mut dyn FnMut(Symbol)) {
    for class in model::query::interfaces(snapshot.db(), project).ports() {
        class_symbol(snapshot, project, class, SymbolKind::Port, add);
    }
}

fn entities(snapshot: &Snapshot, project: Project, add: &mut dyn FnMut(Symbol)) {
    let schema = model::query::schema(snapshot.db(), project);
    for entity in schema.entities.values().filter(|entity| !entity.is_abstract) {
        class_symbol(snapshot, project, &entity.class, SymbolKind::Entity, add);
    }
}

fn class_symbol(
    snapshot: &Snapshot,
    project: Project,
    class: &ClassRef,
    kind: SymbolKind,
    add: &mut dyn FnMut(Symbol),
) {
    let Some(place) = place::of_class(snapshot, project, class) else { return };
    let modules = model::query::modules(snapshot.db(), project);
    let module = modules.get(class.module).map_or("", |info| info.name.as_str());
    let word = if kind == SymbolKind::Port { "port" } else { "entity" };
    add(Symbol { name: class.name.to_string(), kind, container: format!("{word} · {module}"), place });
}

/// The outermost packages of a layer.
fn layers(snapshot: &Snapshot, project: Project, add: &mut dyn FnMut(Symbol)) {
    let architecture = snapshot.architecture(project);
    let (modules, layers) = (&architecture.modules, &architecture.layers);
    for (id, info) in modules.iter().filter(|(_, info)| info.is_package) {
        let Some(layer) = layers.layer(id) else { continue };
        let mut around = modules.packages_around(id).into_iter();
        if around.any(|package| layers.layer(package) == Some(layer)) {
            continue;
        }
        let Some(place) = place::of_module(modules, id) else { continue };
        add(Symbol {
            name: info.name.to_string(),
            kind: SymbolKind::Layer,
            container: format!("layer {layer}"),
            place,
        });
    }
}

#[cfg(test)]
mod tests;
