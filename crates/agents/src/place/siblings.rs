//! The existing classes and modules of one kind in a project, which new ones should follow.

use std::collections::{BTreeMap, BTreeSet};

use config::Level;
use model::{Architecture, ClassRef, Layer, ModuleId, PathRole, Project};
use python::Scope;
use serde::Serialize;
use workspace::Snapshot;

use super::folder_of;
use super::kinds::Kind;

/// Limit on the modules checked for a good example.
const CLOSE: usize = 12;

/// A class or module of the kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sibling {
    pub(super) module: ModuleId,
    /// Empty for a module of functions.
    pub(super) class: String,
    /// The name of its file.
    pub(super) stem: String,
    /// The number of siblings in its file.
    pub(super) together: usize,
}

/// All siblings of the kind.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub(super) siblings: Vec<Sibling>,
}

/// A folder for something new.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) path: String,
    pub(super) why: String,
    /// Whether no such folder contains the kind yet.
    pub(super) is_guess: bool,
}

/// An example to follow.
#[derive(Debug, Serialize)]
pub(super) struct Example {
    path: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    class: String,
    /// Warnings and errors in it.
    findings: usize,
}

/// A place that names siblings.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Registration {
    path: String,
    why: String,
}

pub(super) fn find(snapshot: &Snapshot, project: Project, architecture: &Architecture, kind: &Kind) -> Group {
    let mut siblings = Vec::new();
    if kind.is_class {
        for (module, info) in architecture.modules.iter() {
            if info.role != PathRole::Code {
                continue;
            }
            let definitions = python::query::definitions(snapshot.db(), info.file);
            let classes = definitions.classes.iter().filter(|class| class.scope == Scope::Module);
            for class in classes {
                if is_of(snapshot, project, architecture, kind, &ClassRef::new(module, class.name.clone())) {
                    siblings.push((module, class.name.to_string()));
                }
            }
        }
    } else {
        let routes = model::query::routes(snapshot.db(), project);
        let handling: BTreeSet<ModuleId> = routes.list.iter().map(|route| route.handler.module).collect();
        let named = architecture.modules.iter().filter(|(_, info)| {
            info.path.components().any(|part| kind.folders.contains(&part.as_str().trim_end_matches(".py")))
        });
        let found: BTreeSet<ModuleId> =
            if kind.layer == Layer::Presentation { handling } else { named.map(|(id, _)| id).collect() };
        siblings.extend(found.into_iter().map(|module| (module, String::new())));
    }
    // Commands and events are both messages: if a file is named after the kind, the others are something else.
    if kind.is_class && kind.classes.contains(&view::ClassKind::Message) {
        let is_called = |module: &ModuleId| {
            architecture.modules[*module]
                .path
                .iter()
                .any(|part| kind.folders.contains(&part.trim_end_matches(".py")))
        };
        if siblings.iter().any(|(module, _)| is_called(module)) {
            siblings.retain(|(module, _)| is_called(module));
        }
    }
    let mut together: BTreeMap<ModuleId, usize> = BTreeMap::new();
    for (module, _) in &siblings {
        *together.entry(*module).or_default() += 1;
    }
    let code = siblings.into_iter().filter(|(module, _)| {
        architecture.modules[*module].role == PathRole::Code
            && !matches!(architecture.layers.layer(*module), Some(Layer::Tests | Layer::Migrations))
    });
    let sibling = |(module, class): (ModuleId, String)| Sibling {
        stem: architecture.modules[module].path.file_stem().unwrap_or_default().to_owned(),
        together: together.get(&module).copied().unwrap_or(1),
        module,
        class,
    };
    Group { siblings: code.map(sibling).collect() }
}

/// Whether a class is of the kind: by what it is, and by its name if only names show the kind.
fn is_of(
    snapshot: &Snapshot,
    project: Project,
    architecture: &Architecture,
    kind: &Kind,
    class: &ClassRef,
) -> bool {
    let is_named =
        kind.suffixes.iter().any(|suffix| class.name.ends_with(suffix) && class.name.len() > suffix.len());
    let layer = architecture.layers.layer(class.module);
    match kind.words[0] {
        // A port and its adapter have similar names.
        "port" => model::query::port(snapshot.db(), project, class.clone()).is_some(),
        "service" | "use case" => is_named && layer != Some(Layer::Presentation),
        "repository" | "client" => {
            is_named
                && layer != Some(Layer::Domain)
                && model::query::port(snapshot.db(), project, class.clone()).is_none()
        }
        _ => {
            let found = view::query::class_kind(snapshot.db(), project, class.clone());
            kind.classes.contains(&found)
        }
    }
}

/// The folder for something new of the kind: where most of it is in the context, or by the pattern of other contexts.
pub(super) fn folder(
    architecture: &Architecture,
    group: &Group,
    context: Option<&str>,
    kind: &Kind,
) -> Option<Folder> {
    let modules: BTreeSet<ModuleId> = group.siblings.iter().map(|sibling| sibling.module).collect();
    let of_context = |module: &ModuleId| architecture.layers.context(*module).map(python::Name::as_str);
    let inside: Vec<ModuleId> =
        modules.iter().copied().filter(|module| context.is_none() || of_context(module) == context).collect();
    if let Some((path, count)) = most(inside.iter().map(|module| folder_of(architecture, *module))) {
        let where_ = context.map(|context| format!(" of `{context}`")).unwrap_or_default();
        let why = format!("{count} of {} modules with {}{where_} lie there", inside.len(), plural(kind));
        // If no folder has most of it, none is certain.
        return Some(Folder { path: path.to_owned(), why, is_guess: count * 2 <= inside.len() });
    }
    // As in the other contexts.
    let own = context.and_then(|context| context_folder(architecture, context));
    if let Some(own) = &own {
        let relative = modules.iter().filter_map(|module| {
            let other = context_folder(architecture, of_context(module)?)?;
            let rest = folder_of(architecture, *module).strip_prefix(other.as_str())?;
            Some(rest.trim_start_matches('/').to_owned())
        });
        if let Some((rest, count)) = most(relative) {
            let path = if rest.is_empty() { own.clone() } else { format!("{own}/{rest}") };
            let why = format!("{count} {} of other bounded contexts lie in such a folder", plural(kind));
            return Some(Folder { path, why, is_guess: false });
        }
    }
    if let Some((path, count)) = most(modules.iter().map(|module| folder_of(architecture, *module))) {
        let why = format!("{count} of {} modules with {} lie there", modules.len(), plural(kind));
        return Some(Folder { path: path.to_owned(), why, is_guess: context.is_some() });
    }
    // None of the kind yet: the folder of its layer.
    let of_layer = architecture.modules.iter().filter(|(id, info)| {
        info.role == PathRole::Code
            && architecture.layers.layer(*id) == Some(kind.layer)
            && context.is_none_or(|context| of_context(id) == Some(context))
    });
    let (path, _) = most(of_layer.map(|(id, _)| folder_of(architecture, id)))?;
    let why =
        format!("the project has no {} yet; most of the {} layer lies there", kind.words[0], kind.layer);
    Some(Folder { path: path.to_owned(), why, is_guess: true })
}

fn plural(kind: &Kind) -> String {
    python::naming::plural(kind.words[0]).to_string()
}

/// The folder of a bounded context: that of its package, or of its modules.
fn context_folder(architecture: &Architecture, context: &str) -> Option<String> {
    let inside = architecture
        .modules
        .iter()
        .find(|(id, _)| architecture.layers.context(*id).is_some_and(|found| found == context));
    let (_, info) = inside?;
    // The module's name shows how many folders below the context it is.
    let below = info.name.strip_prefix(context)?.matches('.').count();
    let skip = if info.is_package { below + 1 } else { below.max(1) };
    info.path.ancestors().nth(skip).map(|folder| folder.as_str().to_owned())
}

fn most<T: Ord + Clone>(items: impl Iterator<Item = T>) -> Option<(T, usize)> {
    let mut counted: BTreeMap<T, usize> = BTreeMap::new();
    for item in items {
        *counted.entry(item).or_default() += 1;
    }
    counted.into_iter().rev().max_by_key(|(_, count)| *count)
}

impl Group {
    /// The number of classes.
    pub(super) fn classes(&self) -> usize {
        self.siblings.iter().filter(|sibling| !sibling.class.is_empty()).count()
    }

    /// The base that at least half of the classes share, with their number.
    pub(super) fn common_base(&self, architecture: &Architecture) -> Option<(String, usize)> {
        let bases = self.siblings.iter().filter_map(|sibling| {
            let ancestors = architecture.hierarchy.of(sibling.module, &sibling.class)?;
            let own = ancestors
                .own
                .first()
                .map(|(module, name)| format!("{}.{name}", architecture.modules[*module].name));
            own.or_else(|| ancestors.foreign.first().map(ToString::to_string))
        });
        most(bases).filter(|(_, count)| count * 2 >= self.classes() && *count >= 2)
    }

    /// Modules that name at least half of the siblings, and at least two: where they are registered.
    pub(super) fn registrations(&self, architecture: &Architecture) -> Vec<Registration> {
        let own: BTreeSet<ModuleId> = self.siblings.iter().map(|sibling| sibling.module).collect();
        let mut counted: BTreeMap<ModuleId, usize> = BTreeMap::new();
        for module in &own {
            for edge in architecture.graph.importers(*module).iter().filter(|edge| !own.contains(&edge.to)) {
                *counted.entry(edge.to).or_default() += 1;
            }
        }
        let mut found: Vec<(ModuleId, usize)> =
            counted.into_iter().filter(|(_, count)| *count >= 2 && count * 2 >= own.len()).collect();
        found.sort_by_key(|(module, count)| (std::cmp::Reverse(*count), *module));
        let row = |(module, count): (ModuleId, usize)| Registration {
            path: architecture.modules[module].path.to_string(),
            why: format!("imports {count} of {} modules of the kind", own.len()),
        };
        found.into_iter().take(4).map(row).collect()
    }

    /// The sibling with the fewest findings, those in `folder` first.
    pub(super) fn example(
        &self,
        snapshot: &Snapshot,
        project: Project,
        architecture: &Architecture,
        folder: &str,
    ) -> Option<Example> {
        let is_elsewhere = |sibling: &Sibling| folder_of(architecture, sibling.module) != folder;
        let mut near: Vec<&Sibling> = self.siblings.iter().collect();
        near.sort_by_key(|sibling| (is_elsewhere(sibling), sibling.together));
        let looked = near.into_iter().take(CLOSE).map(|sibling| {
            let found = snapshot.check(project, architecture.modules[sibling.module].file);
            (found.iter().filter(|finding| finding.level >= Level::Warning).count(), sibling)
        });
        let (findings, sibling) =
            looked.min_by_key(|(findings, sibling)| (is_elsewhere(sibling), *findings))?;
        let path = architecture.modules[sibling.module].path.to_string();
        Some(Example { path, class: sibling.class.clone(), findings })
    }
}
