//! The facts of each module beside its place and its imports: tests, tables, routes, and how frameworks find it.

use std::collections::BTreeSet;

use libraries::Kind;
use model::{Amount, ClassRef, Layer, Mark, ModuleId, PathRole, Project};
use report::deps;
use view::ClassKind;
use workspace::Snapshot;

use super::Index;
use crate::facts::Facts;

/// Fills them in.
pub(super) fn fill(snapshot: &Snapshot, project: Project, index: &Index, facts: &mut Facts) {
    let db = snapshot.db();
    let tested = tested(snapshot, project, facts);
    for (id, module) in index.iter() {
        let Some(known) = facts.modules.get_mut(module as usize) else { continue };
        let signals = model::query::signals(db, model::query::file_of(db, project, id));
        let is_read = |class: &model::ClassSignals| {
            let reference = ClassRef::new(id, class.name.clone());
            matches!(
                view::query::class_kind(db, project, reference),
                ClassKind::Row
                    | ClassKind::Schema
                    | ClassKind::Message
                    | ClassKind::Settings
                    | ClassKind::View
                    | ClassKind::Composition
            )
        };
        // A web framework reads the annotations of handlers and their dependencies.
        known.reads_annotations = signals.routes > Amount::None
            || signals.uses.has(Kind::Web)
            || signals.marks.has(Mark::Depends)
            || signals.classes.iter().any(is_read);
        known.has_tasks = signals.marks.has(Mark::Task);
        known.is_tested = tested.contains(&id);
        if deps::is_started(&facts.architecture.modules[module as usize]) {
            known.bound = Some("it is found by its name or its place");
        } else if known.has_tasks {
            known.bound = Some("its background tasks are named after it");
        }
    }
    let tables = model::query::tables(db, project);
    for table in &tables.list {
        let Some(from) = index.of(table.class.module) else { continue };
        facts.modules[from as usize].tables.push(table.name.to_string());
        facts.modules[from as usize].reads_annotations = true;
        let keys = table.columns.iter().filter_map(|column| column.key.as_ref()?.class.as_ref());
        for class in keys {
            if let Some(to) = index.of(class.module).filter(|to| *to != from) {
                *facts.keys.entry((from, to)).or_default() += 1;
            }
        }
    }
    for route in &model::query::routes(db, project).list {
        let Some(module) = index.of(route.handler.module) else { continue };
        let paths = &mut facts.modules[module as usize].routes;
        if paths.last().map(String::as_str) != Some(route.path.as_str()) {
            paths.push(route.path.to_string());
        }
    }
}

/// The modules that a test module imports, directly or through a re-exporting package.
fn tested(snapshot: &Snapshot, project: Project, facts: &mut Facts) -> BTreeSet<ModuleId> {
    let db = snapshot.db();
    let architecture = snapshot.architecture(project);
    let mut found = BTreeSet::new();
    for (id, info) in architecture.modules.iter() {
        if info.role != PathRole::Tests && architecture.layers.layer(id) != Some(Layer::Tests) {
            continue;
        }
        facts.tests += 1;
        for resolved in model::query::resolved(db, project, info.file).iter() {
            found.extend(resolved.module());
            if let model::Target::Symbol { origin, .. } = &resolved.target {
                found.insert(*origin);
            }
        }
    }
    found
}
