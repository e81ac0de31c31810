//! Which pictures belong to a place in the code.

use model::{ModuleInfo, Project, Route};
use python::Scope;
use source::{File, Span};
use workspace::Snapshot;

use super::Picture;

/// A handler with more routes offers only the first ones.
const MOST_ROUTES: usize = 4;

/// The pictures for the code around `offset`: for a handler the sequence of each of its routes, for a model the
/// entities around it, elsewhere the imports of the package and the architecture.
pub fn offered(snapshot: &Snapshot, file: File, offset: u32) -> Vec<Picture> {
    let db = snapshot.db();
    let Some((project, file)) = snapshot.project_of(file.path(db)) else { return Vec::new() };
    let modules = model::query::modules(db, project);
    let Some(module) = modules.of_file(file) else { return Vec::new() };
    let definitions = python::query::definitions(db, file);
    let spans = python::query::spans(db, file);
    let mut pictures = Vec::new();
    let mut is_outside = true;
    let routes = model::query::routes(db, project);
    for (id, _) in definitions.functions() {
        if spans.functions.get(id.0 as usize).is_some_and(|span| span.touches(offset)) {
            is_outside = false;
            pictures.extend(routes.of_function(module, id).map(Picture::of_route));
        }
    }
    let classes = definitions.classes().filter(|(_, class)| class.scope == Scope::Module);
    for (id, class) in classes {
        if !spans.classes.get(id.0 as usize).is_some_and(|span| span.touches(offset)) {
            continue;
        }
        is_outside = false;
        let entity = model::query::entity(db, project, module, class.name.clone());
        if entity.is_some_and(|it| !it.is_abstract) {
            let around = format!("{}.{}", modules[module].name, class.name);
            pictures.push(Picture::Entities { around: Some(around) });
        }
        if pictures.is_empty() {
            let is_of =
                |it: &&Route| it.handler.module == module && it.handler.class.as_ref() == Some(&class.name);
            let answers = routes.list.iter().filter(is_of);
            pictures.extend(answers.map(Picture::of_route));
        }
    }
    pictures.truncate(MOST_ROUTES);
    if is_outside {
        pictures.push(of_package(snapshot, project, &modules[module]));
        pictures.push(Picture::Architecture);
    }
    pictures
}

/// The pictures that belong to the definitions of a file, in source order: at the name of a handler the sequence of each
/// of its routes, at the name of a model the entities around it.
pub fn beside(snapshot: &Snapshot, file: File) -> Vec<(Span, Picture)> {
    let db = snapshot.db();
    let Some((project, file)) = snapshot.project_of(file.path(db)) else { return Vec::new() };
    let modules = model::query::modules(db, project);
    let Some(module) = modules.of_file(file) else { return Vec::new() };
    let definitions = python::query::definitions(db, file);
    let spans = python::query::spans(db, file);
    let routes = model::query::routes(db, project);
    let mut pictures: Vec<(Span, Picture)> = Vec::new();
    for (id, _) in definitions.functions() {
        let of = routes.of_function(module, id).take(MOST_ROUTES);
        pictures.extend(of.map(|route| (spans.function_name(id), Picture::of_route(route))));
    }
    for (id, class) in definitions.classes().filter(|(_, class)| class.scope == Scope::Module) {
        let entity = model::query::entity(db, project, module, class.name.clone());
        if entity.is_some_and(|it| !it.is_abstract) {
            let around = format!("{}.{}", modules[module].name, class.name);
            pictures.push((spans.class_name(id), Picture::Entities { around: Some(around) }));
        }
    }
    pictures.sort_by_key(|(span, _)| span.start);
    pictures
}

/// The imports of a module's package.
fn of_package(snapshot: &Snapshot, project: Project, module: &ModuleInfo) -> Picture {
    let name = module.name.as_str();
    let package =
        if module.is_package { Some(name) } else { name.rsplit_once('.').map(|(package, _)| package) };
    let known = model::query::modules(snapshot.db(), project);
    Picture::Dependencies { package: package.filter(|it| known.knows(it)).map(str::to_owned) }
}
