//! Imports by a string: `importlib.import_module("a.b")`, `__import__("a.b")`, `import_string("a.b.C")`.

use source::Span;

use super::Lowering;
use super::imports::ImportsFound;
use crate::{Arg, Expr, ExprId, Import, ImportKind, ImportSpans, Literal, Name};

/// A name that an import bound to something that loads modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Loader {
    name: Name,
    /// Whether it is the module `importlib` (or one that contains `import_string`), rather than the function.
    is_module: bool,
}

impl ImportsFound {
    /// Records the name that `import` binds, if it can load modules.
    pub(super) fn note_loader(&mut self, import: &Import) {
        let is_module = match (import.kind, import.module.as_str(), import.name.as_deref()) {
            (ImportKind::Module, "importlib", _)
            | (ImportKind::From, "django.utils", Some("module_loading")) => true,
            (ImportKind::From, "importlib", Some("import_module" | "__import__"))
            | (ImportKind::From, _, Some("import_string")) => false,
            _ => return,
        };
        if let Some(name) = import.bound_name() {
            self.loaders.push(Loader { name: Name::new(name), is_module });
        }
    }

    fn loads(&self, name: &str, is_module: bool) -> bool {
        self.loaders.iter().any(|loader| loader.is_module == is_module && loader.name == name)
    }
}

impl Lowering<'_> {
    /// Records a call that imports a module named by a literal.
    pub(super) fn dynamic_import(&mut self, callee: ExprId, args: &[Arg], call: Span) {
        if !self.loads_modules(callee) {
            return;
        }
        let exprs = &self.body.arena.exprs;
        let Some(Arg::Positional(argument) | Arg::Keyword(_, argument)) = args.iter().find(|arg| match arg {
            Arg::Positional(_) => true,
            Arg::Keyword(name, _) => name == "name" || name == "dotted_path",
            Arg::Star(_) | Arg::DoubleStar(_) => false,
        }) else {
            return;
        };
        let Expr::Literal(Literal::Str(path)) = &exprs[*argument] else { return };
        let module = path.trim_start_matches('.');
        let level = u8::try_from(path.len() - module.len()).unwrap_or(u8::MAX);
        if module.is_empty() && level == 0 {
            return;
        }
        let literal = self.body.arena.spans[argument.0 as usize];
        let import = Import {
            kind: ImportKind::Dynamic,
            level,
            module: Name::new(module),
            name: None,
            alias: None,
            statement: self.imports.next_statement(),
            context: self.context,
        };
        let spans = ImportSpans { statement: call, module: literal, name: literal, item: literal };
        self.imports.push(import, spans);
    }

    fn loads_modules(&self, callee: ExprId) -> bool {
        let exprs = &self.body.arena.exprs;
        match &exprs[callee] {
            Expr::Name(name) => name == "__import__" || self.imports.loads(name, false),
            Expr::Attribute { value, name }
                if matches!(name.as_str(), "import_module" | "import_string" | "__import__") =>
            {
                let Expr::Name(module) = &exprs[*value] else { return false };
                (module == "importlib" && name != "import_string") || self.imports.loads(module, true)
            }
            _ => false,
        }
    }
}
