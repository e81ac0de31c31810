//! Rows that a commit has expired: the first read of each is a query, and raises in an async session.

use std::sync::Arc;

use python::{Expr, ExprId, Name};

use super::Walker;
use crate::interpreter::Arguments;
use crate::{Entity, Kind, ModelRef, Origin, Raises, RowState, Value};

/// What stands for the columns of a row among what is read of it.
pub(super) const COLUMNS: &str = "*";

impl Walker<'_> {
    /// Notes what a method of a session does to rows that it has loaded.
    pub(super) fn expires_rows(&mut self, is_async: bool, method: &str, given: Option<ExprId>) {
        let given = given.and_then(|given| self.body.exprs.dotted(given));
        let is_loaded = |row: &Entity| match row.origin {
            Origin::Query(_) | Origin::Relationship(Some(_), _) | Origin::Sent => row.is_async == is_async,
            Origin::Made => !is_async && row.state == RowState::Added,
            Origin::Relationship(None, _) | Origin::Declared => false,
        };
        let mut expire = |row: &mut Entity| {
            if is_loaded(row) && row.state != RowState::Detached {
                row.state = RowState::Expired;
            }
        };
        match (method, given) {
            ("commit", _) => {
                let expiry = crate::expiry::expiry(self.db, self.project);
                let expires = if is_async { expiry.awaited } else { expiry.blocking };
                if expires {
                    self.environment.each_row(&mut expire);
                }
            }
            ("expire_all", _) => self.environment.each_row(&mut expire),
            ("expire", Some(row)) => self.environment.each_row_of(&row, &mut expire),
            ("refresh" | "merge" | "expunge", Some(row)) => {
                self.environment.each_row_of(&row, &mut attach);
            }
            ("expunge_all" | "close", _) => self.environment.each_row(&mut attach),
            _ => return,
        }
        self.environment.forget_assigned(&|row| row.state == RowState::Expired);
    }

    /// A query gives rows of its model their columns again.
    pub(super) fn fetches_again(&mut self, model: &ModelRef) {
        self.environment.each_row(&mut |row| {
            if row.model == *model || model.class().is_none() {
                attach(row);
            }
        });
    }

    /// Records what reading `name` of an expired row costs. `expr` is the attribute that is read.
    pub(super) fn reads_expired(&mut self, expr: ExprId, base: &Value, entity: &Entity, name: &Name) {
        if entity.state != RowState::Expired {
            return;
        }
        let holder = match &self.body[expr] {
            Expr::Attribute { value, .. } => self.body.exprs.dotted(*value),
            _ => None,
        };
        if let Some(holder) = &holder {
            let columns = format!("{holder}.{COLUMNS}");
            if self.environment.is_read(&columns) || self.environment.is_given(holder, name) {
                return;
            }
            self.environment.note_read(columns.into());
            self.environment.each_row_of(holder, &mut attach);
        }
        self.reloads(expr, base, entity, name);
    }

    /// Records the query, or the error, by which an expired row is loaded again.
    pub(super) fn reloads(&mut self, expr: ExprId, base: &Value, entity: &Entity, name: &Name) {
        if entity.is_async && self.around.greenlets == 0 {
            if self.is_async {
                self.raises(expr, entity, name, Raises::Expired);
            }
            return;
        }
        self.runs(expr, &crate::expiry::reload_of(&entity.model), entity.model.clone(), base.deps);
    }

    /// An expired row that a function of the project receives is loaded there.
    pub(super) fn hands_out_expired(
        &mut self,
        expr: ExprId,
        receiver: Option<&Value>,
        arguments: &Arguments,
    ) {
        let body = Arc::clone(&self.body);
        let keywords = arguments.keywords.iter().map(|(_, value, given)| (value, *given));
        let given = arguments.positional.iter().map(|(value, given)| (value, *given)).chain(keywords);
        let receiver = receiver.and_then(|receiver| {
            let at = match &body[expr] {
                Expr::Call { callee, .. } => *callee,
                _ => expr,
            };
            match &body[at] {
                Expr::Attribute { value, .. } => Some((receiver, *value)),
                _ => None,
            }
        });
        for (value, at) in given.chain(receiver) {
            let Kind::Entity(entity) = &value.kind else { continue };
            if entity.state != RowState::Expired {
                continue;
            }
            if !entity.is_async {
                self.reloads(expr, value, entity, &Name::new_static(COLUMNS));
            }
            if let Some(holder) = body.exprs.dotted(at) {
                self.environment.each_row_of(&holder, &mut attach);
            }
        }
    }
}

fn attach(row: &mut Entity) {
    if row.state == RowState::Expired {
        row.state = RowState::Attached;
    }
}
