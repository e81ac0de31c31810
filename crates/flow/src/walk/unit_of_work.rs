//! Effects of sessions on named rows: adding writes a new row, and a flush sends it.
//!
//! A row is identified by the name that holds it. A row passed to other code may come back loaded, so nothing more is
//! inferred about it.

use model::ClassRef;
use python::{Arg, Expr, ExprId};

use super::Walker;
use crate::interpreter::Arguments;
use crate::types::classes::Member;
use crate::{Kind, Loads, Origin, RowState, Value};

/// Methods and functions that extract a schema's data: its fields and nothing else.
pub(super) const DUMPS: &[&str] = &["model_dump", "dict", "asdict"];

impl Walker<'_> {
    /// The attributes given to a new row; any attribute if the arguments can't be read.
    pub(super) fn given_to_row(&mut self, expr: ExprId, class: &ClassRef, arguments: &Arguments) -> Loads {
        if self.says_more_of_row(class) || !arguments.positional.is_empty() || !arguments.stars.is_empty() {
            return Loads::open();
        }
        let mut loads = Loads::default();
        for (name, value, given) in &arguments.keywords {
            // A row that is assigned to another one knows it, and the other way round.
            self.gives_any(*given);
            if value.kind != Kind::None {
                loads.relationships.insert(name.clone(), Loads::open());
            }
        }
        if arguments.has_double_star {
            match self.dumped(expr) {
                Some(schema) => loads.merge(&self.given_by_schema(class, &schema)),
                None => loads.is_open = true,
            }
        }
        loads
    }

    /// Whether a constructor of the project, or default values, give a new row more than its arguments.
    pub(super) fn says_more_of_row(&self, class: &ClassRef) -> bool {
        let (db, project) = (self.db, self.project);
        let bases = crate::query::types::foreign_ancestors(db, project, class.module, class.name.clone());
        crate::types::classes::member(db, project, class, "__init__").is_some()
            || bases.iter().any(|base| base.ends_with(".MappedAsDataclass"))
    }

    /// The columns that are also fields of the schema.
    pub(super) fn given_by_schema(&self, class: &ClassRef, schema: &ClassRef) -> Loads {
        let mut loads = Loads::default();
        let Some(entity) = self.entity(class) else { return Loads::open() };
        for name in entity.members.keys() {
            let is_there = crate::types::classes::member(self.db, self.project, schema, name);
            if matches!(is_there, Some(Member::Attribute(_))) {
                loads.relationships.insert(name.clone(), Loads::open());
            }
        }
        loads
    }

    /// The schema of `Order(**body.model_dump())`.
    fn dumped(&self, expr: ExprId) -> Option<ClassRef> {
        let Expr::Call { args, .. } = &self.body[expr] else { return None };
        let mut spread = args.iter().filter_map(|arg| match arg {
            Arg::DoubleStar(value) => Some(*value),
            _ => None,
        });
        let (only, None) = (spread.next()?, spread.next()) else { return None };
        let Expr::Call { callee, .. } = &self.body[only] else { return None };
        let Expr::Attribute { value, name } = &self.body[*callee] else { return None };
        let held = self.body.exprs.dotted(*value).and_then(|name| self.environment.get(&name));
        match held.map(|held| &held.kind) {
            Some(Kind::Instance(class, _)) if DUMPS.contains(&name.as_str()) => Some(class.clone()),
            _ => None,
        }
    }

    /// Applies a session method that changes its rows.
    pub(super) fn works_on_rows(&mut self, session: &Value, method: &str, arguments: &Arguments) {
        let Kind::Session { is_async } = session.kind else { return };
        match method {
            "add" | "add_all" | "merge" => {
                for (_, given) in &arguments.positional {
                    let parts = match &self.body[*given] {
                        Expr::List(parts) | Expr::Tuple(parts) => parts.to_vec(),
                        _ => vec![*given],
                    };
                    for part in parts {
                        let Some(name) = self.body.exprs.dotted(part) else { continue };
                        self.shows_row(&name);
                        self.environment.each_row_of(&name, &mut |row| {
                            row.state = match row.origin {
                                Origin::Made => RowState::Added,
                                _ => RowState::Attached,
                            };
                        });
                    }
                }
            }
            "flush" | "commit" if is_async => self.environment.each_row(&mut |row| {
                if row.state == RowState::Added {
                    row.state = RowState::Attached;
                    (row.origin, row.is_async) = (Origin::Sent, true);
                }
            }),
            _ => {}
        }
    }

    /// Handles new rows passed to a function of the project: what it does to them is not followed.
    pub(super) fn hands_out(&mut self, arguments: &Arguments) {
        let given: Vec<ExprId> = arguments
            .positional
            .iter()
            .map(|(_, given)| *given)
            .chain(arguments.keywords.iter().map(|(_, _, given)| *given))
            .collect();
        for given in given {
            self.gives_any(given);
        }
    }

    /// Any relationship of a new row may be in memory from here on.
    pub(super) fn gives_any(&mut self, given: ExprId) {
        let Some(name) = self.body.exprs.dotted(given) else { return };
        self.environment.each_row_of(&name, &mut |row| {
            if matches!(row.origin, Origin::Made | Origin::Sent) {
                row.loads.is_open = true;
            }
        });
    }
}
