//! Functions that are called once for each element: by `map`, as a sort key, by a serializer.

use python::{Arg, Expr, ExprId, Name};

use super::Walker;
use crate::interpreter::Arguments;
use crate::{Bound, Kind, Loop, Value};

impl Walker<'_> {
    /// Calls `callee` once for each element of `over`, like `map`, a sort key or a serializer.
    pub(crate) fn call_for_each(&mut self, expr: ExprId, callee: &Value, over: &Value) -> Value {
        self.for_each(expr, over, &mut |walker, element| {
            let arguments = Arguments { positional: vec![(element.clone(), expr)], ..Arguments::default() };
            walker.call(expr, callee, &arguments)
        })
    }

    /// Finds the truth of what `callee` gives for each element of `over`; of the elements themselves without one.
    pub(crate) fn test_for_each(&mut self, expr: ExprId, callee: Option<&Value>, over: &Value) {
        self.for_each(expr, over, &mut |walker, element| {
            let value = match callee {
                Some(callee) => {
                    let positional = vec![(element.clone(), expr)];
                    walker.call(expr, callee, &Arguments { positional, ..Arguments::default() })
                }
                None => element.clone(),
            };
            walker.runs_when_tested(expr, &value);
            Value::UNKNOWN
        });
    }

    /// `orders` for `map(to_dto, orders)`.
    fn word_of_last_argument(&self, expr: ExprId) -> Option<Name> {
        let Expr::Call { args, .. } = &self.body[expr] else { return None };
        let last = args.iter().rfind(|arg| matches!(arg, Arg::Positional(_)))?;
        match &self.body[last.value()] {
            Expr::Name(name) | Expr::Attribute { name, .. } => Some(name.clone()),
            _ => None,
        }
    }

    /// The expression of the rows in `sorted(rows, key=...)`.
    fn rows_of(&self, expr: ExprId) -> Option<String> {
        let Expr::Call { callee, args } = &self.body[expr] else { return None };
        let last = args.iter().rfind(|arg| matches!(arg, Arg::Positional(_))).map(Arg::value);
        // `orders.sort(key=...)`
        let sorted = match &self.body[*callee] {
            Expr::Attribute { value, name } if name == "sort" => Some(*value),
            _ => None,
        };
        let rows = self.body.exprs.dotted(last.or(sorted)?)?;
        self.environment.get(&rows).map(|_| rows)
    }

    /// Runs `act` once for each element of `over`.
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
        let bound = match super::frames::rounds_of(over) {
            _ if !is_fixed => Bound::Data,
            Some(rounds) => Bound::Rounds(rounds),
            None => Bound::Fixed,
        };
        let label = label.unwrap_or_else(|| python::naming::plural(&each));
        let site = self.site(expr);
        let walks = super::walks::of_values(over, &element);
        let info = Loop { label, each, bound, over: over.path.clone(), walks };
        let deps = self.enter_loop(info, site, false);
        let value = act(self, &element.with_deps(deps));
        let read = self.around.frames.last().map(|frame| frame.read.clone()).unwrap_or_default();
        self.leave_loop();
        if let Some(rows) = self.rows_of(expr) {
            for name in read {
                self.environment.note_read(format!("{rows}[].{name}").into());
            }
        }
        value
    }
}
