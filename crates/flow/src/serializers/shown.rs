//! The fields that one instance of a schema shows: `OrderSchema(only=("id", "number"))`, `OrderSchema(exclude=["items"])`.

use python::Name;

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
            only: given(ONLY).and_then(|value| names(value, &|path| path.split('.').next())),
            // `exclude=("customer.orders",)` leaves the customer.
            exclude: given(EXCLUDE)
                .and_then(|value| names(value, &|path| Some(path).filter(|path| !path.contains('.'))))
                .unwrap_or_default(),
        }
    }
}

/// What is kept of the arguments of a schema's instance, among its parts; `None` if it shows all fields.
pub(crate) fn kept(arguments: &Arguments) -> Option<Parts> {
    let given = |name: &&str| arguments.keyword(name).map(|value| (Name::from(*name), value.clone()));
    let entries: Vec<(Name, Value)> = [ONLY, EXCLUDE].iter().filter_map(given).collect();
    (!entries.is_empty()).then(|| [Value::of(Kind::Record(entries.into()))].into())
}

/// The names that a written collection lists; `None` if one of them can't be read.
fn names(value: &Value, of: &dyn Fn(&str) -> Option<&str>) -> Option<Vec<Name>> {
    let Kind::Tuple(parts) = &value.kind else { return None };
    let texts: Option<Vec<&Name>> = parts
        .iter()
        .map(|part| match &part.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        })
        .collect();
    Some(texts?.into_iter().filter_map(|text| of(text).map(Name::from)).collect())
}
