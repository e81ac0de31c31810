//! `layers` contracts: a higher layer may import a lower one, never the other way around.

use config::{Contract, ContractKind, LayerSlot};
use model::ModuleId;
use view::{Context, wording};

use super::position::{Position, containers_of, inside, position};
use super::{Breach, counts, counts_edge, end_of};
use crate::layers::aim::first_party;
use crate::layers::way::Search;

/// Why one layer position must not import another.
enum Wrong<'c> {
    /// The imported layer is above.
    Upward,
    /// Two modules of one layer that must be independent.
    Beside,
    /// A closed layer between the two is bypassed; its slots.
    Past(&'c [LayerSlot]),
}

/// The breaches of the checked module.
pub(in crate::layers) fn breaches<'c>(cx: &'c Context<'_>) -> Vec<Breach<'c>> {
    let mut found = Vec::new();
    for contract in &cx.config.contracts {
        let ContractKind::Layers { layers, containers, exhaustive, exhaustive_ignores, .. } = &contract.kind
        else {
            continue;
        };
        for container in containers_of(containers, cx.own_name()) {
            if let Some(own) = position(layers, container, cx.own_name()) {
                imports(cx, contract, own, &mut found);
            } else if *exhaustive && !container.is_empty() {
                found.extend(unlisted(cx, contract, container, exhaustive_ignores));
            }
        }
    }
    found
}

fn imports<'c>(cx: &'c Context<'_>, contract: &'c Contract, own: Position<'c>, found: &mut Vec<Breach<'c>>) {
    let ContractKind::Layers { layers, allow_indirect, .. } = &contract.kind else { return };
    let position_of = |id: ModuleId| position(layers, own.container, cx.module_name(id));
    for aim in first_party(cx) {
        if !counts(contract, cx.own_name(), cx.module_name(aim.to), aim.is_type_checking()) {
            continue;
        }
        let way = match position_of(aim.to) {
            Some(to) if wrong(contract, own, to).is_some() => vec![cx.id, aim.to],
            Some(_) => continue,
            None if *allow_indirect => continue,
            None => {
                let search = Search {
                    graph: &cx.architecture.graph,
                    edge: &|from, edge| counts_edge(cx, contract, from, edge),
                    through: &|id| position_of(id).is_none(),
                    goal: &|id| position_of(id).is_some_and(|to| wrong(contract, own, to).is_some()),
                    limit: usize::MAX,
                };
                let Some(way) = search.run(aim.to) else { continue };
                [&[cx.id][..], &way].concat()
            }
        };
        let Some(why) = way.last().and_then(|end| wrong(contract, own, position_of(*end)?)) else { continue };
        let end = end_of(cx, &way);
        let name = &contract.name;
        let words = match why {
            Wrong::Upward => format!("{end} is in a higher layer of contract \"{name}\""),
            Wrong::Beside => {
                format!("{end} is in the same layer of contract \"{name}\", whose modules are independent")
            }
            Wrong::Past(slots) => {
                let closed: Vec<&str> = slots.iter().map(|slot| slot.module.as_str()).collect();
                format!("{end} is behind {}, a closed layer of contract \"{name}\"", wording::codes(&closed))
            }
        };
        found.push(Breach::new(contract, aim.span(), words, way));
    }
}

fn wrong<'c>(contract: &'c Contract, own: Position<'_>, to: Position<'_>) -> Option<Wrong<'c>> {
    let ContractKind::Layers { layers, independent, closed, .. } = &contract.kind else { return None };
    if to.layer < own.layer {
        return Some(Wrong::Upward);
    }
    if to.layer == own.layer {
        let apart = to.slot != own.slot && independent.get(own.layer).copied().unwrap_or_default();
        return apart.then_some(Wrong::Beside);
    }
    (own.layer + 1..to.layer)
        .find(|between| closed.get(*between).copied().unwrap_or_default())
        .and_then(|between| layers.get(between))
        .map(|slots| Wrong::Past(slots))
}

/// A child of an exhaustive container that is not a layer: reported once, in the child's first module.
fn unlisted<'c>(
    cx: &'c Context<'_>,
    contract: &'c Contract,
    container: &str,
    ignores: &[smol_str::SmolStr],
) -> Option<Breach<'c>> {
    let child = inside(cx.own_name(), container)?.split('.').next()?;
    if ignores.iter().any(|ignored| ignored == child) {
        return None;
    }
    // A layer may be named deeper than the child (`web.api`): then the child contains layers and is not one itself.
    let ContractKind::Layers { layers, .. } = &contract.kind else { return None };
    let holds_layers = layers.iter().flatten().any(|slot| inside(slot.module.as_str(), child).is_some());
    let child_name = format!("{container}.{child}");
    let modules = &cx.architecture.modules;
    let first = modules.by_name(&child_name, cx.info().root).or_else(|| {
        modules.iter().find(|(_, info)| super::lies_in(&info.name, &child_name)).map(|(id, _)| id)
    });
    if holds_layers || first != Some(cx.id) {
        return None;
    }
    let words = format!(
        "`{child_name}` is not a layer of contract \"{}\", which must list every child of `{container}`",
        contract.name
    );
    Some(Breach::new(contract, source::Span::default(), words, vec![cx.id]))
}
