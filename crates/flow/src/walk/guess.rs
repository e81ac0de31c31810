//! Related managers of unknown values. `x.answers.all()` can be recognized by the name of the relationship alone, if
//! all relationships of that name lead to the same entity and the method is a queryset's.

use std::sync::Arc;

use model::Orm;
use python::{Expr, ExprId, Name};

use super::Walker;
use crate::{EffectKind, Kind, ModelRef, ReadKind, Related, Value};

/// Methods that, in combination with a relationship's name, indicate a queryset.
const QUERYSET: &[&str] = &[
    "all",
    "filter",
    "exclude",
    "order_by",
    "annotate",
    "select_related",
    "prefetch_related",
    "values_list",
    "values",
    "distinct",
    "exists",
    "only",
    "in_bulk",
    "aggregate",
];

impl Walker<'_> {
    /// Turns `base`, the value of `expr` on which the method `name` is called, into a related manager if its name
    /// identifies one.
    pub(super) fn manager_by_name(&mut self, expr: ExprId, base: Value, name: &str) -> Value {
        if !base.is_unknown() || !QUERYSET.contains(&name) {
            return base;
        }
        let body = Arc::clone(&self.body);
        let Expr::Attribute { value, name: relationship } = &body[expr] else { return base };
        let managers = model::query::managers_by_name(self.db, self.project);
        let Some(target) = managers.get(relationship) else { return base };
        let value = *value;
        let owner = self.for_free(|walker| walker.eval(value));
        if !owner.is_unknown() {
            return base;
        }
        // Merely reading the manager costs nothing; its use determines the cost.
        if let Some(path) = &base.path {
            let is_it = |kind: &EffectKind| matches!(kind, EffectKind::Touch(touch) if touch.path == *path && !touch.is_refined);
            if self.recorder.effects.last().is_some_and(|effect| is_it(&effect.kind)) {
                self.recorder.effects.pop();
                self.recorder.hops.pop();
                self.untouch(path);
            }
        }
        let mut query = self.begin(expr, ModelRef::Known(target.clone()), Orm::Django);
        query.deps = base.deps;
        // Django stores the owning row on the rows that it returns.
        let facts = self.entity(target);
        for (name, member) in facts.iter().flat_map(|facts| &facts.members) {
            if let model::Member::Relationship(back) = member
                && !back.is_many
                && back.inverse.as_ref() == Some(relationship)
            {
                query.loads.relationships.insert(name.clone(), crate::Loads::open());
            }
        }
        query.related = Some(Related {
            owner: owner.with_deps(base.deps).into(),
            relationship: relationship.clone(),
            is_plain: true,
            asked: ReadKind::Rows,
        });
        Value { kind: Kind::Query(Arc::new(query)), path: None, deps: base.deps }
    }

    /// Runs a related manager of an unknown value. For an unfiltered one only callers know whether it was prefetched;
    /// any other is a query.
    pub(super) fn run_unknown(
        &mut self,
        expr: ExprId,
        query: &crate::QueryState,
        related: &Related,
    ) -> Value {
        let mut row = query.row();
        let name: &Name = &related.relationship;
        let path = related.owner.path.as_ref().and_then(|path| path.attr(name));
        if related.is_plain {
            if let Some(path) = &path {
                self.touch(
                    expr,
                    crate::Touch { path: path.clone(), is_refined: false, asked: related.asked },
                    related.owner.deps,
                );
            }
            if let Kind::Entity(row) = &mut row.kind {
                row.origin = crate::Origin::Relationship(None, vec![name.clone()]);
            }
            row.path = path.and_then(|path| path.each());
            return row;
        }
        let what = match &query.model {
            ModelRef::Known(class) => format!("a query for {}", class.name),
            ModelRef::Held(_) | ModelRef::Unknown => "a query".to_owned(),
        };
        self.runs(expr, &what, query.model.clone(), related.owner.deps | query.deps);
        self.ran_inside(query.source);
        row
    }
}
