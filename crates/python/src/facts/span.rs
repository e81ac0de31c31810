//! The positions of a module's facts. Never read by queries about other files.

use serde::{Deserialize, Serialize};
use source::Span;

use super::{BodyId, ClassId, ExprId, FunctionId, ImportId, StmtId};

/// The positions of everything in a [`super::Module`], by the same indices.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spans {
    /// By [`ImportId`].
    pub imports: Box<[ImportSpans]>,
    /// The names of classes, by [`ClassId`].
    pub class_names: Box<[Span]>,
    /// Whole class statements with decorators, by [`ClassId`].
    pub classes: Box<[Span]>,
    /// The names of functions, by [`FunctionId`].
    pub function_names: Box<[Span]>,
    /// Whole function statements with decorators, by [`FunctionId`].
    pub functions: Box<[Span]>,
    /// Names of variables, by index in `Definitions::variables`.
    pub variables: Box<[Span]>,
    /// By [`ExprId`] in `Definitions::exprs`.
    pub signatures: Box<[Span]>,
    /// By [`BodyId`], then by [`ExprId`] and [`StmtId`].
    pub bodies: Box<[BodySpans]>,
    /// Where a new import can be inserted: after the docstring and `from __future__` imports (or the comments at the
    /// top of the file), and before the first import if only blank lines and comments are in between. The position is
    /// at the start of a line, or at the end of a text whose last line has no line ending.
    pub import_insertion: u32,
    /// Whether the text has no syntax error. With one, definitions and names may be missing.
    pub is_whole: bool,
}

/// Positions of one body.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodySpans {
    /// By [`ExprId`].
    pub exprs: Box<[Span]>,
    /// By [`StmtId`].
    pub stmts: Box<[Span]>,
}

/// Positions of one imported name.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportSpans {
    /// The whole statement (or call, for a dynamic import), including `lazy`.
    pub statement: Span,
    /// The dotted module, including leading dots; for a dynamic import the string literal.
    pub module: Span,
    /// The imported name without its alias (`b` in `from a import b as c`); the same as `module` for `import a.b`.
    pub name: Span,
    /// The name with its alias.
    pub item: Span,
}

impl Spans {
    /// Visits all positions, always in the same order.
    pub(crate) fn each_mut(&mut self, visit: &mut impl FnMut(&mut Span)) {
        // Destructured by name, so that a new field isn't forgotten here.
        let Self {
            imports,
            class_names,
            classes,
            function_names,
            functions,
            variables,
            signatures,
            bodies,
            import_insertion: _,
            is_whole: _,
        } = self;
        for ImportSpans { statement, module, name, item } in imports {
            [statement, module, name, item].into_iter().for_each(&mut *visit);
        }
        for spans in [class_names, classes, function_names, functions, variables, signatures] {
            spans.iter_mut().for_each(&mut *visit);
        }
        for BodySpans { exprs, stmts } in bodies {
            exprs.iter_mut().for_each(&mut *visit);
            stmts.iter_mut().for_each(&mut *visit);
        }
    }

    /// The positions of an import.
    pub fn import(&self, id: ImportId) -> ImportSpans {
        self.imports.get(id.0 as usize).copied().unwrap_or_default()
    }

    /// The position of an expression in a signature, by its id in `Definitions::exprs`.
    pub fn signature(&self, id: ExprId) -> Span {
        self.signatures.get(id.0 as usize).copied().unwrap_or_default()
    }

    /// The position of a class name.
    pub fn class_name(&self, id: ClassId) -> Span {
        self.class_names.get(id.0 as usize).copied().unwrap_or_default()
    }

    /// The position of a function name.
    pub fn function_name(&self, id: FunctionId) -> Span {
        self.function_names.get(id.0 as usize).copied().unwrap_or_default()
    }

    /// The position of an expression in a body.
    pub fn expr(&self, body: BodyId, id: ExprId) -> Span {
        self.bodies
            .get(body.0 as usize)
            .and_then(|spans| spans.exprs.get(id.0 as usize))
            .copied()
            .unwrap_or_default()
    }

    /// The position of a statement in a body.
    pub fn stmt(&self, body: BodyId, id: StmtId) -> Span {
        self.bodies
            .get(body.0 as usize)
            .and_then(|spans| spans.stmts.get(id.0 as usize))
            .copied()
            .unwrap_or_default()
    }
}
