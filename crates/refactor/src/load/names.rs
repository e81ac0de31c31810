//! The names of classes and loaders in a file, and the imports that they need.

use model::{ClassRef, Target};
use python::{ImportKind, Scope};

use crate::head::{self, NewImport};
use source::TextEdit;
use view::Context;

/// The package of the loaders.
const ORM: &str = "sqlalchemy.orm";

/// Names that an edit uses, with the imports that it adds for them.
#[derive(Default)]
pub(crate) struct Names {
    /// By package.
    foreign: Vec<(&'static str, &'static str)>,
    classes: Vec<ClassRef>,
}

impl Names {
    /// The name of a loader in this file.
    pub(super) fn loader(&mut self, cx: &Context<'_>, loader: &'static str) -> Option<String> {
        self.of_package(cx, ORM, loader)
    }

    /// The name of a library's definition in this file.
    pub(crate) fn of_package(
        &mut self,
        cx: &Context<'_>,
        package: &'static str,
        name: &'static str,
    ) -> Option<String> {
        let full = format!("{package}.{name}");
        let mut through = None;
        for view in at_import(cx) {
            let Some(bound) = view.import.bound_name() else { continue };
            if let Target::ThirdParty(found) = &view.resolved.target
                && *found == full
            {
                return Some(bound.to_owned());
            }
            // `from sqlalchemy import orm`, `import sqlalchemy.orm as so`
            let is_direct = view.import.kind == ImportKind::From || view.import.alias.is_some();
            if is_direct && view.resolved.absolute == package {
                through = Some(format!("{bound}.{name}"));
            }
        }
        let has_names =
            at_import(cx).any(|view| view.import.kind == ImportKind::From && view.import.module == package);
        match through {
            Some(written) if !has_names => Some(written),
            _ if is_bound(cx, name) => None,
            _ => {
                if !self.foreign.contains(&(package, name)) {
                    self.foreign.push((package, name));
                }
                Some(name.to_owned())
            }
        }
    }

    /// The name of a class in this file. `None` if importing it would close a cycle, or its name means something else.
    pub(super) fn class(&mut self, cx: &Context<'_>, class: &ClassRef) -> Option<String> {
        if let Some(written) = written(cx, class) {
            return Some(written);
        }
        if is_bound(cx, &class.name)
            || self.classes.iter().any(|known| known.name == class.name && known != class)
        {
            return None;
        }
        let is_loaded =
            at_import(cx).any(|view| view.import.level == 0 && view.module() == Some(class.module));
        let architecture = &cx.architecture;
        if !is_loaded
            && model::closes_cycle(&architecture.graph, &architecture.modules, cx.id, class.module).is_some()
        {
            return None;
        }
        if !self.classes.contains(class) {
            self.classes.push(class.clone());
        }
        Some(class.name.to_string())
    }

    /// The edits that add the missing imports.
    pub(crate) fn imports(mut self, cx: &Context<'_>) -> Vec<TextEdit> {
        let mut edits = Vec::new();
        self.foreign.sort_unstable();
        for group in self.foreign.chunk_by(|left, right| left.0 == right.0) {
            let names = group.iter().map(|(_, name)| *name).collect();
            let new = NewImport::from(format!("from {}", group[0].0), names, None);
            edits.extend(head::insert_third_party(cx, &new));
        }
        self.classes.sort_unstable_by(|left, right| {
            cx.module_name(left.module).cmp(cx.module_name(right.module)).then(left.name.cmp(&right.name))
        });
        for group in self.classes.chunk_by(|left, right| left.module == right.module) {
            let names = group.iter().map(|class| class.name.as_str()).collect();
            let clause = format!("from {}", cx.module_name(group[0].module));
            edits.extend(head::insert(cx, &NewImport::from(clause, names, None)));
        }
        edits
    }
}

/// Whether `dotted` refers to the class in this file.
pub(super) fn means(cx: &Context<'_>, dotted: &str, class: &ClassRef) -> bool {
    all_written(cx, class).any(|written| written == dotted)
}

fn written(cx: &Context<'_>, class: &ClassRef) -> Option<String> {
    all_written(cx, class).next()
}

/// The names of a class in this file, where it is imported.
fn all_written<'c>(cx: &'c Context<'_>, class: &'c ClassRef) -> impl Iterator<Item = String> + 'c {
    let own = cx.module.definitions.classes().filter_map(move |(_, facts)| {
        let is_it = cx.id == class.module && facts.scope == Scope::Module && facts.name == class.name;
        is_it.then(|| facts.name.to_string())
    });
    let imported = at_import(cx).filter_map(move |view| {
        let bound = view.import.bound_name()?;
        match &view.resolved.target {
            Target::Symbol { origin, origin_name, .. }
                if *origin == class.module && *origin_name == class.name =>
            {
                Some(bound.to_owned())
            }
            // `from shop import models`, `import shop.models as models`, `import shop.models`
            Target::Module(module) if *module == class.module => {
                let is_direct = view.import.kind == ImportKind::From || view.import.alias.is_some();
                let prefix = if is_direct { bound } else { &*view.resolved.absolute };
                Some(format!("{prefix}.{}", class.name))
            }
            _ => None,
        }
    });
    own.chain(imported)
}

/// Imports that run with the module: type-checking imports bind nothing.
fn at_import<'c>(cx: &'c Context<'_>) -> impl Iterator<Item = view::ImportView<'c>> {
    cx.imports().filter(|view| view.import.context.at_import_time())
}

/// Whether the module already uses the name.
fn is_bound(cx: &Context<'_>, name: &str) -> bool {
    let definitions = &cx.module.definitions;
    cx.imports().any(|view| view.import.bound_name() == Some(name))
        || definitions.classes().any(|(_, class)| class.scope == Scope::Module && class.name == name)
        || definitions
            .functions()
            .any(|(_, function)| function.scope == Scope::Module && function.name == name)
        || definitions
            .variables
            .iter()
            .any(|variable| variable.scope == Scope::Module && variable.name == name)
}
