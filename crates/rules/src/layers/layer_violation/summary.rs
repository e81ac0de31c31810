//! One finding for a claim that most of the modules concerned break: one decision to make rather than many faults.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use config::Layer;
use model::{Claim, EdgeKind, ModuleId};
use view::{Context, Findings, Key, wording};

use super::super::aim::first_party;
use super::super::practice::broken_by_most;

/// Limit on the breaking modules shown by name.
const SHOWN: usize = 5;

/// Reports the claim in the first module that breaks it.
pub(super) fn tell(cx: &Context<'_>, is_allowed: impl Fn(Layer, Layer) -> bool, out: &mut Findings<'_>) {
    let Some(own) = cx.own_layer() else { return };
    let Some((scope, claim)) = broken_by_most(cx, own, Layer::Infrastructure) else { return };
    if claim.breaking.first() != Some(&cx.id) || is_allowed(claim.from, claim.to) {
        return;
    }
    let is_outer = |id: ModuleId| cx.architecture.layers.sure_layer(id) == Some(claim.to);
    let Some(aim) = first_party(cx).into_iter().find(|aim| is_outer(aim.to)) else { return };
    let breaking = claim.breaking.len();
    let all = claim.all;
    let place = if scope.name() == "." { "the project".to_owned() } else { format!("`{}`", scope.name()) };
    let mut message = format!(
        "{breaking} of {all} {} modules of {place} that need {} import it, against the direction that its folders claim",
        claim.from, claim.to
    );
    if let Some((module, count)) = most_imported(cx, claim, is_outer) {
        let name = cx.module_name(module);
        let _ = write!(message, "; a port for what {count} of them take from `{name}` is the first step");
    }
    let key = Key::new(format!("most of {} import {} in {}", claim.from, claim.to, scope.name()));
    let names: Vec<&str> = claim.breaking.iter().take(SHOWN).map(|id| cx.module_name(*id)).collect();
    let by = match breaking.saturating_sub(SHOWN) {
        0 => wording::codes(&names),
        more => format!("{} and {more} more", wording::codes(&names)),
    };
    let draft = out.add(aim.span(), key, message);
    draft.modules(claim.breaking.iter().map(|id| cx.architecture.modules[*id].name.clone()));
    draft.evidence(format!("{}: {}\nBy {by}", scope.style, scope.reason()));
}

/// The outer module that most of them import, and how many do.
fn most_imported(
    cx: &Context<'_>,
    claim: &Claim,
    is_outer: impl Fn(ModuleId) -> bool,
) -> Option<(ModuleId, usize)> {
    let mut counts: BTreeMap<ModuleId, usize> = BTreeMap::new();
    for id in &claim.breaking {
        let edges = cx.architecture.graph.imports(*id).iter();
        for edge in edges.filter(|edge| edge.kind == EdgeKind::Import && is_outer(edge.to)) {
            *counts.entry(edge.to).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|(id, count)| (*count, std::cmp::Reverse(*id)));
    most.filter(|(_, count)| *count > 1)
}
