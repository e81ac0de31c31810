//! Whether a commit expires the rows of its session: `expire_on_commit` of the factories that a project has. What is
//! read of an expired row afterwards is read from the database again.

use model::{PathRole, Project};
use python::{Arg, Bodies, Expr, ExprArena, ExprId, Literal};

use crate::{Db, ModelRef};

/// The option of factories and sessions.
const OPTION: &str = "expire_on_commit";

/// What is known of the sessions of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Expiry {
    /// Whether commits of sessions expire rows: SQLAlchemy's default, unless some factory turns it off.
    pub(crate) blocking: bool,
    /// The same for async sessions: only if all of the factories that are seen leave it on, because most projects turn
    /// it off, maybe where nobody sees it.
    pub(crate) awaited: bool,
}

/// How the factories of one file, or the sessions that it makes directly, are set up.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Factories {
    makes_async: bool,
    keeps: bool,
    keeps_async: bool,
}

/// What commits do to rows in this project.
#[salsa::tracked(returns(copy))]
pub(crate) fn expiry(db: &dyn Db, project: Project) -> Expiry {
    let modules = model::query::modules(db, project);
    let mut all = Factories::default();
    for (_, module) in modules.iter().filter(|(_, module)| module.role == PathRole::Code) {
        let own = crate::query::factories(db, module.file);
        all.makes_async |= own.makes_async;
        all.keeps |= own.keeps;
        all.keeps_async |= own.keeps_async;
    }
    Expiry { blocking: !all.keeps, awaited: all.makes_async && !all.keeps_async }
}

/// The words for the query that loads an expired row again.
pub(crate) fn reload_of(model: &ModelRef) -> String {
    match model.class() {
        Some(class) => format!("the reload of {}", class.name),
        None => "the reload of a row".to_owned(),
    }
}

impl Factories {
    /// Those of one file.
    pub(crate) fn of(bodies: &Bodies) -> Self {
        let mut found = Self::default();
        for body in &bodies.list {
            for expr in &body.exprs.list {
                found.sees(&body.exprs, expr);
            }
        }
        found
    }

    fn sees(&mut self, exprs: &ExprArena, expr: &Expr) {
        match expr {
            Expr::Call { callee, args } => {
                let (Expr::Name(word) | Expr::Attribute { name: word, .. }) = &exprs[*callee] else { return };
                let is_async = match word.as_str() {
                    "async_sessionmaker" | "AsyncSession" => true,
                    "sessionmaker" => args.iter().any(|arg| names(exprs, arg, "class_", "AsyncSession")),
                    "Session" | "scoped_session" | "SQLAlchemy" => false,
                    // Wherever else it is passed, it may reach any of them.
                    _ => {
                        if args.iter().any(|arg| turns_off(exprs, arg)) {
                            (self.keeps, self.keeps_async) = (true, true);
                        }
                        return;
                    }
                };
                let keeps = args.iter().any(|arg| matches!(arg, Arg::DoubleStar(_)) || turns_off(exprs, arg));
                if is_async {
                    self.makes_async = true;
                    self.keeps_async |= keeps;
                } else {
                    self.keeps |= keeps;
                }
            }
            Expr::Dict(entries) => {
                let is_option =
                    |key: ExprId| matches!(&exprs[key], Expr::Literal(Literal::Str(text)) if text == OPTION);
                if entries.iter().any(|(key, value)| key.is_some_and(is_option) && !is_true(exprs, *value)) {
                    (self.keeps, self.keeps_async) = (true, true);
                }
            }
            Expr::Attribute { name, .. } if name == OPTION => {
                (self.keeps, self.keeps_async) = (true, true);
            }
            _ => {}
        }
    }
}

/// Whether an argument sets the option to anything but `True`.
fn turns_off(exprs: &ExprArena, arg: &Arg) -> bool {
    matches!(arg, Arg::Keyword(name, value) if name == OPTION && !is_true(exprs, *value))
}

fn is_true(exprs: &ExprArena, expr: ExprId) -> bool {
    matches!(&exprs[expr], Expr::Literal(Literal::Bool(true)))
}

fn names(exprs: &ExprArena, arg: &Arg, keyword: &str, class: &str) -> bool {
    matches!(
        arg,
        Arg::Keyword(name, value)
            if name == keyword
                && matches!(&exprs[*value], Expr::Name(it) | Expr::Attribute { name: it, .. } if it == class)
    )
}
