//! What a loop iterates over, as an indication of the number of elements.

use libraries::ClassRole;
use model::ClassRef;
use python::{Expr, ExprId};

use super::Walker;
use crate::query::types;
use crate::{Bound, Kind, Origin, Traits, Value, Walks};

impl Walker<'_> {
    /// Classifies a loop over `iterable`, whose value is `value` and whose elements are `element`.
    pub(super) fn walks(&mut self, iterable: ExprId, value: &Value, element: &Value) -> Walks {
        let walks = of_values(value, element);
        let may_be_sent = matches!(walks, Walks::Something | Walks::Given);
        if may_be_sent && self.is_payload(iterable, element) { Walks::Payload } else { walks }
    }

    /// Whether the data comes from a request: a field of a validated body, or a framework's name for the body.
    fn is_payload(&mut self, iterable: ExprId, element: &Value) -> bool {
        // What the function made itself nobody sent.
        if let Kind::Instance(class, _) = &element.kind
            && element.path.is_some()
            && self.is_sent_in(class)
        {
            return true;
        }
        let mut at = iterable;
        for _ in 0..super::MAX_ARMS {
            match &self.body[at] {
                Expr::Attribute { value, name } => {
                    if is_body(name) {
                        return true;
                    }
                    at = *value;
                }
                Expr::Name(name) => {
                    let held = self.environment.get(name).map(|held| held.kind.clone());
                    return match held {
                        Some(Kind::Instance(class, _)) => at != iterable && self.is_sent_in(&class),
                        _ => is_body(name),
                    };
                }
                Expr::Call { callee, args } => match &self.body[*callee] {
                    // `set(body.ids)`, `enumerate(body.items)`
                    Expr::Name(_) => match args.first() {
                        Some(first) => at = first.value(),
                        None => return false,
                    },
                    _ => at = *callee,
                },
                Expr::Subscript { value, .. } | Expr::Await(value) => at = *value,
                Expr::Bool { left, .. } => at = *left,
                _ => return false,
            }
        }
        false
    }

    /// Whether requests are validated by this class.
    fn is_sent_in(&self, class: &ClassRef) -> bool {
        let bases = types::foreign_ancestors(self.db, self.project, class.module, class.name.clone());
        bases.iter().any(|base| {
            let role = libraries::role_of_base(base);
            matches!(role, Some(ClassRole::Schema | ClassRole::Form))
        })
    }
}

/// Whether it is a framework's name for the validated body of a request.
fn is_body(name: &str) -> bool {
    matches!(name, "validated_data" | "cleaned_data" | "POST" | "FILES")
}

/// Classifies an iteration over `value`, whose elements are `element`.
pub(super) fn of_values(value: &Value, element: &Value) -> Walks {
    match &value.kind {
        Kind::Query(query) if query.is_bounded => return Walks::Page,
        Kind::Query(query) => {
            return if query.belongs_to_one() { Walks::Children } else { Walks::Rows };
        }
        Kind::Manager(..) => return Walks::Rows,
        _ => {}
    }
    match extent_of(element) {
        Some(Walks::Children) if value.deps.loops != 0 => Walks::Rows,
        Some(walks) => walks,
        None if value.path.is_some() => Walks::Given,
        None => Walks::Something,
    }
}

/// How many such values there can be, if each is a row or was made of one.
pub(super) fn extent_of(value: &Value) -> Option<Walks> {
    match &value.kind {
        Kind::Entity(row) => Some(match &row.origin {
            Origin::Query(_) if row.traits.has(Traits::BOUNDED) => Walks::Page,
            Origin::Query(_) if row.traits.has(Traits::OF_ONE) => Walks::Children,
            Origin::Relationship(..) => Walks::Children,
            Origin::Query(_) | Origin::Declared => Walks::Rows,
            Origin::Made | Origin::Sent => Walks::Something,
        }),
        Kind::Column(walks) => Some(*walks),
        // A schema made of a row.
        Kind::Instance(_, parts) => parts.iter().find_map(|part| match &part.kind {
            Kind::Column(walks) => Some(*walks),
            _ => None,
        }),
        Kind::Tuple(parts) => parts.iter().find_map(part_of),
        Kind::Record(entries) => entries.iter().find_map(|(_, part)| part_of(part)),
        Kind::Mapping(part) => part_of(part),
        _ => None,
    }
}

/// A column of such a row.
pub(super) fn column_of(row: &Value) -> Kind {
    match extent_of(row) {
        Some(walks @ (Walks::Rows | Walks::Children | Walks::Page)) => Kind::Column(walks),
        _ => Kind::Plain,
    }
}

fn part_of(value: &Value) -> Option<Walks> {
    if matches!(value.kind, Kind::Entity(_) | Kind::Column(_)) { extent_of(value) } else { None }
}

impl Walker<'_> {
    /// A value that a round of the innermost loop adds to a collection: there will be as many as the loop walks.
    pub(super) fn one_a_round(&self, value: Value) -> Value {
        let is_vague = match &value.kind {
            Kind::Plain | Kind::Written(_) => true,
            // What a function makes of a row, which callers can't say more about.
            Kind::Unknown => value.path.is_none(),
            _ => false,
        };
        let is_schema = match &value.kind {
            Kind::Instance(class, parts) => {
                parts.is_empty() && value.path.is_none() && self.is_sent_in(class)
            }
            _ => false,
        };
        let frame =
            self.around.frames.last().filter(|frame| !frame.is_below && frame.info.bound == Bound::Data);
        match frame {
            Some(frame) if (is_vague || is_schema) && value.deps.on_loop(frame.index) => {
                match frame.info.walks {
                    walks @ (Walks::Rows | Walks::Children | Walks::Page) => {
                        let kind = match &value.kind {
                            Kind::Instance(class, _) => {
                                Kind::Instance(class.clone(), [Value::of(Kind::Column(walks))].into())
                            }
                            _ => Kind::Column(walks),
                        };
                        Value { kind, ..value }
                    }
                    Walks::Something | Walks::Given | Walks::Payload => value,
                }
            }
            _ => value,
        }
    }

    /// The same for what a dictionary or a tuple that is added holds.
    pub(super) fn parts_a_round(&self, value: Value) -> Value {
        let kind = match &value.kind {
            Kind::Tuple(parts) => {
                Kind::Tuple(parts.iter().cloned().map(|part| self.one_a_round(part)).collect())
            }
            Kind::Record(entries) => Kind::Record(
                entries.iter().map(|(name, part)| (name.clone(), self.one_a_round(part.clone()))).collect(),
            ),
            Kind::Mapping(part) => {
                Kind::Mapping(self.one_a_round((**part).clone().with_deps(value.deps)).into())
            }
            _ => return self.one_a_round(value),
        };
        Value { kind, ..value }
    }
}
