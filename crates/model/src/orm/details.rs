//! Column details in class bodies that queries don't depend on: types, nullability, enumerations. Read only for
//! diagrams, and per file, so that no rule runs again because of them.

use python::{Class, ClassId, Definitions, Expr, ExprArena, ExprId, Literal, Name, Scope, Variable};

/// The maximum depth and length of a type in text form.
const DEEPEST: usize = 6;
const LONGEST: usize = 60;

/// The details in one class body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClassDetails {
    /// The class.
    pub class: Name,
    /// The attributes that may be columns, in order.
    pub columns: Vec<(Name, ColumnDetails)>,
    /// Sets of columns that are unique together, or a single unique column.
    pub unique: Vec<Vec<Name>>,
    /// `class Meta: db_table = "…"`
    pub table: Option<Name>,
    /// `__table_args__ = {"schema": "…"}`
    pub schema: Option<Name>,
    /// The members, if the class looks like an enumeration.
    pub members: Vec<Name>,
}

/// The details of an attribute's column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ColumnDetails {
    /// Its type as written: `String(80)`, `int`, `CharField(20)`.
    pub sql_type: Option<Name>,
    /// Whether it is nullable, if that is declared.
    pub is_nullable: Option<bool>,
    /// Its name in the table, if it differs.
    pub name: Option<Name>,
    /// The enumeration class of its values, as written.
    pub enumeration: Option<Name>,
    /// `through=` of a many-to-many relation, as written.
    pub through: Option<Name>,
}

/// The details of the classes in a file. Classes without any are omitted.
pub(crate) fn details(definitions: &Definitions) -> Vec<ClassDetails> {
    let heads = definitions.classes().filter(|(_, class)| class.scope == Scope::Module);
    let all = heads.map(|(id, class)| of_class(definitions, id, class));
    all.filter(|it| *it != ClassDetails { class: it.class.clone(), ..ClassDetails::default() }).collect()
}

fn of_class(definitions: &Definitions, id: ClassId, class: &Class) -> ClassDetails {
    let exprs = &definitions.exprs;
    let mut out = ClassDetails { class: class.name.clone(), ..ClassDetails::default() };
    let is_enum = class.bases.iter().any(|base| {
        let last = exprs[base.value()].last_name().map(Name::as_str).unwrap_or_default();
        last.ends_with("Enum") || last.ends_with("Choices") || last.ends_with("Flag")
    });
    for variable in in_class(definitions, id) {
        if is_enum {
            if variable.value.is_some() && !variable.name.starts_with('_') {
                out.members.push(variable.name.clone());
            }
        } else if variable.name == "__table_args__" {
            if let Some(value) = variable.value {
                table_args(exprs, value, &mut out);
            }
        } else if !variable.name.starts_with("__")
            && let Some(column) = of_variable(exprs, variable)
        {
            out.columns.push((variable.name.clone(), column));
        }
    }
    for (_, function) in definitions.functions().filter(|(_, it)| it.scope == Scope::Class(id)) {
        // `@declared_attr def author_id(cls) -> Mapped[int | None]`
        let is_declared = |it: &ExprId| {
            let dotted = exprs.dotted(*it).unwrap_or_default();
            dotted.split('.').any(|part| part == "declared_attr")
        };
        let told = function.returns.filter(|_| function.decorators.iter().any(is_declared));
        if let Some((written, is_nullable)) = told.map(|it| annotation(exprs, it)) {
            let said = ColumnDetails {
                sql_type: Some(written),
                is_nullable: Some(is_nullable),
                ..ColumnDetails::default()
            };
            out.columns.push((function.name.clone(), said));
        }
    }
    let inner = definitions.classes().find(|(_, it)| it.name == "Meta" && it.scope == Scope::Class(id));
    for variable in inner.into_iter().flat_map(|(meta, _)| in_class(definitions, meta)) {
        let Some(value) = variable.value else { continue };
        match variable.name.as_str() {
            "db_table" => out.table = text(exprs, value).cloned(),
            "unique_together" => out.unique.extend(sets(exprs, value)),
            "constraints" => {
                for part in parts(exprs, value) {
                    let of_call = call(exprs, part).filter(|(last, _)| *last == "UniqueConstraint");
                    let fields = of_call.and_then(|(_, args)| keyword(args, "fields"));
                    out.unique.extend(fields.map(|it| names(exprs, it)));
                }
            }
            _ => {}
        }
    }
    out
}

fn in_class(definitions: &Definitions, id: ClassId) -> impl Iterator<Item = &Variable> {
    definitions.variables.iter().filter(move |variable| variable.scope == Scope::Class(id))
}

/// `UniqueConstraint("a", "b")` and `{"schema": "shop"}`
fn table_args(exprs: &ExprArena, value: ExprId, out: &mut ClassDetails) {
    for part in parts(exprs, value) {
        if let Expr::Dict(entries) = &exprs[part] {
            let is_schema = |key: ExprId| text(exprs, key).is_some_and(|key| key == "schema");
            let schema = entries.iter().find(|(key, _)| key.is_some_and(is_schema));
            let named = schema.and_then(|(_, value)| text(exprs, *value)).cloned();
            out.schema = out.schema.take().or(named);
        } else if let Some(("UniqueConstraint", args)) = call(exprs, part) {
            out.unique.push(positional(args).filter_map(|it| text(exprs, it).cloned()).collect());
        }
    }
}

fn of_variable(exprs: &ExprArena, variable: &Variable) -> Option<ColumnDetails> {
    let annotated = variable.annotation.map(|it| annotation(exprs, it));
    let value = variable.value.and_then(|value| call(exprs, value));
    let mut out = match value {
        Some((last @ ("Column" | "mapped_column" | "Field" | "deferred"), args)) => {
            alchemy(exprs, last, args)
        }
        Some((last, args)) if is_django(last) => django(exprs, last, args),
        Some(_) => return None,
        None => ColumnDetails::default(),
    };
    if let Some((written, is_optional)) = annotated {
        if !value.is_some_and(|(last, _)| is_django(last)) {
            out.is_nullable = out.is_nullable.or(Some(is_optional));
            out.sql_type = out.sql_type.take().or_else(|| Some(written.clone()));
            out.enumeration = out.enumeration.take().or_else(|| is_name(&written).then(|| written.clone()));
        }
    } else if value.is_some_and(|(last, _)| !is_django(last)) {
        // Without an annotation, SQLAlchemy columns are nullable.
        out.is_nullable = out.is_nullable.or(Some(true));
    } else if value.is_none() {
        return None;
    }
    Some(out)
}

fn is_name(text: &str) -> bool {
    text.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '.'))
}

fn is_django(last: &str) -> bool {
    super::read::reference_kind(last).is_some() || super::read::is_column(last)
}

fn alchemy(exprs: &ExprArena, last: &str, args: &[python::Arg]) -> ColumnDetails {
    let mut out = ColumnDetails::default();
    let inner = keyword(args, "sa_column").or_else(|| positional(args).next().filter(|_| last == "deferred"));
    if let Some((inner_last, inner_args)) = inner.and_then(|inner| call(exprs, inner)) {
        out = alchemy(exprs, if inner_last == "deferred" { "Column" } else { inner_last }, inner_args);
        out.is_nullable = out.is_nullable.or(Some(true));
    }
    if is_true(exprs, args, "primary_key") == Some(true) {
        out.is_nullable = Some(false);
    }
    if let Some(nullable) = is_true(exprs, args, "nullable") {
        out.is_nullable = Some(nullable);
    }
    let of_type = keyword(args, "type_").or_else(|| keyword(args, "sa_type"));
    let mut values: Vec<ExprId> = Vec::new();
    if matches!(last, "Column" | "mapped_column") {
        values.extend(positional(args));
        if let Some(name) = values.first().and_then(|first| text(exprs, *first)) {
            out.name = Some(name.clone());
        }
    }
    let is_type = |id: &ExprId| match &exprs[*id] {
        Expr::Name(_) | Expr::Attribute { .. } => true,
        Expr::Call { .. } => call(exprs, *id).is_some_and(|(last, _)| {
            !matches!(
                last,
                "ForeignKey" | "Sequence" | "Identity" | "Computed" | "CheckConstraint" | "FetchedValue"
            )
        }),
        _ => false,
    };
    if let Some(id) = of_type.or_else(|| values.into_iter().find(is_type)) {
        out.sql_type = Some(shown(exprs, id));
        if let Some((last, args)) = call(exprs, id)
            && last.ends_with("Enum")
        {
            let class = positional(args).next();
            out.enumeration = class.and_then(|class| exprs.dotted(class)).map(Name::from);
        }
    }
    out
}

fn django(exprs: &ExprArena, last: &str, args: &[python::Arg]) -> ColumnDetails {
    let sizes: Vec<Name> = ["max_length", "max_digits", "decimal_places"]
        .iter()
        .filter_map(|name| keyword(args, name))
        .map(|id| shown(exprs, id))
        .filter(|size| size.chars().all(|letter| letter.is_ascii_digit()))
        .collect();
    let sizes = if sizes.is_empty() { String::new() } else { format!("({})", sizes.join(",")) };
    let choices = keyword(args, "choices").and_then(|choices| exprs.dotted(choices));
    let written = |id: ExprId| text(exprs, id).cloned().or_else(|| exprs.dotted(id).map(Name::from));
    ColumnDetails {
        sql_type: Some(format!("{last}{sizes}").into()),
        is_nullable: Some(is_true(exprs, args, "null") == Some(true)),
        name: keyword(args, "db_column").and_then(|it| text(exprs, it).cloned()),
        enumeration: choices.map(|it| it.strip_suffix(".choices").unwrap_or(&it).into()),
        through: keyword(args, "through").and_then(written),
    }
}

/// The type in an annotation, and whether it may be `None`.
fn annotation(exprs: &ExprArena, id: ExprId) -> (Name, bool) {
    let written = shown(exprs, id);
    let mut at = written.as_str();
    let mut is_optional = false;
    for _ in 0..DEEPEST {
        let inner = at.strip_suffix(']').and_then(|rest| rest.split_once('['));
        match inner {
            Some((head, inner)) if head.ends_with("Mapped") => at = inner,
            Some((head, inner)) if head.ends_with("Optional") => (at, is_optional) = (inner, true),
            Some((head, inner)) if head.ends_with("Annotated") => {
                at = inner.split(", ").next().unwrap_or(inner);
            }
            _ => match at.strip_suffix(" | None").or_else(|| at.strip_prefix("None | ")) {
                Some(rest) => (at, is_optional) = (rest, true),
                None => break,
            },
        }
    }
    (at.into(), is_optional)
}

/// The source form of an expression, with limited length.
fn shown(exprs: &ExprArena, id: ExprId) -> Name {
    let mut out = String::new();
    write(exprs, id, &mut out, 0);
    out.into()
}

fn write(exprs: &ExprArena, id: ExprId, out: &mut String, depth: usize) {
    if depth > DEEPEST || out.len() > LONGEST {
        out.push('…');
        return;
    }
    let list = |ids: &[ExprId], out: &mut String| {
        for (index, id) in ids.iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            write(exprs, *id, out, depth + 1);
        }
    };
    match &exprs[id] {
        // `sa.String` is shown as `String` in a diagram.
        Expr::Name(name) | Expr::Literal(Literal::Str(name)) | Expr::Attribute { name, .. } => {
            out.push_str(name);
        }
        Expr::Call { callee, args } => {
            write(exprs, *callee, out, depth + 1);
            let given: Vec<ExprId> = args
                .iter()
                .filter(|arg| !matches!(arg, python::Arg::Keyword(name, _) if !matches!(name.as_str(), "length" | "precision" | "scale")))
                .map(python::Arg::value)
                .collect();
            if !given.is_empty() {
                out.push('(');
                list(&given, out);
                out.push(')');
            }
        }
        Expr::Subscript { value, index } => {
            write(exprs, *value, out, depth + 1);
            out.push('[');
            write(exprs, *index, out, depth + 1);
            out.push(']');
        }
        Expr::Tuple(ids) | Expr::List(ids) => list(ids, out),
        Expr::Binary { left, right, .. } => {
            write(exprs, *left, out, depth + 1);
            out.push_str(" | ");
            write(exprs, *right, out, depth + 1);
        }
        Expr::Literal(Literal::None) => out.push_str("None"),
        Expr::Literal(Literal::Bool(value)) => out.push_str(if *value { "True" } else { "False" }),
        Expr::Literal(Literal::Int(value)) => out.push_str(&value.to_string()),
        _ => out.push('…'),
    }
}

fn call(exprs: &ExprArena, id: ExprId) -> Option<(&str, &[python::Arg])> {
    match &exprs[id] {
        Expr::Call { callee, args } => Some((exprs[*callee].last_name()?.as_str(), args)),
        _ => None,
    }
}

fn positional(args: &[python::Arg]) -> impl Iterator<Item = ExprId> {
    args.iter().filter_map(|arg| match arg {
        python::Arg::Positional(value) => Some(*value),
        _ => None,
    })
}

fn keyword(args: &[python::Arg], name: &str) -> Option<ExprId> {
    args.iter().find_map(|arg| match arg {
        python::Arg::Keyword(keyword, value) if keyword == name => Some(*value),
        _ => None,
    })
}

fn is_true(exprs: &ExprArena, args: &[python::Arg], name: &str) -> Option<bool> {
    match &exprs[keyword(args, name)?] {
        Expr::Literal(Literal::Bool(value)) => Some(*value),
        _ => None,
    }
}

fn text(exprs: &ExprArena, id: ExprId) -> Option<&Name> {
    match &exprs[id] {
        Expr::Literal(Literal::Str(text)) => Some(text),
        _ => None,
    }
}

fn parts(exprs: &ExprArena, id: ExprId) -> Vec<ExprId> {
    match &exprs[id] {
        Expr::List(parts) | Expr::Tuple(parts) | Expr::Set(parts) => parts.to_vec(),
        _ => vec![id],
    }
}

fn names(exprs: &ExprArena, id: ExprId) -> Vec<Name> {
    parts(exprs, id).into_iter().filter_map(|part| text(exprs, part).cloned()).collect()
}

/// `unique_together = ("a", "b")`, `[("a", "b"), ("c", "d")]`
fn sets(exprs: &ExprArena, id: ExprId) -> Vec<Vec<Name>> {
    let own = names(exprs, id);
    if own.is_empty() {
        parts(exprs, id).into_iter().map(|part| names(exprs, part)).collect()
    } else {
        vec![own]
    }
}
