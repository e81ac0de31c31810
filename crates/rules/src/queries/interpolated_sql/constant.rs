//! Values that nobody can smuggle SQL in with: constants, numbers, names that the program itself declares, what was
//! quoted or checked before.

use model::Target;
use python::{Arg, Body, BodyId, BodyOwner, Definitions, Expr, ExprId, FunctionId, Literal, Scope};

use crate::queries::scope::{Binding, Meaning, Names, chain};

/// Values derived in more steps than this are not followed.
const MAX_DEPTH: usize = 8;

/// Whether the value of `expr` is harmless in a text of SQL.
pub(super) fn is_constant(names: &Names<'_>, body: BodyId, expr: ExprId) -> bool {
    Reader { names }.constant(body, expr, 0)
}

struct Reader<'a> {
    names: &'a Names<'a>,
}

impl Reader<'_> {
    fn constant(&self, body: BodyId, expr: ExprId, depth: usize) -> bool {
        if depth > MAX_DEPTH {
            return false;
        }
        let exprs = self.names.body(body);
        let all = |ids: &[ExprId]| ids.iter().all(|id| self.constant(body, *id, depth + 1));
        match &exprs[expr] {
            Expr::Literal(_) => true,
            Expr::Tuple(items) | Expr::List(items) | Expr::Set(items) => all(items),
            Expr::Dict(entries) => entries.iter().all(|(_, value)| self.constant(body, *value, depth + 1)),
            Expr::Unary { operand, .. } => self.constant(body, *operand, depth + 1),
            Expr::Binary { left, right, .. } | Expr::Bool { left, right, .. } => all(&[*left, *right]),
            Expr::Compare { .. } => true,
            Expr::Conditional { body: then, orelse, .. } => all(&[*then, *orelse]),
            Expr::Comprehension { element, value: None, .. } => self.constant(body, *element, depth + 1),
            Expr::FString(parts) => parts.iter().all(|part| match part {
                python::FStringPart::Text(_) => true,
                python::FStringPart::Value(value) => self.constant(body, *value, depth + 1),
            }),
            Expr::Subscript { value, .. } => self.constant(body, *value, depth + 1),
            Expr::Call { callee, args } => self.call(body, *callee, args, depth),
            Expr::Attribute { value, name } => self.attribute(body, expr, *value, name, depth),
            Expr::Name(name) => self.name(body, name, depth),
            _ => false,
        }
    }

    fn call(&self, body: BodyId, callee: ExprId, args: &[Arg], depth: usize) -> bool {
        let exprs = self.names.body(body);
        let (receiver, name) = match &exprs[callee] {
            Expr::Name(name) => (None, name.as_str()),
            Expr::Attribute { value, name } => (Some(*value), name.as_str()),
            _ => return false,
        };
        let lower = name.to_ascii_lowercase();
        if NUMBERS.contains(&name) || QUOTING.iter().any(|word| lower.contains(word)) {
            return true;
        }
        let args_are = || args.iter().all(|arg| self.constant(body, arg.value(), depth + 1));
        match (receiver, name) {
            (None, "str" | "repr" | "tuple" | "list" | "set" | "sorted" | "min" | "max" | "sum" | "map") => {
                args_are()
            }
            // A method of a constant gives a constant, unless a value comes in: `TABLES.get(name, "x")` is one.
            (Some(receiver), "format" | "join") => self.constant(body, receiver, depth + 1) && args_are(),
            (Some(receiver), _) => self.constant(body, receiver, depth + 1),
            _ => false,
        }
    }

    fn attribute(&self, body: BodyId, expr: ExprId, value: ExprId, name: &str, depth: usize) -> bool {
        if is_upper(name) || DECLARED.contains(&name) || matches!(name, "id" | "pk") {
            return true;
        }
        let exprs = self.names.body(body);
        if let Some((root, attributes)) = chain(exprs, expr) {
            let through = |word: &str| attributes.contains(&word);
            if ["_meta", "__table__", "__class__", "Meta", "c"].into_iter().any(through) {
                return true;
            }
            if attributes[1..].iter().any(|attribute| is_upper(attribute)) || is_upper(root) {
                return true;
            }
            if matches!(root, "self" | "cls") && attributes.len() == 1 {
                return self.class_attribute(body, name, depth);
            }
            if let Meaning::Bound(BodyId(0), _) = self.names.meaning(body, root)
                && attributes.len() == 1
                && let Some(class) =
                    self.names.cx.module.definitions.classes.iter().find(|it| it.name == root)
            {
                return self.in_class(class.body, name, depth);
            }
        }
        // An attribute of a constant: a member of an enumeration, its value.
        matches!(name, "value" | "name") && self.constant(body, value, depth + 1)
    }

    /// `self.table`, where the class says `table = "orders"` and no method says otherwise.
    fn class_attribute(&self, body: BodyId, name: &str, depth: usize) -> bool {
        let definitions = &*self.names.cx.module.definitions;
        let mut at = self.names.body(body).owner;
        for _ in 0..MAX_DEPTH {
            match at {
                BodyOwner::Module => return false,
                BodyOwner::Class(class) => {
                    let body = definitions[class].body;
                    return self.in_class(body, name, depth) && !self.is_stored(name);
                }
                BodyOwner::Function(function) => match definitions[function].scope {
                    Scope::Module => return false,
                    Scope::Class(class) => at = BodyOwner::Class(class),
                    Scope::Function(outer) => at = BodyOwner::Function(outer),
                },
            }
        }
        false
    }

    fn in_class(&self, class: BodyId, name: &str, depth: usize) -> bool {
        match self.names.meaning(class, name) {
            Meaning::Bound(home, bindings) if home == class => self.bindings(home, bindings, depth),
            _ => false,
        }
    }

    /// Whether any function of the module assigns `something.name`.
    fn is_stored(&self, name: &str) -> bool {
        self.names.bodies().any(|(_, body)| {
            body.stmts.iter().any(|stmt| {
                let python::Stmt::Assign { targets, .. } = stmt else { return false };
                targets.iter().any(
                    |target| matches!(&body[*target], Expr::Attribute { name: stored, .. } if stored == name),
                )
            })
        })
    }

    fn name(&self, body: BodyId, name: &str, depth: usize) -> bool {
        if is_upper(name) || is_checked(self.names.body(body), name) {
            return true;
        }
        match self.names.meaning(body, name) {
            Meaning::Bound(home, bindings) => self.bindings(home, bindings, depth),
            Meaning::Import(import) => match self.names.target(import) {
                Some(Target::Symbol { origin, origin_name, .. }) => {
                    let file = self.names.cx.file_of(*origin);
                    let definitions = python::query::definitions(self.names.cx.db, file);
                    is_declared(&definitions, origin_name)
                }
                _ => false,
            },
            Meaning::Free => false,
        }
    }

    fn bindings(&self, home: BodyId, bindings: &[Binding], depth: usize) -> bool {
        bindings.iter().all(|binding| match binding {
            Binding::Parameter(index) => self.is_harmless_parameter(home, *index, depth),
            Binding::Value(value) | Binding::Added(value) => self.constant(home, *value, depth + 1),
            Binding::Element(iterable, index) => self.elements(home, *iterable, *index, depth + 1),
            Binding::Managed(_) | Binding::Other => false,
        })
    }

    /// Whether the elements of `iterable` are constants.
    fn elements(&self, body: BodyId, iterable: ExprId, index: Option<usize>, depth: usize) -> bool {
        let exprs = self.names.body(body);
        if let Expr::Call { callee, args } = &exprs[iterable] {
            let first = args.first().map(Arg::value);
            match &exprs[*callee] {
                Expr::Name(name) => match (name.as_str(), index, first) {
                    ("range", ..) | ("enumerate", Some(0), _) => return true,
                    ("enumerate" | "sorted" | "reversed" | "list" | "set" | "tuple", _, Some(first)) => {
                        return self.elements(body, first, None, depth + 1);
                    }
                    ("zip", Some(index), _) => {
                        return args
                            .get(index)
                            .is_some_and(|arg| self.elements(body, arg.value(), None, depth + 1));
                    }
                    _ => {}
                },
                Expr::Attribute { value, name } if matches!(name.as_str(), "items" | "keys" | "values") => {
                    return self.constant(body, *value, depth + 1);
                }
                _ => {}
            }
        }
        depth <= MAX_DEPTH && self.constant(body, iterable, depth + 1)
    }

    /// A parameter whose annotation admits no text of somebody's own.
    fn is_harmless_parameter(&self, body: BodyId, index: usize, depth: usize) -> bool {
        let BodyOwner::Function(function) = self.names.body(body).owner else { return false };
        let definitions = &*self.names.cx.module.definitions;
        let annotation = definitions[function].parameters.get(index).and_then(|it| it.annotation);
        annotation.is_some_and(|annotation| is_harmless_type(definitions, annotation, 0))
            || self.is_given_constants(function, index, depth)
    }

    /// Whether the module itself calls the function, each time with a constant.
    fn is_given_constants(&self, function: FunctionId, index: usize, depth: usize) -> bool {
        if depth > MAX_DEPTH / 2 {
            return false;
        }
        let definitions = &*self.names.cx.module.definitions;
        let callee_name = &definitions[function].name;
        let parameters = &definitions[function].parameters;
        let is_bound = matches!(definitions[function].scope, Scope::Class(_))
            && parameters.first().is_some_and(|it| matches!(it.name.as_str(), "self" | "cls"));
        let Some(at) = index.checked_sub(usize::from(is_bound)) else { return false };
        let mut calls = 0;
        for (body, exprs) in self.names.bodies() {
            for expr in &exprs.exprs.list {
                let Expr::Call { callee, args } = expr else { continue };
                if !matches!(&exprs[*callee], Expr::Name(name) | Expr::Attribute { name, .. } if name == callee_name)
                {
                    continue;
                }
                calls += 1;
                let keyword = args.iter().find_map(|arg| match arg {
                    Arg::Keyword(name, value) if *name == parameters[index].name => Some(*value),
                    _ => None,
                });
                let given = keyword.or_else(|| match args.get(at) {
                    Some(Arg::Positional(value)) => Some(*value),
                    _ => None,
                });
                if !given.is_some_and(|given| self.constant(body, given, depth + 3)) {
                    return false;
                }
            }
        }
        calls > 0
    }
}

/// `int`, `UUID | None`, `Literal["asc", "desc"]`, `datetime.date`
fn is_harmless_type(definitions: &Definitions, annotation: ExprId, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return false;
    }
    match &definitions[annotation] {
        Expr::Literal(Literal::None) => true,
        Expr::Literal(Literal::Str(text)) => TYPES.contains(&text.as_str()),
        Expr::Name(name) | Expr::Attribute { name, .. } => TYPES.contains(&name.as_str()),
        Expr::Binary { left, right, .. } => {
            is_harmless_type(definitions, *left, depth + 1)
                && is_harmless_type(definitions, *right, depth + 1)
        }
        Expr::Subscript { value, index } => match &definitions[*value] {
            Expr::Name(name) | Expr::Attribute { name, .. } => match name.as_str() {
                "Literal" => true,
                "Optional" | "list" | "List" | "Sequence" | "Iterable" | "set" | "Set" => {
                    is_harmless_type(definitions, *index, depth + 1)
                }
                _ => false,
            },
            _ => false,
        },
        _ => false,
    }
}

/// Whether the variable `name` at the head of a module is a literal, or the name is that of a constant.
fn is_declared(definitions: &Definitions, name: &str) -> bool {
    let mut of_name =
        definitions.variables.iter().filter(|it| it.scope == Scope::Module && it.name == name).peekable();
    is_upper(name)
        || (of_name.peek().is_some()
            && of_name.all(|it| it.value.is_some_and(|value| matches!(definitions[value], Expr::Literal(_)))))
}

/// Whether the function compares `name` with what it allows (`if column not in COLUMNS: raise ...`), or as a number.
fn is_checked(body: &Body, name: &str) -> bool {
    let is_it = |id: ExprId| matches!(&body[id], Expr::Name(other) if other == name);
    body.exprs.list.iter().any(|expr| match expr {
        Expr::Compare { first, rest } => {
            is_it(*first)
                && rest.iter().any(|(op, _)| matches!(op.as_str(), "in" | "not in" | "<" | "<=" | ">" | ">="))
        }
        Expr::Call { callee, args } => match &body[*callee] {
            Expr::Attribute { value, name } => {
                (CHECKS.contains(&name.as_str()) && is_it(*value))
                    || (matches!(name.as_str(), "match" | "fullmatch" | "search")
                        && args.iter().any(|arg| is_it(arg.value())))
            }
            Expr::Name(callee) => {
                ["valid", "check", "sanit", "verify"].iter().any(|word| callee.contains(word))
                    && args.iter().any(|arg| is_it(arg.value()))
            }
            _ => false,
        },
        _ => false,
    })
}

/// `ORDERS_TABLE`
fn is_upper(name: &str) -> bool {
    let name = name.trim_start_matches('_');
    name.len() > 1
        && name.chars().any(|letter| letter.is_ascii_uppercase())
        && name.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_')
}

/// Calls that give numbers, dates and the like.
const NUMBERS: &[&str] = &[
    "int",
    "len",
    "float",
    "bool",
    "round",
    "abs",
    "ord",
    "hash",
    "Decimal",
    "UUID",
    "uuid1",
    "uuid4",
    "time",
    "now",
    "utcnow",
    "today",
    "timestamp",
    "isoformat",
    "strftime",
    "total_seconds",
    "date",
    "datetime",
    "timedelta",
    "token_hex",
    "hexdigest",
    "fileno",
    "count",
    "index",
    "bit_length",
    "getpid",
];

/// Parts of the names of functions that make a text safe, or build SQL themselves.
const QUOTING: &[&str] = &[
    "quote",
    "escape",
    "identifier",
    "sanit",
    "literal",
    "mogrify",
    "placeholder",
    "compile",
    "as_sql",
    "bindparam",
];

/// Attributes that declarations give their names to.
const DECLARED: &[&str] = &[
    "__tablename__",
    "__table__",
    "__name__",
    "__qualname__",
    "db_table",
    "db_column",
    "tablename",
    "table_name",
    "attname",
    "schema_name",
    "database_schema",
    "vendor",
    "dialect",
    "fullname",
];

/// Types whose values hold no text of somebody's own.
const TYPES: &[&str] = &[
    "int",
    "float",
    "bool",
    "Decimal",
    "UUID",
    "UUID4",
    "date",
    "datetime",
    "time",
    "timedelta",
    "PositiveInt",
    "NonNegativeInt",
    "None",
];

const CHECKS: &[&str] = &["isidentifier", "isalnum", "isdigit", "isnumeric", "isdecimal", "isalpha"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_constants() {
        for name in ["TABLE", "_ORDERS_V2", "T1"] {
            assert!(is_upper(name), "{name}");
        }
        for name in ["T", "Table", "table", "_", "", "_1"] {
            assert!(!is_upper(name), "{name}");
        }
    }
}
