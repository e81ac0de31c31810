//! Where a definition may go according to the layers: its users may import the new module, and the new module may
//! import its dependencies.

use config::Layer;
use model::{ModuleId, PathRole, Target};
use python::{Expr, Scope};
use source::Span;
use view::{Context, may_import};

use super::symbol::{SymbolMove, spans};

/// The layers' verdict on the modules that a definition could move to.
pub(super) struct Allowed<'c, 'a> {
    cx: &'c Context<'a>,
    /// The modules that use it; including its own if that uses it.
    users: Vec<ModuleId>,
    /// The modules that it uses; including its own if it uses anything that stays there.
    needs: Vec<ModuleId>,
    /// Whether it uses third-party code.
    needs_library: bool,
    /// Whether it has behaviour: a class or function that isn't a mere shape.
    is_work: bool,
}

impl<'c, 'a> Allowed<'c, 'a> {
    /// `None` if the name is not defined at the module's top level. `is_work` is whether it has behaviour, in contrast
    /// to errors, enumerations, Protocols and the like, which any layer may define.
    pub(super) fn of(cx: &'c Context<'a>, name: &str, is_work: bool) -> Option<Self> {
        let pieces = spans(cx, SymbolMove { name, target: "", with_helpers: false })?;
        let is_inside = |span: Span| pieces.iter().any(|piece| piece.contains(span));
        let mut it = Self { cx, users: users(cx, name), needs: Vec::new(), needs_library: false, is_work };
        for name_use in cx.module.uses.iter().filter(|name_use| is_inside(name_use.span)) {
            let Some(view) = cx.import(name_use.import) else { continue };
            if let Some(module) = view.module() {
                it.needs.push(module);
            }
            it.needs_library |= matches!(view.resolved.target, Target::ThirdParty(_));
        }
        if is_named_outside(cx, name, &is_inside) {
            it.users.push(cx.id);
        }
        if uses_of_its_module(cx, name, &is_inside) {
            it.needs.push(cx.id);
        }
        Some(it)
    }

    /// Whether it may go to an existing module.
    pub(super) fn at(&self, target: ModuleId) -> bool {
        let cx = self.cx;
        let info = &cx.architecture.modules[target];
        if target == cx.id || info.role != PathRole::Code || info.path.extension() != Some("py") {
            return false;
        }
        let (own, layer) = (cx.own_layer(), cx.layer(target));
        let is_special =
            matches!(layer, Some(Layer::Composition | Layer::Config | Layer::Tests | Layer::Migrations));
        if is_special && layer != own {
            return false;
        }
        // Behaviour that needs a library belongs in the outer layers.
        if self.is_work && self.needs_library && layer == Some(Layer::Domain) && own != layer {
            return false;
        }
        let goes = |from: ModuleId, to: ModuleId, layers: (Option<Layer>, Option<Layer>)| match (
            cx.architecture.layers.style(from),
            layers,
        ) {
            (Some(style), (Some(from), Some(to))) => may_import(style, from, to),
            _ => from != to || layers.0 == layers.1,
        };
        let users = self.users.iter().filter(|user| **user != target);
        let needs = self.needs.iter().filter(|need| **need != target);
        users.into_iter().all(|user| goes(*user, target, (cx.layer(*user), layer)))
            && needs.into_iter().all(|need| goes(target, *need, (layer, cx.layer(*need))))
    }
}

/// The project's code modules that import a name from here.
fn users(cx: &Context<'_>, name: &str) -> Vec<ModuleId> {
    let modules = &cx.architecture.modules;
    let takes = |id: &ModuleId| {
        model::query::resolved(cx.db, cx.project, modules[*id].file).iter().any(|resolved| {
            matches!(&resolved.target, Target::Symbol { origin, origin_name, .. }
                if *origin == cx.id && origin_name == name)
        })
    };
    let importers = cx.architecture.graph.importers(cx.id).iter().map(|edge| edge.to);
    importers.filter(|id| modules[*id].role == PathRole::Code).filter(takes).collect()
}

/// Whether the module names it outside its definition.
fn is_named_outside(cx: &Context<'_>, name: &str, is_inside: &dyn Fn(Span) -> bool) -> bool {
    names(cx).any(|(named, span)| named == name && !is_inside(span))
}

/// Whether the definition names anything else that the module defines at its top level.
fn uses_of_its_module(cx: &Context<'_>, name: &str, is_inside: &dyn Fn(Span) -> bool) -> bool {
    let definitions = &cx.module.definitions;
    let is_own = |named: &str| {
        named != name
            && (definitions.classes.iter().any(|it| it.scope == Scope::Module && it.name == named)
                || definitions.functions.iter().any(|it| it.scope == Scope::Module && it.name == named)
                || definitions.variables.iter().any(|it| it.scope == Scope::Module && it.name == named))
    };
    names(cx).any(|(named, span)| is_inside(span) && is_own(named))
}

/// All names in the module's code, with their positions.
pub(super) fn names<'m>(cx: &'m Context<'_>) -> impl Iterator<Item = (&'m str, Span)> {
    let bodies = cx.module.bodies.list.iter().zip(&cx.module.spans.bodies);
    let arenas = bodies.map(|(body, spans)| (&body.exprs, &*spans.exprs));
    let signatures = (&cx.module.definitions.exprs, &*cx.module.spans.signatures);
    arenas.chain([signatures]).flat_map(|(exprs, spans)| {
        exprs.list.iter().zip(spans).filter_map(|(expr, span)| match expr {
            Expr::Name(name) => Some((name.as_str(), *span)),
            _ => None,
        })
    })
}
