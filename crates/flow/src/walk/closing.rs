//! Sessions that end: their rows stay, but what isn't in memory of them can't be loaded any more.

use std::sync::Arc;

use python::{Body, Expr, ExprId, Name, Stmt};

use super::Walker;
use super::environment::Environment;
use crate::interpreter::Arguments;
use crate::{Entity, FunctionRef, Kind, Loads, Origin, RowState, Value};

impl Walker<'_> {
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
        let Some(held) = self.body.exprs.dotted(maker).map(|name| self.known_by(&name)) else { return false };
        match held {
            Kind::Function(function) => self.closes_what_it_yields(function),
            held => makes_sessions(&held),
        }
    }

    /// Whether a generator with `@contextmanager` closes the session that it yields.
    fn closes_what_it_yields(&self, function: FunctionRef) -> bool {
        let definitions = self.definitions_of(function);
        let Some(facts) = definitions.functions.get(function.function.0 as usize) else { return false };
        if !facts.is_generator {
            return false;
        }
        let file = model::query::file_of(self.db, self.project, function.module);
        let Some(body) = python::query::body(self.db, file, facts.body) else { return false };
        let yielded = body.exprs.list.iter().find_map(|expr| match expr {
            Expr::Yield(Some(value)) => match &body[*value] {
                Expr::Name(name) => Some(name),
                _ => None,
            },
            _ => None,
        });
        let Some(yielded) = yielded else { return false };
        let is_it = |expr: ExprId| matches!(&body[expr], Expr::Name(name) if name == yielded);
        body.stmts.iter().any(|stmt| match stmt {
            Stmt::With { items, .. } => {
                items.iter().any(|item| item.target.is_some_and(is_it) && is_call(&body, item.manager))
            }
            Stmt::Try { finally, .. } => {
                finally.iter().any(|id| closed_by(&body, &body[*id]).is_some_and(is_it))
            }
            _ => false,
        })
    }

    /// Commits at the end of a block: `with session.begin():`. That of a savepoint is a flush.
    pub(super) fn commits_after(&mut self, manager: ExprId) {
        const COMMIT: &str = "commit";
        let body = Arc::clone(&self.body);
        let Expr::Call { callee, .. } = &body[manager] else { return };
        let Expr::Attribute { value, name } = &body[*callee] else { return };
        if !matches!(name.as_str(), "begin" | "begin_nested") {
            return;
        }
        let session = self.for_free(|walker| walker.eval(*value));
        if let Kind::Session { is_async } = session.kind {
            let none = Arguments::default();
            // The end of a savepoint sends what is marked, and commits nothing. Who asks for one for each row means it: it
            // keeps the failure of one from the others.
            if name == "begin_nested" {
                self.works_on_rows(&session, "flush", &none);
                return;
            }
            self.sends(manager);
            self.expires(is_async, COMMIT, &none);
            self.works_on_rows(&session, COMMIT, &none);
            self.expires_rows(is_async, COMMIT, None);
        }
    }

    /// Detaches the rows in hand where the function closes a session of its own: `session.close()`.
    pub(super) fn closes_by_hand(&mut self, callee: ExprId, method: &str) {
        let Expr::Attribute { value, .. } = &self.body[callee] else { return };
        let Expr::Name(session) = &self.body[*value] else { return };
        if method == "close" && self.makes_itself(session) {
            self.environment.each_row(&mut detach);
        }
    }

    /// Detaches the rows that a session is told to forget: `session.expunge(order)`.
    pub(super) fn expunges(&mut self, method: &str, arguments: &Arguments) {
        match (method, arguments.positional.first()) {
            ("expunge", Some((_, row))) => {
                if let Some(name) = self.body.exprs.dotted(*row) {
                    self.environment.each_row_of(&name, &mut detach);
                }
            }
            ("expunge_all", None) => self.environment.each_row(&mut detach),
            _ => {}
        }
    }

    /// Whether the function assigns a new session to a name, and nothing else.
    fn makes_itself(&self, session: &Name) -> bool {
        let Some(made) = self.body.assigned_once(session) else { return false };
        let Expr::Call { callee, .. } = &self.body[made] else { return false };
        self.body.exprs.dotted(*callee).is_some_and(|maker| makes_sessions(&self.known_by(&maker)))
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

/// Whether calling something makes a session.
fn makes_sessions(maker: &Kind) -> bool {
    match maker {
        Kind::ForeignInstance(name) | Kind::Foreign(name) => {
            name.ends_with("sessionmaker") || name.ends_with(".Session") || name.ends_with(".AsyncSession")
        }
        _ => false,
    }
}

/// What a statement closes: `session.close()`, `await session.close()`.
fn closed_by(body: &Body, stmt: &Stmt) -> Option<ExprId> {
    let Stmt::Expr(expr) = stmt else { return None };
    let call = match &body[*expr] {
        Expr::Await(call) => *call,
        _ => *expr,
    };
    let Expr::Call { callee, .. } = &body[call] else { return None };
    match &body[*callee] {
        Expr::Attribute { value, name } if name == "close" => Some(*value),
        _ => None,
    }
}

fn is_call(body: &Body, expr: ExprId) -> bool {
    matches!(body[expr], Expr::Call { .. })
}
