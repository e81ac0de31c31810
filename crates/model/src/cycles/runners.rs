//! The modules whose import directly or indirectly executes a given module.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{ByModule, EdgeKind, Graph, ModuleId, Modules};

/// The modules whose import executes `goal`, including `goal` itself: the answer of [`super::closes_cycle`] for one
/// import, computed for all of them at once. Near linear.
pub(crate) fn runners(graph: &Graph, modules: &Modules, goal: ModuleId) -> FxHashSet<ModuleId> {
    let mut around: FxHashMap<ModuleId, Vec<ModuleId>> = FxHashMap::default();
    let mut run_by: ByModule<Vec<ModuleId>> = graph.outgoing.map(|_| Vec::new());
    for (from, edges) in graph.outgoing.iter() {
        for edge in edges.iter().filter(|edge| edge.kind == EdgeKind::Import) {
            let packages = around.entry(edge.to).or_insert_with(|| modules.packages_around(edge.to));
            let packages = packages.iter().copied().filter(|package| !is_running(modules, from, *package));
            for run in packages.chain([edge.to]) {
                if let Some(importers) = run_by.get_mut(run) {
                    importers.push(from);
                }
            }
        }
    }
    let mut found = FxHashSet::from_iter([goal]);
    let mut open = vec![goal];
    while let Some(module) = open.pop() {
        for importer in run_by.get(module).into_iter().flatten() {
            if found.insert(*importer) {
                open.push(*importer);
            }
        }
    }
    found
}

/// Whether a package is already being executed when a module imports anything: it encloses the module, or is the
/// module.
pub(crate) fn is_running(modules: &Modules, importer: ModuleId, package: ModuleId) -> bool {
    let (name, package) = (&modules[importer].name, &modules[package].name);
    name == package || name.strip_prefix(package.as_str()).is_some_and(|rest| rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use crate::fixture::Fixture;
    use crate::{EdgeKind, closes_cycle, query};

    #[test]
    fn one_import_is_judged_as_by_the_search_for_its_cycle() {
        let fixture = Fixture::new(
            "
//- pyproject.toml
[project]
name = \"shop\"
//- shop/__init__.py
from shop.late import late
//- shop/late.py
//- shop/orders/__init__.py
from shop.orders.model import Order
//- shop/orders/model.py
from shop.money import Money
//- shop/orders/service.py
from shop.orders import Order
def f():
    from shop.api import routes
//- shop/money.py
//- shop/api/__init__.py
//- shop/api/routes.py
import shop.orders.service
",
        );
        let (db, project) = (&fixture.db, fixture.project);
        let (graph, modules) = (query::graph(db, project), query::modules(db, project));
        let mut closing = 0;
        for (from, _) in modules.iter() {
            for (to, _) in modules.iter() {
                let is_there = graph.edge(from, to) == Some(EdgeKind::Import);
                let expected = !is_there && closes_cycle(&graph, &modules, from, to).is_some();
                let names = (&modules[from].name, &modules[to].name);
                assert_eq!(query::would_close_cycle(db, project, from, to), expected, "{names:?}");
                closing += usize::from(expected);
            }
        }
        assert!(closing > modules.list.len(), "more than the modules themselves");
    }
}
