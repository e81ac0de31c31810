//! Separate statements for what options ask for that callers hand to a function: only they know the options.

use model::ClassRef;
use python::ExprId;

use super::Walker;
use super::record::Below;
use crate::{Deps, EffectKind, Loads, ModelRef, Path, QueryState, Value};

impl Walker<'_> {
    /// Records that a query runs with options that a parameter holds.
    pub(super) fn loads_what_is_asked(&mut self, expr: ExprId, query: &QueryState, deps: Deps) {
        for options in query.loads.held() {
            let kind = EffectKind::Loads { options: options.clone(), model: query.model.clone() };
            self.effect(expr, kind, deps, None);
        }
    }

    /// Records the statements for the options that a callee's parameter turned out to hold.
    pub(super) fn loads_for_callee(
        &mut self,
        expr: ExprId,
        options: &Value,
        model: &ModelRef,
        deps: Deps,
        below: Option<Below>,
    ) {
        if let (true, Some(path)) = (options.is_unknown(), &options.path) {
            return self.passes_on(expr, path.clone(), model, deps, below);
        }
        let Some(class) = model.class().cloned() else { return };
        let loads = crate::value::loaded_by(options);
        let known = self.separate_loads(&class, &Loads::default());
        let mut found = self.separate_loads(&class, &loads);
        // The callee has counted what the model loads by itself.
        found.retain(|one| !known.contains(one));
        self.as_of(below, |walker| walker.records_separate_loads(expr, found, deps));
    }

    fn passes_on(&mut self, expr: ExprId, options: Path, model: &ModelRef, deps: Deps, below: Option<Below>) {
        self.effect(expr, EffectKind::Loads { options, model: model.clone() }, deps, below);
    }

    fn separate_loads(&self, class: &ClassRef, loads: &Loads) -> Vec<(ClassRef, python::Name)> {
        crate::separate_loads::relationships(self.db, self.project, class, loads)
    }
}
