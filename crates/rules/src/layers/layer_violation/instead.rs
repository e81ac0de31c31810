//! The advice, depending on what an import takes.

use config::Layer;
use model::{ClassRef, Export, ModuleId, Target};
use view::class_kind::ClassKind;
use view::{Context, ImportView};

use super::super::aim::Aim;

/// The advice for an import against the direction.
pub(super) const fn instead(from: Layer, to: Layer, takes_class: bool, takes_data: bool) -> &'static str {
    match (from, to) {
        (Layer::Domain | Layer::Application, Layer::Infrastructure) if takes_class => "depend on a port",
        (Layer::Infrastructure, Layer::Application) if takes_data => "move it further inside",
        (Layer::Infrastructure, Layer::Application) => "let the service call the repository",
        (Layer::Shared, _) => "pass in what it needs, or move it out of shared code",
        (_, Layer::Presentation) => "pass plain values, or move it further inside",
        _ => "move it further inside, or pass in what it does",
    }
}

/// What the module exports under a name that an import takes from it.
fn taken(cx: &Context<'_>, item: &ImportView<'_>) -> Option<Export> {
    let Target::Symbol { origin, origin_name, .. } = &item.resolved.target else { return None };
    model::query::exports(cx.db, cx.file_of(*origin)).get(origin_name)
}

pub(super) fn takes_class(cx: &Context<'_>, aim: &Aim<'_, ModuleId>) -> bool {
    aim.items.iter().any(|item| taken(cx, item).is_none_or(|it| matches!(it, Export::Class(_))))
}

/// Whether an import takes only data classes: enumerations, values, schemas.
pub(super) fn takes_data(cx: &Context<'_>, aim: &Aim<'_, ModuleId>) -> bool {
    let is_data = |item: &ImportView<'_>| {
        let Target::Symbol { origin, origin_name, .. } = &item.resolved.target else { return false };
        let class = ClassRef::new(*origin, origin_name.clone());
        matches!(taken(cx, item), Some(Export::Class(_)))
            && matches!(
                view::query::class_kind(cx.db, cx.project, class),
                ClassKind::Data
                    | ClassKind::Enum
                    | ClassKind::Message
                    | ClassKind::Schema
                    | ClassKind::ValueObject
            )
    };
    aim.items.iter().all(is_data)
}

/// Whether an import takes only error classes.
pub(super) fn takes_errors(cx: &Context<'_>, aim: &Aim<'_, ModuleId>) -> bool {
    aim.items.iter().all(|item| {
        let Target::Symbol { origin, origin_name, .. } = &item.resolved.target else { return false };
        let class = ClassRef::new(*origin, origin_name.clone());
        matches!(taken(cx, item), Some(Export::Class(_)))
            && view::query::class_kind(cx.db, cx.project, class) == ClassKind::Exception
    })
}

/// Whether an import takes only constants, judging by their names: those don't couple the importer to an
/// implementation.
pub(super) fn takes_constants(cx: &Context<'_>, aim: &Aim<'_, ModuleId>) -> bool {
    aim.items.iter().all(|item| {
        let is_constant = |name: &str| !name.chars().any(char::is_lowercase);
        matches!(taken(cx, item), Some(Export::Variable(_)))
            && item.import.name.as_deref().is_some_and(is_constant)
    })
}
