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
    let mut all: BTreeMap<Pair, BTreeMap<String, Used>> = BTreeMap::new();
    let what_of = |class: &model::ClassRef| {
        if tables.contains(class) { What::Table } else { of_head(db, project, class) }
    };
    for (id, from) in index.iter() {
        let file = model::query::file_of(db, project, id);
        let imports = python::query::imports(db, file);
        let resolved = model::query::resolved(db, project, file);
        let uses = view::query::import_uses(db, file);
        for ((import_id, import), resolved) in imports.iter().zip(resolved.iter()) {
            let to = resolved.module().and_then(|to| index.of(to)).filter(|to| *to != from);
            let Some(to) = to.filter(|_| EdgeKind::of(import) != EdgeKind::TypeChecking) else { continue };
            let names = all.entry((from, to)).or_default();
            let mut add = |name: &str, role: Option<Role>, what: What, origin: Option<u32>| {
                let new = || Used { name: name.to_owned(), roles: BTreeSet::new(), what, origin };
                let used = names.entry(name.to_owned()).or_insert_with(new);
                used.roles.extend(role);
                (used.what, used.origin) = (what, origin);
            };
            let symbol = match &resolved.target {
                Target::Symbol { origin, origin_name, .. } => {
                    Some(model::ClassRef::new(*origin, origin_name.clone()))
                }
                _ => None,
            };
            let module = match &resolved.target {
                Target::Module(module) => Some(*module),
                _ => None,
            };
            let what = symbol.as_ref().map_or(What::Unknown, what_of);
            let origin = symbol.as_ref().and_then(|it| index.of(it.module)).filter(|it| *it != to);
            if module.is_none() {
                add(import.name.as_deref().unwrap_or_default(), None, what, origin);
            }
            for one in uses.iter().filter(|one| one.import == import_id) {
                let role = |rest: &str| Some(Role::of(one.context, rest, one.function.is_some()));
                if let Some(module) = module {
                    let (name, rest) = behind(import, &one.attributes);
                    add(name, role(rest), what_of(&model::ClassRef::new(module, name)), None);
                } else {
                    let name = import.name.as_deref().unwrap_or_default();
                    add(name, role(&one.attributes), what, origin);
                }
            }
        }
    }
    all.into_iter().map(|(pair, names)| (pair, names.into_values().collect())).collect()
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
