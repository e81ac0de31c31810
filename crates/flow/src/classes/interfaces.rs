//! Who implements the interfaces of a project, and which methods only one entity has: once per project.

use std::sync::Arc;

use model::{ClassRef, ModuleId, PathRole, Project};
use python::Name;
use rustc_hash::{FxHashMap, FxHashSet};

use super::own::{Own, OwnMember};
use crate::query::types as queries;
use crate::{Db, FunctionRef};

/// More implementations than this say nothing.
const MAX_IMPLEMENTATIONS: usize = 16;
/// A Protocol with fewer members fits too much, unless parameters are called alike as well.
const MIN_MEMBERS: usize = 2;

/// The interfaces of a project.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Interfaces {
    /// By interface, sorted.
    pub(crate) implementations: FxHashMap<ClassRef, Arc<[ClassRef]>>,
    /// Methods that one entity alone has, by name.
    pub(crate) only_methods: FxHashMap<Name, FunctionRef>,
}

/// Looks at all classes of the project's code.
pub(crate) fn interfaces(db: &dyn Db, project: Project) -> Interfaces {
    let modules = model::query::modules(db, project);
    let heritage = model::query::heritage(db, project);
    let files: Vec<_> = modules
        .iter()
        .filter(|(_, module)| module.role == PathRole::Code)
        .map(|(id, module)| (id, queries::classes(db, module.file)))
        .collect();
    let mut kinds: FxHashMap<ClassRef, Kind<'_>> = FxHashMap::default();
    let mut descendants: FxHashMap<ClassRef, Vec<ClassRef>> = FxHashMap::default();
    for (module, classes) in &files {
        for (name, own) in classes.iter() {
            let ancestry = heritage.of(*module, name);
            let class = ClassRef::new(*module, name.clone());
            let is_abstract = ancestry.is_some_and(|it| {
                it.foreign
                    .iter()
                    .any(|name| name == "abc.ABC" || name == "abc.ABCMeta" || name == "typing.Protocol")
            });
            let is_protocol = is_abstract && queries::bases(db, project, *module, name.clone()).is_protocol;
            for (module, name) in ancestry.into_iter().flat_map(|ancestry| &ancestry.own) {
                descendants.entry(ClassRef::new(*module, name.clone())).or_default().push(class.clone());
            }
            kinds.insert(class, Kind { own, is_abstract, is_protocol });
        }
    }
    let mut by_method: FxHashMap<&Name, Vec<&ClassRef>> = FxHashMap::default();
    for (class, kind) in kinds.iter().filter(|(_, kind)| !kind.is_interface()) {
        for name in kind.own.methods() {
            by_method.entry(name).or_default().push(class);
        }
    }
    let mut implementations = FxHashMap::default();
    for (class, kind) in kinds.iter().filter(|(_, kind)| kind.is_interface()) {
        let mut found: FxHashSet<&ClassRef> =
            descendants.get(class).into_iter().flatten().filter(|below| is_concrete(&kinds, below)).collect();
        if kind.is_protocol {
            found.extend(structural(db, project, (class, kind.own), &by_method, &kinds));
        }
        if found.is_empty() || found.len() > MAX_IMPLEMENTATIONS {
            continue;
        }
        let mut found: Vec<ClassRef> = found.into_iter().cloned().collect();
        found.sort();
        implementations.insert(class.clone(), found.into());
    }
    Interfaces { implementations, only_methods: only_methods(db, project, &files) }
}

/// What a class is to its users.
struct Kind<'a> {
    own: &'a Own,
    is_abstract: bool,
    is_protocol: bool,
}

impl Kind<'_> {
    /// Whether others do what it says: a Protocol, an ABC with something left open, or a class that does nothing itself.
    fn is_interface(&self) -> bool {
        self.is_protocol || self.is_abstract && self.own.has_stub() || self.own.is_all_stubs()
    }
}

fn is_concrete(kinds: &FxHashMap<ClassRef, Kind<'_>>, class: &ClassRef) -> bool {
    kinds.get(class).is_some_and(|kind| !kind.is_interface())
}

/// The classes that have every method of a Protocol, by name.
fn structural<'a>(
    db: &dyn Db,
    project: Project,
    protocol: (&ClassRef, &Own),
    by_method: &FxHashMap<&Name, Vec<&'a ClassRef>>,
    kinds: &FxHashMap<ClassRef, Kind<'_>>,
) -> Vec<&'a ClassRef> {
    let wanted: Vec<&Name> = protocol.1.methods().collect();
    // Those that have the rarest method are few.
    let candidates = wanted.iter().map(|name| by_method.get(*name).map_or(&[][..], Vec::as_slice));
    let Some(rarest) = candidates.min_by_key(|classes| classes.len()) else { return Vec::new() };
    let fits = |other: &&ClassRef| {
        let Some(kind) = kinds.get(*other) else { return false };
        let has = |name: &&Name| matches!(kind.own.get(name), Some(OwnMember::Method { .. }));
        let is_alike = |name: &&Name| is_alike(db, project, protocol, (other, kind.own), name);
        wanted.iter().all(has) && (wanted.len() >= MIN_MEMBERS || wanted.iter().all(is_alike))
    };
    rarest.iter().copied().filter(fits).collect()
}

/// Whether two classes have a method called `name` with the same parameters, both `async` or neither. A method without
/// any is like too many others.
fn is_alike(
    db: &dyn Db,
    project: Project,
    left: (&ClassRef, &Own),
    right: (&ClassRef, &Own),
    name: &str,
) -> bool {
    let signature = |(class, own): (&ClassRef, &Own)| {
        let Some(OwnMember::Method { function, .. }) = own.get(name) else { return None };
        let file = model::query::modules(db, project)[class.module].file;
        let definitions = python::query::definitions(db, file);
        let facts = &definitions[function];
        let parameters: Vec<Name> = facts.parameters.iter().map(|parameter| parameter.name.clone()).collect();
        Some((facts.is_async, parameters))
    };
    let left = signature(left).filter(|(_, parameters)| parameters.len() > 1);
    left.is_some() && left == signature(right)
}

impl Own {
    /// The names of methods that users call.
    fn methods(&self) -> impl Iterator<Item = &Name> {
        self.iter().filter_map(|(name, member)| {
            let is_plain = !name.starts_with("__") && matches!(member, OwnMember::Method { .. });
            is_plain.then_some(name)
        })
    }

    fn has_stub(&self) -> bool {
        self.iter().any(|(_, member)| matches!(member, OwnMember::Method { is_stub: true, .. }))
    }

    fn is_all_stubs(&self) -> bool {
        let is_stub = |name| matches!(self.get(name), Some(OwnMember::Method { is_stub: true, .. }));
        self.methods().next().is_some() && self.methods().all(|name| is_stub(name))
    }
}

/// The methods that one class of the project alone has, where that is an entity.
fn only_methods(
    db: &dyn Db,
    project: Project,
    files: &[(ModuleId, Arc<super::Classes>)],
) -> FxHashMap<Name, FunctionRef> {
    let mut found: FxHashMap<Name, Option<FunctionRef>> = FxHashMap::default();
    for (module, classes) in files {
        for (class, own) in classes.iter() {
            let is_entity = model::query::entity(db, project, *module, class.clone()).is_some();
            for (name, member) in own.iter() {
                if let OwnMember::Method { function, .. } = member {
                    let function = FunctionRef { module: *module, function };
                    let only = is_entity.then_some(function);
                    found.entry(name.clone()).and_modify(|only| *only = None).or_insert(only);
                }
            }
        }
    }
    found.into_iter().filter_map(|(name, only)| Some((name, only?))).collect()
}
