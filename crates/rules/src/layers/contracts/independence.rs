//! `independence` contracts: modules that must not import each other, directly or indirectly.

use config::ContractKind;
use model::ModuleId;
use view::Context;

use super::{Breach, counts, counts_edge, end_of, lies_in, matched_by_any};
use crate::layers::aim::first_party;
use crate::layers::way::Search;

/// The breaches of the checked module.
pub(in crate::layers) fn breaches<'c>(cx: &'c Context<'_>) -> Vec<Breach<'c>> {
    let mut found = Vec::new();
    for contract in &cx.config.contracts {
        let ContractKind::Independence { modules } = &contract.kind else { continue };
        let Some(own) = matched_by_any(modules, cx.own_name()) else { continue };
        let part = |id: ModuleId| matched_by_any(modules, cx.module_name(id));
        let is_other =
            |id: ModuleId| part(id).is_some_and(|other| !lies_in(other, own) && !lies_in(own, other));
        for aim in first_party(cx) {
            if !counts(contract, cx.own_name(), cx.module_name(aim.to), aim.is_type_checking()) {
                continue;
            }
            let way = if is_other(aim.to) {
                vec![cx.id, aim.to]
            } else if part(aim.to).is_none() {
                let search = Search {
                    graph: &cx.architecture.graph,
                    edge: &|from, edge| counts_edge(cx, contract, from, edge),
                    through: &|id| part(id).is_none(),
                    goal: &is_other,
                    limit: usize::MAX,
                };
                let Some(way) = search.run(aim.to) else { continue };
                [&[cx.id][..], &way].concat()
            } else {
                continue;
            };
            let words =
                format!("Contract \"{}\" keeps `{own}` independent of {}", contract.name, end_of(cx, &way));
            found.push(Breach::new(contract, aim.span(), words, way));
        }
    }
    found
}
