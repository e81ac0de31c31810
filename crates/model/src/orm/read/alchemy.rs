//! SQLAlchemy and SQLModel calls in class bodies.

use python::{Expr, ExprArena, ExprId, FStringPart, Literal, Name};

use super::Names;
use super::annotation::Annotation;
use super::call::{Call, boolean, parts, string};
use crate::orm::declared::{Backref, ForeignKey, KeyTarget, Link, Target, Text};
use crate::orm::{Column, Loading};

/// The argument with which SQLModel passes options to `relationship()`.
const PASSED_ON: &str = "sa_relationship_kwargs";

/// `relationship(...)`, `Relationship(...)`, `dynamic_loader(...)`.
pub(super) fn link(names: &Names<'_>, call: Call<'_>, annotation: &Annotation) -> Link {
    // `Relationship(sa_relationship=relationship(...))`
    let inner = call.keyword("sa_relationship").and_then(|it| Call::of(call.exprs, it));
    let call = inner.unwrap_or(call);
    let exprs = call.exprs;
    let option = |name| call.option(name, PASSED_ON);
    let is_model = call.name().is_some_and(|name| name == "Relationship");
    let mut positional = call.positional();
    let argument = option("argument").or_else(|| if is_model { None } else { positional.next() });
    let target = match argument {
        Some(argument) => target(names, exprs, argument),
        None => annotation.class.as_ref().map_or(Target::Unknown, |class| names.target(class)),
    };
    let is_annotated = annotation.class.is_some() && (annotation.is_mapped || is_model || annotation.is_many);
    let loading = match (option("lazy"), call.name().map(Name::as_str)) {
        (_, Some("dynamic_loader")) => Loading::Dynamic,
        (Some(lazy), _) => loading(exprs, lazy),
        (None, _) if annotation.is_dynamic => Loading::Dynamic,
        (None, _) => Loading::Lazy,
    };
    Link {
        target,
        annotated: is_annotated.then_some(annotation.is_many),
        uselist: option("uselist").and_then(|it| boolean(exprs, it)),
        has_secondary: option("secondary").is_some()
            || call.keyword("link_model").is_some()
            || (!is_model && call.positional().nth(1).is_some()),
        has_collection: option("collection_class").is_some(),
        has_remote_side: option("remote_side").is_some(),
        join: option("primaryjoin").map(|it| joined(exprs, it)).unwrap_or_default(),
        foreign_keys: option("foreign_keys").map(|it| columns(exprs, it)).unwrap_or_default(),
        loading,
        back_populates: option("back_populates").and_then(|it| text(exprs, it)),
        backref: option("backref").and_then(|it| backref(exprs, it)),
    }
}

/// The other side, from the first argument: a string, a class, or a function that returns one.
pub(super) fn target(names: &Names<'_>, exprs: &ExprArena, id: ExprId) -> Target {
    match &exprs[id] {
        Expr::Literal(Literal::Str(text)) => Target::Named(text.clone()),
        Expr::Lambda { body, .. } => match &exprs[*body] {
            Expr::Lambda { .. } => Target::Unknown,
            _ => target(names, exprs, *body),
        },
        Expr::Attribute { value, name } if matches!(&exprs[*value], Expr::Name(of) if of == "cls") => {
            Target::OfClass(name.clone())
        }
        _ => exprs.dotted(id).map_or(Target::Unknown, |dotted| names.target(&dotted)),
    }
}

/// `lazy=`. A value that can't be read counts as loaded, to avoid false findings.
fn loading(exprs: &ExprArena, id: ExprId) -> Loading {
    match &exprs[id] {
        Expr::Literal(Literal::Bool(true)) => Loading::Lazy,
        Expr::Literal(Literal::None) => Loading::Never,
        Expr::Literal(Literal::Str(text)) => match text.as_str() {
            "select" => Loading::Lazy,
            "immediate" => Loading::Immediate,
            "raise" | "raise_on_sql" => Loading::Raise,
            "dynamic" | "write_only" => Loading::Dynamic,
            "noload" => Loading::Never,
            "selectin" | "subquery" => Loading::Apart,
            _ => Loading::Eager,
        },
        _ => Loading::Eager,
    }
}

fn text(exprs: &ExprArena, id: ExprId) -> Option<Text> {
    match &exprs[id] {
        Expr::Literal(Literal::Str(text)) => Some(Text::Literal(text.clone())),
        Expr::Attribute { value, name } => {
            matches!(&exprs[*value], Expr::Name(of) if of == "cls" || of == "self")
                .then(|| Text::OfClass(name.clone()))
        }
        _ => None,
    }
}

fn backref(exprs: &ExprArena, id: ExprId) -> Option<Backref> {
    let Some(call) = Call::of(exprs, id) else {
        return Some(Backref { name: text(exprs, id)?, loading: Loading::Lazy, uselist: None });
    };
    let name = call.positional().next().or_else(|| call.keyword("name"))?;
    Some(Backref {
        name: text(exprs, name)?,
        loading: call.keyword("lazy").map_or(Loading::Lazy, |lazy| loading(exprs, lazy)),
        uselist: call.keyword("uselist").and_then(|it| boolean(exprs, it)),
    })
}

/// The columns that `primaryjoin=` compares: an expression, a function that returns one, or a string.
fn joined(exprs: &ExprArena, id: ExprId) -> Box<[Name]> {
    let (mut out, mut open) = (Vec::new(), vec![id]);
    while let Some(at) = open.pop() {
        match exprs.dotted(at) {
            Some(dotted) => out.push(dotted.into()),
            None => match string(exprs, at) {
                Some(text) => out.extend(words(text)),
                None => exprs[at].for_each_child(|child| open.push(child)),
            },
        }
    }
    out.into()
}

/// The dotted names in a text.
fn words(text: &str) -> impl Iterator<Item = Name> {
    let names = text.split(|it: char| !(it.is_alphanumeric() || matches!(it, '_' | '.')));
    names.filter(|name| !name.is_empty()).map(Name::new)
}

/// The columns of `foreign_keys=`: expressions, or a string of them.
fn columns(exprs: &ExprArena, id: ExprId) -> Box<[Name]> {
    let id = match &exprs[id] {
        Expr::Lambda { body, .. } => *body,
        _ => id,
    };
    let mut out = Vec::new();
    for part in parts(exprs, id) {
        if let Some(text) = string(exprs, part) {
            out.extend(words(text));
        } else if let Some(dotted) = exprs.dotted(part) {
            out.push(dotted.into());
        }
    }
    out.into()
}

/// `Column(...)`, `mapped_column(...)`, SQLModel's `Field(...)`, and wrappers around them.
pub(super) fn column(names: &Names<'_>, call: Call<'_>) -> (Column, Option<ForeignKey>) {
    let exprs = call.exprs;
    let mut column = Column {
        is_primary_key: call.is_true("primary_key"),
        is_unique: call.is_true("unique"),
        is_deferred: call.is_true("deferred") || call.name().is_some_and(|name| name == "deferred"),
        is_nullable: is_nullable(call),
        is_computed: false,
    };
    let mut key = call.keyword("foreign_key").and_then(|it| key_target(names, exprs, it));
    for value in call.values() {
        let Some(inner) = Call::of(exprs, value) else { continue };
        match inner.name().map(Name::as_str) {
            Some("ForeignKey") => {
                let to = inner.positional().next().or_else(|| inner.keyword("column"));
                key = to.and_then(|it| key_target(names, exprs, it));
            }
            // `deferred(Column(...))`, `Field(sa_column=Column(...))`
            Some("Column" | "mapped_column") => {
                let (own, own_key) = one_column(names, inner);
                column.is_primary_key |= own.is_primary_key;
                column.is_unique |= own.is_unique;
                column.is_nullable |= own.is_nullable;
                key = key.or(own_key);
            }
            _ => {}
        }
    }
    (column, key.map(|to| ForeignKey { columns: Box::default(), to }))
}

/// A `Column` is nullable unless it says otherwise; of `mapped_column` and `Field`, the annotation decides.
fn is_nullable(call: Call<'_>) -> bool {
    match call.keyword("nullable") {
        Some(said) => boolean(call.exprs, said) == Some(true),
        None => !call.is_true("primary_key") && call.name().is_some_and(|name| name == "Column"),
    }
}

/// A column, without searching for nested columns.
fn one_column(names: &Names<'_>, call: Call<'_>) -> (Column, Option<KeyTarget>) {
    let exprs = call.exprs;
    let column = Column {
        is_primary_key: call.is_true("primary_key"),
        is_unique: call.is_true("unique"),
        is_deferred: false,
        is_nullable: is_nullable(call),
        is_computed: false,
    };
    let keys = call.values().filter_map(|value| Call::of(exprs, value));
    let mut keys = keys.filter(|inner| inner.name().is_some_and(|name| name == "ForeignKey"));
    let to = keys.next().and_then(|key| key.positional().next().or_else(|| key.keyword("column")));
    (column, to.and_then(|it| key_target(names, exprs, it)))
}

/// The target of a foreign key: `"orders.id"`, `Order.id`, `order_table.c.id`, `f"{Order.__tablename__}.id"`.
pub(super) fn key_target(names: &Names<'_>, exprs: &ExprArena, id: ExprId) -> Option<KeyTarget> {
    match &exprs[id] {
        Expr::Literal(Literal::Str(text)) => {
            let mut segments = text.rsplit('.');
            segments.next();
            segments.next().map(|table| KeyTarget::Table(table.into()))
        }
        Expr::FString(pieces) => {
            // The last computed piece, because a schema may precede it.
            let value = pieces.iter().rev().find_map(|piece| match piece {
                FStringPart::Value(value) | FStringPart::Repr(value) => Some(*value),
                FStringPart::Text(_) => None,
            });
            if let Some(FStringPart::Text(text)) = pieces.first()
                && let Some((table, _)) = text.rsplit_once('.')
                && pieces.len() > 1
            {
                // `f"orders.{column}"`
                return table.rsplit('.').next().map(|table| KeyTarget::Table(table.into()));
            }
            key_target(names, exprs, value?)
        }
        Expr::Lambda { body, .. } if !matches!(exprs[*body], Expr::Lambda { .. }) => {
            key_target(names, exprs, *body)
        }
        Expr::Attribute { value, .. } => {
            let owner = match &exprs[*value] {
                Expr::Attribute { value, name } if name == "c" || name == "columns" => *value,
                _ => *value,
            };
            let dotted = exprs.dotted(owner)?;
            match names.class(&dotted) {
                Some(class) => Some(KeyTarget::Class(class)),
                None => exprs[owner].last_name().map(|name| KeyTarget::Variable(name.clone())),
            }
        }
        _ => None,
    }
}

/// The keys of `ForeignKeyConstraint(["customer_id"], ["customers.id"])` in `__table_args__`.
pub(super) fn constraints(names: &Names<'_>, exprs: &ExprArena, id: ExprId) -> Vec<ForeignKey> {
    let constraints = parts(exprs, id).into_iter().filter_map(|part| Call::of(exprs, part));
    constraints
        .filter(|call| call.name().is_some_and(|name| name == "ForeignKeyConstraint"))
        .filter_map(|call| {
            let mut lists = call.positional();
            let own = call.keyword("columns").or_else(|| lists.next())?;
            let to = call.keyword("refcolumns").or_else(|| lists.next())?;
            let columns = parts(exprs, own).into_iter().filter_map(|it| string(exprs, it).cloned()).collect();
            let to = parts(exprs, to).into_iter().find_map(|it| key_target(names, exprs, it))?;
            Some(ForeignKey { columns, to })
        })
        .collect()
}
