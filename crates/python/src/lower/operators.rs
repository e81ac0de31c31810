//! Operators: arithmetic, logic, comparison, `if` … `else`, `:=`.

use source::Span;

use super::Lowering;
use super::kinds::{Field, Kind};
use crate::{Expr, Name};

impl Lowering<'_> {
    pub(super) fn binary(&mut self, span: Span) -> Expr {
        let mut operands = [None; 2];
        let mut op = Name::default();
        self.each_node(|this, kind| match kind {
            Kind::Token => op = Name::new(this.walk.text()),
            Kind::Error => {}
            _ => {
                let id = this.expr();
                operands[usize::from(operands[0].is_some())] = Some(id);
            }
        });
        let [left, right] = operands.map(|operand| self.or_missing(operand, span));
        Expr::Binary { op, left, right }
    }

    pub(super) fn boolean(&mut self) -> Expr {
        let span = self.walk.span();
        let Expr::Binary { op, left, right } = self.binary(span) else { return Expr::Missing };
        Expr::Bool { is_and: op == "and", left, right }
    }

    pub(super) fn unary(&mut self, span: Span) -> Expr {
        let mut op = Name::default();
        let mut operand = None;
        self.each_node(|this, kind| match kind {
            Kind::Token => op = Name::new(this.walk.text()),
            Kind::Error => {}
            _ => operand = Some(this.expr()),
        });
        let operand = self.or_missing(operand, span);
        Expr::Unary { op, operand }
    }

    pub(super) fn comparison(&mut self) -> Expr {
        let span = self.walk.span();
        let mut first = None;
        let mut op = Name::default();
        let mut rest = Vec::new();
        self.each_node(|this, kind| match kind {
            Kind::Token => {
                let written = this.walk.text();
                op = if written.contains(char::is_whitespace) {
                    written.split_whitespace().collect::<Vec<_>>().join(" ").into()
                } else {
                    Name::new(written)
                };
            }
            Kind::Error => {}
            _ => {
                let id = this.expr();
                if first.is_none() {
                    first = Some(id);
                } else {
                    rest.push((std::mem::take(&mut op), id));
                }
            }
        });
        let first = self.or_missing(first, span);
        Expr::Compare { first, rest: rest.into() }
    }

    pub(super) fn conditional_expression(&mut self) -> Expr {
        let span = self.walk.span();
        let mut parts = [None; 3];
        let mut part = 0;
        self.each(|this, _| {
            let id = this.expr();
            if let Some(slot) = parts.get_mut(part) {
                *slot = Some(id);
            }
            part += 1;
        });
        let [body, test, orelse] = parts.map(|part| self.or_missing(part, span));
        Expr::Conditional { test, body, orelse }
    }

    pub(super) fn walrus(&mut self, span: Span) -> Expr {
        let mut target = Name::default();
        let mut value = None;
        self.each(|this, _| match this.walk.field() {
            Field::Name => target = Name::new(this.walk.text()),
            Field::Value => value = Some(this.expr()),
            _ => {}
        });
        let value = self.or_missing(value, span);
        Expr::Walrus { target, value }
    }
}
