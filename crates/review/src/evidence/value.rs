//! Literal values in code: literals, names, calls.

use python::{Arg, Expr, ExprArena, ExprId, FStringPart, Literal, Name};

/// Values nested deeper than this are not found in hand-written code.
const DEEPEST: usize = 24;

/// A value as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// `None`
    None,
    /// `True`, `False`
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A string.
    Text(Name),
    /// A list, tuple or set.
    List(Vec<Value>),
    /// A dictionary; entries of others (`**rest`) are left out.
    Dict(Vec<(Value, Value)>),
    /// A name or attribute, with its full name if known: `sqlalchemy.Integer`, `shop.settings.debug`.
    Name(String),
    /// A call.
    Call(Box<Called>),
    /// An f-string, or concatenated strings: its literal parts, and the values between them.
    Joined(Vec<Name>, Vec<Value>),
    /// A part of a value: `caches["pages"]`.
    Item(Box<Value>, Box<Value>),
    /// Anything else.
    Other,
}

/// The callee and the arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// Its full name if known: `fastapi.FastAPI`, `shop.tasks.send.delay`; `None` if it starts with a local name.
    pub callee: Option<String>,
    /// Its last name: `delay`.
    pub method: Name,
    /// As written: `self.session.commit`.
    pub written: Option<String>,
    /// The arguments: keyword, value. `*` and `**` have the keyword `*`.
    pub arguments: Vec<(Option<Name>, Value)>,
}

impl Called {
    /// Whether it is `name` of the package `package`, at any depth.
    pub fn is(&self, package: &str, name: &str) -> bool {
        self.method == name && self.callee.as_deref().is_some_and(|it| it.split('.').next() == Some(package))
    }

    /// The argument at a position.
    pub fn positional(&self, index: usize) -> Option<&Value> {
        self.arguments.iter().filter(|(name, _)| name.is_none()).nth(index).map(|(_, value)| value)
    }

    /// The argument with a keyword.
    pub fn keyword(&self, name: &str) -> Option<&Value> {
        self.arguments.iter().find(|(keyword, _)| keyword.as_deref() == Some(name)).map(|(_, value)| value)
    }

    /// Whether it passes on arguments that aren't written here.
    pub fn has_hidden_arguments(&self) -> bool {
        self.arguments.iter().any(|(keyword, _)| keyword.as_deref() == Some("*"))
    }
}

impl Value {
    /// The string.
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The parts of a list.
    pub fn items(&self) -> &[Value] {
        match self {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The call.
    pub fn call(&self) -> Option<&Called> {
        match self {
            Value::Call(call) => Some(call),
            _ => None,
        }
    }

    /// The value of a key that is a string.
    pub fn entry(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Dict(entries) => {
                entries.iter().find(|(name, _)| name.text() == Some(key)).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    /// Reads an expression. `full` resolves the full name of a name or attribute.
    pub(crate) fn of(exprs: &ExprArena, id: ExprId, full: &dyn Fn(ExprId) -> Option<String>) -> Self {
        Self::read(exprs, id, full, 0)
    }

    fn read(exprs: &ExprArena, id: ExprId, full: &dyn Fn(ExprId) -> Option<String>, depth: usize) -> Self {
        if depth > DEEPEST {
            return Value::Other;
        }
        let read = |id: ExprId| Self::read(exprs, id, full, depth + 1);
        match &exprs[id] {
            Expr::Literal(Literal::None) => Value::None,
            Expr::Literal(Literal::Bool(value)) => Value::Bool(*value),
            Expr::Literal(Literal::Int(value)) => Value::Int(*value),
            Expr::Literal(Literal::Str(text)) => Value::Text(text.clone()),
            Expr::Tuple(parts) | Expr::List(parts) | Expr::Set(parts) => {
                Value::List(parts.iter().map(|it| read(*it)).collect())
            }
            Expr::Dict(entries) => Value::Dict(
                entries.iter().filter_map(|(key, value)| Some((read((*key)?), read(*value)))).collect(),
            ),
            Expr::Name(_) | Expr::Attribute { .. } => {
                full(id).or_else(|| exprs.dotted(id)).map_or(Value::Other, Value::Name)
            }
            Expr::Call { callee, args } => {
                called(exprs, *callee, args, full, &read).map_or(Value::Other, |it| Value::Call(Box::new(it)))
            }
            Expr::FString(parts) => Value::Joined(
                parts
                    .iter()
                    .filter_map(|part| match part {
                        FStringPart::Text(text) => Some(text.clone()),
                        FStringPart::Value(_) | FStringPart::Repr(_) => None,
                    })
                    .collect(),
                parts
                    .iter()
                    .filter_map(|part| match part {
                        FStringPart::Text(_) => None,
                        FStringPart::Value(id) | FStringPart::Repr(id) => Some(read(*id)),
                    })
                    .collect(),
            ),
            Expr::Subscript { value, index } => Value::Item(Box::new(read(*value)), Box::new(read(*index))),
            Expr::Await(inner) => read(*inner),
            _ => Value::Other,
        }
    }
}

/// Reads a call.
pub(crate) fn called(
    exprs: &ExprArena,
    callee: ExprId,
    args: &[Arg],
    full: &dyn Fn(ExprId) -> Option<String>,
    read: &dyn Fn(ExprId) -> Value,
) -> Option<Called> {
    let method = match &exprs[callee] {
        Expr::Name(name) | Expr::Attribute { name, .. } => name.clone(),
        _ => return None,
    };
    let arguments = args.iter().map(|arg| match arg {
        Arg::Positional(value) => (None, read(*value)),
        Arg::Keyword(name, value) => (Some(name.clone()), read(*value)),
        Arg::Star(_) | Arg::DoubleStar(_) => (Some(Name::new_static("*")), Value::Other),
    });
    Some(Called {
        callee: full(callee),
        method,
        written: exprs.dotted(callee),
        arguments: arguments.collect(),
    })
}
