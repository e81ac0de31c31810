//! The interfaces of a project and their implementations, computed once per project from the shapes of all files.

use std::sync::Arc;

use python::Name;
use rustc_hash::FxHashMap;

use super::kind::{self, Class};
use super::shape::{Shape, ShapeMember, Shapes};
use super::structure;
use crate::{Adapter, Base, ClassHierarchy, ClassRef, How, ModuleId, Port, PortKind, PortMember};

/// The interfaces of a project.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Interfaces {
    /// The members that they require.
    pub(crate) ports: FxHashMap<ClassRef, Arc<Port>>,
    /// By interface.
    pub(crate) adapters: FxHashMap<ClassRef, Arc<[Adapter]>>,
    /// By implementation.
    pub(crate) ports_of: FxHashMap<ClassRef, Arc<[Adapter]>>,
}

impl Interfaces {
    /// The classes that are interfaces, in no order.
    pub fn ports(&self) -> impl ExactSizeIterator<Item = &ClassRef> {
        self.ports.keys()
    }
}

/// The inputs.
pub(crate) struct Source<'a> {
    pub(crate) hierarchy: &'a ClassHierarchy,
    /// The files of the project's code.
    pub(crate) files: &'a [SourceFile],
    /// Interfaces with the classes registered for them.
    pub(crate) registered: &'a [(ClassRef, ClassRef)],
}

/// The inputs from one file.
pub(crate) struct SourceFile {
    pub(crate) module: ModuleId,
    pub(crate) shapes: Arc<Shapes>,
    /// The direct bases of its classes.
    pub(crate) bases: Arc<[(Name, Vec<Base>)]>,
}

/// The classes of a project by index.
pub(super) struct Classes<'a> {
    pub(super) list: Vec<Class<'a>>,
    by_ref: FxHashMap<&'a ClassRef, usize>,
}

impl<'a> Classes<'a> {
    pub(super) fn index(&self, class: &ClassRef) -> Option<usize> {
        self.by_ref.get(class).copied()
    }

    /// The shapes of a class and its project ancestors, nearest first.
    pub(super) fn chain(&self, class: usize) -> impl Iterator<Item = (usize, &'a Shape)> {
        let ancestors = self.list[class].ancestors.iter().copied();
        std::iter::once(class).chain(ancestors).map(|index| (index, self.list[index].shape))
    }

    /// The member `name` of a class, own or inherited.
    pub(super) fn member(&self, class: usize, name: &str) -> Option<&'a ShapeMember> {
        self.chain(class).find_map(|(_, shape)| shape.get(name))
    }
}

/// Names in a Protocol that are not members of it.
const NO_MEMBERS: [&str; 12] = [
    "__class_getitem__",
    "__dict__",
    "__doc__",
    "__hash__",
    "__init__",
    "__init_subclass__",
    "__match_args__",
    "__module__",
    "__new__",
    "__post_init__",
    "__slots__",
    "__subclasshook__",
];

/// Examines all classes of the project's code.
pub(crate) fn find(source: &Source<'_>) -> Interfaces {
    let mut refs: Vec<(ClassRef, &Shape)> = Vec::new();
    for SourceFile { module, shapes, .. } in source.files {
        refs.extend(shapes.iter().map(|(name, shape)| (ClassRef::new(*module, name.clone()), &**shape)));
    }
    let classes = gather(source, &refs);
    let kinds: Vec<Option<PortKind>> =
        (0..classes.list.len()).map(|index| kind::of(&classes, index)).collect();
    let mut ports = FxHashMap::default();
    for (index, kind) in kinds.iter().enumerate() {
        if let Some(kind) = kind {
            let members = members(&classes, &kinds, index);
            ports.insert(
                classes.list[index].name.clone(),
                Arc::new(Port { kind: *kind, members: members.into() }),
            );
        }
    }
    let pairs = implementations(source, &classes, &kinds, &ports);
    Interfaces { adapters: grouped(&pairs, false), ports_of: grouped(&pairs, true), ports }
}

fn gather<'a>(source: &'a Source<'_>, refs: &'a [(ClassRef, &'a Shape)]) -> Classes<'a> {
    let by_ref: FxHashMap<&ClassRef, usize> =
        refs.iter().enumerate().map(|(index, (class, _))| (class, index)).collect();
    let mut direct: FxHashMap<(ModuleId, &Name), &[Base]> = FxHashMap::default();
    for SourceFile { module, bases, .. } in source.files {
        direct.extend(bases.iter().map(|(name, bases)| ((*module, name), bases.as_slice())));
    }
    let mut list: Vec<Class<'_>> = refs
        .iter()
        .map(|(class, shape)| {
            let above = source.hierarchy.of(class.module, &class.name);
            let own = above.map_or(&[][..], |above| &above.own);
            let ancestors =
                own.iter().filter_map(|(module, name)| by_ref.get(&ClassRef::new(*module, name.clone())));
            Class {
                name: class,
                shape,
                direct: direct.get(&(class.module, &class.name)).copied().unwrap_or_default(),
                ancestors: ancestors.copied().collect(),
                foreign: above.map_or(&[][..], |above| &above.foreign),
                descendants: Vec::new(),
            }
        })
        .collect();
    for index in 0..list.len() {
        for ancestor in list[index].ancestors.clone() {
            list[ancestor].descendants.push(index);
        }
    }
    Classes { list, by_ref }
}

/// The members that the interface at `port` requires.
fn members(classes: &Classes<'_>, kinds: &[Option<PortKind>], port: usize) -> Vec<PortMember> {
    let mut found: Vec<PortMember> = Vec::new();
    // A member that an intermediate concrete class already implements isn't required.
    let mut done: Vec<&Name> = Vec::new();
    for (index, shape) in classes.chain(port) {
        let Some(kind) = kinds[index] else {
            done.extend(shape.iter().map(|(name, _)| name));
            continue;
        };
        // If some methods are explicitly unimplemented, those that are merely empty are hooks.
        let means_empty = shape.methods().all(|(_, method)| method.is_stub && !method.is_open());
        for (name, member) in shape.iter() {
            if found.iter().any(|known| known.name == *name) {
                continue;
            }
            let is_protocol = kind == PortKind::Protocol;
            let (method, is_open) = match member {
                ShapeMember::Method(method) => {
                    let is_open = method.is_open() || means_empty;
                    (Some(method.function), is_protocol || is_open)
                }
                ShapeMember::Attribute { is_declared: true, has_value } if is_protocol || !has_value => {
                    (None, is_protocol)
                }
                ShapeMember::Attribute { .. } => {
                    done.push(name);
                    continue;
                }
            };
            let is_special = name.starts_with("__");
            let is_left_out = if is_special {
                NO_MEMBERS.contains(&name.as_str()) || !is_open
            } else {
                name.starts_with('_') && !is_open
            };
            if is_left_out {
                continue;
            }
            let declared_in = classes.list[index].name.clone();
            let is_required = is_open && !done.contains(&name);
            found.push(PortMember { name: name.clone(), declared_in, method, is_required });
        }
    }
    found.sort_by(|left, right| left.name.cmp(&right.name));
    found
}

/// Interfaces with their implementations.
fn implementations(
    source: &Source<'_>,
    classes: &Classes<'_>,
    kinds: &[Option<PortKind>],
    ports: &FxHashMap<ClassRef, Arc<Port>>,
) -> Vec<(ClassRef, ClassRef, How)> {
    let mut found: FxHashMap<(usize, usize), How> = FxHashMap::default();
    let mut add = |port: usize, class: usize, how: How| {
        let known = found.entry((port, class)).or_insert(how);
        *known = (*known).min(how);
    };
    for (index, class) in classes.list.iter().enumerate() {
        if kinds[index].is_some() || class.is_special() {
            continue;
        }
        for ancestor in &class.ancestors {
            if kinds[*ancestor].is_some() {
                add(*ancestor, index, How::Base);
            }
        }
    }
    for (port, class) in source.registered {
        if let (Some(port), Some(class)) = (classes.index(port), classes.index(class))
            && kinds[port].is_some()
            && kinds[class].is_none()
        {
            add(port, class, How::Registered);
        }
    }
    structure::find(classes, kinds, ports, &mut |port, class| add(port, class, How::Structure));
    let name = |index: usize| classes.list[index].name.clone();
    found.into_iter().map(|((port, class), how)| (name(port), name(class), how)).collect()
}

/// Groups the pairs by their first or second element.
fn grouped(pairs: &[(ClassRef, ClassRef, How)], by_second: bool) -> FxHashMap<ClassRef, Arc<[Adapter]>> {
    let mut found: FxHashMap<&ClassRef, Vec<Adapter>> = FxHashMap::default();
    for (port, class, how) in pairs {
        let (key, other) = if by_second { (class, port) } else { (port, class) };
        found.entry(key).or_default().push(Adapter { class: other.clone(), how: *how });
    }
    let sorted = |mut list: Vec<Adapter>| {
        list.sort();
        Arc::from(list)
    };
    found.into_iter().map(|(key, list)| (key.clone(), sorted(list))).collect()
}
