//! Imports of a file that is being rewritten: one more where a name is needed, one less where it no longer is.

use model::Target;
use python::{ImportId, ImportKind, Scope};

use super::FileRewrite;
use crate::fix::head::{self, NewImport};
use crate::fix::lines::Lines;
use crate::fix::statement::Statement;
use crate::fix::{bindings, type_checking};
use crate::{Context, ImportView};

/// A name that is needed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Import<'n> {
    /// The dotted module, absolute; it need not be there yet.
    pub(crate) module: &'n str,
    /// The name in it.
    pub(crate) name: &'n str,
    /// Whose module it is.
    pub(crate) home: Home,
}

/// Whose a module is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Home {
    /// The project's.
    Project,
    /// An installed distribution's.
    ThirdParty,
    /// Python's.
    Standard,
}

/// Where a name is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum At {
    /// When the module runs.
    RunTime,
    /// In annotations alone that nothing reads at run time.
    TypeChecking,
}

impl FileRewrite<'_> {
    /// Makes sure that a name is imported at the head, and says by which name. Nothing where the file binds that name to
    /// something else.
    pub(crate) fn import(&mut self, wanted: Import<'_>, at: At) -> Option<String> {
        if self.cx.own_name() == wanted.module {
            return Some(wanted.name.to_owned());
        }
        if let Some(name) = bound_already(&self.cx, wanted, at) {
            return Some(name);
        }
        if bindings::is_bound(&self.cx, wanted.name) {
            return None;
        }
        let new = NewImport::from(format!("from {}", wanted.module), vec![wanted.name], None);
        let lines = Lines { text: self.cx.text.as_str() };
        let edits = match (at, wanted.home) {
            (At::TypeChecking, _) => type_checking::under_type_checking(&self.cx, lines, &new)?,
            (At::RunTime, Home::Project) => head::insert(&self.cx, &new),
            (At::RunTime, Home::ThirdParty) => head::insert_third_party(&self.cx, &new),
            (At::RunTime, Home::Standard) => head::insert_standard(&self.cx, &new),
        };
        self.apply(&edits)?;
        Some(wanted.name.to_owned())
    }

    /// Removes the imports at the module's head that bind `name`, where nothing uses it any more: not the module, not
    /// `__all__`, and no other module that takes it from here.
    pub(crate) fn drop_unused(&mut self, name: &str) -> Option<()> {
        let binding: Vec<ImportId> = self
            .cx
            .imports()
            .filter(|view| view.import.bound_name() == Some(name) && view.import.context.function.is_none())
            .map(|view| view.id)
            .collect();
        for id in binding.into_iter().rev() {
            let is_used = self.cx.module.uses.iter().any(|name_use| name_use.import == id);
            if is_used || is_offered(&self.cx, name) {
                continue;
            }
            let edits = Statement::of(&self.cx, id)?.without(&[id])?;
            self.apply(&edits)?;
        }
        Some(())
    }
}

/// The name by which an import at the head binds what is wanted already.
fn bound_already(cx: &Context<'_>, wanted: Import<'_>, at: At) -> Option<String> {
    let full = format!("{}.{}", wanted.module, wanted.name);
    let fits = |view: &ImportView<'_>| {
        let context = view.import.context;
        let is_there = match at {
            At::RunTime => context.at_import_time(),
            At::TypeChecking => context.function.is_none() && !context.lazy,
        };
        is_there
            && context.scope == Scope::Module
            && !context.conditional
            && !context.optional
            && view.import.kind == ImportKind::From
            && (view.resolved.absolute == full || comes_from(cx, view, wanted))
    };
    cx.imports().find(fits).and_then(|view| view.import.bound_name().map(str::to_owned))
}

/// Whether an import gives the wanted name through re-exports.
fn comes_from(cx: &Context<'_>, view: &ImportView<'_>, wanted: Import<'_>) -> bool {
    match &view.resolved.target {
        Target::Symbol { origin, origin_name, .. } => {
            cx.module_name(*origin) == wanted.module && origin_name == wanted.name
        }
        _ => false,
    }
}

/// Whether others may take a name from this module: by `__all__`, or by importing it from here.
fn is_offered(cx: &Context<'_>, name: &str) -> bool {
    let listed = cx.module.definitions.all.as_ref().is_some_and(|all| all.iter().any(|it| it == name));
    if listed || cx.info().path.file_name() == Some("__init__.py") {
        return true;
    }
    let takes_it = |target: &Target| match target {
        Target::Symbol { module, name: taken, .. } => *module == cx.id && taken == name,
        _ => false,
    };
    cx.architecture.modules.iter().any(|(id, info)| {
        id != cx.id
            && model::query::resolved(cx.db, cx.project, info.file)
                .iter()
                .any(|resolved| takes_it(&resolved.target))
    })
}
