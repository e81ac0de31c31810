//! Scopes and their bindings, restricted to names that some import binds.

use rustc_hash::FxHashMap;

use super::NameId;
use crate::{FunctionId, ImportId, Imports};

/// The number of a scope.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct ScopeId(u32);

impl ScopeId {
    pub(super) const MODULE: Self = Self(0);
}

/// How names are looked up through a scope.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ScopeKind {
    Module,
    /// Visible only to code directly inside it.
    Class,
    Function,
    /// A comprehension, a lambda, type parameters.
    Nested,
}

struct Scope {
    parent: Option<ScopeId>,
    kind: ScopeKind,
    function: Option<FunctionId>,
}

/// The bindings of a name in one scope.
#[derive(Default, Clone, Copy)]
struct Binding {
    first: Option<ImportId>,
    last: Option<ImportId>,
    /// `global` or `nonlocal`: the scope doesn't bind it.
    outer: bool,
}

/// All scopes of a module; the module's own is the first.
#[derive(Default)]
pub(super) struct Scopes {
    list: Vec<Scope>,
    bindings: FxHashMap<(ScopeId, NameId), Binding>,
}

impl Scopes {
    pub(super) fn push(
        &mut self,
        parent: Option<ScopeId>,
        kind: ScopeKind,
        function: Option<FunctionId>,
    ) -> ScopeId {
        self.list.push(Scope { parent, kind, function });
        ScopeId(self.list.len() as u32 - 1)
    }

    fn get(&self, id: ScopeId) -> &Scope {
        &self.list[id.0 as usize]
    }

    /// The innermost function that encloses a scope.
    pub(super) fn function(&self, id: ScopeId) -> Option<FunctionId> {
        self.get(id).function
    }

    /// The scope in which `:=` binds: it passes through comprehensions.
    pub(super) fn assigning(&self, mut id: ScopeId) -> ScopeId {
        while let Scope { kind: ScopeKind::Nested, parent: Some(parent), .. } = self.get(id) {
            id = *parent;
        }
        id
    }

    pub(super) fn bind_import(&mut self, scope: ScopeId, name: NameId, import: ImportId) {
        let binding = self.bindings.entry((scope, name)).or_default();
        binding.first.get_or_insert(import);
        binding.last = Some(import);
    }

    pub(super) fn bind_other(&mut self, scope: ScopeId, name: NameId) {
        self.bindings.entry((scope, name)).or_default();
    }

    pub(super) fn declare_outer(&mut self, scope: ScopeId, name: NameId) {
        self.bindings.entry((scope, name)).or_default().outer = true;
    }

    /// The import that `name` refers to in `scope`; `None` if a nearer scope binds it to something else. An import
    /// takes precedence over an assignment in the same scope, as in `except ImportError: name = None`.
    pub(super) fn resolve(
        &self,
        imports: &Imports,
        scope: ScopeId,
        name: NameId,
        attributes: &str,
    ) -> Option<ImportId> {
        let mut at = scope;
        loop {
            let hidden = at != scope && self.get(at).kind == ScopeKind::Class;
            if !hidden && let Some(binding) = self.bindings.get(&(at, name)) {
                let import = binding.first.zip(binding.last);
                if let Some((first, last)) = import {
                    return Some(if first == last { last } else { best(imports, first, last, attributes) });
                }
                // A class looks a name up outside until it binds it: in `date: date` the annotation is the imported
                // one.
                if !binding.outer && self.get(at).kind != ScopeKind::Class {
                    return None;
                }
            }
            at = self.get(at).parent?;
        }
    }
}

/// `import a.b` and `import a.c` bind the same name: prefer the one whose module matches the attributes, otherwise the
/// last.
fn best(imports: &Imports, first: ImportId, last: ImportId, attributes: &str) -> ImportId {
    let scope = imports[last].context.scope;
    let bound = imports[last].bound_name();
    let spelled = |import: &crate::Import| {
        let (_, rest) = import.module.split_once('.')?;
        let follows = attributes.strip_prefix(rest)?;
        let whole = follows.is_empty() || follows.starts_with('.');
        (import.alias.is_none() && whole).then_some(rest.len())
    };
    let mut found = (None, last);
    for (id, import) in imports.iter().skip(first.0 as usize).take((last.0 - first.0) as usize + 1) {
        if import.context.scope == scope && import.bound_name() == bound {
            let length = if import.kind == crate::ImportKind::Module { spelled(import) } else { None };
            if length >= found.0 {
                found = (length, id);
            }
        }
    }
    found.1
}
