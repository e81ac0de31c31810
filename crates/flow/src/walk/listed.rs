//! Functions that a library calls once per row of a list, and what else it reads of each row.

use model::ClassRef;
use python::{Expr, ExprId, Name, Scope, Stmt};

use super::Walker;
use crate::interpreter::Arguments;
use crate::library::django::admin::{AdminList, COLUMNS, lists_function, names_column};
use crate::types::classes::{Member, MethodKind};
use crate::{Bound, FunctionRef, Kind, Loop, Parts, Site, Value, Walks};

impl Walker<'_> {
    /// Binds the row of a method that the admin's list calls for each row; returns whether it is such a method. Its
    /// effects are in a loop until [`Self::leave_list`].
    pub(super) fn enter_list(&mut self) -> bool {
        let definitions = std::sync::Arc::clone(&self.definitions);
        let Some(facts) = definitions.functions.get(self.function.function.0 as usize) else { return false };
        if !crate::query::has_django(self.db, self.project) {
            return false;
        }
        let (class, row) = match (self.own_class(), &*facts.parameters) {
            (Some(class), [_, row]) if names_column(self.db, self.project, &class, &facts.name) => {
                (class, row)
            }
            // A static method is given the row alone.
            (Some(class), [row])
                if self.is_static(&class, &facts.name)
                    && names_column(self.db, self.project, &class, &facts.name) =>
            {
                (class, row)
            }
            (None, [row]) => match lists_function(self.db, self.project, self.function) {
                Some(class) => (class, row),
                None => return false,
            },
            _ => return false,
        };
        let Some(list) = crate::query::admin_list(self.db, self.project, class) else { return false };
        let site = list.site.unwrap_or(Site { body: self.body_id, expr: ExprId(0) });
        let value = self.enter_rows(&list, site);
        self.environment.set(row.name.clone(), value);
        // A return doesn't end the list.
        self.around.outside = self.around.frames.len();
        true
    }

    fn is_static(&self, class: &ClassRef, name: &str) -> bool {
        let member = crate::types::classes::member(self.db, self.project, class, name);
        matches!(member, Some(Member::Method { kind: MethodKind::Static, .. }))
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

    /// Reads from each row the columns that are not attributes of the admin class, and calls the methods that it
    /// inherits and the functions of other modules.
    pub(super) fn list_columns(&mut self, class: &ClassRef) {
        let Some(list) = crate::query::admin_list(self.db, self.project, class.clone()) else { return };
        let Some(site) = list.site else { return };
        let row = self.enter_rows(&list, site);
        let given = || Arguments { positional: vec![(row.clone(), site.expr)], ..Arguments::default() };
        for name in &list.columns {
            match crate::types::classes::member(self.db, self.project, class, name) {
                None => {
                    let read = self.attribute(site.expr, &row, name);
                    if let Kind::Method(..) = read.kind {
                        self.call(site.expr, &read, &Arguments::default());
                    }
                }
                Some(Member::Method { function, kind: MethodKind::Instance })
                    if !self.is_told_below(class, name, function) =>
                {
                    let own = Value::of(Kind::Instance(class.clone(), Parts::default()));
                    let method = Value::of(Kind::Method(own.into(), function));
                    self.call(site.expr, &method, &given());
                }
                Some(Member::Method { function, kind: MethodKind::Static })
                    if !self.is_told_below(class, name, function) =>
                {
                    self.call(site.expr, &Value::of(Kind::Function(function)), &given());
                }
                Some(_) => {}
            }
        }
        for function in list.functions.iter().filter(|function| function.module != class.module) {
            self.call(site.expr, &Value::of(Kind::Function(*function)), &given());
        }
        self.leave_loop();
    }

    /// Whether the walk of a method tells by itself what it does for each row: its class is an admin class with this
    /// column.
    fn is_told_below(&self, class: &ClassRef, column: &Name, function: FunctionRef) -> bool {
        let definitions = self.definitions_of(function);
        let Some(facts) = definitions.functions.get(function.function.0 as usize) else { return true };
        let Scope::Class(id) = facts.scope else { return true };
        let holder = ClassRef::new(function.module, definitions[id].name.clone());
        holder == *class
            || names_column(self.db, self.project, &holder, column)
                && crate::query::admin_list(self.db, self.project, holder).is_some()
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
