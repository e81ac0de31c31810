//! The module that a name with a chain of attributes leads to: `shop.domain.order` in `shop.domain.order.Order`.

use model::{Head, ModuleId, Modules, Target};
use python::{ImportKind, Name};
use view::{Context, ImportView};

/// The module that a bound name refers to, and how far a chain of attributes stays among modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chain {
    /// The dotted name of the module or folder reached.
    pub(super) module: Name,
    /// The module reached, unless it is a folder.
    pub(super) id: Option<ModuleId>,
    /// How many attributes lead there.
    pub(super) segments: usize,
}

/// The project module that an import binds to its name, if any.
pub(super) fn bound(cx: &Context<'_>, view: &ImportView<'_>) -> Option<Chain> {
    let modules = &cx.architecture.modules;
    let at = |module: Name, id| Some(Chain { module, id, segments: 0 });
    if view.import.kind == ImportKind::Module && view.import.alias.is_none() {
        let first: Name = view.import.module.split('.').next()?.into();
        let is_of_project =
            matches!(view.resolved.target, Target::Module(_) | Target::Namespace(_) | Target::Missing(_));
        let id = modules.by_name(&first, cx.info().root);
        return if is_of_project { at(first, id) } else { None };
    }
    match &view.resolved.target {
        Target::Module(id) => at(view.resolved.absolute.clone(), Some(*id)),
        Target::Namespace(name) => at(name.clone(), None),
        Target::Symbol { origin, origin_name, .. } if origin_name.is_empty() => {
            at(modules[*origin].name.clone(), Some(*origin))
        }
        _ => None,
    }
}

/// Follows `attributes` (dotted) from a module, while each is a submodule of the one before.
pub(super) fn follow(cx: &Context<'_>, from: &Chain, attributes: &str) -> Chain {
    let modules: &Modules = &cx.architecture.modules;
    let mut at = from.clone();
    for segment in attributes.split('.').filter(|segment| !segment.is_empty()) {
        let child: Name = format!("{}.{segment}", at.module).into();
        let known = modules.by_name(&child, cx.info().root);
        let next = match (at.id, known) {
            // A binding of that name in the package takes precedence over the submodule.
            (Some(package), Some(submodule)) => {
                match model::query::head_member(cx.db, cx.project, package, segment) {
                    Head::Module(found) if found == submodule => Some(submodule),
                    _ => return at,
                }
            }
            (None, Some(submodule)) => Some(submodule),
            (_, None) if modules.is_namespace(&child) => None,
            (_, None) => return at,
        };
        at = Chain { module: child, id: next, segments: at.segments + 1 };
    }
    at
}
