//! The public interface of a package: what it exports under its own name, and whether other modules respect it.

use model::{ModuleId, Target};
use python::Name;
use view::{Context, ImportView};

use super::words;

/// The modules through which a package can be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Interface {
    /// The package: `shop.billing`.
    pub(super) package: String,
    /// The modules that form its interface, the package's own `__init__` first.
    pub(super) doors: Vec<ModuleId>,
    /// Whether a module exists only for this purpose (`facade.py`).
    pub(super) is_deliberate: bool,
}

/// The interface of `package`: its `__init__` if that exports names of the package's own modules, and modules with one
/// of the names in `words`.
pub(super) fn interface(
    cx: &Context<'_>,
    package: &str,
    near: ModuleId,
    words: &[&str],
) -> Option<Interface> {
    let modules = &cx.architecture.modules;
    let root = modules[near].root;
    let named: Vec<ModuleId> =
        words.iter().filter_map(|word| modules.by_name(&format!("{package}.{word}"), root)).collect();
    let init =
        modules.by_name(package, root).filter(|id| modules[*id].is_package && offers(cx, *id, package));
    let is_deliberate = !named.is_empty();
    let doors: Vec<ModuleId> = init.into_iter().chain(named).collect();
    (!doors.is_empty()).then(|| Interface { package: package.to_owned(), doors, is_deliberate })
}

/// A package's `__init__` alone, whether or not it says what it exports: what it imports by name can be had there.
pub(super) fn root(cx: &Context<'_>, package: &str, near: ModuleId) -> Option<Interface> {
    let modules = &cx.architecture.modules;
    let init = modules.by_name(package, modules[near].root).filter(|id| modules[*id].is_package)?;
    Some(Interface { package: package.to_owned(), doors: vec![init], is_deliberate: false })
}

/// Whether an `__init__` exports what its own modules define, and declares so in `__all__`.
fn offers(cx: &Context<'_>, init: ModuleId, package: &str) -> bool {
    let exports = model::query::exports(cx.db, cx.file_of(init));
    let resolved = model::query::resolved(cx.db, cx.project, cx.file_of(init));
    exports.all.as_ref().is_some_and(|all| !all.is_empty())
        && resolved.iter().filter_map(model::Resolved::module).any(|id| {
            let name = cx.module_name(id);
            name.len() > package.len() && view::frameworks::is_of(name, package)
        })
}

impl Interface {
    /// Whether others respect it: of the outside modules that import the package, most go through the interface. An
    /// interface that nothing uses doesn't count.
    pub(super) fn is_kept(&self, cx: &Context<'_>) -> bool {
        let (mut by_door, mut around) = (0, 0);
        for (id, info) in cx.architecture.modules.iter() {
            if view::frameworks::is_of(&info.name, &self.package) {
                continue;
            }
            let edges = cx.architecture.graph.imports(id);
            let inside = || {
                edges.iter().filter(|edge| view::frameworks::is_of(cx.module_name(edge.to), &self.package))
            };
            by_door += usize::from(inside().any(|edge| self.doors.contains(&edge.to)));
            around += usize::from(inside().any(|edge| !self.doors.contains(&edge.to)));
        }
        by_door >= if self.is_deliberate { 1 } else { 3 } && by_door >= 2 * around
    }

    /// The interface module that exports what `item` takes, and the name there.
    pub(super) fn door_for(&self, cx: &Context<'_>, item: &ImportView<'_>) -> Option<(ModuleId, Name)> {
        let Target::Symbol { origin, origin_name, .. } = &item.resolved.target else { return None };
        self.doors.iter().find_map(|door| Some((*door, offered(cx, *door, *origin, origin_name)?)))
    }
}

/// The public name under which `door` exports `name` of `origin`.
fn offered(cx: &Context<'_>, door: ModuleId, origin: ModuleId, name: &str) -> Option<Name> {
    let file = cx.file_of(door);
    let exports = model::query::exports(cx.db, file);
    let imports = python::query::imports(cx.db, file);
    let resolved = model::query::resolved(cx.db, cx.project, file);
    imports.iter().zip(resolved.iter()).find_map(|((_, import), resolved)| {
        let Target::Symbol { origin: there, origin_name, .. } = &resolved.target else { return None };
        let bound = import.bound_name()?;
        let same = *there == origin && origin_name == name && import.context.at_import_time();
        (same && exports.is_public(bound)).then(|| bound.into())
    })
}

/// The package before the first private segment of a module's name, and the name up to that segment: `shop.billing` and
/// `shop.billing._ledger` for `shop.billing._ledger.rows`.
pub(super) fn private_part(name: &str) -> Option<(&str, &str)> {
    let mut start = 0;
    for segment in name.split('.') {
        let end = start + segment.len();
        if start > 0 && words::is_private(segment) {
            return Some((&name[..start - 1], &name[..end]));
        }
        start = end + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::private_part;

    #[test]
    fn a_module_is_private_to_the_package_before_the_underscore() {
        let table = [
            ("shop.billing._ledger", Some(("shop.billing", "shop.billing._ledger"))),
            ("shop.billing._ledger.rows", Some(("shop.billing", "shop.billing._ledger"))),
            ("shop.billing.ledger", None),
            ("shop.__main__", None),
            ("_shop.billing", None),
        ];
        for (name, expected) in table {
            assert_eq!(private_part(name), expected, "{name}");
        }
    }
}
