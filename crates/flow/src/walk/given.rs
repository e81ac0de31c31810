//! Relationships that a function puts on rows which it is given: `for order in orders: order.customer = customers[...]`.
//! Its callers find them in memory.

use model::{Member, Orm};
use python::{Expr, ExprId, Name};

use super::Walker;
use crate::interpreter::Arguments;
use crate::library::django::options::with_more;
use crate::{Callee, Deps, Entity, FunctionRef, Kind, Loads, Origin, Path, Root, Step, Value};

/// The maximum number of relationships that one function puts on rows.
const MAX_GIVEN: usize = 16;

impl Walker<'_> {
    /// Notes an assignment to a relationship of a row that callers hold, if it happens in any case.
    pub(super) fn notes_given(&mut self, base: ExprId, name: &Name) {
        let Some(path) =
            self.body.exprs.dotted(base).and_then(|base| self.environment.get(&base)?.path.clone())
        else {
            return;
        };
        let is_row = matches!(path.steps.as_slice(), [] | [Step::Each]);
        if is_row
            && self.around.branches == 0
            && self.around.inner == 0
            && self.answer.gives.len() < MAX_GIVEN
            && !self.answer.gives.iter().any(|(known, of)| *known == path && of == name)
            && model::query::relationship_names(self.db, self.project).contains(name)
        {
            self.answer.gives.push((path, name.clone()));
        }
    }

    /// Notes a change of a column of a row that callers hold; any column if the name can't be read.
    pub(super) fn notes_updated(&mut self, holder: ExprId, name: Option<&Name>) {
        let Some(held) = self.body.exprs.dotted(holder).and_then(|holder| self.environment.get(&holder))
        else {
            return;
        };
        let Some(path) = held.path.clone().filter(|path| path.steps.is_empty()) else { return };
        // What an object keeps of itself is no column.
        let is_row = match &held.kind {
            Kind::Entity(_) => true,
            Kind::Unknown => !self.is_receiver(Some(&path)),
            _ => false,
        };
        let update = (path, name.cloned());
        if is_row
            && self.around.inner == 0
            && self.answer.updates.len() < MAX_GIVEN
            && !self.answer.updates.contains(&update)
        {
            self.answer.updates.push(update);
        }
    }

    /// Marks the rows among the arguments of which a callee changed columns, or sends the changes where the callee does.
    pub(super) fn updated_by(&mut self, expr: ExprId, callee: Callee, bound: &[Option<Value>]) {
        let summary = crate::query::summary_of(self.db, self.project, callee);
        for (path, name) in &summary.updates {
            let Some(row) = crate::bind::start(path, bound).cloned() else { continue };
            if let Some(path) = row.path.clone().filter(|path| path.steps.is_empty()) {
                let update = (path, name.clone());
                if self.around.inner == 0
                    && self.answer.updates.len() < MAX_GIVEN
                    && !self.answer.updates.contains(&update)
                {
                    self.answer.updates.push(update);
                }
                continue;
            }
            let Kind::Entity(entity) = &row.kind else { continue };
            if !self.is_updated(entity, name.as_ref(), &row) {
                continue;
            }
            if summary.sends {
                let Some(class) = entity.model.class() else { continue };
                self.runs(expr, &format!("the UPDATE of {}", class.name), entity.model.clone(), row.deps);
            } else {
                let holder = format!("#{}", expr.0);
                self.marks_update(expr, entity.model.clone(), holder, row.deps);
            }
        }
    }

    /// Whether changing a column of a row lets the next flush of its session update it.
    pub(super) fn is_updated(&self, entity: &Entity, name: Option<&Name>, row: &Value) -> bool {
        // Of rows that callers give, each one of a loop is a row of its own.
        let is_fetched = match entity.origin {
            Origin::Query(_) | Origin::Relationship(Some(_), _) => true,
            Origin::Declared => self.loop_of(row.deps).is_some(),
            Origin::Relationship(None, _) | Origin::Made | Origin::Sent => false,
        };
        let facts = entity.model.class().and_then(|class| self.entity(class));
        is_fetched
            && facts.is_some_and(|facts| {
                facts.orm != Orm::Django
                    && name.is_none_or(|name| matches!(facts.members.get(name), Some(Member::Column(_))))
            })
    }

    /// Records a change of a column of the row that `holder` names.
    pub(crate) fn changes_column(&mut self, target: ExprId, holder: ExprId, name: Option<&Name>, deps: Deps) {
        self.notes_updated(holder, name);
        let Some(called) = self.body.exprs.dotted(holder) else { return };
        let Some(held) = self.environment.get(&called).cloned() else { return };
        let Kind::Entity(entity) = &held.kind else { return };
        if self.is_updated(entity, name, &held) {
            self.marks_update(target, entity.model.clone(), called, held.deps | deps);
        }
    }

    /// Puts what a function gave its arguments on them, and on what it returned of them.
    /// `before` parameters are bound to something else than arguments.
    pub(super) fn given_by(
        &mut self,
        function: FunctionRef,
        before: usize,
        arguments: &Arguments,
        made: Value,
    ) -> Value {
        let summary = crate::query::summary(self.db, self.project, function.module, function.function);
        let mut made = made;
        for (path, name) in &summary.gives {
            let Root::Param(index) = path.root;
            let index = usize::from(index);
            let mut loads = Loads::default();
            loads.put(name.clone(), Loads::open());
            if summary.returns.path == Some(Path::param(index)) {
                made = with_more(&made, &loads);
            }
            let given = index.checked_sub(before).and_then(|index| arguments.positional.get(index));
            let Some((rows, at)) = given.cloned() else { continue };
            if !matches!(self.body[at], Expr::Name(_)) {
                continue;
            }
            if path.steps.is_empty() {
                self.gives(at, Some(name));
            } else {
                self.bind(at, with_more(&rows, &loads));
            }
        }
        made
    }
}
