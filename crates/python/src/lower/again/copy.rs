//! Copies the facts of a function from the lists of an earlier module to those of this one.

use std::sync::Arc;

use source::Span;

use super::{Lengths, Memo, Remembered};
use crate::lower::Lowering;
use crate::lower::dynamic::Loader;
use crate::{
    Arg, Body, BodyId, BodyOwner, BodySpans, Class, ClassId, Expr, ExprId, Function, FunctionId, Import,
    ImportId, ImportSpans, Module, Name, Scope, Stmt, Variable,
};

/// The offsets by which copied facts move in each list, and in the text. Negative offsets wrap around.
#[derive(Debug, Clone, Copy)]
struct Moved {
    functions: u32,
    classes: u32,
    signatures: u32,
    bodies: u32,
    imports: u32,
    statements: u32,
    place: u32,
    /// The classes nested in the function, whose ids move; others enclose it.
    inner: (u32, u32),
    /// The scope of the function itself.
    scope: Scope,
}

impl Lowering<'_> {
    /// Appends the facts of function `old` of `module`, which is at `span` now.
    pub(super) fn copy(&mut self, module: &Module, memo: &Memo, old: Remembered, span: Span) -> Option<Stmt> {
        let (from, to) = (old.from, old.to);
        let at = self.lengths();
        let moved = Moved::between(from, to, at, self.context.scope, span.start.wrapping_sub(old.span.start));
        let run = Run::of(module, memo, from, to)?;
        let (found, imports) = (&mut self.found, &mut self.imports);

        found.functions.extend(run.functions.iter().map(|function| moved.function(function)));
        found.function_names.extend(moved.places(run.function_names));
        found.function_spans.extend(moved.places(run.function_spans));
        found.classes.extend(run.classes.iter().map(|class| moved.class(class)));
        found.class_names.extend(moved.places(run.class_names));
        found.class_spans.extend(moved.places(run.class_spans));
        found.variables.extend(run.variables.iter().map(|variable| moved.variable(variable)));
        found.variable_spans.extend(moved.places(run.variable_spans));
        found.signatures.exprs.list.extend(run.signatures.iter().map(|expr| moved.signature(expr)));
        found.signatures.spans.extend(moved.places(run.signature_spans));
        let bodies = run.bodies.iter().zip(run.body_spans);
        found.bodies.extend(bodies.map(|(body, spans)| (moved.body(body), moved.body_spans(spans))));

        imports.list.extend(run.imports.iter().map(|import| moved.import(import)));
        imports.spans.extend(run.import_spans.iter().map(|spans| moved.import_spans(*spans)));
        imports.statements += to.statements - from.statements;
        imports.type_checking.extend_from_slice(run.type_checking);
        imports.loaders.extend_from_slice(run.loaders);

        Some(Stmt::Function(FunctionId(at.functions)))
    }
}

/// The range of each list that belongs to one function.
struct Run<'m> {
    functions: &'m [Function],
    function_names: &'m [Span],
    function_spans: &'m [Span],
    classes: &'m [Class],
    class_names: &'m [Span],
    class_spans: &'m [Span],
    variables: &'m [Variable],
    variable_spans: &'m [Span],
    signatures: &'m [Expr],
    signature_spans: &'m [Span],
    bodies: &'m [Arc<Body>],
    body_spans: &'m [BodySpans],
    imports: &'m [Import],
    import_spans: &'m [ImportSpans],
    type_checking: &'m [Name],
    loaders: &'m [Loader],
}

impl<'m> Run<'m> {
    fn of(module: &'m Module, memo: &'m Memo, from: Lengths, to: Lengths) -> Option<Self> {
        fn run<T>(list: &[T], from: u32, to: u32) -> Option<&[T]> {
            list.get(from as usize..to as usize)
        }
        let (definitions, spans) = (&*module.definitions, &*module.spans);
        Some(Self {
            functions: run(&definitions.functions, from.functions, to.functions)?,
            function_names: run(&spans.function_names, from.functions, to.functions)?,
            function_spans: run(&spans.functions, from.functions, to.functions)?,
            classes: run(&definitions.classes, from.classes, to.classes)?,
            class_names: run(&spans.class_names, from.classes, to.classes)?,
            class_spans: run(&spans.classes, from.classes, to.classes)?,
            variables: run(&definitions.variables, from.variables, to.variables)?,
            variable_spans: run(&spans.variables, from.variables, to.variables)?,
            signatures: run(&definitions.exprs.list, from.signatures, to.signatures)?,
            signature_spans: run(&spans.signatures, from.signatures, to.signatures)?,
            bodies: run(&module.bodies.list, from.bodies, to.bodies)?,
            body_spans: run(&spans.bodies, from.bodies, to.bodies)?,
            imports: run(&module.imports.list, from.imports, to.imports)?,
            import_spans: run(&spans.imports, from.imports, to.imports)?,
            type_checking: run(&memo.type_checking, from.type_checking, to.type_checking)?,
            loaders: run(&memo.loaders, from.loaders, to.loaders)?,
        })
    }
}

impl Moved {
    fn between(from: Lengths, to: Lengths, at: Lengths, scope: Scope, place: u32) -> Self {
        Self {
            functions: at.functions.wrapping_sub(from.functions),
            classes: at.classes.wrapping_sub(from.classes),
            signatures: at.signatures.wrapping_sub(from.signatures),
            bodies: at.bodies.wrapping_sub(from.bodies),
            imports: at.imports.wrapping_sub(from.imports),
            statements: at.statements.wrapping_sub(from.statements),
            place,
            inner: (from.classes, to.classes),
            scope,
        }
    }

    fn place(self, span: Span) -> Span {
        // An empty span stays empty.
        if span == Span::default() {
            return span;
        }
        Span::new(span.start.wrapping_add(self.place), span.end.wrapping_add(self.place))
    }

    fn places(self, spans: &[Span]) -> impl ExactSizeIterator<Item = Span> + '_ {
        spans.iter().map(move |span| self.place(*span))
    }

    fn expr(self, id: ExprId) -> ExprId {
        ExprId(id.0.wrapping_add(self.signatures))
    }

    fn signature(self, expr: &Expr) -> Expr {
        let mut copy = expr.clone();
        if self.signatures != 0 {
            copy.for_each_child_mut(|child| *child = self.expr(*child));
        }
        copy
    }

    fn exprs(self, ids: &[ExprId]) -> Box<[ExprId]> {
        ids.iter().map(|id| self.expr(*id)).collect()
    }

    fn function_id(self, id: FunctionId) -> FunctionId {
        FunctionId(id.0.wrapping_add(self.functions))
    }

    fn class_id(self, id: ClassId) -> ClassId {
        ClassId(id.0.wrapping_add(self.classes))
    }

    fn body_id(self, id: BodyId) -> BodyId {
        BodyId(id.0.wrapping_add(self.bodies))
    }

    fn import_id(self, id: ImportId) -> ImportId {
        ImportId(id.0.wrapping_add(self.imports))
    }

    fn scope(self, scope: Scope) -> Scope {
        match scope {
            Scope::Function(id) => Scope::Function(self.function_id(id)),
            Scope::Class(id) if id.0 >= self.inner.0 && id.0 < self.inner.1 => {
                Scope::Class(self.class_id(id))
            }
            Scope::Class(_) | Scope::Module => self.scope,
        }
    }

    fn function(self, function: &Function) -> Function {
        let mut copy = function.clone();
        copy.scope = self.scope(copy.scope);
        for parameter in &mut copy.parameters {
            parameter.annotation = parameter.annotation.map(|id| self.expr(id));
            parameter.default = parameter.default.map(|id| self.expr(id));
        }
        copy.returns = copy.returns.map(|id| self.expr(id));
        copy.decorators = self.exprs(&copy.decorators);
        copy.type_bounds = self.exprs(&copy.type_bounds);
        copy.body = self.body_id(copy.body);
        copy
    }

    fn class(self, class: &Class) -> Class {
        let mut copy = class.clone();
        copy.scope = self.scope(copy.scope);
        for base in &mut copy.bases {
            let id = Arg::value_mut(base);
            *id = self.expr(*id);
        }
        copy.decorators = self.exprs(&copy.decorators);
        copy.type_bounds = self.exprs(&copy.type_bounds);
        copy.body = self.body_id(copy.body);
        copy
    }

    fn variable(self, variable: &Variable) -> Variable {
        Variable {
            scope: self.scope(variable.scope),
            annotation: variable.annotation.map(|id| self.expr(id)),
            value: variable.value.map(|id| self.expr(id)),
            ..variable.clone()
        }
    }

    fn import(self, import: &Import) -> Import {
        let mut copy = import.clone();
        copy.statement = copy.statement.wrapping_add(self.statements);
        copy.context.scope = self.scope(copy.context.scope);
        copy.context.function = copy.context.function.map(|id| self.function_id(id));
        copy
    }

    fn import_spans(self, spans: ImportSpans) -> ImportSpans {
        ImportSpans {
            statement: self.place(spans.statement),
            module: self.place(spans.module),
            name: self.place(spans.name),
            item: self.place(spans.item),
        }
    }

    /// Expressions of a body are numbered within it; definitions and imports aren't.
    fn body(self, body: &Arc<Body>) -> Arc<Body> {
        if (self.functions, self.classes, self.imports) == (0, 0, 0) {
            return Arc::clone(body);
        }
        let mut copy = (**body).clone();
        copy.owner = match copy.owner {
            BodyOwner::Module => BodyOwner::Module,
            BodyOwner::Class(id) => BodyOwner::Class(self.class_id(id)),
            BodyOwner::Function(id) => BodyOwner::Function(self.function_id(id)),
        };
        for stmt in &mut copy.stmts {
            match stmt {
                Stmt::Function(id) => *id = self.function_id(*id),
                Stmt::Class(id) => *id = self.class_id(*id),
                Stmt::Import(ids) => ids.iter_mut().for_each(|id| *id = self.import_id(*id)),
                _ => {}
            }
        }
        Arc::new(copy)
    }

    fn body_spans(self, spans: &BodySpans) -> BodySpans {
        BodySpans { exprs: self.places(&spans.exprs).collect(), stmts: self.places(&spans.stmts).collect() }
    }
}
