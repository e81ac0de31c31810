//! The imports of a module, and their context.

use serde::{Deserialize, Serialize};

use super::{Name, Scope};

/// The index of an [`Import`] in its module, in source order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ImportId(pub u32);

/// All imports of a module, in source order, with one entry for each name that a statement binds.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imports {
    /// The imports, in source order.
    pub list: Box<[Import]>,
}

impl Imports {
    /// The imports with their ids.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (ImportId, &Import)> {
        self.list.iter().enumerate().map(|(index, import)| (ImportId(index as u32), import))
    }
}

impl std::ops::Index<ImportId> for Imports {
    type Output = Import;

    fn index(&self, id: ImportId) -> &Import {
        &self.list[id.0 as usize]
    }
}

/// One imported name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Import {
    /// The form of the statement.
    pub kind: ImportKind,
    /// Leading dots of `from ..a import b`; 0 for an absolute import.
    pub level: u8,
    /// The dotted module as written, without the dots of `level`; empty for `from . import a`.
    pub module: Name,
    /// The name imported from the module; only for [`ImportKind::From`].
    pub name: Option<Name>,
    /// The name after `as`.
    pub alias: Option<Name>,
    /// The number of the statement within the module, which groups the names of one statement.
    pub statement: u32,
    /// Its position in the control flow.
    pub context: ImportContext,
}

impl Import {
    /// The name that the import binds in its scope: `a` for `import a.b`; `None` for a star or a dynamic import.
    pub fn bound_name(&self) -> Option<&str> {
        if let Some(alias) = &self.alias {
            return Some(alias);
        }
        match self.kind {
            ImportKind::Module => self.module.split('.').next(),
            ImportKind::From => self.name.as_deref(),
            ImportKind::Star | ImportKind::Dynamic => None,
        }
    }

    /// Whether it binds the first part of the module's name: `import a.b`, and not `import a.b as c`.
    pub fn binds_first(&self) -> bool {
        self.kind == ImportKind::Module && self.alias.is_none()
    }
}

/// The form of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ImportKind {
    /// `import a.b [as c]`
    Module,
    /// `from a import b [as c]`
    From,
    /// `from a import *`
    Star,
    /// `importlib.import_module("a.b")`, `__import__("a.b")`, `import_string("a.b.C")` with a literal argument; `level`
    /// counts the leading dots of the literal. The functions are recognized by the import that binds them.
    Dynamic,
}

/// The context of an import.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a circumstance of its own, and all combinations occur"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ImportContext {
    /// The innermost enclosing function or class.
    pub scope: Scope,
    /// The innermost enclosing function, looking through classes: the import runs when that function is called.
    pub function: Option<super::FunctionId>,
    /// Inside `if TYPE_CHECKING:` (including aliases, `typing.TYPE_CHECKING`, conditions with `and`, `if MYPY` and
    /// `if False`), or in the `else` of `if not TYPE_CHECKING:`. Never runs.
    pub type_checking: bool,
    /// In a `try` (or its `else`) whose handlers catch `ImportError`, `ModuleNotFoundError` or everything (bare
    /// `except`), or in such a handler. `except Exception` around an entire body doesn't count, because it doesn't
    /// indicate an optional import, unless the `try` body contains only imports. `with suppress(ImportError)` counts
    /// too. A nested function starts anew.
    pub optional: bool,
    /// Under an `if`, a loop, a `match`, another `try`, in a lambda, or in unreadable code: runs only sometimes.
    /// `if TYPE_CHECKING` and its `else` don't count, and a nested function starts anew.
    pub conditional: bool,
    /// `lazy import` (PEP 810): runs at first use.
    pub lazy: bool,
    /// Under `if __name__ == "__main__":`: runs if the module is the program, and never when it is imported. A nested
    /// function starts anew.
    pub main: bool,
}

impl ImportContext {
    /// Whether it runs while the module is imported.
    pub fn at_import_time(&self) -> bool {
        self.function.is_none() && !self.type_checking && !self.lazy && !self.main
    }
}
