//! Summaries as queries.

// The key of a query belongs to the query.
#![allow(clippy::needless_pass_by_value)]

pub(crate) mod types;

use std::sync::Arc;

use model::{AskPlace, ClassRef, ModuleId, PathRole, Project};
use python::{Body, BodyId, FunctionId, Name};
use rustc_hash::FxHashMap;
use source::File;

use crate::classes::Stores;
use crate::serializers::{Fields, ListView, Rendering};
use crate::{Analysis, FunctionRef, Summary, Usage, Writes, import_time};

/// What flow analysis needs from the database.
#[salsa::db]
pub trait Db: model::Db {}

/// The bodies of a file in little space, each by itself, so that thousands of files can be analysed without being parsed
/// a second time.
#[salsa::tracked(returns(clone))]
pub fn packed(db: &dyn Db, file: File) -> Arc<[Arc<[u8]>]> {
    let module = python::query::module(db, file);
    // A body that can't be written can't be read either: it is left out, and nothing is said of it.
    let pack = |body: &Arc<Body>| Arc::from(postcard::to_stdvec(&**body).unwrap_or_default());
    module.bodies.list.iter().map(pack).collect()
}

/// One packed body: changes only when that body does.
#[salsa::tracked(returns(clone))]
fn packed_body(db: &dyn Db, file: File, body: BodyId) -> Arc<[u8]> {
    packed(db, file).get(body.0 as usize).cloned().unwrap_or_default()
}

/// One body. The same as in `python::query::bodies`, without the others of its file.
pub fn body(db: &dyn Db, file: File, id: BodyId) -> Option<Body> {
    postcard::from_bytes(&packed_body(db, file, id)).ok()
}

/// Which methods of a file's classes store what on `self`, without the values.
#[salsa::tracked(returns(clone))]
pub fn stores(db: &dyn Db, file: File) -> Arc<Stores> {
    Arc::new(Stores::of(&python::query::module(db, file)))
}

/// Which attributes a file assigns, and on what.
#[salsa::tracked(returns(clone))]
pub fn writes(db: &dyn Db, file: File) -> Arc<Writes> {
    Arc::new(Writes::of(&python::query::module(db, file)))
}

/// All that is known of one function.
#[salsa::tracked(returns(clone), cycle_fn = recover, cycle_initial = nothing)]
pub fn analysis(db: &dyn Db, project: Project, module: ModuleId, function: FunctionId) -> Arc<Analysis> {
    Arc::new(crate::walk::analyse(db, project, FunctionRef { module, function }))
}

/// Recursion begins from "nothing happens".
fn nothing<T: Default>(_: &dyn Db, _: salsa::Id, _: Project, _: ModuleId, _: FunctionId) -> Arc<T> {
    Arc::default()
}

/// After this many rounds a circle of calls is taken as it is.
const MAX_ROUNDS: u32 = 4;

fn recover<T>(
    _: &dyn Db,
    cycle: &salsa::Cycle<'_>,
    last: &Arc<T>,
    value: Arc<T>,
    _: Project,
    _: ModuleId,
    _: FunctionId,
) -> Arc<T> {
    if cycle.iteration() >= MAX_ROUNDS { Arc::clone(last) } else { value }
}

/// What callers see of a function.
#[salsa::tracked(returns(clone), cycle_fn = recover, cycle_initial = nothing)]
pub fn summary(db: &dyn Db, project: Project, module: ModuleId, function: FunctionId) -> Arc<Summary> {
    Arc::clone(&analysis(db, project, module, function).summary)
}

/// The functions of the project that a function calls, each once, sorted.
#[salsa::tracked(returns(clone))]
pub fn callees(db: &dyn Db, project: Project, module: ModuleId, function: FunctionId) -> Arc<[FunctionRef]> {
    let calls = &analysis(db, project, module, function).calls;
    let mut callees: Vec<FunctionRef> = calls.iter().map(|(_, callee)| *callee).collect();
    callees.sort_unstable();
    callees.dedup();
    callees.into()
}

/// Who calls each function of the project, sorted. Analyses all of it: for questions that somebody asks, not for rules.
#[salsa::tracked(returns(clone))]
pub fn callers(db: &dyn Db, project: Project) -> Arc<FxHashMap<FunctionRef, Vec<FunctionRef>>> {
    let modules = model::query::modules(db, project);
    let mut callers: FxHashMap<FunctionRef, Vec<FunctionRef>> = FxHashMap::default();
    for (module, info) in modules.iter().filter(|(_, info)| info.role == PathRole::Code) {
        for (function, _) in python::query::definitions(db, info.file).functions() {
            for callee in callees(db, project, module, function).iter() {
                callers.entry(*callee).or_default().push(FunctionRef { module, function });
            }
        }
    }
    Arc::new(callers)
}

/// Who calls one function: changes only when that does.
#[salsa::tracked(returns(clone))]
pub fn callers_of(
    db: &dyn Db,
    project: Project,
    module: ModuleId,
    function: FunctionId,
) -> Arc<[FunctionRef]> {
    let callers = callers(db, project);
    callers.get(&FunctionRef { module, function }).map(Vec::as_slice).unwrap_or_default().into()
}

/// What happens while a module is loaded, without what those do that it loads. Changes only when that does: not with a body
/// that isn't run then.
#[salsa::tracked(returns(clone))]
pub fn import_steps(db: &dyn Db, project: Project, module: ModuleId) -> Arc<[import_time::Step]> {
    import_time::steps(db, project, module).into()
}

/// Which variables of modules a file changes.
#[salsa::tracked(returns(clone))]
pub fn changes(db: &dyn Db, file: File) -> Arc<[import_time::Change]> {
    import_time::changes(&python::query::module(db, file)).into()
}

/// The variables of modules that the project's code changes.
#[salsa::tracked(returns(clone))]
pub fn changed(db: &dyn Db, project: Project) -> Arc<import_time::Changed> {
    Arc::new(import_time::changed(db, project))
}

/// What all modules do when they are loaded.
#[salsa::tracked(returns(clone))]
pub fn import_table(db: &dyn Db, project: Project) -> Arc<import_time::Table> {
    Arc::new(import_time::Table::of(db, project))
}

/// What whoever asks for something does with it.
#[salsa::tracked(returns(clone))]
pub fn usage(db: &dyn Db, project: Project, module: ModuleId, place: AskPlace) -> Arc<Usage> {
    Arc::new(crate::usage::usage(db, project, module, place))
}

/// The fields of a serializer or schema.
#[salsa::tracked(returns(clone))]
pub(crate) fn fields(db: &dyn Db, project: Project, class: ClassRef) -> Arc<Fields> {
    Arc::new(crate::serializers::fields(db, project, &class))
}

/// What rendering a row with a serializer or schema does: a row of `model`, or of the entity that the class names.
#[salsa::tracked(returns(clone), cycle_fn = recover_rendering, cycle_initial = renders_nothing)]
pub fn rendering(db: &dyn Db, project: Project, class: ClassRef, model: Option<ClassRef>) -> Arc<Rendering> {
    Arc::new(crate::serializers::rendering(db, project, &class, model.as_ref()))
}

fn renders_nothing(_: &dyn Db, _: salsa::Id, _: Project, _: ClassRef, _: Option<ClassRef>) -> Arc<Rendering> {
    Arc::default()
}

fn recover_rendering(
    _: &dyn Db,
    cycle: &salsa::Cycle<'_>,
    last: &Arc<Rendering>,
    value: Arc<Rendering>,
    _: Project,
    _: ClassRef,
    _: Option<ClassRef>,
) -> Arc<Rendering> {
    if cycle.iteration() >= MAX_ROUNDS { Arc::clone(last) } else { value }
}

/// What a view that lists rows fetches, and with what it renders them; nothing where the class is none.
#[salsa::tracked(returns(clone))]
pub fn list_view(db: &dyn Db, project: Project, class: ClassRef) -> Option<Arc<ListView>> {
    crate::serializers::list_view(db, project, &class).map(Arc::new)
}

/// The entity that the rows of a query are, where the function that builds it says so.
pub fn model_of(db: &dyn Db, project: Project, query: crate::QueryRef) -> Option<model::ClassRef> {
    let function = query.function;
    analysis(db, project, function.module, function.function)
        .models
        .get(usize::from(query.index))
        .and_then(|model| model.class().cloned())
}

/// The entity that a serializer says it renders.
#[salsa::tracked(returns(clone))]
pub fn rendered_model(db: &dyn Db, project: Project, class: ClassRef) -> Option<ClassRef> {
    fields(db, project, class).model.clone()
}

/// Whether the project has models of Django.
#[salsa::tracked(returns(copy))]
pub fn has_django(db: &dyn Db, project: Project) -> bool {
    let schema = model::query::schema(db, project);
    schema.entities.values().any(|entity| entity.orm == model::Orm::Django)
}

/// The models of Django by the names that code gives to one row: `order_item` for `OrderItem`. Without those that share
/// one.
#[salsa::tracked(returns(clone))]
fn models_by_word(db: &dyn Db, project: Project) -> Arc<FxHashMap<Name, Option<ClassRef>>> {
    let schema = model::query::schema(db, project);
    let mut models = FxHashMap::default();
    for (class, entity) in &schema.entities {
        let is_django = entity.orm == model::Orm::Django;
        models
            .entry(python::naming::snake(&class.name).into())
            .and_modify(|only| *only = None)
            .or_insert_with(|| is_django.then(|| class.clone()));
    }
    Arc::new(models)
}

/// The one model of Django that a name speaks of: `OrderItem` for `order_item`.
#[salsa::tracked(returns(clone))]
pub fn model_called(db: &dyn Db, project: Project, name: Name) -> Option<ClassRef> {
    models_by_word(db, project).get(&name).cloned().flatten()
}
