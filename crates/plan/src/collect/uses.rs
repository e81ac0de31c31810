//! How each importer uses each name that it imports.

use std::collections::{BTreeMap, BTreeSet};

use model::{EdgeKind, Project, Target};
use python::{Import, ImportKind, Scope};
use view::ClassKind;
use workspace::Snapshot;

use super::Index;
use crate::facts::{Pair, Role, Used, What};

/// The names by importer and imported module. Type-checking imports are left out.
pub(super) fn uses(snapshot: &Snapshot, project: Project, index: &Index) -> BTreeMap<Pair, Vec<Used>> {
    let db = snapshot.db();
    let tables: BTreeSet<_> =
        model::query::tables(db, project).list.iter().map(|table| table.class.clone()).collect();
    let mut all: BTreeMap<Pair, BTreeMap<String, (BTreeSet<Role>, What)>> = BTreeMap::new();
    for (id, from) in index.iter() {
        let file = model::query::file_of(db, project, id);
        let imports = python::query::imports(db, file);
        let resolved = model::query::resolved(db, project, file);
        let uses = view::query::import_uses(db, file);
        for ((import_id, import), resolved) in imports.iter().zip(resolved.iter()) {
            let to = resolved.module().and_then(|to| index.of(to)).filter(|to| *to != from);
            let Some(to) = to.filter(|_| EdgeKind::of(import) != EdgeKind::TypeChecking) else { continue };
            let names = all.entry((from, to)).or_default();
            let is_module = matches!(resolved.target, Target::Module(_));
            let what = match &resolved.target {
                Target::Symbol { origin, origin_name, .. } => {
                    let class = model::ClassRef::new(*origin, origin_name.clone());
                    if tables.contains(&class) { What::Table } else { of_head(db, project, &class) }
                }
                _ => What::Unknown,
            };
            if !is_module {
                let name = import.name.as_ref().map(ToString::to_string).unwrap_or_default();
                names.entry(name).or_default().1 = what;
            }
            for one in uses.iter().filter(|one| one.import == import_id) {
                let (name, rest) = if is_module {
                    behind(import, &one.attributes)
                } else {
                    (import.name.as_deref().unwrap_or_default(), one.attributes.as_str())
                };
                let entry = names.entry(name.to_owned()).or_default();
                entry.0.insert(Role::of(one.context, rest));
                entry.1 = what;
            }
        }
    }
    let named = |names: BTreeMap<String, (BTreeSet<Role>, What)>| {
        names.into_iter().map(|(name, (roles, what))| Used { name, roles, what }).collect()
    };
    all.into_iter().map(|(pair, names)| (pair, named(names))).collect()
}

/// What a top-level name of a module refers to.
fn of_head(db: &dyn view::Db, project: Project, name: &model::ClassRef) -> What {
    let definitions = python::query::definitions(db, model::query::file_of(db, project, name.module));
    let at_top_level = |scope: Scope| scope == Scope::Module;
    if definitions.classes.iter().any(|class| at_top_level(class.scope) && class.name == name.name) {
        match view::query::class_kind(db, project, name.clone()) {
            ClassKind::Schema
            | ClassKind::Data
            | ClassKind::ValueObject
            | ClassKind::Message
            | ClassKind::Enum
            | ClassKind::Exception => What::Data,
            _ => What::Class,
        }
    } else if definitions.functions.iter().any(|it| at_top_level(it.scope) && it.name == name.name) {
        What::Function
    } else if definitions.variables.iter().any(|it| at_top_level(it.scope) && it.name == name.name) {
        What::Variable
    } else {
        What::Unknown
    }
}

/// The name used through a module, and what follows it: `import shop.orders` binds `shop`.
fn behind<'a>(import: &Import, attributes: &'a str) -> (&'a str, &'a str) {
    let mut rest = attributes;
    if import.kind == ImportKind::Module && import.alias.is_none() {
        for segment in import.module.split('.').skip(1) {
            let after = rest.strip_prefix(segment).unwrap_or(rest);
            rest = after.strip_prefix('.').unwrap_or(after);
        }
    }
    rest.split_once('.').unwrap_or((rest, ""))
}
