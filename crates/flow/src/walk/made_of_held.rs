//! New rows of a class that a parameter holds: `row = self.model(**body.model_dump())` in a generic repository. That it is
//! a row shows where a session is given it; of which entity, callers know.

use model::ClassRef;
use python::{Arg, Expr, ExprId};

use super::Walker;
use super::environment::on_rows;
use super::unit_of_work::DUMPS;
use crate::{Entity, Kind, Loads, ModelRef, Origin, RowState, Value};

/// Methods of a mapped class that make a row of an object's columns.
const MADE_OF: &[&str] = &["model_validate", "from_orm"];
/// Calls inside calls are followed this far.
const MAX_DEPTH: usize = 4;

impl Walker<'_> {
    /// Takes what `name` holds for a row from here on, if this body made it of a class that a parameter holds.
    pub(super) fn shows_row(&mut self, name: &str) {
        let is_shared = super::apply::is_shared(self.db, self.project);
        // A type variable bound to the base of all models says no more.
        let is_vague = |held: &&Value| match &held.kind {
            Kind::Unknown => true,
            Kind::Instance(class, _) => is_shared(class),
            Kind::Entity(row) => row.origin == Origin::Made && row.model.class().is_some_and(&is_shared),
            _ => false,
        };
        let Some(held) = self.environment.get(name).filter(is_vague).cloned() else { return };
        let Some(made) = self.body.assigned_once(name) else { return };
        let Expr::Call { callee, args } = &self.body[made] else { return };
        let (callee, args) = (*callee, args.clone());
        let (class, is_copied) = match &self.body[callee] {
            Expr::Attribute { value, name } if MADE_OF.contains(&name.as_str()) => (*value, true),
            _ => (callee, false),
        };
        let class = self.for_free(|walker| walker.eval(class));
        let (Kind::Unknown | Kind::Class(_), ModelRef::Held(path)) =
            (&class.kind, crate::bind::model_in(&class, &is_shared))
        else {
            return;
        };
        let row = Entity {
            model: ModelRef::Held(path),
            loads: if is_copied { Loads::default() } else { self.given_by_arguments(&args) },
            origin: Origin::Made,
            is_async: false,
            traits: crate::Traits::NONE,
            back: None,
            state: RowState::Attached,
        };
        self.environment.refine(name, Value { kind: Kind::Entity(row), path: None, deps: held.deps });
    }

    /// What the arguments give a new row, whatever its class.
    fn given_by_arguments(&self, args: &[Arg]) -> Loads {
        let mut loads = Loads::default();
        for arg in args {
            match arg {
                Arg::Keyword(name, value) => {
                    if !matches!(self.body[*value], Expr::Literal(python::Literal::None)) {
                        loads.relationships.insert(name.clone(), Loads::open());
                    }
                }
                Arg::DoubleStar(value) if self.is_dumped(*value, 0) => {}
                Arg::DoubleStar(_) | Arg::Positional(_) | Arg::Star(_) => loads.is_open = true,
            }
        }
        loads
    }

    /// Whether a dictionary is the data of a schema, which holds no rows: `body.model_dump()`, `jsonable_encoder(body)`,
    /// or a name that holds that alone.
    fn is_dumped(&self, value: ExprId, depth: usize) -> bool {
        if depth > MAX_DEPTH {
            return false;
        }
        match &self.body[value] {
            Expr::Call { callee, .. } => match &self.body[*callee] {
                Expr::Attribute { value, name } => {
                    let holder = match &self.body[*value] {
                        Expr::Name(holder) => self.environment.get(holder),
                        _ => None,
                    };
                    let holds_rows = |kind: &Kind| matches!(kind, Kind::Mapping(_) | Kind::Record(_));
                    holder.is_some_and(|holder| !holds_rows(&holder.kind)) && DUMPS.contains(&name.as_str())
                }
                Expr::Name(function) => {
                    let module = self.function.module;
                    let held = crate::types::names::at_top_level(self.db, self.project, module, function);
                    matches!(held.kind, Kind::Foreign(full) if full.ends_with(".jsonable_encoder") || full == "dataclasses.asdict")
                }
                _ => false,
            },
            // Nobody adds to it: it is read where it is spread, and nowhere else.
            Expr::Name(name) => {
                let is_it = |expr: &&Expr| matches!(expr, Expr::Name(found) if found == name);
                let mentions = self.body.exprs.list.iter().filter(is_it).count();
                let made = self.body.assigned_once(name).filter(|_| mentions <= 2);
                made.is_some_and(|made| self.is_dumped(made, depth + 1))
            }
            _ => false,
        }
    }

    /// What a constructor of the project gives a row that a callee made isn't known.
    pub(super) fn opens_constructed(&self, value: &mut Value) {
        match &mut value.kind {
            Kind::Awaitable(inner) => {
                let mut own = (**inner).clone();
                self.opens_constructed(&mut own);
                if own != **inner {
                    value.kind = Kind::Awaitable(own.into());
                }
            }
            _ => on_rows(value, &mut |row| {
                let is_made = matches!(row.origin, Origin::Made | Origin::Sent) && !row.loads.is_open;
                let class: Option<&ClassRef> = row.model.class().filter(|_| is_made);
                row.loads.is_open |= class.is_some_and(|class| self.says_more_of_row(class));
            }),
        }
    }
}
