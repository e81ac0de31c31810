//! Cycles between the children of a package: what an `acyclic` contract forbids.

use python::Name;
use rustc_hash::FxHashMap;

use super::component::{Local, LocalEdge, components};
use super::{cut, shortest};
use crate::{ByModule, Edge, EdgeKind, Graph, ModuleId, Modules};

/// Children of one package that import each other cyclically.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiblingCycle {
    /// Their dotted names, sorted.
    pub children: Box<[Name]>,
    /// A shortest cycle through them: each imports the next, the last one the first.
    pub shortest: Box<[Name]>,
    /// One import (importer, imported) for each hop of the shortest cycle, in the same order.
    pub hops: Box<[(ModuleId, ModuleId)]>,
}

/// Edges between children: the number of imports, and the first of them.
type Between = FxHashMap<(u32, u32), (u32, (ModuleId, ModuleId))>;

/// The cycles between the direct children of `package`, each child including everything below it. `counts` decides (by
/// importer and edge) which edges matter.
pub fn sibling_cycles(
    modules: &Modules,
    graph: &Graph,
    package: &str,
    counts: &dyn Fn(ModuleId, Edge) -> bool,
) -> Vec<SiblingCycle> {
    let mut names: Vec<Name> = Vec::new();
    let mut children: FxHashMap<&str, u32> = FxHashMap::default();
    let child_of: ByModule<Option<u32>> = modules.map(|_, module| {
        let below = module.name.strip_prefix(package).and_then(|rest| rest.strip_prefix('.'));
        let child = below.and_then(|rest| rest.split('.').next())?;
        Some(*children.entry(child).or_insert_with(|| {
            names.push(format!("{package}.{child}").into());
            (names.len() - 1) as u32
        }))
    });
    let mut edges = Between::default();
    for (from, _) in modules.iter() {
        let Some(child) = child_of[from] else { continue };
        for edge in graph.imports(from).iter().filter(|edge| counts(from, **edge)) {
            if let Some(other) = child_of[edge.to].filter(|other| *other != child) {
                edges.entry((child, other)).or_insert((0, (from, edge.to))).0 += 1;
            }
        }
    }
    let mut local = Local { edges: vec![Vec::new(); names.len()] };
    for ((from, to), (weight, _)) in &edges {
        local.edges[*from as usize].push(LocalEdge { to: *to, kind: EdgeKind::Import, weight: *weight });
    }
    for edges in &mut local.edges {
        edges.sort_unstable_by_key(|edge| edge.to);
    }
    let targets = local.edges.iter().map(|edges| edges.iter().map(|edge| edge.to));
    let found = components(names.len(), targets);
    found.iter().map(|component| describe(component, &local, &names, &edges)).collect()
}

fn describe(component: &[u32], graph: &Local, names: &[Name], edges: &Between) -> SiblingCycle {
    let inner = |from: &u32| {
        let edges = graph.edges[*from as usize].iter();
        edges
            .filter_map(|edge| {
                let to = component.binary_search(&edge.to).ok()? as u32;
                Some(LocalEdge { to, ..*edge })
            })
            .collect()
    };
    let local = Local { edges: component.iter().map(inner).collect() };
    let way: Vec<u32> = shortest::shortest(&local, EdgeKind::Import, &cut::cuts(&local))
        .into_iter()
        .map(|index| component[index as usize])
        .collect();
    let hops = way.iter().zip(way.iter().cycle().skip(1)).filter_map(|(from, to)| edges.get(&(*from, *to)));
    let name = |index: &u32| names[*index as usize].clone();
    let mut children: Vec<Name> = component.iter().map(name).collect();
    children.sort();
    SiblingCycle {
        children: children.into(),
        shortest: way.iter().map(name).collect(),
        hops: hops.map(|(_, hop)| *hop).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;
    use crate::query;

    const PROJECT: &str = r"
//- shop/__init__.py
//- shop/orders/__init__.py
//- shop/orders/service.py
import shop.users.service
//- shop/users/__init__.py
//- shop/users/service.py
def f():
    import shop.orders.models
//- shop/orders/models.py
//- shop/billing.py
import shop.orders.service
";

    fn cycles(package: &str, counts: &dyn Fn(ModuleId, Edge) -> bool) -> Vec<String> {
        let fixture = Fixture::new(PROJECT);
        let (modules, graph) = (fixture.modules(), query::graph(&fixture.db, fixture.project));
        let show = |cycle: SiblingCycle| {
            let hop =
                |(from, to): &(ModuleId, ModuleId)| format!("{}>{}", modules[*from].name, modules[*to].name);
            let hops: Vec<String> = cycle.hops.iter().map(hop).collect();
            format!("{} | {}", cycle.shortest.join(" > "), hops.join(" "))
        };
        sibling_cycles(&modules, &graph, package, counts).into_iter().map(show).collect()
    }

    #[test]
    fn packages_are_cyclic_where_no_modules_are() {
        assert_eq!(
            cycles("shop", &|_, _| true),
            ["shop.users > shop.orders | shop.users.service>shop.orders.models \
                 shop.orders.service>shop.users.service"]
        );
    }

    #[test]
    fn edges_that_do_not_count_close_nothing() {
        assert!(cycles("shop", &|_, edge| edge.kind == EdgeKind::Import).is_empty());
        assert!(cycles("shop.orders", &|_, _| true).is_empty());
    }
}
