//! Resolves the uses of imported names by Python's scoping rules.
//!
//! Runs on the facts after the walk, because a scope is complete only after its last binding. There are two steps:
//! collect bindings and candidate uses, then resolve each candidate in its enclosing scopes. Expressions are visited
//! from the last to the first: parents follow their children, so each expression is assigned its role before it is
//! visited, without recursion. Uses in expressions deeper than the limit are not found.

mod annotations;
mod roles;
mod scopes;
mod statements;

use rustc_hash::FxHashMap;
use source::Span;

use roles::{Mark, Role};
use scopes::{ScopeId, ScopeKind, Scopes};

use crate::{
    Bodies, Body, BodySpans, Definitions, ExprArena, ExprId, ImportKind, Imports, Name, NameUse, Spans,
    UseContext,
};

/// The number of a name that some import binds; other names are ignored.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct NameId(u32);

/// A candidate use.
struct Candidate {
    scope: ScopeId,
    name: NameId,
    attributes: Name,
    context: UseContext,
    span: Span,
}

struct Gathering<'f> {
    text: &'f str,
    imports: &'f Imports,
    definitions: &'f Definitions,
    names: FxHashMap<&'f str, NameId>,
    scopes: Scopes,
    /// By body, the scope that it runs in.
    body_scopes: Vec<ScopeId>,
    /// The roles of the expressions of the current body.
    marks: Vec<Mark>,
    /// The roles of the expressions of signatures.
    signatures: Vec<Mark>,
    candidates: Vec<Candidate>,
}

/// The uses of imported names, in source order.
pub(super) fn uses(
    text: &str,
    imports: &Imports,
    definitions: &Definitions,
    bodies: &Bodies,
    spans: &Spans,
) -> Vec<NameUse> {
    let mut names = FxHashMap::default();
    for import in &imports.list {
        if binds(import)
            && let Some(name) = import.bound_name()
        {
            let next = NameId(names.len() as u32);
            names.entry(name).or_insert(next);
        }
    }
    if names.is_empty() {
        return Vec::new();
    }
    let mut scopes = Scopes::default();
    let module = scopes.push(None, ScopeKind::Module, None);
    let mut gathering = Gathering {
        text,
        imports,
        definitions,
        names,
        scopes,
        body_scopes: vec![module; bodies.list.len()],
        marks: Vec::new(),
        signatures: vec![Mark::default(); definitions.exprs.list.len()],
        candidates: Vec::new(),
    };
    // Outer bodies come first and determine the scopes of inner ones.
    for (index, (body, spans)) in bodies.list.iter().zip(&spans.bodies).enumerate() {
        let scope = gathering.body_scopes[index];
        gathering.body(body, spans, scope);
    }
    let mut signatures = std::mem::take(&mut gathering.signatures);
    gathering.expressions(&definitions.exprs, &spans.signatures, &mut signatures);
    gathering.resolve()
}

/// `from __future__ import annotations` binds a name too, but one that is never used.
fn binds(import: &crate::Import) -> bool {
    !(import.kind == ImportKind::From && import.level == 0 && import.module == "__future__")
}

impl<'f> Gathering<'f> {
    fn resolve(self) -> Vec<NameUse> {
        let Self { imports, scopes, candidates, .. } = self;
        let mut uses: Vec<NameUse> = candidates
            .into_iter()
            .filter_map(|candidate| {
                let Candidate { scope, name, attributes, context, span } = candidate;
                let import = scopes.resolve(imports, scope, name, &attributes)?;
                Some(NameUse { import, attributes, context, function: scopes.function(scope), span })
            })
            .collect();
        uses.sort_by_key(|used| (used.span.start, used.span.end));
        uses
    }

    fn body(&mut self, body: &'f Body, spans: &BodySpans, scope: ScopeId) {
        let mut marks = std::mem::take(&mut self.marks);
        marks.clear();
        marks.resize(body.exprs.list.len(), Mark::default());
        for stmt in &body.stmts {
            self.statement(stmt, scope, &mut marks);
        }
        self.expressions(&body.exprs, &spans.exprs, &mut marks);
        self.marks = marks;
    }

    /// Visits the marked expressions of an arena.
    fn expressions(&mut self, exprs: &ExprArena, spans: &[Span], marks: &mut [Mark]) {
        for index in (0..exprs.list.len()).rev() {
            let Mark { role, scope } = marks[index];
            if role != Role::Unreached {
                self.expression(exprs, spans, marks, ExprId(index as u32), role, scope);
            }
        }
    }
}
