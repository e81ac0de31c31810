//! What a loop iterates over, as an indication of the number of elements.

use libraries::ClassRole;
use model::ClassRef;
use python::{Expr, ExprId};

use super::Walker;
use crate::query::types;
use crate::{Kind, Origin, Traits, Value, Walks};

impl Walker<'_> {
    /// Classifies a loop over `iterable`, whose value is `value` and whose elements are `element`.
    pub(super) fn walks(&mut self, iterable: ExprId, value: &Value, element: &Value) -> Walks {
        let walks = of_values(value, element);
        let may_be_sent = matches!(walks, Walks::Something | Walks::Given);
        if may_be_sent && self.is_payload(iterable, element) { Walks::Payload } else { walks }
    }

    /// Whether the data comes from a request: a field of a validated body, or a framework's name for the body.
    fn is_payload(&mut self, iterable: ExprId, element: &Value) -> bool {
        if let Kind::Instance(class, _) = &element.kind
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
            let is_of_one = query.related.as_ref().is_some_and(|related| related.owner.deps.loops == 0);
            return if is_of_one { Walks::Children } else { Walks::Rows };
        }
        Kind::Manager(..) => return Walks::Rows,
        _ => {}
    }
    let row = match &element.kind {
        Kind::Tuple(parts) => parts.iter().find_map(row_of),
        _ => row_of(element),
    };
    match row {
        Some(Walks::Children) if value.deps.loops != 0 => Walks::Rows,
        Some(walks) => walks,
        None if value.path.is_some() => Walks::Given,
        None => Walks::Something,
    }
}

/// Classifies an iteration over such rows.
fn row_of(value: &Value) -> Option<Walks> {
    let Kind::Entity(row) = &value.kind else { return None };
    Some(match &row.origin {
        Origin::Query(_) if row.traits.has(Traits::BOUNDED) => Walks::Page,
        Origin::Relationship(..) => Walks::Children,
        Origin::Query(_) | Origin::Declared => Walks::Rows,
        Origin::Made | Origin::Sent => Walks::Something,
    })
}
