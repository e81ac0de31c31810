//! Functions and classes.

use std::sync::Arc;

use source::Span;

use super::Lowering;
use super::kinds::Kind;
use super::output::{BodyBuilder, Found};
use crate::{
    Arg, Body, BodyId, BodyOwner, BodySpans, Class, ClassId, Expr, ExprId, Function, FunctionId,
    ImportContext, Literal, Name, Scope, Stmt, StmtId,
};

impl Lowering<'_> {
    pub(super) fn decorated(&mut self, span: Span) -> Option<Stmt> {
        let mut decorators: Vec<ExprId> = Vec::new();
        let mut stmt = None;
        self.each_node(|this, kind| match kind {
            Kind::Decorator => {
                let written = this.walk.span();
                decorators.push(this.in_signatures(|this| this.only_child(written)));
            }
            Kind::Function => stmt = Some(this.function(span, std::mem::take(&mut decorators).into())),
            Kind::Class => stmt = Some(this.class(span, std::mem::take(&mut decorators).into())),
            Kind::Error => this.statement(kind),
            _ => {}
        });
        stmt
    }

    /// `span` includes the decorators.
    pub(super) fn function(&mut self, span: Span, decorators: Box<[ExprId]>) -> Stmt {
        let id = FunctionId(self.found.functions.len() as u32);
        let body = self.found.reserve_body();
        self.found.functions.push(Function {
            name: Name::default(),
            scope: self.context.scope,
            is_async: false,
            is_generator: false,
            is_stub: false,
            raises_not_implemented: false,
            parameters: Box::default(),
            returns: None,
            decorators,
            type_parameters: Box::default(),
            type_bounds: Box::default(),
            body,
        });
        self.found.function_names.push(Span::default());
        self.found.function_spans.push(span);
        let context = ImportContext {
            scope: Scope::Function(id),
            function: Some(id),
            optional: false,
            conditional: false,
            main: false,
            ..self.context
        };
        let index = id.0 as usize;
        let builder = BodyBuilder { owner: BodyOwner::Function(id), ..BodyBuilder::default() };
        let done = self.nested_body(context, builder, |this, kind| match kind {
            Kind::Async => this.found.functions[index].is_async = true,
            Kind::Identifier => {
                this.found.functions[index].name = Name::new(this.walk.text());
                this.found.function_names[index] = this.walk.span();
            }
            Kind::TypeParameters => {
                let (names, bounds) = this.type_parameters(Self::bound_of_definition);
                this.found.functions[index].type_parameters = names;
                this.found.functions[index].type_bounds = bounds;
            }
            Kind::Parameters => {
                this.found.functions[index].parameters = this.in_signatures(Self::parameters);
            }
            Kind::Type => this.found.functions[index].returns = Some(this.in_signatures(Self::expr)),
            _ => {}
        });
        let function = &mut self.found.functions[index];
        function.is_generator = done.yields;
        function.is_stub = is_stub(&done.body);
        function.raises_not_implemented =
            function.is_stub && done.body.root.iter().any(|id| raises(&done.body, *id));
        self.found.bodies[body.0 as usize] = (Arc::new(done.body), done.spans);
        Stmt::Function(id)
    }

    /// `span` includes the decorators.
    pub(super) fn class(&mut self, span: Span, decorators: Box<[ExprId]>) -> Stmt {
        let id = ClassId(self.found.classes.len() as u32);
        let body = self.found.reserve_body();
        self.found.classes.push(Class {
            name: Name::default(),
            scope: self.context.scope,
            bases: Box::default(),
            decorators,
            type_parameters: Box::default(),
            type_bounds: Box::default(),
            body,
        });
        self.found.class_names.push(Span::default());
        self.found.class_spans.push(span);
        let context = ImportContext { scope: Scope::Class(id), ..self.context };
        let index = id.0 as usize;
        let builder = BodyBuilder { owner: BodyOwner::Class(id), ..BodyBuilder::default() };
        let done = self.nested_body(context, builder, |this, kind| match kind {
            Kind::Identifier => {
                this.found.classes[index].name = Name::new(this.walk.text());
                this.found.class_names[index] = this.walk.span();
            }
            Kind::TypeParameters => {
                let (names, bounds) = this.type_parameters(Self::bound_of_definition);
                this.found.classes[index].type_parameters = names;
                this.found.classes[index].type_bounds = bounds;
            }
            Kind::ArgumentList => {
                let bases: Box<[Arg]> = this.in_signatures(Self::arguments);
                this.found.classes[index].bases = bases;
            }
            _ => {}
        });
        self.found.bodies[body.0 as usize] = (Arc::new(done.body), done.spans);
        Stmt::Class(id)
    }

    /// Lowers the definition under the cursor with its own body; `head` handles what precedes the block.
    fn nested_body(
        &mut self,
        context: ImportContext,
        builder: BodyBuilder,
        mut head: impl FnMut(&mut Self, Kind),
    ) -> Done {
        let outer = std::mem::replace(&mut self.body, builder);
        let mark = self.scratch.stmts.len();
        self.within(context, |this| {
            this.each_node(|this, kind| match kind {
                Kind::Block => this.statements(),
                Kind::Error => this.statement(kind),
                _ => head(this, kind),
            });
        });
        let root = self.statements_since(mark);
        let builder = std::mem::replace(&mut self.body, outer);
        let yields = builder.yields;
        let (body, spans) = builder.finish(root);
        Done { body, spans, yields }
    }

    fn bound_of_definition(&mut self) -> ExprId {
        self.in_signatures(Self::expr)
    }

    /// The names of `[T: bound, *Ts, **P]`, and the bounds, as `lower` reads them.
    pub(super) fn type_parameters(&mut self, lower: fn(&mut Self) -> ExprId) -> (Box<[Name]>, Box<[ExprId]>) {
        let (mut names, mut bounds) = (Vec::new(), Vec::new());
        self.each(|this, kind| {
            let text = this.walk.text().trim_start_matches(['*', ' ']);
            let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
            if end > 0 {
                names.push(Name::new(&text[..end]));
            }
            this.bound(kind, lower, &mut bounds);
        });
        (names.into(), bounds.into())
    }

    /// The bound of the type parameter under the cursor, where it has one.
    fn bound(&mut self, kind: Kind, lower: fn(&mut Self) -> ExprId, bounds: &mut Vec<ExprId>) {
        match kind {
            Kind::Type => self.each(|this, kind| {
                if kind == Kind::ConstrainedType {
                    this.bound(kind, lower, bounds);
                }
            }),
            Kind::ConstrainedType => {
                let mut is_name = true;
                self.each(|this, _| {
                    if !std::mem::take(&mut is_name) {
                        bounds.push(lower(this));
                    }
                });
            }
            _ => {}
        }
    }
}

/// A fully lowered body.
struct Done {
    body: Body,
    spans: BodySpans,
    yields: bool,
}

impl Found {
    /// The id of a body that begins here; bodies are numbered in source order, outer before inner.
    pub(super) fn reserve_body(&mut self) -> BodyId {
        self.bodies.push(Default::default());
        BodyId(self.bodies.len() as u32 - 1)
    }
}

/// Whether a body is empty: a docstring, `...`, `pass` or `raise NotImplementedError`.
fn is_stub(body: &Body) -> bool {
    !body.root.is_empty()
        && body.root.iter().enumerate().all(|(index, id)| match &body[*id] {
            Stmt::Pass => true,
            Stmt::Expr(expr) => match &body[*expr] {
                Expr::Literal(Literal::Str(_)) => index == 0,
                Expr::Literal(Literal::Ellipsis) => true,
                _ => false,
            },
            _ => raises(body, *id),
        })
}

/// `raise NotImplementedError`
fn raises(body: &Body, stmt: StmtId) -> bool {
    let Stmt::Raise { exception: Some(exception), .. } = &body[stmt] else { return false };
    let raised = match &body[*exception] {
        Expr::Call { callee, .. } => *callee,
        _ => *exception,
    };
    matches!(&body[raised], Expr::Name(name) if name == "NotImplementedError")
}
