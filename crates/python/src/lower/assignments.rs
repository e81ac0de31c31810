//! Assignments, and the variables that they define in modules and classes.

use source::Span;

use super::Lowering;
use super::kinds::{Field, Kind};
use crate::{Expr, ExprId, Name, Scope, Stmt, Variable};

/// A value with more parts than this is data rather than a declaration, and is omitted from the definitions.
const LARGEST_VALUE: u32 = 10_000;

/// The parts of `a = b: T = value`.
#[derive(Default)]
struct Pieces {
    targets: Vec<ExprId>,
    /// Each with the position in the arena where it begins.
    annotation: Option<(u32, ExprId)>,
    value: Option<(u32, ExprId)>,
}

impl Lowering<'_> {
    pub(super) fn assignment(&mut self, kind: Kind) -> Stmt {
        if kind == Kind::AugmentedAssignment {
            return self.augmented();
        }
        let mut pieces = Pieces::default();
        self.assignment_pieces(&mut pieces, 0);
        if !matches!(self.context.scope, Scope::Function(_)) {
            self.variables(&pieces);
        }
        Stmt::Assign {
            targets: pieces.targets.into(),
            annotation: pieces.annotation.map(|(_, id)| id),
            value: pieces.value.map(|(_, id)| id),
        }
    }

    /// `a = b = value` nests to the right. The first part is the target.
    fn assignment_pieces(&mut self, pieces: &mut Pieces, depth: u32) {
        let mut has_target = false;
        self.each(|this, kind| {
            let first = this.body.arena.len();
            match kind {
                _ if !std::mem::replace(&mut has_target, true) => pieces.targets.push(this.expr()),
                Kind::Type => pieces.annotation = Some((first, this.expr())),
                Kind::Assignment => {
                    if depth < super::DEEPEST_BLOCK {
                        this.assignment_pieces(pieces, depth + 1);
                    }
                }
                _ => pieces.value = Some((first, this.expr())),
            }
        });
    }

    fn augmented(&mut self) -> Stmt {
        let span = self.walk.span();
        let mut target = None;
        let mut op = Name::default();
        let mut value = None;
        self.each_node(|this, kind| match this.walk.field() {
            Field::Left if kind != Kind::Error => target = Some(this.expr()),
            Field::Operator => op = Name::new(this.walk.text().trim_end_matches('=')),
            Field::Right if kind != Kind::Error => value = Some(this.expr()),
            _ => {}
        });
        let target = self.or_missing(target, span);
        let value = self.or_missing(value, span);
        if op == "+" {
            self.all_grows(target, Some(value));
        }
        Stmt::AugAssign { target, op, value }
    }

    pub(super) fn type_alias(&mut self, span: Span) -> Stmt {
        let mut name = (Name::default(), span);
        let mut value = None;
        let mut call = None;
        let (mut parameters, mut bounds) = (Box::default(), Box::default());
        self.each(|this, kind| match this.walk.field() {
            Field::Left if this.walk.text().starts_with(['(', '[']) => call = Some(this.type_call_target()),
            Field::Left => {
                name = this.alias_name();
                (parameters, bounds) = this.alias_parameters(kind);
            }
            Field::Right => {
                let first = this.body.arena.len();
                value = Some((first, this.expr()));
            }
            _ => {}
        });
        let (first, id) = match value {
            Some(value) => value,
            None => (self.body.arena.len(), self.or_missing(None, span)),
        };
        if let Some(target) = call {
            return Stmt::Assign { targets: Box::new([target]), annotation: None, value: Some(id) };
        }
        if !matches!(self.context.scope, Scope::Function(_)) {
            let value = Some(self.found.signatures.copy(&self.body.arena, first, id, LARGEST_VALUE));
            self.variable(name.0.clone(), name.1, None, value, true);
        }
        Stmt::TypeAlias { name: name.0, parameters, bounds, value: id }
    }

    /// The names and bounds of the type parameters of `X[T: bound]`.
    fn alias_parameters(&mut self, kind: Kind) -> (Box<[Name]>, Box<[ExprId]>) {
        match kind {
            Kind::TypeParameters => self.type_parameters(Self::expr),
            Kind::Type | Kind::GenericType => {
                let mut found = (Box::default(), Box::default());
                self.each(|this, kind| {
                    if matches!(kind, Kind::GenericType | Kind::TypeParameters) {
                        found = this.alias_parameters(kind);
                    }
                });
                found
            }
            _ => (Box::default(), Box::default()),
        }
    }

    /// The left side of `type(a).b = c`.
    fn type_call_target(&mut self) -> ExprId {
        let span = self.walk.span();
        if self.walk.text().starts_with('[') {
            return self.push(Expr::Missing, span);
        }
        self.type_call = Some(span.start);
        let target = self.expr();
        self.type_call = None;
        target
    }

    /// `X` of `X[T]`.
    fn alias_name(&mut self) -> (Name, Span) {
        let span = self.walk.span();
        let text = self.walk.text();
        let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
        (Name::new(&text[..end]), Span::new(span.start, span.start + end as u32))
    }

    fn variables(&mut self, pieces: &Pieces) {
        let copied = |this: &mut Self, piece: Option<(u32, ExprId)>| {
            piece.map(|(first, id)| this.found.signatures.copy(&this.body.arena, first, id, LARGEST_VALUE))
        };
        let annotation = copied(self, pieces.annotation);
        let is_alias = annotation.is_some_and(|id| {
            matches!(&self.found.signatures.exprs[id],
                Expr::Name(name) | Expr::Attribute { name, .. } if name == "TypeAlias")
        });
        let mut value = None;
        for target in &pieces.targets {
            if let Expr::Name(name) = &self.body.arena.exprs[*target] {
                let name = name.clone();
                if name == "__all__" && self.context.scope == Scope::Module {
                    self.all_is(pieces.value.map(|(_, id)| id));
                }
                value = value.or_else(|| copied(self, pieces.value));
                let span = self.body.arena.spans[target.0 as usize];
                self.variable(name, span, annotation, value, is_alias);
            } else {
                self.bound_names(*target);
            }
        }
    }

    /// Adds the names that a target binds, without a value: `a` and `b` in `a, *b = pair`, `for a in b`, `with a as b`.
    pub(super) fn bound_names(&mut self, target: ExprId) {
        if matches!(self.context.scope, Scope::Function(_)) {
            return;
        }
        let mut open = vec![target];
        while let Some(id) = open.pop() {
            match &self.body.arena.exprs[id] {
                Expr::Name(name) => {
                    let name = name.clone();
                    let span = self.body.arena.spans[id.0 as usize];
                    self.variable(name, span, None, None, false);
                }
                Expr::Tuple(parts) | Expr::List(parts) => open.extend(parts.iter().rev()),
                Expr::Starred(value) => open.push(*value),
                _ => {}
            }
        }
    }

    fn variable(
        &mut self,
        name: Name,
        span: Span,
        annotation: Option<ExprId>,
        value: Option<ExprId>,
        is_type_alias: bool,
    ) {
        let scope = self.context.scope;
        self.found.variables.push(Variable { name, scope, annotation, value, is_type_alias });
        self.found.variable_spans.push(span);
    }
}
