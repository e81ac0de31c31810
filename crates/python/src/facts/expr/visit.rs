//! The parts of an expression, whatever its kind.

use super::{Expr, ExprId, FStringPart};

impl Expr {
    /// Visits the direct parts of this expression, usually in source order.
    pub fn for_each_child(&self, mut visit: impl FnMut(ExprId)) {
        match self {
            Expr::Missing | Expr::Name(_) | Expr::Literal(_) | Expr::Yield(None) => {}
            Expr::Attribute { value, .. }
            | Expr::Await(value)
            | Expr::Yield(Some(value))
            | Expr::YieldFrom(value)
            | Expr::Starred(value)
            | Expr::Lambda { body: value, .. }
            | Expr::Unary { operand: value, .. }
            | Expr::Walrus { value, .. } => visit(*value),
            Expr::Call { callee, args } => {
                visit(*callee);
                args.iter().for_each(|arg| visit(arg.value()));
            }
            Expr::Subscript { value, index } => {
                visit(*value);
                visit(*index);
            }
            Expr::Slice(parts) => parts.iter().flatten().for_each(|part| visit(*part)),
            Expr::FString(parts) | Expr::TString(parts) => {
                for part in parts {
                    if let FStringPart::Value(value) | FStringPart::Repr(value) = part {
                        visit(*value);
                    }
                }
            }
            Expr::Tuple(elements) | Expr::List(elements) | Expr::Set(elements) => {
                elements.iter().for_each(|element| visit(*element));
            }
            Expr::Dict(entries) => {
                for (key, value) in entries {
                    if let Some(key) = key {
                        visit(*key);
                    }
                    visit(*value);
                }
            }
            Expr::Comprehension { element, value, clauses, .. } => {
                visit(*element);
                if let Some(value) = value {
                    visit(*value);
                }
                for clause in clauses {
                    visit(clause.target);
                    visit(clause.iterable);
                    clause.conditions.iter().for_each(|condition| visit(*condition));
                }
            }
            Expr::Binary { left, right, .. } | Expr::Bool { left, right, .. } => {
                visit(*left);
                visit(*right);
            }
            Expr::Compare { first, rest } => {
                visit(*first);
                rest.iter().for_each(|(_, operand)| visit(*operand));
            }
            Expr::Conditional { test, body, orelse } => {
                visit(*body);
                visit(*test);
                visit(*orelse);
            }
        }
    }

    /// Like [`Expr::for_each_child`], with mutable ids.
    pub fn for_each_child_mut(&mut self, mut visit: impl FnMut(&mut ExprId)) {
        match self {
            Expr::Missing | Expr::Name(_) | Expr::Literal(_) | Expr::Yield(None) => {}
            Expr::Attribute { value, .. }
            | Expr::Await(value)
            | Expr::Yield(Some(value))
            | Expr::YieldFrom(value)
            | Expr::Starred(value)
            | Expr::Lambda { body: value, .. }
            | Expr::Unary { operand: value, .. }
            | Expr::Walrus { value, .. } => visit(value),
            Expr::Call { callee, args } => {
                visit(callee);
                args.iter_mut().for_each(|arg| visit(arg.value_mut()));
            }
            Expr::Subscript { value, index } => {
                visit(value);
                visit(index);
            }
            Expr::Slice(parts) => parts.iter_mut().flatten().for_each(visit),
            Expr::FString(parts) | Expr::TString(parts) => {
                for part in parts {
                    if let FStringPart::Value(value) | FStringPart::Repr(value) = part {
                        visit(value);
                    }
                }
            }
            Expr::Tuple(elements) | Expr::List(elements) | Expr::Set(elements) => {
                elements.iter_mut().for_each(visit);
            }
            Expr::Dict(entries) => {
                for (key, value) in entries {
                    if let Some(key) = key {
                        visit(key);
                    }
                    visit(value);
                }
            }
            Expr::Comprehension { element, value, clauses, .. } => {
                visit(element);
                if let Some(value) = value {
                    visit(value);
                }
                for clause in clauses {
                    visit(&mut clause.target);
                    visit(&mut clause.iterable);
                    clause.conditions.iter_mut().for_each(&mut visit);
                }
            }
            Expr::Binary { left, right, .. } | Expr::Bool { left, right, .. } => {
                visit(left);
                visit(right);
            }
            Expr::Compare { first, rest } => {
                visit(first);
                rest.iter_mut().for_each(|(_, operand)| visit(operand));
            }
            Expr::Conditional { test, body, orelse } => {
                visit(body);
                visit(test);
                visit(orelse);
            }
        }
    }
}
