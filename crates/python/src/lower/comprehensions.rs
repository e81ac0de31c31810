//! Comprehensions and lambdas: expressions with their own scopes.

use super::Lowering;
use super::kinds::{Field, Kind};
use crate::{ComprehensionClause, ComprehensionKind, Expr, ExprId, Name};

impl Lowering<'_> {
    pub(super) fn comprehension(&mut self, kind: Kind) -> Expr {
        let span = self.walk.span();
        let mut element = None;
        let mut value = None;
        let mut clauses: Vec<ComprehensionClause> = Vec::new();
        let mut conditions: Vec<ExprId> = Vec::new();
        self.each(|this, kind| match kind {
            Kind::ForIn => {
                if let Some(last) = clauses.last_mut() {
                    last.conditions = conditions.drain(..).collect();
                }
                clauses.push(this.for_in());
            }
            Kind::IfClause => {
                let span = this.walk.span();
                conditions.push(this.only_child(span));
            }
            Kind::Pair => {
                let (key, paired) = this.pair();
                element = Some(key);
                value = Some(paired);
            }
            _ => element = Some(this.expr()),
        });
        if let Some(last) = clauses.last_mut() {
            last.conditions = conditions.into();
        }
        let element = self.or_missing(element, span);
        let kind = match kind {
            Kind::ListComprehension => ComprehensionKind::List,
            Kind::SetComprehension => ComprehensionKind::Set,
            Kind::DictComprehension => ComprehensionKind::Dict,
            _ => ComprehensionKind::Generator,
        };
        Expr::Comprehension { kind, element, value, clauses: clauses.into() }
    }

    fn for_in(&mut self) -> ComprehensionClause {
        let span = self.walk.span();
        let mut is_async = false;
        let mut target = None;
        let mut iterables = Vec::new();
        self.each_node(|this, kind| match kind {
            Kind::Async => is_async = true,
            Kind::Token | Kind::Error => {}
            _ if this.walk.field() == Field::Left => target = Some(this.expr()),
            _ => iterables.push(this.expr()),
        });
        let target = self.or_missing(target, span);
        let iterable = match *iterables {
            [one] => one,
            [] => self.or_missing(None, span),
            _ => self.push(Expr::Tuple(iterables.into()), span),
        };
        ComprehensionClause { is_async, target, iterable, conditions: Box::default() }
    }

    pub(super) fn lambda(&mut self) -> Expr {
        let span = self.walk.span();
        let mut parameters = Box::default();
        let mut body = None;
        // A lambda runs when it is called.
        let context = self.conditional();
        let yields = self.body.yields;
        self.each(|this, kind| {
            if kind == Kind::LambdaParameters {
                parameters = this.lambda_parameters();
            } else {
                body = Some(this.within(context, Self::expr));
            }
        });
        // A `yield` in it belongs to the lambda.
        self.body.yields = yields;
        let body = self.or_missing(body, span);
        Expr::Lambda { parameters, body }
    }

    fn lambda_parameters(&mut self) -> Box<[Name]> {
        let mut names = Vec::new();
        self.each(|this, kind| match kind {
            Kind::Identifier => names.push(Name::new(this.walk.text())),
            Kind::DefaultParameter | Kind::Splat | Kind::DoubleSplat => {
                let mut first = true;
                this.each(|this, kind| {
                    if first && kind == Kind::Identifier {
                        names.push(Name::new(this.walk.text()));
                    }
                    first = false;
                });
            }
            _ => {}
        });
        names.into()
    }
}
