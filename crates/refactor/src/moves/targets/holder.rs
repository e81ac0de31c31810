//! The module dedicated to one kind of definition.

use model::{ClassRef, ModuleId, PathRole};
use python::{Expr, Scope};
use view::Context;
use view::class_kind::ClassKind;

/// The one module of the user's layer, in its package or the nearest enclosing package that has one, whose definitions
/// are all of the kind of the class `name`, a data class; `None` if several modules qualify.
pub(super) fn of_its_kind(cx: &Context<'_>, name: &str, user: &Context<'_>) -> Option<ModuleId> {
    let kind = kind_of(cx, cx.id, name)?;
    let layer = user.own_layer()?;
    let modules = &cx.architecture.modules;
    let root = user.info().root;
    let own = user.own_name();
    let mut package = if user.info().is_package { Some(own) } else { around(own) };
    while let Some(name) = package {
        let is_within = |id: ModuleId| {
            modules[id].name.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'))
                && modules[id].root == root
                && modules[id].role == PathRole::Code
                && !modules[id].is_package
                && cx.layer(id) == Some(layer)
        };
        let mut alike =
            modules.iter().map(|(id, _)| id).filter(|id| is_within(*id) && holds_only(cx, *id, kind));
        if let Some(found) = alike.next() {
            return alike.next().is_none().then_some(found);
        }
        package = around(name);
    }
    None
}

fn around(name: &str) -> Option<&str> {
    name.rsplit_once('.').map(|(package, _)| package)
}

/// The kind of a class, if any module of its layer may define that kind.
fn kind_of(cx: &Context<'_>, module: ModuleId, name: &str) -> Option<ClassKind> {
    let kind = view::query::class_kind(cx.db, cx.project, ClassRef::new(module, name));
    let is_shape = matches!(
        kind,
        ClassKind::Data
            | ClassKind::Enum
            | ClassKind::Exception
            | ClassKind::Message
            | ClassKind::Port
            | ClassKind::Schema
            | ClassKind::ValueObject
    );
    is_shape.then_some(kind)
}

/// Whether a module defines classes of a kind, and no other class and no function.
fn holds_only(cx: &Context<'_>, module: ModuleId, kind: ClassKind) -> bool {
    let definitions = python::query::definitions(cx.db, cx.file_of(module));
    let mut classes = definitions.classes.iter().filter(|it| it.scope == Scope::Module).peekable();
    let is_plain = |value: python::ExprId| matches!(definitions[value], Expr::Literal(_));
    classes.peek().is_some()
        && classes.all(|class| kind_of(cx, module, &class.name) == Some(kind))
        && !definitions.functions.iter().any(|it| it.scope == Scope::Module)
        && definitions
            .variables
            .iter()
            .filter(|it| it.scope == Scope::Module && it.name != "__all__")
            .all(|it| it.value.is_none_or(is_plain))
}
