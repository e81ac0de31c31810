//! The steps after the walk, which need the whole module.

use std::sync::Arc;

use super::Lowering;
use super::again::Before;
use super::output::All;
use crate::{Bodies, Body, Definitions, Expr, Imports, Literal, Module, Spans, Stmt, StmtId, Tree};

impl Lowering<'_> {
    pub(super) fn finish(self, root: Box<[StmtId]>, tree: &Tree) -> Module {
        let text = self.walk.whole();
        let Self { body, mut found, imports, before, .. } = self;
        let (module_body, module_spans) = body.finish(root);
        let import_insertion =
            super::insertion::insertion(text, &module_body, &module_spans.stmts, &imports.list);
        let only_reexports = only_reexports(&module_body);
        found.bodies[0] = (Arc::new(module_body), module_spans);
        let mut bodies = Vec::with_capacity(found.bodies.len());
        let mut body_spans = Vec::with_capacity(found.bodies.len());
        for (body, spans) in found.bodies {
            bodies.push(body);
            body_spans.push(spans);
        }
        let mut signatures = found.signatures;
        signatures.exprs.list.shrink_to_fit();
        let imports_found = Imports { list: imports.list.into() };
        let definitions = Definitions {
            exprs: signatures.exprs,
            classes: found.classes.into(),
            functions: found.functions.into(),
            variables: found.variables.into(),
            all: match found.all {
                All::Literal(names) => Some(names.into()),
                All::Absent | All::Computed => None,
            },
            only_reexports,
        };
        let spans = Spans {
            imports: imports.spans.into(),
            class_names: found.class_names.into(),
            classes: found.class_spans.into(),
            function_names: found.function_names.into(),
            functions: found.function_spans.into(),
            variables: found.variable_spans.into(),
            signatures: signatures.spans.into(),
            bodies: body_spans.into(),
            import_insertion,
            is_whole: tree.is_whole(),
        };
        let bodies = Bodies { list: bodies.into() };
        let uses = super::uses::uses(text, &imports_found, &definitions, &bodies, &spans);
        let directives = super::directives::directives(text, tree.raw());
        Module {
            imports: Before::shared(before.as_ref(), |module| &module.imports, imports_found),
            definitions: Before::shared(before.as_ref(), |module| &module.definitions, definitions),
            bodies: Before::shared(before.as_ref(), |module| &module.bodies, bodies),
            uses: uses.into(),
            directives: directives.into(),
            spans: Arc::new(spans),
        }
    }
}

/// Whether there are imports, and otherwise only a docstring and dunder names such as `__all__`.
fn only_reexports(body: &Body) -> bool {
    let mut imports = false;
    let mut open: Vec<StmtId> = body.root.to_vec();
    while let Some(id) = open.pop() {
        match &body[id] {
            Stmt::Import(_) => imports = true,
            Stmt::Pass => {}
            Stmt::Assign { targets, .. } if targets.iter().all(|target| is_dunder(body, *target)) => {}
            Stmt::AugAssign { target, .. } if is_dunder(body, *target) => {}
            Stmt::Expr(expr) => match &body[*expr] {
                Expr::Literal(Literal::Str(_)) => {}
                Expr::Call { callee, .. } => {
                    let Expr::Attribute { value, .. } = &body[*callee] else { return false };
                    if !matches!(&body[*value], Expr::Name(name) if name == "__all__") {
                        return false;
                    }
                }
                _ => return false,
            },
            Stmt::If { body, orelse, .. } => open.extend(body.iter().chain(orelse)),
            Stmt::Try { body, handlers, orelse, finally } => {
                open.extend(body.iter().chain(orelse).chain(finally));
                open.extend(handlers.iter().flat_map(|handler| handler.body.iter()));
            }
            _ => return false,
        }
    }
    imports
}

fn is_dunder(body: &Body, target: crate::ExprId) -> bool {
    matches!(&body[target], Expr::Name(name) if name.starts_with("__") && name.ends_with("__"))
}
