//! Effects of sessions on named rows: adding writes a new row, and closing a session stops its rows from loading more.
//!
//! A row is identified by the name that holds it. A row passed to other code may come back loaded, so nothing more is
//! inferred about it.

use model::ClassRef;
use python::{Arg, Expr, ExprId, Name};

use super::Walker;
use super::environment::Environment;
use crate::interpreter::Arguments;
use crate::types::classes::Member;
use crate::{Entity, Kind, Loads, Origin, RowState, Value};

/// Methods and functions that extract a schema's data: its fields and nothing else.
const DUMPS: &[&str] = &["model_dump", "dict", "asdict"];

impl Walker<'_> {
    /// The attributes given to a new row; any attribute if the arguments can't be read.
    pub(super) fn given_to_row(&mut self, expr: ExprId, class: &ClassRef, arguments: &Arguments) -> Loads {
        let says_more = crate::types::classes::member(self.db, self.project, class, "__init__").is_some()
            || crate::query::types::foreign_ancestors(
                self.db,
                self.project,
                class.module,
                class.name.clone(),
            )
            .iter()
            .any(|base| base.ends_with(".MappedAsDataclass"));
        if says_more || !arguments.positional.is_empty() || !arguments.stars.is_empty() {
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

    /// Whether a `with` statement enters a session that it also closes: one created there.
    pub(super) fn closes(&self, manager: ExprId, entered: &Value) -> bool {
        let Expr::Call { callee, .. } = &self.body[manager] else { return false };
        if !matches!(entered.kind, Kind::Session { .. }) {
            return false;
        }
        let maker = match &self.body[*callee] {
            // `SessionLocal.begin()`
            Expr::Attribute { value, name } if name == "begin" => *value,
            _ => *callee,
        };
        let held = self.body.exprs.dotted(maker).map(|name| self.known_by(&name));
        match held {
            Some(Kind::ForeignInstance(name) | Kind::Foreign(name)) => {
                name.ends_with("sessionmaker")
                    || name.ends_with(".Session")
                    || name.ends_with(".AsyncSession")
            }
            _ => false,
        }
    }

    /// What a dotted name of the module or the function refers to.
    fn known_by(&self, name: &str) -> Kind {
        if let Some(held) = self.environment.get(name) {
            return held.kind.clone();
        }
        let mut parts = name.split('.');
        let first: Name = parts.next().unwrap_or_default().into();
        let held = match self.environment.get(&first) {
            Some(held) => held.clone(),
            None => crate::types::names::at_top_level(self.db, self.project, self.function.module, &first),
        };
        crate::types::names::attributes(self.db, self.project, held, parts).kind
    }

    /// Detaches the rows that a `with` block fetched: they outlive its session.
    pub(super) fn outlive(&mut self, before: &Environment) {
        self.environment.each_row_since(before, &mut detach);
    }

    /// A value returned from a block whose session the return closes.
    pub(super) fn leaves_session(&self, returned: ExprId, mut value: Value) -> Value {
        if self.around.closing == 0 {
            return value;
        }
        let name = self.body.exprs.dotted(returned);
        super::environment::on_rows(&mut value, &mut |row| {
            // Attributes read while the session was open are in memory.
            if let Some(name) = &name {
                for read in
                    self.environment.read_of(name).chain(self.environment.read_of(&format!("{name}[]")))
                {
                    row.loads.put(read.into(), Loads::open());
                }
            }
            detach(row);
        });
        value
    }
}

fn detach(row: &mut Entity) {
    if matches!(row.origin, Origin::Query(_)) {
        row.state = RowState::Detached;
    }
}
