//! The project as input for `scaffold`.

use std::collections::BTreeSet;

use anyhow::bail;
use camino::Utf8PathBuf;
use model::{Member, ModuleId, PathRole, Target};
use scaffold::{Entity, Link, Place, Survey, SurveyedFile};

use crate::findings::text_of;
use crate::project::Loaded;

/// The files and entities of the largest project below the requested folder, and its folder.
///
/// # Errors
/// If there is no Python.
pub(super) fn survey(loaded: &Loaded) -> anyhow::Result<(Survey, Utf8PathBuf)> {
    let snapshot = loaded.snapshot();
    let db = snapshot.db();
    let size = |project: &&model::Project| project.files(db).list().len();
    let Some(project) = snapshot.projects().iter().max_by_key(size).copied() else {
        bail!("{} holds no Python", loaded.root)
    };
    let architecture = snapshot.architecture(project);
    let routes = model::query::routes(db, project);
    let handling: BTreeSet<ModuleId> = routes.list.iter().map(|route| route.handler.module).collect();
    let mut files = Vec::new();
    for (id, info) in architecture.modules.iter() {
        if !loaded.is_wanted(info.file.path(db)) {
            continue;
        }
        let imports = python::query::imports(db, info.file);
        let resolved = model::query::resolved(db, project, info.file);
        let (mut foreign, mut links) = (Vec::new(), Vec::new());
        for (import, resolved) in imports.list.iter().zip(resolved.iter()) {
            if matches!(resolved.target, Target::Standard(_) | Target::ThirdParty(_)) {
                foreign.extend(import.bound_name().map(str::to_owned));
                // The first segment of a module's name, marked by its dot to distinguish it from other names.
                foreign.extend(import.module.split('.').next().map(|first| format!("{first}.")));
            }
            if let Some(named) = resolved.module().or(match &resolved.target {
                Target::Symbol { module, .. } => Some(*module),
                _ => None,
            }) {
                // The module that the statement names, or the one that it imports from a package.
                let (named, name) = match &resolved.target {
                    Target::Symbol { module, origin_name, .. } if !origin_name.is_empty() => {
                        (*module, import.name.as_ref())
                    }
                    _ => (named, None),
                };
                links.push(Link {
                    module: import.module.to_string(),
                    name: name.map(ToString::to_string),
                    path: architecture.modules[named].path.clone(),
                });
            }
        }
        files.push(SurveyedFile {
            path: info.path.clone(),
            text: text_of(&snapshot, info.file).as_str().to_owned(),
            place: match info.role {
                PathRole::Code => Place::Code,
                PathRole::Tests => Place::Tests,
                PathRole::Migrations => Place::Migrations,
                PathRole::Aside => Place::Aside,
            },
            has_routes: handling.contains(&id),
            foreign,
            links,
            layer: architecture.layers.layer(id).map(config::Layer::as_str),
        });
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let schema = model::query::schema(db, project);
    let mut entities: Vec<Entity> = Vec::new();
    for entity in schema.entities.values().filter(|entity| !entity.is_abstract) {
        let info = &architecture.modules[entity.class.module];
        if info.role != PathRole::Code || !loaded.is_wanted(info.file.path(db)) {
            continue;
        }
        let (mut columns, mut keys, mut relationships) = (Vec::new(), Vec::new(), Vec::new());
        for (name, member) in &entity.members {
            match member {
                Member::Column(column) if column.is_primary_key => keys.push(name.to_string()),
                Member::Column(_) | Member::Hybrid(_) => columns.push(name.to_string()),
                Member::Relationship(relationship) if relationship.is_reverse => {}
                Member::Relationship(_) | Member::Proxy { .. } | Member::Generic => {
                    relationships.push(name.to_string());
                }
                Member::Manager { .. } => {}
            }
        }
        entities.push(Entity {
            class: entity.class.name.to_string(),
            path: info.path.clone(),
            columns,
            keys,
            relationships,
        });
    }
    entities.sort_by(|a, b| (&a.path, &a.class).cmp(&(&b.path, &b.class)));
    let root = project.root(db).clone();
    // Without configuration, import sorters wrap at 88.
    let formatting = architecture
        .modules
        .iter()
        .next()
        .map(|(_, info)| model::query::formatting_of(db, project, info.file));
    let length = formatting.and_then(|it| it.import_length.or(it.line_length).or(it.limit));
    Ok((Survey { files, entities, line_length: length.unwrap_or(88) }, root))
}
