//! Django fields and managers in class bodies.

use python::{Expr, ExprArena, ExprId, Literal, Name};

use super::Names;
use super::call::{Call, boolean, string};
use crate::orm::Column;
use crate::orm::declared::{Declaration, Reference, ReferenceKind, Target};
use crate::{Base, ClassRef};

/// The kind of a relation field class, by its last name: Django's own and those of common libraries.
pub(crate) fn reference_kind(name: &str) -> Option<ReferenceKind> {
    Some(match name {
        "ForeignKey"
        | "ParentalKey"
        | "TreeForeignKey"
        | "FilerImageField"
        | "FilerFileField"
        | "PlaceholderField"
        | "SortableForeignKey"
        | "ThumbnailerForeignKey" => ReferenceKind::ForeignKey,
        "OneToOneField" | "AutoOneToOneField" | "TreeOneToOneField" | "ParentalOneToOneField" => {
            ReferenceKind::OneToOne
        }
        "ManyToManyField"
        | "ParentalManyToManyField"
        | "TreeManyToManyField"
        | "SortedManyToManyField"
        | "SortableManyToManyField" => ReferenceKind::ManyToMany,
        "GenericRelation" => ReferenceKind::Generic,
        "TaggableManager" | "ClusterTaggableManager" | "HistoricalRecords" => ReferenceKind::Foreign,
        _ => return None,
    })
}

/// The relation that a field call creates.
pub(super) fn reference(names: &Names<'_>, call: Call<'_>, kind: ReferenceKind) -> Reference {
    let exprs = call.exprs;
    let to = call.positional().next().or_else(|| call.keyword("to"));
    let related_name = call.keyword("related_name").map(|it| string(exprs, it).cloned().unwrap_or_default());
    Reference {
        kind,
        target: to.map_or(Target::Unknown, |to| target(names, exprs, to)),
        is_directed: call.keyword("symmetrical").and_then(|it| boolean(exprs, it)) == Some(false),
        related_name,
        column: column(call),
    }
}

/// `"self"`, `"app.Model"`, `settings.AUTH_USER_MODEL`, `get_user_model()`, `User`.
fn target(names: &Names<'_>, exprs: &ExprArena, id: ExprId) -> Target {
    match &exprs[id] {
        Expr::Literal(Literal::Str(text)) if text == "self" => Target::Itself,
        Expr::Literal(Literal::Str(text)) => Target::Named(text.clone()),
        Expr::Call { callee, .. } => match exprs[*callee].last_name().map(Name::as_str) {
            Some("get_user_model") => Target::User,
            _ => Target::Unknown,
        },
        Expr::Name(name) | Expr::Attribute { name, .. } if name == "AUTH_USER_MODEL" => Target::User,
        _ => exprs.dotted(id).map_or(Target::Unknown, |dotted| names.target(&dotted)),
    }
}

/// The column that a field call creates.
pub(super) fn column(call: Call<'_>) -> Column {
    Column {
        is_primary_key: call.is_true("primary_key"),
        is_unique: call.is_true("unique") || call.is_true("primary_key"),
        is_deferred: false,
        is_nullable: call.is_true("null"),
        is_computed: false,
    }
}

/// The manager created by `objects = …`: `OrderManager()`, `OrderQuerySet.as_manager()`,
/// `OrderManager.from_queryset(OrderQuerySet)()`.
pub(super) fn manager(names: &Names<'_>, call: Call<'_>) -> Option<Declaration> {
    let exprs = call.exprs;
    let class = |id: ExprId| exprs.dotted(id).and_then(|dotted| names.class(&dotted));
    if let Expr::Attribute { value, name } = &exprs[call.callee]
        && name == "as_manager"
    {
        return Some(Declaration::Manager { manager: None, queryset: class(*value) });
    }
    let inner = Call::of(exprs, call.callee)?;
    let Expr::Attribute { value, name } = &exprs[inner.callee] else { return None };
    (name == "from_queryset").then(|| Declaration::Manager {
        manager: class(*value),
        queryset: inner.positional().next().and_then(class),
    })
}

/// The result of a manager class in a variable, `Made = Manager.from_queryset(OrderQuerySet)`: a manager and a
/// queryset.
pub(super) fn made_manager(meanings: &[Base]) -> Option<Declaration> {
    let class = |base: &Base| match base {
        Base::Own(module, name) => Some(ClassRef::new(*module, name.clone())),
        Base::Foreign(_) => None,
    };
    match meanings {
        [manager, queryset @ Base::Own(..)] => {
            let is_manager = match manager {
                Base::Own(_, name) => name.ends_with("Manager"),
                Base::Foreign(full) => full.ends_with("Manager"),
            };
            is_manager.then(|| Declaration::Manager { manager: class(manager), queryset: class(queryset) })
        }
        _ => None,
    }
}

/// A call of a third-party class in the body of a model.
pub(super) fn foreign(names: &Names<'_>, call: Call<'_>, last: &str) -> Option<Declaration> {
    if last == "GenericForeignKey" {
        return Some(Declaration::Generic);
    }
    if let Some(kind) = reference_kind(last) {
        return Some(Declaration::Reference(Box::new(reference(names, call, kind))));
    }
    if last == "ScopedManager" {
        return Some(scoped(names, call));
    }
    if last.ends_with("Manager") {
        return Some(Declaration::Manager { manager: None, queryset: None });
    }
    is_column(last).then(|| Declaration::Column(column(call), None))
}

/// The `django_scopes` wrapper around a manager: `ScopedManager(event="event", _manager_class=OrderManager)`, also with
/// `OrderQuerySet.as_manager().__class__`.
fn scoped(names: &Names<'_>, call: Call<'_>) -> Declaration {
    let exprs = call.exprs;
    let unknown = Declaration::Manager { manager: None, queryset: None };
    let Some(class) = call.keyword("_manager_class").or_else(|| call.positional().next()) else {
        return unknown;
    };
    if let Expr::Attribute { value, name } = &exprs[class]
        && name == "__class__"
    {
        return Call::of(exprs, *value).and_then(|call| manager(names, call)).unwrap_or(unknown);
    }
    match exprs.dotted(class).and_then(|dotted| names.class(&dotted)) {
        Some(class) => {
            let reference = reference(names, call, ReferenceKind::ForeignKey);
            Declaration::Custom(class, Box::new(Reference { target: Target::Unknown, ..reference }))
        }
        None => unknown,
    }
}

/// Whether a third-party field class is a column, by its last name.
pub(crate) fn is_column(last: &str) -> bool {
    (last.ends_with("Field") && last != "Field") || matches!(last, "AutoCreatedField" | "StatusField")
}
