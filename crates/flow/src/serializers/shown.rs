//! The fields that one instance of a schema shows: `OrderSchema(only=("id", "number"))`, `OrderSchema(exclude=["items"])`.

use python::{Definitions, Expr, ExprId, Name};

use super::written::{Call, text};
use crate::interpreter::Arguments;
use crate::{Kind, Parts, Value};

/// The argument that names the fields to show.
const ONLY: &str = "only";
/// The argument that names the fields to leave out.
const EXCLUDE: &str = "exclude";

/// Which fields an instance shows.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    only: Option<Vec<Name>>,
    exclude: Vec<Name>,
}

impl Shown {
    /// Whether the field is shown. What a schema does as a whole has no name.
    pub(crate) fn has(&self, field: &Name) -> bool {
        field.is_empty()
            || (self.only.as_ref().is_none_or(|only| only.contains(field)) && !self.exclude.contains(field))
    }

    /// What an instance shows that [`kept`] describes.
    pub(crate) fn of(parts: &Parts) -> Self {
        let Some(Kind::Record(entries)) = parts.first().map(|part| &part.kind) else {
            return Self::default();
        };
        let given = |wanted: &str| entries.iter().find(|(name, _)| name == wanted).map(|(_, value)| value);
        Self {
            only: given(ONLY).and_then(|value| names(value, &outermost)),
            exclude: given(EXCLUDE).and_then(|value| names(value, &whole)).unwrap_or_default(),
        }
    }

    /// Its description among the parts of an instance, as [`kept`] writes it.
    pub(crate) fn parts(&self) -> Parts {
        let list = |names: &[Name]| {
            let texts = names.iter().map(|name| Value::of(Kind::Text(name.clone())));
            Value::of(Kind::Tuple(texts.collect()))
        };
        let only = self.only.as_ref().map(|names| (Name::new_static(ONLY), list(names)));
        let left_out = (!self.exclude.is_empty()).then(|| (Name::new_static(EXCLUDE), list(&self.exclude)));
        let entries: Vec<(Name, Value)> = only.into_iter().chain(left_out).collect();
        if entries.is_empty() { Parts::default() } else { [Value::of(Kind::Record(entries.into()))].into() }
    }

    /// Whether it shows all fields.
    pub(crate) fn is_all(&self) -> bool {
        self.only.is_none() && self.exclude.is_empty()
    }

    /// What a nested schema shows, as it is written: `Nested(ItemSchema, only=("id",))`, `Nested(ItemSchema(exclude=...))`,
    /// `Nested(lambda: ItemSchema(only=...))`. `None` if a list of names can't be read.
    pub(super) fn written(definitions: &Definitions, call: &Call<'_>, schema: ExprId) -> Option<Self> {
        let schema = match &definitions[schema] {
            Expr::Lambda { body, .. } => *body,
            _ => schema,
        };
        let inner = Call::at(definitions, schema);
        let mut shown = Self::default();
        for call in std::iter::once(call).chain(&inner) {
            if let Some(only) = call.keyword(ONLY) {
                let names = texts(definitions, only)?;
                shown.only = Some(names.iter().filter_map(|path| outermost(path)).collect());
            }
            if let Some(exclude) = call.keyword(EXCLUDE) {
                shown.exclude.extend(texts(definitions, exclude)?.iter().filter_map(|path| whole(path)));
            }
        }
        Some(shown)
    }
}

/// The field that a path begins with.
fn outermost(path: &str) -> Option<Name> {
    path.split('.').next().map(Name::from)
}

/// The field that a path is: `exclude=("customer.orders",)` leaves the customer.
fn whole(path: &str) -> Option<Name> {
    (!path.contains('.')).then(|| path.into())
}

/// The strings that a written collection lists; `None` if it holds something else.
fn texts(definitions: &Definitions, list: ExprId) -> Option<Vec<Name>> {
    let (Expr::Tuple(all) | Expr::List(all) | Expr::Set(all)) = &definitions[list] else { return None };
    all.iter().map(|one| text(definitions, *one).cloned()).collect()
}

/// What is kept of the arguments of a schema's instance, among its parts; `None` if it shows all fields.
pub(crate) fn kept(arguments: &Arguments) -> Option<Parts> {
    kept_of(&|name| arguments.keyword(name))
}

/// The same, of an instance that a module or a class holds.
pub(crate) fn kept_of<'v>(keyword: &dyn Fn(&str) -> Option<&'v Value>) -> Option<Parts> {
    let given = |name: &&str| keyword(name).map(|value| (Name::from(*name), value.clone()));
    let entries: Vec<(Name, Value)> = [ONLY, EXCLUDE].iter().filter_map(given).collect();
    (!entries.is_empty()).then(|| [Value::of(Kind::Record(entries.into()))].into())
}

/// The names that a written collection lists; `None` if one of them can't be read.
fn names(value: &Value, of: &dyn Fn(&str) -> Option<Name>) -> Option<Vec<Name>> {
    let Kind::Tuple(parts) = &value.kind else { return None };
    let texts: Option<Vec<&Name>> = parts
        .iter()
        .map(|part| match &part.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        })
        .collect();
    Some(texts?.into_iter().filter_map(|text| of(text)).collect())
}
