//! Functions that are called once for each element: by `map`, as a sort key, by a serializer.

use python::{Expr, ExprId, Name};

use super::Walker;
use crate::interpreter::Arguments;
use crate::{Bound, Kind, Loop, Value};

impl Walker<'_> {
    /// Calls `callee` once for each element of `over`: what `map`, a sort key or a serializer does.
    pub(crate) fn call_for_each(&mut self, expr: ExprId, callee: &Value, over: &Value) -> Value {
        self.for_each(expr, over, &mut |walker, element| {
            let arguments = Arguments { positional: vec![(element.clone(), expr)], ..Arguments::default() };
            walker.call(expr, callee, &arguments)
        })
    }

    /// `orders` for `map(to_dto, orders)`.
    fn word_of_last_argument(&self, expr: ExprId) -> Option<Name> {
        let Expr::Call { args, .. } = &self.body[expr] else { return None };
        args.iter().rev().find_map(|arg| match &self.body[arg.value()] {
            Expr::Name(name) | Expr::Attribute { name, .. } => Some(name.clone()),
            _ => None,
        })
    }

    /// Does something once for each element of `over`.
    pub(crate) fn for_each(
        &mut self,
        expr: ExprId,
        over: &Value,
        act: &mut dyn FnMut(&mut Self, &Value) -> Value,
    ) -> Value {
        let element = self.element(expr, over);
        let label = self.word_of_last_argument(expr);
        let each: Name = super::frames::entity_word(&element)
            .or_else(|| label.as_ref().map(|label| super::frames::singular(label)))
            .unwrap_or_else(|| "element".into());
        let is_fixed = matches!(over.kind, Kind::Tuple(_) | Kind::Record(_) | Kind::Text(_));
        let bound = if is_fixed { Bound::Fixed } else { Bound::Data };
        let label = label.unwrap_or_else(|| python::naming::plural(&each));
        let site = self.site(expr);
        let deps = self.enter_loop(Loop { label, each, bound, over: over.path.clone() }, site, false);
        let value = act(self, &element.with_deps(deps));
        self.leave_loop();
        value
    }
}
