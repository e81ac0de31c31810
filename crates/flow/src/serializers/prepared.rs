//! Schemas whose own code sees the object first and decides which attributes are read.

use model::{ClassRef, Project};
use python::{Arg, Expr, Function, Literal, Scope};

use super::written::Written;
use crate::Db;

/// Methods that a schema overrides to read the object itself.
const READING: &[&str] = &["model_validate", "from_orm", "from_attributes"];

/// Whether project code receives the object before the fields of a schema are read: a model validator that runs before,
/// or an override of a pydantic method.
pub fn prepares_object(db: &dyn Db, project: Project, class: &ClassRef) -> bool {
    Written::with_ancestors(db, project, class).iter().any(|class| {
        class.definitions.functions().any(|(_, function)| {
            function.scope == Scope::Class(class.id)
                && (READING.contains(&function.name.as_str()) || comes_first(class, function))
        })
    })
}

/// `@model_validator(mode="before")`, `@root_validator(pre=True)`
fn comes_first(class: &Written, function: &Function) -> bool {
    function.decorators.iter().any(|decorator| {
        let Expr::Call { callee, args } = &class.definitions[*decorator] else { return false };
        let name = class.definitions.exprs.dotted(*callee).unwrap_or_default();
        let keyword = |wanted: &str| {
            args.iter().find_map(|arg| match arg {
                Arg::Keyword(name, value) if name == wanted => Some(&class.definitions[*value]),
                _ => None,
            })
        };
        match name.rsplit('.').next() {
            Some("model_validator") => !matches!(
                keyword("mode"),
                Some(Expr::Literal(Literal::Str(mode))) if mode == "after"
            ),
            Some("root_validator") => {
                matches!(keyword("pre"), Some(Expr::Literal(Literal::Bool(true))))
            }
            _ => false,
        }
    })
}
