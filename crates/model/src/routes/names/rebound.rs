//! Variables that are bound again to what a function returns of them: `api = add_urls(api)`.

use python::{Expr, ExprArena, ExprId, Scope};

use super::{Arena, Names, Place, Thing};
use crate::ModuleId;
use crate::routes::facts::{RETURNED, makes_something};

impl Names<'_> {
    /// The value of a variable. One that is bound to what a call returns of it (`api = add_urls(api)`) keeps what it held,
    /// unless the call makes another router.
    pub(super) fn made_first(&self, module: ModuleId, name: &str, index: usize) -> Option<ExprId> {
        let definitions = self.definitions(module);
        let exprs = &definitions.exprs;
        let last = definitions.variables.get(index)?.value?;
        if self.is_tracing.get() || !is_given(exprs, last, name) {
            return Some(last);
        }
        self.is_tracing.set(true);
        let before = definitions.variables[..index].iter().rev();
        let before = before.filter(|it| it.scope == Scope::Module && it.name == name);
        let mut value = last;
        for earlier in before.filter_map(|it| it.value) {
            let is_made = matches!(exprs.list.get(earlier.0 as usize), Some(Expr::Call { .. }));
            if !is_made || !is_given(exprs, value, name) || !self.gives_back(module, exprs, value) {
                break;
            }
            value = earlier;
        }
        self.is_tracing.set(false);
        Some(value)
    }

    /// Whether a call returns what it is given, or a wrapper around it: whether it makes no router.
    fn gives_back(&self, module: ModuleId, exprs: &ExprArena, call: ExprId) -> bool {
        let Some(Expr::Call { callee, .. }) = exprs.list.get(call.0 as usize) else { return false };
        let place = Place { module, scope: Scope::Module, arena: Arena::Definitions, id: *callee };
        let Thing::Function(module, function) = self.follow(place) else {
            return !makes_something(exprs, call);
        };
        // A function without a router of its own has none to return.
        let scope = Scope::Function(function);
        let Some(Thing::Variable(_, Some(returned))) = self.bound(module, scope, RETURNED) else {
            return true;
        };
        let Expr::Name(name) = self.expr(returned) else { return false };
        let is_parameter = |it: &python::Function| it.parameters.iter().any(|it| it.name == name);
        self.definitions(module).functions.get(function.0 as usize).is_some_and(is_parameter)
            && self.bound(module, scope, &name).is_none()
    }
}

/// Whether a value is a call that is given the variable itself: `add_urls(api)`.
fn is_given(exprs: &ExprArena, value: ExprId, variable: &str) -> bool {
    let is_variable =
        |id: ExprId| matches!(exprs.list.get(id.0 as usize), Some(Expr::Name(it)) if it == variable);
    matches!(exprs.list.get(value.0 as usize), Some(Expr::Call { args, .. })
        if args.iter().any(|arg| is_variable(arg.value())))
}
