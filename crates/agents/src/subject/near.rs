//! What somebody may have meant by a name that the project doesn't have.

use camino::Utf8Path;
use model::Modules;
use python::{Definitions, Scope};
use workspace::Snapshot;

/// Files that are called like `path`, or nearly so; those of the same folder alone if there are any.
pub(super) fn files<'m>(modules: &'m Modules, path: &Utf8Path) -> Vec<&'m str> {
    let known = || modules.iter().map(|(_, info)| info.path.as_str());
    let name = |path: &'m str| Utf8Path::new(path).file_name().unwrap_or_default();
    let wanted = path.file_name().unwrap_or_default();
    let named = |wanted: &str| known().filter(|it| name(it) == wanted).collect::<Vec<_>>();
    let same = named(wanted);
    let near = || config::nearest(wanted, known().map(name)).map(named).unwrap_or_default();
    let mut found = if same.is_empty() { near() } else { same };
    let is_beside = |it: &&str| {
        Utf8Path::new(it)
            .parent()
            .is_some_and(|folder| path.parent().is_some_and(|own| own.ends_with(folder)))
    };
    if found.iter().any(is_beside) {
        found.retain(is_beside);
    }
    found
}

/// The names of classes and functions at the top level; with methods as `Class.method`.
pub(super) fn names(definitions: &Definitions, with_methods: bool) -> impl Iterator<Item = String> {
    let methods = definitions.functions.iter().filter(move |_| with_methods).filter_map(|function| {
        let Scope::Class(class) = function.scope else { return None };
        let class = &definitions.classes[class.0 as usize];
        (class.scope == Scope::Module).then(|| format!("{}.{}", class.name, function.name))
    });
    super::top_level(definitions).into_iter().chain(methods)
}

/// Where the nearest name is defined: of modules for dotted names, else of classes and functions.
pub(super) fn places(snapshot: &Snapshot, modules: &Modules, text: &str) -> Vec<String> {
    let code = || modules.iter().filter(|(_, info)| info.role == model::PathRole::Code);
    let mut known: Vec<(String, String)> = Vec::new();
    for (_, info) in code() {
        if text.contains('.') {
            known.push((info.name.to_string(), info.path.to_string()));
        }
        let definitions = python::query::definitions(snapshot.db(), info.file);
        known.extend(names(&definitions, text.contains('.')).map(|name| {
            let place = format!("{}:{name}", info.path);
            (name, place)
        }));
    }
    let Some(nearest) = config::nearest(text, known.iter().map(|(name, _)| name.as_str())) else {
        return Vec::new();
    };
    known.iter().filter(|(name, _)| name == nearest).map(|(_, place)| place.clone()).collect()
}
