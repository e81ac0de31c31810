//! `protected` contracts: only some may import a module directly.

use config::{Contract, ContractKind};
use model::{ModuleId, Target};

use super::{Breach, counts, lies_in, matched_by_any};
use crate::layers::aim::aims;
use crate::{Context, ImportView};

/// What the module judged breaks.
pub(in crate::layers) fn breaches<'c>(cx: &'c Context<'_>) -> Vec<Breach<'c>> {
    let mut found = Vec::new();
    for contract in &cx.config.contracts {
        let ContractKind::Protected { allowed, .. } = &contract.kind else { continue };
        if matched_by_any(allowed, cx.own_name(), true).is_some() {
            continue;
        }
        for aim in aims(cx, |item| item.module().filter(|to| is_kept(cx, contract, item, *to))) {
            if !counts(contract, cx.own_name(), cx.module_name(aim.to), aim.is_type_checking()) {
                continue;
            }
            let words =
                format!("`{}` is protected by contract \"{}\"", cx.module_name(aim.to), contract.name);
            found.push(Breach { contract, span: aim.span(), words, way: vec![cx.id, aim.to], outside: None });
        }
    }
    found
}

/// Whether the contract keeps what `item` takes from `to` from the module judged.
fn is_kept(cx: &Context<'_>, contract: &Contract, item: &ImportView<'_>, to: ModuleId) -> bool {
    let ContractKind::Protected { protected, as_packages, exposed, .. } = &contract.kind else {
        return false;
    };
    let Some(package) = matched_by_any(protected, cx.module_name(to), *as_packages) else { return false };
    if lies_in(cx.own_name(), package) {
        return false;
    }
    let taken = item.resolved.absolute.as_str();
    let taken = taken.strip_prefix(package).map(|rest| rest.trim_start_matches('.')).unwrap_or_default();
    if exposed.is_empty() {
        return true;
    }
    // The package by itself, as in `import shop.orders`, takes nothing from behind its interface.
    let is_package = taken.is_empty() && matches!(item.resolved.target, Target::Module(_));
    !is_package && !exposed.iter().any(|pattern| pattern.matches(taken))
}
