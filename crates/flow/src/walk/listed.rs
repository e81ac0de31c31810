//! Functions that a library calls once per row of a list, and what else it reads of each row.

use model::ClassRef;
use python::{Expr, ExprId, Scope, Stmt};

use super::Walker;
use crate::interpreter::Arguments;
use crate::library::django::admin::{AdminList, COLUMNS, names_column};
use crate::{Bound, Kind, Loop, Site, Value, Walks};

impl Walker<'_> {
    /// Binds the row of a method that the admin's list calls for each row; returns whether it is such a method. Its
    /// effects are in a loop until [`Self::leave_list`].
    pub(super) fn enter_list(&mut self) -> bool {
        let definitions = std::sync::Arc::clone(&self.definitions);
        let Some(facts) = definitions.functions.get(self.function.function.0 as usize) else { return false };
        let (Some(class), Some(row)) = (self.own_class(), facts.parameters.get(1)) else { return false };
        if facts.parameters.len() != 2
            || !crate::query::has_django(self.db, self.project)
            || !names_column(self.db, self.project, &class, &facts.name)
        {
            return false;
        }
        let Some(list) = crate::query::admin_list(self.db, self.project, class) else { return false };
        let site = list.site.unwrap_or(Site { body: self.body_id, expr: ExprId(0) });
        let value = self.enter_rows(&list, site);
        self.environment.set(row.name.clone(), value);
        // A return doesn't end the list.
        self.around.outside = self.around.frames.len();
        true
    }

    /// Leaves the list: other callers call the method once.
    pub(super) fn leave_list(&mut self) {
        self.around.outside = 0;
        self.leave_loop();
        for effect in &mut self.recorder.effects {
            if !effect.loops.is_empty() {
                effect.loops.remove(0);
            }
        }
    }

    /// Reads from each row the columns that are not attributes of the admin class.
    pub(super) fn list_columns(&mut self, class: &ClassRef) {
        let Some(list) = crate::query::admin_list(self.db, self.project, class.clone()) else { return };
        let Some(site) = list.site else { return };
        let own = |name: &str| crate::types::classes::member(self.db, self.project, class, name).is_some();
        let columns: Vec<_> = list.columns.iter().filter(|name| !own(name)).cloned().collect();
        let row = self.enter_rows(&list, site);
        for name in columns {
            let read = self.attribute(site.expr, &row, &name);
            if let Kind::Method(..) = read.kind {
                self.call(site.expr, &read, &Arguments::default());
            }
        }
        self.leave_loop();
    }

    fn enter_rows(&mut self, list: &AdminList, site: Site) -> Value {
        let row = Value::of(Kind::Entity(list.row.clone()));
        let each = super::frames::entity_word(&row).unwrap_or_else(|| "row".into());
        let label = python::naming::plural(&each);
        let info = Loop { label, each, bound: Bound::Data, over: None, walks: Walks::Page };
        let deps = self.enter_loop(info, site, false);
        row.with_deps(deps)
    }
}

/// The class whose body is being walked.
pub(super) fn class_of_body(walker: &Walker<'_>) -> Option<ClassRef> {
    let class = walker.function.class_body()?;
    let facts =
        walker.definitions.classes.get(class.0 as usize).filter(|class| class.scope == Scope::Module)?;
    let has_columns = walker.body.stmts.iter().any(|stmt| match stmt {
        Stmt::Assign { targets, .. } => {
            targets.iter().any(|target| matches!(&walker.body[*target], Expr::Name(name) if name == COLUMNS))
        }
        _ => false,
    });
    has_columns.then(|| ClassRef::new(walker.function.module, facts.name.clone()))
}
