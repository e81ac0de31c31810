//! Evaluates type expressions, one syntactic form at a time.

use std::sync::Arc;

use model::{ClassRef, Head, ModuleId, Orm, Project};
use python::{Arg, Expr, ExprArena, ExprId, Literal, Name};

use super::library::{self, Form};
use super::parameter::{Provided, provided};
use super::{Context, class_of, foreign_instance, instance_of, is_type_variable, many, text, union};
use crate::library::sqlalchemy::{page, rows_of_page};
use crate::query::types as queries;
use crate::types::names;
use crate::value::{Deps, Loads, ModelRef, QueryRef, QueryState, Shape, Traits};
use crate::{Db, Kind, Value};

/// Types nested deeper than this are unknown.
const MAX_DEPTH: usize = 24;
/// A tuple with more parts than this counts as a collection of unknown elements.
const MAX_PARTS: usize = 64;

/// Evaluates the type expressions of one arena.
pub(crate) struct Types<'a> {
    pub(crate) db: &'a dyn Db,
    pub(crate) project: Project,
    pub(crate) module: ModuleId,
    pub(crate) exprs: &'a ExprArena,
    pub(crate) context: Context<'a>,
}

/// What the name of a type resolves to.
pub(crate) enum Type {
    /// A project class.
    Class(ClassRef),
    /// A library type.
    Foreign(Name),
    /// An alias or a type parameter, as a value of the type that it represents.
    Value(Value),
}

impl Types<'_> {
    /// A value of the type that `expr` denotes.
    pub(crate) fn value(&self, expr: ExprId, depth: usize) -> Value {
        if depth >= MAX_DEPTH {
            return Value::UNKNOWN;
        }
        match &self.exprs[expr] {
            Expr::Name(_) | Expr::Attribute { .. } => self.instance(self.name(expr, depth)),
            Expr::Subscript { value, index } => {
                let arguments = match &self.exprs[*index] {
                    Expr::Tuple(items) => &**items,
                    _ => std::slice::from_ref(index),
                };
                self.generic(*value, arguments, depth)
            }
            Expr::Binary { op, left, right } if op == "|" => {
                union([self.value(*left, depth + 1), self.value(*right, depth + 1)])
            }
            Expr::Literal(Literal::None) => Value::of(Kind::None),
            Expr::Literal(Literal::Str(text)) => self.text(text, depth),
            // `conint(gt=0)`
            Expr::Call { callee, .. } => match self.head(*callee, depth) {
                Head::Foreign(full) if full.starts_with("pydantic.") => Value::of(Kind::Plain),
                _ => Value::UNKNOWN,
            },
            _ => Value::UNKNOWN,
        }
    }

    /// Evaluates an annotation in a string literal.
    fn text(&self, text: &str, depth: usize) -> Value {
        if let Some(segments) = text::dotted(text) {
            return self.instance(self.segments(segments));
        }
        let Some((exprs, annotation)) = python::quoted(text) else { return Value::UNKNOWN };
        let inner = Types {
            exprs: &exprs,
            db: self.db,
            project: self.project,
            module: self.module,
            context: self.context,
        };
        inner.value(annotation, depth + 1)
    }

    fn instance(&self, named: Type) -> Value {
        match named {
            Type::Class(class) => instance_of(self.db, self.project, &class, &[]),
            Type::Foreign(full) if full == "typing.Self" => self.own(),
            Type::Foreign(full) => foreign_instance(&full),
            Type::Value(value) => value,
        }
    }

    /// `Self`
    fn own(&self) -> Value {
        let class = self.context.class;
        class.map_or(Value::UNKNOWN, |class| instance_of(self.db, self.project, class, &[]))
    }

    /// Resolves a type name `a` or `a.b`.
    pub(crate) fn name(&self, expr: ExprId, depth: usize) -> Type {
        match &self.exprs[expr] {
            Expr::Name(name) => self.segments(std::iter::once(name.as_str())),
            Expr::Literal(Literal::Str(text)) => match text::dotted(text) {
                Some(segments) => self.segments(segments),
                None => Type::Value(self.text(text, depth)),
            },
            _ => self.named(&self.head(expr, depth)),
        }
    }

    fn segments<'s>(&self, mut segments: impl Iterator<Item = &'s str>) -> Type {
        let Some(first) = segments.next() else { return Type::Value(Value::UNKNOWN) };
        if let Some((_, bound)) = self.context.bindings.iter().find(|(name, _)| name == first) {
            return Type::Value(bound.clone());
        }
        let head = model::query::head(self.db, self.project, self.module, first.into());
        let reach = |head: Head, name| names::head_attribute(self.db, self.project, &head, name);
        self.named(&segments.fold(head, reach))
    }

    fn named(&self, head: &Head) -> Type {
        match head {
            Head::Class(class) => Type::Class(class.clone()),
            Head::Foreign(full) if full == libraries::DJANGO_USER => {
                let user = model::query::own_user(self.db, self.project);
                user.map_or_else(|| Type::Foreign(full.clone()), Type::Class)
            }
            Head::Foreign(full) => Type::Foreign(full.clone()),
            Head::Variable(module, name) => {
                Type::Value(queries::alias(self.db, self.project, *module, name.clone()))
            }
            Head::Function(..) | Head::Module(_) | Head::Namespace(..) | Head::Unknown => {
                Type::Value(Value::UNKNOWN)
            }
        }
    }

    /// Resolves a dotted name.
    pub(crate) fn head(&self, expr: ExprId, depth: usize) -> Head {
        match &self.exprs[expr] {
            Expr::Name(name) => model::query::head(self.db, self.project, self.module, name.clone()),
            Expr::Attribute { value, name } if depth < MAX_DEPTH => {
                let head = self.head(*value, depth + 1);
                names::head_attribute(self.db, self.project, &head, name)
            }
            _ => Head::Unknown,
        }
    }

    /// `name[arguments]`
    fn generic(&self, name: ExprId, arguments: &[ExprId], depth: usize) -> Value {
        let at = |index: usize| {
            arguments.get(index).map_or(Value::UNKNOWN, |argument| self.value(*argument, depth + 1))
        };
        let full = match self.name(name, depth) {
            Type::Class(class) => {
                let arguments: Vec<Value> =
                    arguments.iter().map(|argument| self.value(*argument, depth + 1)).collect();
                return instance_of(self.db, self.project, &class, &arguments);
            }
            Type::Foreign(full) => full,
            // An alias of a page without its rows: `Page.with_custom_options(size=50)`.
            Type::Value(value) => {
                return match rows_of_page(&value) {
                    Some(rows) if rows.kind == Kind::Many(Value::UNKNOWN.into()) => page(at(0)),
                    _ => value,
                };
            }
        };
        match library::form(&full) {
            Form::Many => many(at(0)),
            Form::Mapping => Value::of(Kind::Mapping(at(1).into())),
            Form::Counter => Value::of(Kind::Mapping(Value::of(Kind::Plain).into())),
            Form::Pairs => many(Value::of(Kind::Tuple([at(0), at(1)].into()))),
            Form::Inner => at(0),
            Form::Union => union(arguments.iter().map(|argument| self.value(*argument, depth + 1))),
            Form::Annotated => self.annotated(arguments, depth),
            Form::Awaitable => Value::of(Kind::Awaitable(at(0).into())),
            Form::Coroutine => Value::of(Kind::Awaitable(at(2).into())),
            Form::Class => self.class(arguments, depth),
            Form::Tuple => self.tuple(arguments, depth),
            Form::Plain => Value::of(Kind::Plain),
            Form::Callable => match at(1).kind {
                Kind::Session { is_async } => library::session_factory(is_async),
                _ => Value::UNKNOWN,
            },
            Form::SessionFactory => match at(0).kind {
                Kind::Session { is_async } => library::session_factory(is_async),
                _ => foreign_instance(&full),
            },
            Form::Manager => match class_of(&at(0)).kind {
                Kind::Class(class) => Value::of(Kind::Manager(class, Name::new_static("objects"))),
                _ => foreign_instance(&full),
            },
            Form::Page => match at(0) {
                inner if rows_of_page(&inner).is_some() => inner,
                inner => page(inner),
            },
            Form::Query { orm, runs_itself } => self.query(at(0), orm, runs_itself),
            Form::Other => foreign_instance(&full),
        }
    }

    /// `type[X]`: the class itself, unless it is a bound that covers several classes.
    fn class(&self, arguments: &[ExprId], depth: usize) -> Value {
        let Some(argument) = arguments.first() else { return Value::UNKNOWN };
        if let Expr::Name(name) = &self.exprs[*argument]
            && !self.context.bindings.iter().any(|(bound, _)| bound == name)
            && is_type_variable(self.db, self.project, self.module, name)
        {
            return Value::UNKNOWN;
        }
        match class_of(&self.value(*argument, depth + 1)).kind {
            Kind::Class(class) if !self.is_abstract(&class) => Value::of(Kind::Class(class)),
            _ => Value::UNKNOWN,
        }
    }

    /// Whether the class is an abstract base shared by several entities.
    fn is_abstract(&self, class: &ClassRef) -> bool {
        let entity = model::query::entity(self.db, self.project, class.module, class.name.clone());
        entity.is_some_and(|entity| entity.is_abstract)
    }

    /// `Annotated[X, Depends(get_x)]`
    fn annotated(&self, arguments: &[ExprId], depth: usize) -> Value {
        let Some((first, rest)) = arguments.split_first() else { return Value::UNKNOWN };
        let value = self.value(*first, depth + 1);
        if !value.is_unknown() {
            return value;
        }
        let known = rest.iter().find_map(|expr| {
            match provided(self.db, self.project, self.module, self.exprs, *expr)? {
                Provided::Known(value) => Some(value),
                Provided::By(_) => None,
            }
        });
        known.unwrap_or_default()
    }

    /// `tuple[X, ...]`, `tuple[A, B]`
    fn tuple(&self, arguments: &[ExprId], depth: usize) -> Value {
        let is_open = |expr: &ExprId| matches!(self.exprs[*expr], Expr::Literal(Literal::Ellipsis));
        match arguments {
            [element, last] if is_open(last) => many(self.value(*element, depth + 1)),
            _ if arguments.len() > MAX_PARTS => many(Value::UNKNOWN),
            parts => {
                let parts = parts.iter().map(|part| self.value(*part, depth + 1)).collect();
                Value::of(Kind::Tuple(parts))
            }
        }
    }

    /// A query over `row`. Its origin is unknown, so it may load any relationship.
    fn query(&self, row: Value, orm: Orm, runs_itself: bool) -> Value {
        // `Select[tuple[Order]]`
        let row = match &row.kind {
            Kind::Tuple(parts) if parts.len() == 1 => parts[0].clone(),
            _ => row,
        };
        let Kind::Class(class) = class_of(&row).kind else { return Value::UNKNOWN };
        let Some(function) = self.context.function else { return many(opened(row)) };
        Value::of(Kind::Query(Arc::new(QueryState {
            model: ModelRef::Known(class),
            orm,
            shape: Shape::Entities,
            loads: Loads::open(),
            source: QueryRef { function, heir: None, index: u16::MAX },
            deps: Deps::NONE,
            related: None,
            base: None,
            shared: Vec::new(),
            is_bounded: false,
            is_filtered: true,
            runs_itself,
            traits: Traits::NONE,
        })))
    }

    /// `TypeVar("T", bound=Base)`: a value of the bound, unless the bound is a base shared by several entities.
    pub(super) fn bound(&self, args: &[Arg]) -> Value {
        let bound = args.iter().find_map(|arg| match arg {
            Arg::Keyword(name, value) if name == "bound" => Some(*value),
            _ => None,
        });
        let value = bound.map_or(Value::UNKNOWN, |bound| self.value(bound, 1));
        match class_of(&value).kind {
            Kind::Class(class) if !self.is_abstract(&class) => value,
            _ => Value::UNKNOWN,
        }
    }
}

/// The same row with unknown loads, so that no relationship counts as missing.
fn opened(row: Value) -> Value {
    match row.kind {
        Kind::Entity(entity) => Value::of(Kind::Entity(crate::Entity { loads: Loads::open(), ..entity })),
        _ => row,
    }
}
