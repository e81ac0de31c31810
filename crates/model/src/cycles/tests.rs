use proptest::prelude::*;

use super::*;
use crate::Edge;

/// A graph of `count` modules; `-` is an import at import time, `~` one inside a function.
fn graph(count: u32, edges: &str) -> Graph {
    let mut outgoing: Vec<Vec<Edge>> = vec![Vec::new(); count as usize];
    for edge in edges.split_whitespace() {
        let kind = if edge.contains('-') { EdgeKind::Import } else { EdgeKind::Deferred };
        let (from, to) = edge.split_once(['-', '~']).expect("an edge is written a-b or a~b");
        let number = |text: &str| text.parse::<u32>().expect("a node is a number");
        outgoing[number(from) as usize].push(Edge { to: ModuleId(number(to)), kind });
    }
    from_edges(outgoing)
}

fn from_edges(mut outgoing: Vec<Vec<Edge>>) -> Graph {
    for edges in &mut outgoing {
        edges.sort_unstable();
        edges.dedup_by_key(|edge| edge.to);
    }
    let ids = (0..outgoing.len() as u32).map(ModuleId).collect();
    Graph::new(ByModule::new(ids, outgoing.into_iter().map(Vec::into_boxed_slice)))
}

fn ids(modules: &[ModuleId]) -> String {
    modules.iter().map(|id| id.0.to_string()).collect::<Vec<_>>().join(" ")
}

fn show(graph: &Graph, weight: &dyn Fn(ModuleId, ModuleId) -> u32) -> Vec<String> {
    let describe = |component: &Component| {
        let when = if component.at_import_time { "import" } else { "deferred" };
        let cuts: Vec<String> =
            component.cuts.iter().map(|(from, to)| format!("{}>{}", from.0, to.0)).collect();
        let (modules, shortest) = (ids(&component.modules), ids(&component.shortest));
        format!("{when} [{modules}] shortest [{shortest}] cut {}", cuts.join(" "))
    };
    find(graph, weight).components.iter().map(describe).collect()
}

fn plain(graph: &Graph) -> Vec<String> {
    show(graph, &|_, _| 1)
}

#[test]
fn a_chain_has_no_cycle() {
    assert!(plain(&graph(4, "0-1 1-2 2-3 0-3")).is_empty());
}

#[test]
fn a_cycle_at_import_time_is_told_once() {
    assert_eq!(plain(&graph(2, "0-1 1-0")), ["import [0 1] shortest [1 0] cut 1>0"]);
    assert_eq!(plain(&graph(2, "0-1 1~0")), ["deferred [0 1] shortest [1 0] cut 1>0"]);
}

#[test]
fn a_component_at_import_time_is_told_beside_the_larger_one_that_holds_it() {
    assert_eq!(
        plain(&graph(4, "0-1 1-0 1-2 2-3 3~0")),
        ["import [0 1] shortest [1 0] cut 1>0", "deferred [0 1 2 3] shortest [3 0 1 2] cut 0>1",]
    );
}

#[test]
fn the_cheapest_edge_is_cut() {
    let heavy = |from: ModuleId, _: ModuleId| if from.0 == 1 { 1 } else { 5 };
    assert_eq!(show(&graph(3, "0-1 1-2 2-0"), &heavy), ["import [0 1 2] shortest [1 2 0] cut 1>2"]);
}

#[test]
fn a_shortest_cycle_is_found_among_longer_ones() {
    assert_eq!(
        plain(&graph(6, "0-1 1-2 2-3 3-4 4-0 3-5 5-3 4-2")),
        ["import [0 1 2 3 4 5] shortest [5 3] cut 3>4 5>3"]
    );
}

#[test]
fn a_cycle_through_an_edge() {
    let graph = graph(5, "0-1 1-2 2-0 2~1 3-0");
    let through = |from, to, kind| shortest_through(&graph, ModuleId(from), ModuleId(to), kind);
    assert_eq!(through(2, 0, EdgeKind::Import).as_deref().map(ids).as_deref(), Some("2 0 1"));
    assert_eq!(through(1, 2, EdgeKind::Import).as_deref().map(ids).as_deref(), Some("1 2 0"));
    assert_eq!(through(1, 2, EdgeKind::Deferred).as_deref().map(ids).as_deref(), Some("1 2"));
    assert_eq!(through(3, 0, EdgeKind::Deferred), None);
}

#[test]
fn deep_and_wide_graphs_end_soon() {
    let ring: Vec<Vec<Edge>> = (0..20_000)
        .map(|from| vec![Edge { to: ModuleId((from + 1) % 20_000), kind: EdgeKind::Import }])
        .collect();
    let found = find(&from_edges(ring), &|_, _| 1);
    assert_eq!(found.components.len(), 1);
    assert_eq!(found.components[0].shortest.len(), 20_000);
    assert_eq!(found.components[0].cuts.len(), 1);
}

#[test]
fn one_giant_component_ends_soon() {
    // 20,000 modules and 100,000 edges, spread by a linear congruence so that nearly all modules are in one component.
    let edges = |from: u32| {
        let spread = |step: u32| (from.wrapping_mul(48_271).wrapping_add(step.wrapping_mul(40_503))) % 20_000;
        (1..=5)
            .map(spread)
            .filter(|to| *to != from)
            .map(|to| Edge { to: ModuleId(to), kind: EdgeKind::Import })
            .collect()
    };
    let found = find(&from_edges((0..20_000).map(edges).collect()), &|from, to| 1 + (from.0 ^ to.0) % 3);
    assert_eq!(found.components.len(), 1);
    assert!(found.components[0].shortest.len() > 1);
}

/// Whether there is a path from `from` to `to`, by plain search.
fn reaches(graph: &Graph, from: usize, to: usize, at_least: EdgeKind) -> bool {
    let mut reached = vec![false; graph.len()];
    let mut changed = true;
    while changed {
        changed = false;
        for (node, edges) in graph.outgoing.values().iter().enumerate() {
            if node != from && !reached[node] {
                continue;
            }
            for edge in edges.iter().filter(|edge| edge.kind >= at_least) {
                changed |= !std::mem::replace(&mut reached[edge.to.0 as usize], true);
            }
        }
    }
    reached[to]
}

fn any_graph() -> impl Strategy<Value = Graph> {
    let edge = (
        0u32..9,
        0u32..9,
        prop::sample::select(vec![
            EdgeKind::TypeChecking,
            EdgeKind::Dynamic,
            EdgeKind::Deferred,
            EdgeKind::Import,
        ]),
    );
    prop::collection::vec(edge, 0..30).prop_map(|edges| {
        let mut outgoing: Vec<Vec<Edge>> = vec![Vec::new(); 9];
        for (from, to, kind) in edges.into_iter().filter(|(from, to, _)| from != to) {
            outgoing[from as usize].push(Edge { to: ModuleId(to), kind });
        }
        from_edges(outgoing)
    })
}

proptest! {
    #[test]
    fn components_are_those_of_a_naive_search(graph in any_graph()) {
        for at_least in [EdgeKind::Import, EdgeKind::Deferred] {
            let mut naive: Vec<Vec<ModuleId>> = (0..graph.len())
                .map(|node| {
                    let both = |other: &usize| {
                        reaches(&graph, node, *other, at_least) && reaches(&graph, *other, node, at_least)
                    };
                    (0..graph.len()).filter(both).map(|other| ModuleId(other as u32)).collect()
                })
                .filter(|component: &Vec<ModuleId>| component.len() > 1)
                .collect();
            naive.sort();
            naive.dedup();
            prop_assert_eq!(strong(&graph, at_least), naive);
        }
    }

    #[test]
    fn shortest_cycles_exist_and_none_is_shorter(graph in any_graph()) {
        for component in find(&graph, &|_, _| 1).components {
            let at_least = if component.at_import_time { EdgeKind::Import } else { EdgeKind::Deferred };
            let cycle = &component.shortest;
            for (from, to) in cycle.iter().zip(cycle.iter().cycle().skip(1)) {
                prop_assert!(graph.edge(*from, *to).is_some_and(|kind| kind >= at_least));
            }
            prop_assert!(component.at_import_time || graph.edge(cycle[0], cycle[1]) == Some(EdgeKind::Deferred));
            let shortest = component.modules.iter().flat_map(|from| {
                let closing = graph.imports(*from).iter().filter(|edge| {
                    if component.at_import_time { edge.kind == at_least } else { edge.kind == EdgeKind::Deferred }
                });
                closing.filter_map(|edge| shortest_through(&graph, *from, edge.to, at_least)).map(|it| it.len())
            }).min();
            prop_assert_eq!(shortest, Some(cycle.len()));
        }
    }

    #[test]
    fn without_the_cuts_no_cycle_is_left_and_each_is_needed(graph in any_graph()) {
        for component in find(&graph, &|from, to| 1 + (from.0 * 7 + to.0) % 4).components {
            let at_least = if component.at_import_time { EdgeKind::Import } else { EdgeKind::Deferred };
            let inside = |id: &ModuleId| component.modules.contains(id);
            let without = |kept: Option<(ModuleId, ModuleId)>| {
                let nodes = graph.outgoing.iter().map(|(from, edges)| {
                    let stays = |edge: &&Edge| {
                        let pair = (from, edge.to);
                        inside(&from) && inside(&edge.to) && edge.kind >= at_least
                            && (kept == Some(pair) || !component.cuts.contains(&pair))
                    };
                    edges.iter().filter(stays).copied().collect()
                });
                from_edges(nodes.collect())
            };
            prop_assert!(strong(&without(None), at_least).is_empty());
            for cut in &component.cuts {
                prop_assert!(!strong(&without(Some(*cut)), at_least).is_empty());
            }
        }
    }
}
