//! The subject of a value in a handler: an entity, request data, or plumbing.

use config::Layer;
use flow::types::annotation::Parameter;
use flow::{FunctionRef, Kind, Value};
use model::ClassRef;
use python::{Arg, Body, BodyId, BodyOwner, Expr, ExprId};
use view::Context;
use view::scope::{Binding, Meaning, Names, chain};

use crate::security::words::has;

/// Limit on the chain of names that is followed.
const MAX_DEPTH: usize = 8;

/// The subject of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::layers) enum Subject {
    /// Unknown.
    Unknown,
    /// Settings, sessions, services, loggers, results of libraries.
    Plumbing,
    /// What the caller sent.
    Input,
    /// The unannotated result of a project function named after fetching: in a handler, usually an entity.
    Likely,
    /// An entity, or something fetched as one.
    Domain,
}

/// The subjects of the names in one body.
pub(in crate::layers) struct Subjects<'n> {
    pub(in crate::layers) names: &'n Names<'n>,
    pub(in crate::layers) body: BodyId,
    /// Whether likely entities count as entities.
    pub(in crate::layers) takes_likely: bool,
}

impl<'n> Subjects<'n> {
    pub(super) fn exprs(&self) -> &'n Body {
        self.names.body(self.body)
    }

    fn cx(&self) -> &'n Context<'n> {
        self.names.cx
    }

    /// Whether an expression is about an entity.
    pub(super) fn is_domain(&self, expr: ExprId) -> bool {
        match self.expr(expr, 0) {
            Subject::Domain => true,
            Subject::Likely => self.takes_likely,
            _ => false,
        }
    }

    /// Whether an expression is what the caller sent.
    pub(super) fn is_input(&self, expr: ExprId) -> bool {
        self.expr(expr, 0) == Subject::Input
    }

    /// The subject of a name.
    fn name(&self, name: &str, depth: usize) -> Subject {
        if depth > MAX_DEPTH || PLUMBING.contains(&name) {
            return Subject::Plumbing;
        }
        if INPUT.contains(&name) {
            return Subject::Input;
        }
        match self.names.meaning(self.body, name) {
            Meaning::Bound(home, bindings) if home == self.body => {
                let found = bindings.iter().map(|binding| match *binding {
                    Binding::Parameter(index) => self.parameter(index),
                    Binding::Value(value) | Binding::Element(value, _) | Binding::Managed(value) => {
                        self.expr(value, depth + 1)
                    }
                    Binding::Added(_) | Binding::Unpacked(..) | Binding::Other => Subject::Unknown,
                });
                found.max().unwrap_or(Subject::Unknown)
            }
            _ => Subject::Plumbing,
        }
    }

    fn parameter(&self, index: usize) -> Subject {
        let cx = self.cx();
        let BodyOwner::Function(function) = self.exprs().owner else { return Subject::Unknown };
        let reference = FunctionRef { module: cx.id, function };
        match flow::types::annotation::parameter(cx.db, cx.project, reference, index) {
            Parameter::Known(value) => self.value(&value, 0),
            Parameter::Provider(provider) => {
                let summary = flow::query::summary(cx.db, cx.project, provider.module, provider.function);
                self.value(&summary.returns, 0)
            }
            // A path parameter, a form, a body.
            Parameter::Unknown => Subject::Input,
        }
    }

    fn value(&self, value: &Value, depth: usize) -> Subject {
        if depth > MAX_DEPTH {
            return Subject::Unknown;
        }
        match &value.kind {
            Kind::Entity(_) | Kind::Query(_) => Subject::Domain,
            Kind::Instance(class, _) => self.class(class),
            Kind::Many(inner) | Kind::Awaitable(inner) => self.value(inner, depth + 1),
            Kind::Plain | Kind::Written(_) | Kind::Column(_) | Kind::Unknown => Subject::Input,
            _ => Subject::Plumbing,
        }
    }

    fn class(&self, class: &ClassRef) -> Subject {
        let cx = self.cx();
        if model::query::entity(cx.db, cx.project, class.module, class.name.clone()).is_some() {
            return Subject::Domain;
        }
        match cx.layer(class.module) {
            Some(Layer::Domain) => Subject::Domain,
            Some(Layer::Presentation) => Subject::Input,
            _ => Subject::Plumbing,
        }
    }

    fn expr(&self, expr: ExprId, depth: usize) -> Subject {
        if depth > MAX_DEPTH {
            return Subject::Unknown;
        }
        let exprs = self.exprs();
        match &exprs[expr] {
            Expr::Name(name) => self.name(name, depth),
            Expr::Attribute { value, name } => match &exprs[*value] {
                Expr::Name(owner) if owner == "self" => own_attribute(name),
                _ => self.expr(*value, depth + 1),
            },
            Expr::Subscript { value, .. } | Expr::Await(value) | Expr::Starred(value) => {
                self.expr(*value, depth + 1)
            }
            Expr::Walrus { value, .. } => self.expr(*value, depth + 1),
            Expr::Bool { left, right, .. } => self.expr(*left, depth + 1).max(self.expr(*right, depth + 1)),
            Expr::Conditional { body, orelse, .. } => {
                self.expr(*body, depth + 1).max(self.expr(*orelse, depth + 1))
            }
            Expr::Comprehension { clauses, .. } => {
                clauses.first().map_or(Subject::Unknown, |clause| self.expr(clause.iterable, depth + 1))
            }
            Expr::Call { callee, args } => self.call(*callee, args, depth),
            _ => Subject::Unknown,
        }
    }

    fn call(&self, callee: ExprId, args: &[Arg], depth: usize) -> Subject {
        const WRAPPERS: [&str; 12] = [
            "enumerate",
            "filter",
            "iter",
            "len",
            "list",
            "max",
            "min",
            "next",
            "reversed",
            "set",
            "sorted",
            "sum",
        ];
        let exprs = self.exprs();
        match &exprs[callee] {
            Expr::Name(name) if FETCHES.contains(&name.as_str()) => Subject::Domain,
            Expr::Name(name) if WRAPPERS.contains(&name.as_str()) => {
                args.first().map_or(Subject::Unknown, |arg| self.expr(arg.value(), depth + 1))
            }
            Expr::Name(name) => {
                let cx = self.cx();
                match flow::types::names::at_top_level(cx.db, cx.project, cx.id, name).kind {
                    Kind::Class(class) => self.class(&class),
                    Kind::Function(function) => {
                        let summary =
                            flow::query::summary(cx.db, cx.project, function.module, function.function);
                        match self.value(&summary.returns, 0) {
                            Subject::Domain => Subject::Domain,
                            Subject::Input if has(name, &["fetch", "find", "get", "load", "lookup"]) => {
                                Subject::Likely
                            }
                            Subject::Input => Subject::Unknown,
                            other => other,
                        }
                    }
                    _ => Subject::Unknown,
                }
            }
            Expr::Attribute { value, name } => {
                if matches!(&exprs[*value], Expr::Name(owner) if owner == "self") {
                    return if name == "get_object" { Subject::Domain } else { Subject::Unknown };
                }
                if self.fetches(*value, name) {
                    return Subject::Domain;
                }
                match self.expr(*value, depth + 1) {
                    Subject::Plumbing => Subject::Unknown,
                    other => other,
                }
            }
            _ => Subject::Unknown,
        }
    }

    /// Whether the call is a method of a session, a repository or a manager that returns rows.
    fn fetches(&self, receiver: ExprId, method: &str) -> bool {
        let exprs = self.exprs();
        let mut at = receiver;
        // `session.query(Order).filter(...).first()`: go to the start of the call chain.
        for _ in 0..2 * MAX_DEPTH {
            at = match &exprs[at] {
                Expr::Call { callee, .. } => *callee,
                Expr::Attribute { value, .. } if chain(exprs, at).is_none() => *value,
                Expr::Await(value) => *value,
                _ => break,
            };
        }
        let Some((root, attributes)) = chain(exprs, at) else { return false };
        let mut parts = attributes.iter().copied().chain(std::iter::once(root));
        let is_manager =
            attributes.iter().any(|name| matches!(*name, "objects" | "query" | "_default_manager"))
                && root.starts_with(char::is_uppercase);
        let is_store = parts.any(keeps_rows);
        is_manager || is_store && !matches!(method, "commit" | "flush" | "add" | "close" | "rollback")
    }
}

/// Whether a name is that of a session or a repository.
pub(super) fn keeps_rows(name: &str) -> bool {
    let name = name.trim_start_matches('_').to_ascii_lowercase();
    matches!(name.as_str(), "session" | "db" | "uow" | "crud" | "objects")
        || ["_session", "_db", "repo", "repository", "repositories", "dao", "_crud", "unit_of_work"]
            .iter()
            .any(|end| name.ends_with(end))
}

/// The subject of `self.name` in a view.
fn own_attribute(name: &str) -> Subject {
    match name {
        "request" | "kwargs" | "args" | "form" | "cleaned_data" | "data" | "query_params" => Subject::Input,
        "object" | "instance" => Subject::Domain,
        "service" | "services" | "client" | "template" | "context" => Subject::Plumbing,
        _ if keeps_rows(name) => Subject::Plumbing,
        _ => Subject::Unknown,
    }
}

/// Functions of frameworks that fetch rows.
const FETCHES: &[&str] = &["get_object_or_404", "aget_object_or_404", "get_list_or_404", "get_or_404"];

const PLUMBING: &[&str] = &[
    "app",
    "celery",
    "client",
    "config",
    "conf",
    "context",
    "ctx",
    "current_app",
    "env",
    "g",
    "kwargs",
    "log",
    "logger",
    "messages",
    "os",
    "page",
    "pagination",
    "paginator",
    "resp",
    "response",
    "result",
    "results",
    "router",
    "self",
    "settings",
    "status",
    "sys",
    "template",
];

const INPUT: &[&str] = &[
    "args",
    "body",
    "cleaned_data",
    "data",
    "form",
    "formset",
    "json",
    "params",
    "payload",
    "query",
    "req",
    "request",
    "serializer",
    "validated_data",
];
