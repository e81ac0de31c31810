//! The fix that inverts a dependency: code that depends on an outer class then depends on a port of the inner layers,
//! which the class implements.

use model::{ClassRef, InjectionSite, Via};
use refactor::{Abilities, Changes, changes, class_named};
use source::apply_edits;
use view::class_kind::ClassKind;
use view::{Applicability, Context, ExtractProtocol, Fix, FixKind};

use super::super::aim::Aim;
use crate::interfaces::reaches;

/// The fix for an import of one class that the module needs only in annotations of its dependencies; `None` if the
/// import would stay.
pub(super) fn fix<T>(cx: &Context<'_>, aim: &Aim<'_, T>) -> Option<Fix> {
    let [item] = &aim.items[..] else { return None };
    let class = class_named(cx, item.import.bound_name()?)?;
    let kind = view::query::class_kind(cx.db, cx.project, class.clone());
    // Data classes have nothing that a port could abstract.
    let is_data =
        matches!(kind, ClassKind::Schema | ClassKind::Data | ClassKind::ValueObject | ClassKind::Message);
    if is_data || model::query::port(cx.db, cx.project, class.clone()).is_some() {
        return None;
    }
    let asks = model::query::injection_sites(cx.db, cx.project, cx.file);
    let is_annotated = |ask: &&InjectionSite| ask.class == class && ask.via == Via::Annotation;
    let places: Box<[_]> = asks.iter().filter(is_annotated).map(|ask| ask.place).collect();
    let first = *places.first()?;
    let ports = model::query::ports_of(cx.db, cx.project, class.clone());
    let serves = |port: &ClassRef| {
        let Some(facts) = model::query::port(cx.db, cx.project, port.clone()) else { return false };
        let mut usages = places.iter().map(|place| flow::query::usage(cx.db, cx.project, cx.id, *place));
        usages.all(|usage| reaches(cx, &facts, &usage))
    };
    let known = ports.iter().filter(|port| serves(&port.class)).map(|port| Fix {
        title: format!("Depend on `{}` instead of `{}`", port.class.name, class.name),
        applicability: Applicability::Review,
        kind: FixKind::DependOnPort {
            class: class.clone(),
            port: port.class.clone(),
            places: places.clone(),
        },
    });
    let extracted = ports.is_empty().then(|| Fix {
        title: format!("Extract a Protocol from `{}` and depend on it", class.name),
        applicability: Applicability::Review,
        kind: FixKind::ExtractProtocol(ExtractProtocol {
            class: class.clone(),
            only_used: true,
            runtime_checkable: false,
            for_place: Some(first),
        }),
    });
    known
        .chain(extracted)
        .find(|fix| changes(cx, fix, Abilities::ALL).is_some_and(|changes| is_gone(cx, &changes, &class)))
}

/// Whether the module no longer imports the class after the changes.
fn is_gone(cx: &Context<'_>, changes: &Changes, class: &ClassRef) -> bool {
    let own = changes.edits.iter().find(|edit| edit.file == cx.file);
    let after = own.and_then(|edit| apply_edits(cx.text.as_str(), &edit.edits));
    after.is_some_and(|text| {
        let after = cx.with_text(&text);
        let is_it = |view: view::ImportView<'_>| {
            let name = view.import.bound_name();
            !view.import.context.type_checking
                && name.is_some_and(|name| class_named(&after, name).as_ref() == Some(class))
        };
        !after.imports().any(is_it)
    })
}
