//! Foreign keys that are known to be NULL. Reading such a relationship runs no query.

use model::{Entity as EntityFacts, Member, Orm, Relationship};
use python::{Expr, ExprId, Literal, Name};

use super::Walker;
use crate::{Kind, Loads, Value};

/// Conditions are followed to this depth.
const MAX_DEPTH: usize = 16;

impl Walker<'_> {
    /// Records which relationships are empty where a condition holds or fails.
    pub(super) fn narrow_null(&mut self, test: ExprId, holds: bool) {
        let mut found = Vec::new();
        self.null_keys(test, holds, 0, &mut found);
        for (holder, column) in found {
            let Some(value) = self.environment.get(&holder).cloned() else { continue };
            let Kind::Entity(row) = &value.kind else { continue };
            let Some(facts) = row.model.class().and_then(|class| self.entity(class)) else { continue };
            let empty = empty_without(&facts, &column);
            if empty.iter().any(|relationship| row.loads.get(relationship).is_none()) {
                let mut row = row.clone();
                for relationship in empty {
                    if row.loads.get(&relationship).is_none() {
                        row.loads.put(relationship, Loads::default());
                    }
                }
                self.environment.set(holder, Value { kind: Kind::Entity(row), ..value });
            }
        }
    }

    /// The names and attributes that are `None` where `test` holds or fails.
    pub(super) fn null_keys(&self, test: ExprId, holds: bool, depth: usize, out: &mut Vec<(Name, Name)>) {
        if depth > MAX_DEPTH {
            return;
        }
        let body = &self.body;
        match &body[test] {
            Expr::Unary { op, operand } if op == "not" => self.null_keys(*operand, !holds, depth + 1, out),
            Expr::Bool { is_and, left, right } if *is_and == holds => {
                self.null_keys(*left, holds, depth + 1, out);
                self.null_keys(*right, holds, depth + 1, out);
            }
            Expr::Attribute { .. } if !holds => out.extend(self.attribute_of_name(test)),
            Expr::Compare { first, rest } => {
                if let [(op, other)] = &**rest
                    && matches!(body[*other], Expr::Literal(Literal::None))
                    && matches!(op.as_str(), "is" | "==") == holds
                {
                    out.extend(self.attribute_of_name(*first));
                }
            }
            _ => {}
        }
    }

    /// Whether a condition asks no more than whether a row has another one that its own key leads to:
    /// `if order.customer:`, `if order.customer is not None:`.
    pub(super) fn asks_for_row_of_key(&self, test: ExprId) -> bool {
        let (asked, is_truth) = match &self.body[test] {
            Expr::Compare { first, rest } => match &**rest {
                [(op, other)]
                    if matches!(op.as_str(), "is not" | "!=")
                        && matches!(self.body[*other], Expr::Literal(Literal::None)) =>
                {
                    (*first, false)
                }
                _ => return false,
            },
            _ => (test, true),
        };
        let Some((holder, name)) = self.attribute_of_name(asked) else { return false };
        let Some(Kind::Entity(row)) = self.environment.get(&holder).map(|held| &held.kind) else {
            return false;
        };
        let Some(facts) = row.model.class().and_then(|class| self.entity(class)) else { return false };
        let Some(relationship) = facts.relationship(&name) else { return false };
        let has_truth = |class: &model::ClassRef| {
            let has =
                |method: &&str| crate::types::classes::member(self.db, self.project, class, method).is_some();
            crate::library::builtins::TRUTH.iter().any(has)
        };
        let leads_to_one = !relationship.is_many && !relationship.is_reverse;
        leads_to_one && (!is_truth || !relationship.target.as_ref().is_some_and(has_truth))
    }

    /// `order` and `customer_id` for `order.customer_id`.
    fn attribute_of_name(&self, expr: ExprId) -> Option<(Name, Name)> {
        let Expr::Attribute { value, name } = &self.body[expr] else { return None };
        match &self.body[*value] {
            Expr::Name(holder) => Some((holder.clone(), name.clone())),
            _ => None,
        }
    }
}

/// The to-one relationships of an entity that have no row where `column`, or the relationship of that name, is NULL.
fn empty_without(facts: &EntityFacts, column: &Name) -> Vec<Name> {
    let is_empty = |name: &Name, relationship: &Relationship| match (&*relationship.keys, facts.orm) {
        _ if name == column => true,
        ([key], _) => key == column,
        ([], Orm::Django) => column.strip_suffix("_id") == Some(name.as_str()),
        _ => false,
    };
    facts
        .members
        .iter()
        .filter_map(|(name, member)| match member {
            Member::Relationship(one) if !one.is_many && is_empty(name, one) => Some(name.clone()),
            _ => None,
        })
        .collect()
}
