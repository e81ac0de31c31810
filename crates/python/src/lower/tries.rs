//! `try`, and whether it makes the imports inside optional.

use super::Lowering;
use super::kinds::{Field, Kind};
use crate::{Expr, ExprId, Handler, ImportContext, Stmt};

/// The meaning of a handler for imports in the guarded block.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Catches {
    /// `ImportError`, `ModuleNotFoundError`, or a bare `except`.
    ImportError,
    /// `Exception`, `BaseException`: not an indication of an optional import by itself.
    Everything,
    Others,
}

impl Lowering<'_> {
    pub(super) fn try_statement(&mut self) -> Stmt {
        let optional = self.guards_imports();
        let outer = self.context;
        let guarded = if optional {
            ImportContext { optional: true, ..outer }
        } else {
            ImportContext { conditional: true, ..outer }
        };
        let mut body = Box::default();
        let mut handlers = Vec::new();
        let mut orelse = Box::default();
        let mut finally = Box::default();
        self.each_node(|this, kind| match kind {
            Kind::Token => {}
            Kind::Block => body = this.within(guarded, Self::block),
            Kind::Except => {
                let handler = this.handler(optional);
                handlers.push(handler);
            }
            Kind::Else => orelse = this.within(guarded, Self::clause_block),
            Kind::Finally => finally = this.clause_block(),
            _ => this.statement(kind),
        });
        Stmt::Try { body, handlers: handlers.into(), orelse, finally }
    }

    /// Looks ahead at the handlers: whether the imports in the guarded block may fail.
    fn guards_imports(&mut self) -> bool {
        let mut only_imports = false;
        let mut optional = false;
        self.each(|this, kind| match kind {
            Kind::Block => {
                let mut others = false;
                let mut imports = false;
                this.each(|_, kind| {
                    if kind.is_import() {
                        imports = true;
                    } else {
                        others = true;
                    }
                });
                only_imports = imports && !others;
            }
            Kind::Except => match this.catches() {
                Catches::ImportError => optional = true,
                Catches::Everything => optional |= only_imports,
                Catches::Others => {}
            },
            _ => {}
        });
        optional
    }

    /// Classifies an `except` clause by the words up to its colon.
    fn catches(&mut self) -> Catches {
        let mut catches = Catches::ImportError;
        self.each(|this, kind| {
            if this.walk.field() != Field::Value || kind == Kind::Block {
                return;
            }
            let clause = this.walk.text();
            let exceptions = clause.split(" as ").next().unwrap_or_default();
            let named = words(exceptions);
            catches = match (catches, named) {
                // The first expression; a bare `except` has none.
                (Catches::ImportError, named) => named,
                (_, Catches::ImportError) => Catches::ImportError,
                (so_far, Catches::Others) => so_far,
                (_, Catches::Everything) => Catches::Everything,
            };
        });
        catches
    }

    fn handler(&mut self, optional: bool) -> Handler {
        let catches = self.catches();
        let context = match catches {
            Catches::ImportError | Catches::Everything if optional => {
                ImportContext { optional: true, ..self.context }
            }
            _ => self.conditional(),
        };
        let span = self.walk.span();
        let mut exceptions: Vec<ExprId> = Vec::new();
        let mut target = None;
        self.as_target = None;
        let mut body = Box::default();
        self.each_node(|this, kind| match kind {
            Kind::Token => {}
            Kind::Error => this.statement(kind),
            Kind::Block => body = this.within(context, Self::block),
            _ if this.walk.field() == Field::Alias => target = Some(this.expr()),
            _ => {
                exceptions.push(this.expr());
                target = this.as_target.take().or(target);
            }
        });
        let name = target.and_then(|target| match &self.body.arena.exprs[target] {
            Expr::Name(name) => Some(name.clone()),
            _ => None,
        });
        let exception = match *exceptions {
            [] => None,
            [one] => Some(one),
            _ => Some(self.push(Expr::Tuple(exceptions.into()), span)),
        };
        Handler { exception, name, body }
    }

    /// `contextlib.suppress(ImportError)`
    pub(super) fn suppresses_import_error(&self, manager: ExprId) -> bool {
        let exprs = &self.body.arena.exprs;
        let Expr::Call { callee, args } = &exprs[manager] else { return false };
        let last = |id: ExprId| match &exprs[id] {
            Expr::Name(name) | Expr::Attribute { name, .. } => Some(name.as_str()),
            _ => None,
        };
        last(*callee) == Some("suppress")
            && args.iter().any(|arg| matches!(last(arg.value()), Some("ImportError" | "ModuleNotFoundError")))
    }
}

/// Classifies the exceptions that an expression catches, by the names in it.
fn words(expression: &str) -> Catches {
    let mut catches = Catches::Others;
    for word in expression.split(|c: char| !(c.is_alphanumeric() || c == '_')) {
        match word {
            "ImportError" | "ModuleNotFoundError" => return Catches::ImportError,
            "Exception" | "BaseException" => catches = Catches::Everything,
            _ => {}
        }
    }
    catches
}
