//! The declaration of one attribute in a class body, determined by the library call that is its value.

use python::{ExprArena, ExprId, Name};

use super::annotation::{self, Annotation};
use super::call::{Call, string};
use super::{Names, alchemy, django};
use crate::Base;
use crate::orm::declared::{Declaration, ReferenceKind};
use crate::orm::{Column, Orm};

/// The declaration, and the library that it evidently belongs to.
pub(super) type Declared = Option<(Declaration, Option<Orm>)>;

/// The declaration of `name: annotation = value`.
pub(super) fn declaration(
    names: &Names<'_>,
    exprs: &ExprArena,
    annotation: Option<ExprId>,
    value: Option<ExprId>,
) -> Declared {
    let annotation = annotation.map(|it| annotation::read(exprs, it)).unwrap_or_default();
    if let Some(call) = value.and_then(|value| Call::of(exprs, value)) {
        return called(names, call, &annotation);
    }
    if !annotation.is_mapped {
        return None;
    }
    // `orders: Mapped[list["Order"]]` without `relationship()` is an error; any other such annotation is a column.
    Some((Declaration::Column(Column::default(), None), Some(Orm::SqlAlchemy)))
}

pub(super) fn called(names: &Names<'_>, call: Call<'_>, annotation: &Annotation) -> Declared {
    let meanings = call.dotted().map(|dotted| names.all(&dotted)).unwrap_or_default();
    if let Some(manager) = django::made_manager(&meanings) {
        return Some((manager, None));
    }
    let meaning = meanings.into_iter().next();
    let class = match &meaning {
        Some(Base::Own(module, name)) => Some(crate::ClassRef::new(*module, name.clone())),
        _ => None,
    };
    if let Some(class) = class {
        let reference = django::reference(names, call, ReferenceKind::ForeignKey);
        return Some((Declaration::Custom(class, Box::new(reference)), None));
    }
    let full = match &meaning {
        // `Column = partial(db.Column, nullable=False)`: its name indicates its meaning.
        Some(Base::Foreign(full)) if full != "functools.partial" => Some(full),
        _ => None,
    };
    if full.is_some_and(|full| libraries::has_other_fields(full)) {
        return None;
    }
    let last = full.and_then(|full| full.rsplit('.').next()).or_else(|| call.name().map(Name::as_str));
    if full.is_none_or(|full| is_alchemy(full))
        && let Some(told) = last.and_then(|last| alchemy_call(names, call, last, annotation))
    {
        // Many libraries have a `Field`.
        let orm = if annotation.is_mapped || full.is_some() { Some(Orm::SqlAlchemy) } else { None };
        return Some((told, orm));
    }
    if annotation.is_mapped {
        return Some((Declaration::Column(Column::default(), None), Some(Orm::SqlAlchemy)));
    }
    let orm = full.filter(|full| full.starts_with("django.")).map(|_| Orm::Django);
    let told = django::manager(names, call).or_else(|| django::foreign(names, call, last?));
    told.map(|told| (told, orm))
}

fn is_alchemy(full: &str) -> bool {
    let package = full.split('.').next().unwrap_or_default();
    package.contains("sqlalchemy")
        || package.contains("sqlmodel")
        || package.contains("alchemy")
        || package == "flask_appbuilder"
}

fn alchemy_call(
    names: &Names<'_>,
    call: Call<'_>,
    last: &str,
    annotation: &Annotation,
) -> Option<Declaration> {
    Some(match last {
        "relationship" | "Relationship" | "relation" | "dynamic_loader" => {
            Declaration::Link(Box::new(alchemy::link(names, call, annotation)))
        }
        "Column" | "mapped_column" | "deferred" | "Field" => {
            let (column, key) = alchemy::column(names, call);
            Declaration::Column(column, key)
        }
        "column_property" | "synonym" | "composite" | "query_expression" => {
            // `column_property(Column("total", Integer))` is a column with options.
            let inner = call.positional().next().and_then(|value| Call::of(call.exprs, value));
            let inner = inner.filter(|inner| {
                inner.name().is_some_and(|name| matches!(name.as_str(), "Column" | "mapped_column"))
            });
            let (column, key) = inner.map(|inner| alchemy::column(names, inner)).unwrap_or_default();
            let is_deferred = call.is_true("deferred");
            Declaration::Column(Column { is_deferred, is_computed: inner.is_none(), ..column }, key)
        }
        "association_proxy" => {
            let mut words = call.values().filter_map(|value| string(call.exprs, value).cloned());
            Declaration::Proxy { through: words.next()?, attribute: words.next()? }
        }
        _ => return None,
    })
}
