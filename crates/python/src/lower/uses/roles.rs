//! The role of each part of an expression.

use source::Span;

use super::annotations::index_role;
use super::scopes::{ScopeId, ScopeKind};
use super::{Candidate, Gathering};
use crate::{Arg, ComprehensionClause, Expr, ExprArena, ExprId, Literal, Name, UseContext};

/// The role of an expression.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Not part of a visited expression, or already handled as part of a chain.
    #[default]
    Unreached,
    Use(UseContext),
    /// Assigned to: a name binds, an attribute of a name uses it.
    Target,
    /// After `del`: a name is neither bound nor used.
    Deleted,
}

impl Role {
    pub(super) const VALUE: Self = Self::Use(UseContext::Value);
    pub(super) const ANNOTATION: Self = Self::Use(UseContext::Annotation);
}

/// The role of an expression, and the scope that it is evaluated in.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    pub(super) role: Role,
    pub(super) scope: ScopeId,
}

impl Default for Mark {
    fn default() -> Self {
        Self { role: Role::Unreached, scope: ScopeId::MODULE }
    }
}

impl Gathering<'_> {
    /// Records what the expression `id` itself binds or uses, and assigns roles to its parts.
    pub(super) fn expression(
        &mut self,
        exprs: &ExprArena,
        spans: &[Span],
        marks: &mut [Mark],
        id: ExprId,
        role: Role,
        scope: ScopeId,
    ) {
        let mut mark = |id: ExprId, role: Role, scope: ScopeId| marks[id.0 as usize] = Mark { role, scope };
        // The default role of the parts: targets, deletions and annotations extend into displays, other parts are
        // values.
        let passed_on = match role {
            Role::Target | Role::Deleted | Role::ANNOTATION | Role::Use(UseContext::Default) => role,
            _ => Role::VALUE,
        };
        match &exprs[id] {
            Expr::Name(name) => self.name(name, Name::default(), spans[id.0 as usize], role, scope),
            Expr::Attribute { .. } => {
                let (head, attributes) = chain(exprs, id);
                // Assigning to an attribute uses its object.
                let role = if let Role::Use(context) = role { Role::Use(context) } else { Role::VALUE };
                match &exprs[head] {
                    Expr::Name(name) if self.names.contains_key(name.as_str()) => {
                        self.name(name, joined(&attributes), spans[id.0 as usize], role, scope);
                    }
                    Expr::Name(_) => {}
                    _ => mark(
                        head,
                        if role == Role::Use(UseContext::Default) { role } else { Role::VALUE },
                        scope,
                    ),
                }
            }
            Expr::Call { callee, args } => {
                let called = match role {
                    Role::Use(UseContext::Value) | Role::Target | Role::Deleted | Role::Unreached => {
                        UseContext::Call
                    }
                    Role::Use(UseContext::Base) => UseContext::Call,
                    Role::Use(context) => context,
                };
                mark(*callee, Role::Use(called), scope);
                let given = if role == Role::Use(UseContext::Default) { role } else { Role::VALUE };
                args.iter().for_each(|arg| mark(Arg::value(arg), given, scope));
            }
            Expr::Subscript { value, index } => {
                let (held, inside) = match role {
                    Role::ANNOTATION => (role, index_role(exprs, marks, *value, *index, scope)),
                    Role::Use(context) => (Role::Use(context), Role::VALUE),
                    _ => (Role::VALUE, Role::VALUE),
                };
                marks[value.0 as usize] = Mark { role: held, scope };
                marks[index.0 as usize] = Mark { role: inside, scope };
            }
            Expr::Tuple(parts) | Expr::List(parts) => {
                let each = if role == Role::Use(UseContext::Except) { role } else { passed_on };
                parts.iter().for_each(|part| mark(*part, each, scope));
            }
            Expr::Conditional { test, body, orelse } => {
                let either = if role == Role::Use(UseContext::Raise) { role } else { passed_on };
                mark(*test, Role::VALUE, scope);
                mark(*body, either, scope);
                mark(*orelse, either, scope);
            }
            Expr::Walrus { target, value } => {
                let outer = self.scopes.assigning(scope);
                self.bind(outer, target);
                mark(*value, Role::VALUE, scope);
            }
            Expr::Lambda { parameters, body } => {
                let inner = self.scopes.push(Some(scope), ScopeKind::Nested, self.scopes.function(scope));
                self.bind_all(inner, parameters);
                mark(*body, Role::VALUE, inner);
            }
            Expr::Comprehension { element, value, clauses, .. } => {
                let inner = self.scopes.push(Some(scope), ScopeKind::Nested, self.scopes.function(scope));
                mark(*element, Role::VALUE, inner);
                if let Some(value) = value {
                    mark(*value, Role::VALUE, inner);
                }
                for (index, clause) in clauses.iter().enumerate() {
                    let ComprehensionClause { target, iterable, conditions, .. } = clause;
                    mark(*target, Role::Target, inner);
                    // The first iterable is evaluated outside.
                    mark(*iterable, Role::VALUE, if index == 0 { scope } else { inner });
                    conditions.iter().for_each(|condition| mark(*condition, Role::VALUE, inner));
                }
            }
            Expr::Literal(Literal::Str(_)) if role == Role::ANNOTATION => {
                self.string_annotation(spans[id.0 as usize], scope);
            }
            other => other.for_each_child(|child| mark(child, passed_on, scope)),
        }
    }

    /// A name, with the rest of its attribute chain.
    fn name(&mut self, name: &str, attributes: Name, span: Span, role: Role, scope: ScopeId) {
        let Some(known) = self.names.get(name).copied() else { return };
        match role {
            Role::Target => self.scopes.bind_other(scope, known),
            Role::Deleted | Role::Unreached => {}
            Role::Use(context) => {
                self.candidates.push(Candidate { scope, name: known, attributes, context, span });
            }
        }
    }
}

/// The head of an attribute chain, and the attributes from the last to the first.
fn chain(exprs: &ExprArena, id: ExprId) -> (ExprId, Vec<&str>) {
    let mut attributes = Vec::new();
    let mut head = id;
    while let Expr::Attribute { value, name } = &exprs[head] {
        attributes.push(name.as_str());
        head = *value;
    }
    (head, attributes)
}

fn joined(attributes: &[&str]) -> Name {
    if let [one] = attributes {
        return Name::new(one);
    }
    attributes.iter().rev().copied().collect::<Vec<_>>().join(".").into()
}
