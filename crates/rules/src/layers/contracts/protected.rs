//! `protected` contracts: only some modules may import a module directly.

use config::{Contract, ContractKind};
use model::Target;
use python::Name;
use view::{Context, ImportView};

use super::{Breach, counts, is_named, lies_in, named, outside};
use crate::layers::aim::aims;

/// The breaches of the checked module.
pub(in crate::layers) fn breaches<'c>(cx: &'c Context<'_>) -> Vec<Breach<'c>> {
    let mut found = Vec::new();
    for contract in &cx.config.contracts {
        let ContractKind::Protected { allowed, as_packages, .. } = &contract.kind else { continue };
        if !contract.view.holds(cx.own_name()) || is_named(allowed, cx.own_name(), *as_packages) {
            continue;
        }
        let words = |name: &str| format!("`{name}` is protected by contract \"{}\"", contract.name);
        for aim in
            aims(cx, |item| item.module().filter(|to| is_kept(cx, contract, item, cx.module_name(*to))))
        {
            let name = cx.module_name(aim.to);
            if counts(contract, cx.own_name(), name, aim.is_type_checking()) {
                found.push(Breach::new(contract, aim.span(), words(name), vec![cx.id, aim.to]));
            }
        }
        for aim in aims(cx, |item| is_kept_outside(cx, contract, item)) {
            if outside::counts(contract, cx.own_name(), &aim.to, aim.is_type_checking()) {
                let breach = Breach::new(contract, aim.span(), words(&aim.to), vec![cx.id]);
                found.push(Breach { outside: Some(aim.to.clone()), ..breach });
            }
        }
    }
    found
}

/// Whether the contract forbids the checked module what `item` takes from the module `to`: any protected module that
/// contains `to` but not the checked module.
fn is_kept(cx: &Context<'_>, contract: &Contract, item: &ImportView<'_>, to: &str) -> bool {
    let ContractKind::Protected { protected, as_packages, exposed, .. } = &contract.kind else {
        return false;
    };
    let is_own = |module: &str| {
        if *as_packages { lies_in(cx.own_name(), module) } else { cx.own_name() == module }
    };
    let is_exposed = |module: &str| {
        let taken = item.resolved.absolute.strip_prefix(module).unwrap_or_default().trim_start_matches('.');
        // The package itself, as in `import shop.orders`, bypasses no interface.
        let is_package = taken.is_empty() && matches!(item.resolved.target, Target::Module(_));
        !exposed.is_empty() && (is_package || exposed.iter().any(|pattern| pattern.matches(taken)))
    };
    named(protected, to, *as_packages).any(|module| !is_own(module) && !is_exposed(module))
}

/// The protected name outside the contract's graph.
fn is_kept_outside(cx: &Context<'_>, contract: &Contract, item: &ImportView<'_>) -> Option<Name> {
    let ContractKind::Protected { protected, .. } = &contract.kind else { return None };
    let name = outside::name(contract, item.resolved, |id| &cx.architecture.modules[id].name)?;
    outside::part(contract, protected, name).map(|_| outside::written(item))
}
