//! `private_modules` contracts: a module whose last segment begins with an underscore belongs to its parent package.

use config::ContractKind;
use view::Context;

use super::{Breach, counts, is_named, lies_in};
use crate::layers::aim::first_party;

/// The breaches of the checked module.
pub(in crate::layers) fn breaches<'c>(cx: &'c Context<'_>) -> Vec<Breach<'c>> {
    let mut found = Vec::new();
    for contract in &cx.config.contracts {
        let ContractKind::Private { packages } = &contract.kind else { continue };
        for aim in first_party(cx) {
            let name = cx.module_name(aim.to);
            let Some(parent) = parent_of_private(name) else { continue };
            let is_meant = packages.is_empty() || is_named(packages, name, true);
            if !is_meant
                || lies_in(cx.own_name(), parent)
                || !counts(contract, cx.own_name(), name, aim.is_type_checking())
            {
                continue;
            }
            let words = format!("`{name}` is private to `{parent}` by contract \"{}\"", contract.name);
            found.push(Breach::new(contract, aim.span(), words, vec![cx.id, aim.to]));
        }
    }
    found
}

/// The package that the innermost private module in `name` belongs to. Names like `__main__` are not private.
fn parent_of_private(name: &str) -> Option<&str> {
    let dots = name.match_indices('.').map(|(dot, _)| dot).rev();
    let mut end = name.len();
    for dot in dots {
        let segment = &name[dot + 1..end];
        if segment.starts_with('_') && !(segment.starts_with("__") && segment.ends_with("__")) {
            return Some(&name[..dot]);
        }
        end = dot;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::parent_of_private;

    #[test]
    fn the_innermost_private_module_decides() {
        let table = [
            ("shop._a.b._c.d", Some("shop._a.b")),
            ("shop._a.b", Some("shop")),
            ("shop.__main__", None),
            ("shop.__a", Some("shop")),
            ("_shop.a", None),
        ];
        for (name, parent) in table {
            assert_eq!(parent_of_private(name), parent, "{name}");
        }
    }
}
