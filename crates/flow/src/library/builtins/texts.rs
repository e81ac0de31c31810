//! Special methods that built-in functions call on an instance: `str(row)`, `repr(row)`, `len(row)`; and logging, which
//! converts its arguments to strings.

use model::Orm;
use python::ExprId;

use crate::interpreter::{Arguments, Interpreter};
use crate::types::classes::{Member, member};
use crate::{FunctionRef, Kind, Value};

/// The class of `logging.getLogger()`.
pub(super) const LOGGER: &str = "logging.Logger";
/// Its methods that write what a program shows by default. `debug` is off where it costs.
const LOGS: &[&str] = &["critical", "error", "exception", "fatal", "info", "warn", "warning"];

/// Which text of a value is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextOf {
    /// `str(row)`
    Str,
    /// `repr(row)`
    Repr,
}

/// Calls the method that converts an instance to a string, which may read relationships that aren't loaded.
pub(crate) fn text_of(walker: &mut dyn Interpreter, expr: ExprId, value: &Value, text: TextOf) {
    let orm = match &value.kind {
        Kind::Entity(row) => {
            row.model.class().and_then(|class| walker.entity(class)).map(|entity| entity.orm)
        }
        Kind::Instance(..) => None,
        _ => return,
    };
    let names: &[&str] = match (text, orm) {
        // Models of Django have both; the text of one is the other in brackets.
        (TextOf::Repr, Some(Orm::Django)) => &["__repr__", "__str__"],
        (TextOf::Repr, _) => &["__repr__"],
        // A class without `__str__` has that of `object`.
        (TextOf::Str, Some(Orm::SqlAlchemy)) => &["__str__", "__repr__"],
        (TextOf::Str, _) => &["__str__"],
    };
    special(walker, expr, value, names);
}

/// The methods that tell the truth of an instance, the first that its class has.
pub(crate) const TRUTH: &[&str] = &["__bool__", "__len__"];

/// Calls the method that tells whether an instance counts as true.
pub(crate) fn truth_of(walker: &mut dyn Interpreter, expr: ExprId, value: &Value) {
    special(walker, expr, value, TRUTH);
}

/// Calls the first of these methods that the class of an instance has.
pub(super) fn special(walker: &mut dyn Interpreter, expr: ExprId, value: &Value, names: &[&str]) {
    if let Some(function) = own_method(walker, value, names) {
        let method = Value::of(Kind::Method(value.clone().into(), function)).with_deps(value.deps);
        walker.call(expr, &method, &Arguments::default());
    }
}

/// The first of these methods that the class of an instance has.
pub(crate) fn own_method(walker: &dyn Interpreter, value: &Value, names: &[&str]) -> Option<FunctionRef> {
    let class = value.instance_of()?;
    names.iter().find_map(|name| match member(walker.db(), walker.project(), class, name)? {
        Member::Method { function, .. } => Some(function),
        Member::Attribute(_) => None,
    })
}

/// `logger.info("%s of %s", row, count)`: converts what the message shows.
pub(super) fn logged(walker: &mut dyn Interpreter, name: &str, arguments: &Arguments) -> Option<Value> {
    if !LOGS.contains(&name) {
        return None;
    }
    let ((message, at), shown) = arguments.positional.split_first()?;
    let texts = if let Kind::Text(message) = &message.kind {
        directives(message)
    } else {
        // A row as the message, or a message made elsewhere.
        text_of(walker, *at, message, TextOf::Str);
        Vec::new()
    };
    for ((value, at), text) in shown.iter().zip(texts) {
        if let Some(text) = text {
            text_of(walker, *at, value, text);
        }
    }
    Some(Value::of(Kind::None))
}

/// What each directive of a format shows; nothing for a number.
fn directives(format: &str) -> Vec<Option<TextOf>> {
    let mut texts = Vec::new();
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            continue;
        }
        let is_letter = |letter: &char| letter.is_ascii_alphabetic() || *letter == '%' || *letter == '(';
        match letters.find(is_letter) {
            Some('%' | '(') | None => {}
            Some('s') => texts.push(Some(TextOf::Str)),
            Some('r' | 'a') => texts.push(Some(TextOf::Repr)),
            Some(_) => texts.push(None),
        }
    }
    texts
}
