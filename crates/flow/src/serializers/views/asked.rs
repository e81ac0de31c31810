//! What a method of a view is asked for: the action and the method of the request that it answers, and what its
//! decorator sets on the view meanwhile (`@action(detail=False, serializer_class=OrderDetail)`).

use model::{ClassRef, Project};
use python::{Expr, ExprId, Name, Scope};

use super::super::written::{Call, Written};
use crate::{Db, FunctionRef, Kind};

/// The methods that answer the requests of a viewset, each with the request's method and whether it is about one row.
const ACTIONS: &[(&str, &str, bool)] = &[
    ("list", "GET", false),
    ("retrieve", "GET", true),
    ("create", "POST", false),
    ("update", "PUT", true),
    ("partial_update", "PATCH", true),
    ("destroy", "DELETE", true),
];

/// The request that a view answers.
pub(crate) struct Asked {
    /// What `self.action` is.
    pub(super) action: Name,
    /// What `self.request.method` is.
    pub(super) method: Name,
    /// Whether it is about one row.
    pub(super) is_detail: bool,
    /// The decorator that makes an action of the method, with the module that it is written in.
    by: Option<(Written, ExprId)>,
}

impl Asked {
    /// A request for a list.
    pub(crate) fn list() -> Self {
        Self::plain("list", "GET", false)
    }

    fn plain(action: &'static str, method: &'static str, is_detail: bool) -> Self {
        Self { action: action.into(), method: method.into(), is_detail, by: None }
    }

    /// The request that a method answers. Of a method that others call nothing is known: it is taken to be about a list.
    pub(crate) fn of(db: &dyn Db, project: Project, function: FunctionRef) -> Self {
        let written = Written::of_module(db, project, function.module);
        let definitions = std::sync::Arc::clone(&written.definitions);
        let Some(facts) = definitions.functions.get(function.function.0 as usize) else {
            return Self::list();
        };
        if !matches!(facts.scope, Scope::Class(_)) {
            return Self::list();
        }
        for decorator in &facts.decorators {
            let Some(call) = Call::at(&definitions, *decorator) else { continue };
            if !makes_action(&written.value(db, project, call.callee).kind) {
                continue;
            }
            let method = call.argument(0, "methods").and_then(|methods| match &definitions[methods] {
                Expr::List(methods) | Expr::Tuple(methods) => {
                    super::super::written::text(&definitions, *methods.first()?)
                }
                _ => None,
            });
            return Self {
                action: facts.name.clone(),
                method: method.map_or_else(|| "GET".into(), |method| method.to_uppercase().into()),
                is_detail: call.is_true("detail"),
                by: Some((written, *decorator)),
            };
        }
        let known = ACTIONS.iter().find(|(action, ..)| facts.name == *action);
        known.map_or_else(Self::list, |(action, method, is_detail)| Self::plain(action, method, *is_detail))
    }

    /// What the decorator sets on the view in place of the attribute `name` of its class.
    pub(super) fn set(&self, name: &str) -> Option<(&Written, ExprId)> {
        let (written, decorator) = self.by.as_ref()?;
        let value = Call::at(&written.definitions, *decorator)?.keyword(name)?;
        Some((written, value))
    }
}

/// Whether a decorator makes a method of a viewset answer requests of its own.
fn makes_action(kind: &Kind) -> bool {
    matches!(kind, Kind::Foreign(full)
        if full.ends_with(".action") && libraries::decorator(full) == Some(libraries::Decorator::Route))
}

/// The class in an attribute of a view, or in what stands for it while a request is answered.
pub(super) fn class_of(
    db: &dyn Db,
    project: Project,
    classes: &[Written],
    asked: &Asked,
    name: &str,
) -> Option<ClassRef> {
    if let Some((written, value)) = asked.set(name) {
        return written.class_at(db, project, value);
    }
    let class = classes.iter().find(|class| class.variable(name).is_some())?;
    class.class_at(db, project, class.variable(name)?.value?)
}
