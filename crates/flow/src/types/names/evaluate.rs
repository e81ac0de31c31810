//! Evaluates simple expressions without walking a body: at module level, in class bodies, in `__init__`.

use std::sync::Arc;

use libraries::Renders;
use model::{ClassRef, Entity, ModuleId, Project};
use python::{Arg, Expr, ExprArena, ExprId, Literal, Name};

use crate::interpreter::Arguments;
use crate::library::{serializing, sqlalchemy};
use crate::serializers;
use crate::types::{annotation, classes, names};
use crate::{Constant, Db, Kind, Value};

/// Expressions nested deeper are unknown.
const MAX_DEPTH: usize = 24;
/// Displays with more elements than this are not listed individually.
const MAX_DISPLAY: usize = 64;

/// Evaluates expressions of one arena.
pub(crate) struct Evaluator<'a> {
    db: &'a dyn Db,
    project: Project,
    module: ModuleId,
    exprs: &'a ExprArena,
    locals: Option<&'a dyn Locals>,
}

/// Names that differ from those at module level.
pub(crate) trait Locals {
    /// The value of `name`; `None` if it is a module-level name.
    fn name(&self, name: &str) -> Option<Value>;

    /// The attribute `name` of the local `of`; `None` if it is looked up as for any other value.
    fn attribute(&self, of: &str, name: &str) -> Option<Value>;
}

impl<'a> Evaluator<'a> {
    /// An evaluator for module-level expressions of `module`.
    pub(crate) fn new(db: &'a dyn Db, project: Project, module: ModuleId, exprs: &'a ExprArena) -> Self {
        Self { db, project, module, exprs, locals: None }
    }

    /// The same evaluator with local names.
    pub(crate) fn with_locals(self, locals: &'a dyn Locals) -> Self {
        Self { locals: Some(locals), ..self }
    }

    /// The value of an expression.
    pub(crate) fn value(&self, expr: ExprId) -> Value {
        self.at(expr, 0)
    }

    fn at(&self, expr: ExprId, depth: usize) -> Value {
        if depth == MAX_DEPTH {
            return Value::UNKNOWN;
        }
        let deeper = |expr: ExprId| self.at(expr, depth + 1);
        match &self.exprs[expr] {
            Expr::Name(name) => self.name(name),
            Expr::Attribute { value, name } => {
                if let (Some(locals), Expr::Name(of)) = (self.locals, &self.exprs[*value])
                    && let Some(value) = locals.attribute(of, name)
                {
                    return value;
                }
                classes::read(self.db, self.project, &deeper(*value), name)
            }
            Expr::Call { callee, args } => self.call(*callee, args, depth),
            Expr::Subscript { value, .. } => self.subscript(expr, *value, depth),
            Expr::Await(value) => match deeper(*value) {
                Value { kind: Kind::Awaitable(value), .. } => (*value).clone(),
                value => value,
            },
            Expr::Literal(literal) => Value::of(match literal {
                Literal::None => Kind::None,
                Literal::Str(text) => Kind::Text(text.clone()),
                Literal::Ellipsis => Kind::Unknown,
                Literal::Int(number) => Kind::Written(Constant::Number(*number)),
                Literal::Bool(_) | Literal::Number(_) | Literal::Bytes => Kind::Plain,
            }),
            Expr::FString(_) | Expr::TString(_) | Expr::Compare { .. } => Value::of(Kind::Plain),
            Expr::Tuple(items) | Expr::List(items) | Expr::Set(items) => self.display(items, depth),
            // `BASE_FIELDS + ["total"]`
            Expr::Binary { left, op, right } if op == "+" => {
                match (deeper(*left).kind, deeper(*right).kind) {
                    (Kind::Tuple(left), Kind::Tuple(right)) => Value::of(Kind::Tuple(
                        left.iter().chain(right.iter()).take(MAX_DISPLAY).cloned().collect(),
                    )),
                    _ => Value::UNKNOWN,
                }
            }
            Expr::Dict(items) => self.dictionary(items, depth),
            Expr::Conditional { body, orelse, .. } => deeper(*body).join(&deeper(*orelse)),
            // `repository or OrderRepository()`: both sides are of the same type, and one of them may be more precise.
            Expr::Bool { is_and: false, left, right } => match deeper(*left) {
                left if left.is_unknown() || left.kind == Kind::None => deeper(*right),
                left => left,
            },
            Expr::Walrus { value, .. } => deeper(*value),
            _ => Value::UNKNOWN,
        }
    }

    fn name(&self, name: &str) -> Value {
        if let Some(local) = self.locals.and_then(|locals| locals.name(name)) {
            return local;
        }
        names::at_top_level(self.db, self.project, self.module, name)
    }

    /// `[a, b]`, `(*first, b)`
    fn display(&self, items: &[ExprId], depth: usize) -> Value {
        let mut values = Vec::with_capacity(items.len().min(MAX_DISPLAY));
        for item in items {
            match &self.exprs[*item] {
                Expr::Starred(inner) => match self.at(*inner, depth + 1).kind {
                    Kind::Tuple(parts) => values.extend(parts.iter().cloned()),
                    _ => values.push(Value::UNKNOWN),
                },
                _ => values.push(self.at(*item, depth + 1)),
            }
            if values.len() >= MAX_DISPLAY {
                break;
            }
        }
        values.truncate(MAX_DISPLAY);
        Value::of(Kind::Tuple(values.into()))
    }

    fn dictionary(&self, items: &[(Option<ExprId>, ExprId)], depth: usize) -> Value {
        let key = |key: &Option<ExprId>| match key.map(|key| &self.exprs[key]) {
            Some(Expr::Literal(Literal::Str(text))) => Some(text.clone()),
            _ => None,
        };
        let value = |value: &ExprId| self.at(*value, depth + 1);
        if items.len() <= MAX_DISPLAY
            && let Some(record) =
                items.iter().map(|(name, item)| Some((key(name)?, value(item)))).collect::<Option<Vec<_>>>()
        {
            return Value::of(Kind::Record(record.into()));
        }
        let values = items.iter().take(MAX_DISPLAY).map(|(_, item)| value(item));
        let joined = values.reduce(|left, right| left.join(&right)).unwrap_or_default();
        Value::of(Kind::Mapping(joined.into()))
    }

    /// `REPOSITORIES["order"]`, `BaseRepository[Order]`
    fn subscript(&self, expr: ExprId, value: ExprId, depth: usize) -> Value {
        match self.at(value, depth + 1).kind {
            Kind::Mapping(values) => (*values).clone(),
            Kind::Class(_) | Kind::Foreign(_) => {
                let instance = annotation::value(self.db, self.project, self.module, self.exprs, expr);
                annotation::class_of(&instance)
            }
            Kind::ForeignInstance(class) => {
                libraries::given(&class, "[]").map_or(Value::UNKNOWN, annotation::foreign_instance)
            }
            _ => Value::UNKNOWN,
        }
    }

    fn call(&self, callee: ExprId, args: &[Arg], depth: usize) -> Value {
        // `BaseRepository[Order](session)` keeps its type argument.
        if let Expr::Subscript { .. } = &self.exprs[callee] {
            let made = annotation::value(self.db, self.project, self.module, self.exprs, callee);
            if matches!(made.kind, Kind::Instance(..)) {
                return made;
            }
        }
        let callee = match &self.exprs[callee] {
            Expr::Attribute { value, name } if !self.is_local(*value, name) => {
                let base = self.at(*value, depth + 1);
                if let Kind::Option(option) = &base.kind {
                    let arguments = self.fields(args, depth);
                    return sqlalchemy::extended_option(
                        &|class| self.entity(class),
                        option,
                        name,
                        &arguments,
                    );
                }
                classes::read(self.db, self.project, &base, name)
            }
            _ => self.at(callee, depth + 1),
        };
        match &callee.kind {
            Kind::Class(class) => {
                let (positional, keywords) = self.arguments(args, depth);
                let made = classes::made(self.db, self.project, class, &positional, &keywords);
                // `OrderSchema(only=("id",))`
                let keyword =
                    |name: &str| keywords.iter().find(|(keyword, _)| keyword == name).map(|(_, value)| value);
                match (&made.kind, serializers::kept_of(&keyword)) {
                    (Kind::Instance(class, _), Some(parts))
                        if serializers::library_of(self.db, self.project, class)
                            == Some(serializers::Library::Marshmallow) =>
                    {
                        Value::of(Kind::Instance(class.clone(), parts))
                    }
                    _ => made,
                }
            }
            Kind::Foreign(full) if full == "typing.cast" || full == "typing.NewType" => {
                match (args.first(), args.get(1)) {
                    (Some(Arg::Positional(to)), _) if full == "typing.cast" => {
                        annotation::value(self.db, self.project, self.module, self.exprs, *to)
                    }
                    _ => Value::UNKNOWN,
                }
            }
            Kind::Foreign(full) if libraries::renders(full) == Some(Renders::Adapter) => match args.first() {
                Some(Arg::Positional(to)) => serializing::adapter(annotation::value(
                    self.db,
                    self.project,
                    self.module,
                    self.exprs,
                    *to,
                )),
                _ => Value::UNKNOWN,
            },
            Kind::Foreign(full) => {
                let entities = |class: &ClassRef| self.entity(class);
                if let Some(option) = sqlalchemy::option(&entities, full, || self.fields(args, depth)) {
                    return option;
                }
                let (positional, keywords) = self.arguments(args, depth);
                if let Some(written) = written(full, &positional) {
                    return written;
                }
                let made = names::foreign_call(self.db, self.project, full, &positional, &keywords);
                if made.is_unknown() { composed(positional, keywords) } else { made }
            }
            // A curried function with some of its arguments.
            Kind::Composed(_) => callee,
            _ => classes::called(self.db, self.project, &callee),
        }
    }

    /// Whether a local has this attribute.
    fn is_local(&self, of: ExprId, name: &str) -> bool {
        match (self.locals, &self.exprs[of]) {
            (Some(locals), Expr::Name(of)) => locals.attribute(of, name).is_some(),
            _ => false,
        }
    }

    fn entity(&self, class: &ClassRef) -> Option<Arc<Entity>> {
        model::query::entity(self.db, self.project, class.module, class.name.clone())
    }

    /// The arguments of a loader option: mapped attributes, names, other options.
    fn fields(&self, args: &[Arg], depth: usize) -> Arguments {
        let mut arguments = Arguments::default();
        for arg in args.iter().take(MAX_DISPLAY) {
            match arg {
                Arg::Positional(expr) => arguments.positional.push((self.field(*expr, depth), *expr)),
                Arg::Keyword(name, expr) => {
                    arguments.keywords.push((name.clone(), self.field(*expr, depth), *expr));
                }
                Arg::Star(expr) => arguments.stars.push((self.at(*expr, depth + 1), *expr)),
                Arg::DoubleStar(_) => arguments.has_double_star = true,
            }
        }
        arguments
    }

    /// `Order.items` as the mapped attribute that it is.
    fn field(&self, expr: ExprId, depth: usize) -> Value {
        if let Expr::Attribute { value, name } = &self.exprs[expr]
            && let Kind::Class(class) = self.at(*value, depth + 1).kind
            && self.entity(&class).is_some_and(|entity| entity.members.contains_key(name))
        {
            return Value::of(Kind::Field(class, name.clone()));
        }
        self.at(expr, depth + 1)
    }

    /// The values of positional and keyword arguments; unpacking ends the positional ones.
    fn arguments(&self, args: &[Arg], depth: usize) -> (Vec<Value>, Vec<(Name, Value)>) {
        let (mut positional, mut keywords, mut is_plain) = (Vec::new(), Vec::new(), true);
        for arg in args.iter().take(MAX_DISPLAY) {
            match arg {
                Arg::Positional(value) if is_plain => positional.push(self.at(*value, depth + 1)),
                Arg::Keyword(name, value) => keywords.push((name.clone(), self.at(*value, depth + 1))),
                Arg::Positional(_) | Arg::Star(_) => is_plain = false,
                Arg::DoubleStar(_) => {}
            }
        }
        (positional, keywords)
    }
}

/// What `range` and the makers of sequences give, where all of it is written out: `MONTHS = list(range(1, 13))`.
fn written(full: &str, positional: &[Value]) -> Option<Value> {
    let number = |value: &Value| match value.kind {
        Kind::Written(Constant::Number(number)) => Some(number),
        _ => None,
    };
    match (full, positional) {
        ("builtins.list" | "builtins.tuple", [Value { kind: Kind::Tuple(_), .. }]) => {
            Some(positional[0].clone())
        }
        ("builtins.range", [first, rest @ ..]) => {
            let (start, stop) = match rest {
                [] => (0, number(first)?),
                [stop] => (number(first)?, number(stop)?),
                _ => return None,
            };
            let length = usize::try_from(crate::rounds::of_range(start, stop, 1)?).ok()?;
            (length <= MAX_DISPLAY)
                .then(|| Value::of(Kind::Tuple(vec![Value::of(Kind::Plain); length].into())))
        }
        _ => None,
    }
}

/// What an unknown function of a library makes of the functions among its arguments; unknown without any.
fn composed(positional: Vec<Value>, keywords: Vec<(Name, Value)>) -> Value {
    let is_function = |value: &Value| {
        matches!(value.kind, Kind::Function(_) | Kind::Method(..) | Kind::Partial(..) | Kind::Composed(_))
    };
    let given = positional.into_iter().chain(keywords.into_iter().map(|(_, value)| value));
    let functions: Vec<Value> = given.filter(is_function).collect();
    if functions.is_empty() { Value::UNKNOWN } else { Value::of(Kind::Composed(functions.into())) }
}
