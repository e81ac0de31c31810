//! Queries that a module builds once for all of its functions: `PLAIN = select(Wine)`, `OPEN = Order.objects.filter(...)`.

use model::Head;
use python::{Body, Expr, ExprId, Name, Stmt};

use super::Walker;
use crate::{FunctionRef, Kind, Value};

impl Walker<'_> {
    /// Builds the queries that the names of a module hold, in order. Everything else that the module does is left out.
    pub(super) fn build_module_queries(&mut self) {
        let body = std::sync::Arc::clone(&self.body);
        for stmt in &body.root {
            let Stmt::Assign { targets, value: Some(value), .. } = &body[*stmt] else { continue };
            let ([target], true) = (&**targets, is_chain(&body, *value)) else { continue };
            let Expr::Name(name) = &body[*target] else { continue };
            let module = self.function.module;
            let known = crate::types::names::at_top_level(self.db, self.project, module, name);
            if !known.is_unknown() || self.definitions.bound_once(name).is_none() {
                continue;
            }
            let built = self.eval(*value);
            if matches!(built.kind, Kind::Query(_)) && self.answer.attributes.len() < super::MAX_ATTRIBUTES {
                self.environment.set(name.clone(), built.clone());
                self.answer.attributes.push((name.clone(), built));
            }
        }
    }

    /// The query that a module-level name holds, in whichever module it is bound.
    pub(super) fn query_of_module(&self, head: &Head) -> Option<Value> {
        let Head::Variable(module, name) = head else { return None };
        let holder = FunctionRef::of_module_body(*module);
        if holder == self.function || !self.may_hold_query(*module, name) {
            return None;
        }
        let summary = crate::query::summary(self.db, self.project, holder.module, holder.function);
        let (_, value) = summary.attributes.iter().find(|(attribute, _)| attribute == name)?;
        Some(crate::bind::without_paths(value))
    }

    /// Whether a name of a module is bound once, to something that methods are called for.
    fn may_hold_query(&self, module: model::ModuleId, name: &Name) -> bool {
        let file = model::query::file_of(self.db, self.project, module);
        let definitions = python::query::definitions(self.db, file);
        definitions.bound_once(name).is_some_and(|value| matches!(definitions[value], Expr::Call { .. }))
    }
}

/// Whether an expression calls a function, and perhaps methods of what that gives, by way of names.
fn is_chain(body: &Body, expr: ExprId) -> bool {
    let mut rest = expr;
    let mut is_called = false;
    loop {
        rest = match &body[rest] {
            Expr::Call { callee, .. } => {
                is_called = true;
                *callee
            }
            Expr::Attribute { value, .. } => *value,
            Expr::Name(_) => return is_called,
            _ => return false,
        };
    }
}
