//! Whether a class is an interface, and how it is defined.

use python::Name;

use super::interfaces::Classes;
use super::name;
use super::shape::{Method, Shape, ShapeMember};
use crate::signals::role_of_base;
use crate::{Base, ClassRef, ClassRole, PortKind};

/// A class with its relatives.
pub(super) struct Class<'a> {
    /// The class.
    pub(super) name: &'a ClassRef,
    pub(super) shape: &'a Shape,
    /// Its direct bases.
    pub(super) direct: &'a [Base],
    /// Its project ancestors, nearest first.
    pub(super) ancestors: Vec<usize>,
    /// Its third-party ancestors, by full name.
    pub(super) foreign: &'a [Name],
    /// Its subclasses in the project.
    pub(super) descendants: Vec<usize>,
}

impl Class<'_> {
    /// Whether it is a kind of class that isn't an implementation: an exception, an enum, a test, a record.
    pub(super) fn is_special(&self) -> bool {
        self.foreign.iter().any(|name| {
            matches!(
                role_of_base(name),
                Some(
                    ClassRole::Exception
                        | ClassRole::HttpError
                        | ClassRole::Enum
                        | ClassRole::Test
                        | ClassRole::Data
                )
            )
        })
    }

    /// Whether a framework calls it, so that its unimplemented methods are steps of a view, a form or a task.
    fn is_of_framework(&self) -> bool {
        self.foreign
            .iter()
            .any(|name| !matches!(role_of_base(name), None | Some(ClassRole::Abstract | ClassRole::Protocol)))
    }

    fn names(&self, wanted: &[&str]) -> bool {
        self.direct.iter().any(|base| matches!(base, Base::Foreign(name) if wanted.contains(&name.as_str())))
    }

    fn descends_from(&self, wanted: &[&str]) -> bool {
        self.foreign.iter().any(|name| wanted.contains(&name.as_str()))
    }
}

const PROTOCOL: &[&str] = &["typing.Protocol"];
/// Any subclass of these, direct or indirect, is an interface.
const INTERFACE: &[&str] = &["zope.interface.Interface"];
const ABSTRACT: &[&str] = &["abc.ABC", "abc.ABCMeta"];
/// Bases without behaviour.
const PLAIN: &[&str] = &["typing.Generic", "builtins.object"];

/// How the class at `index` is defined as an interface; `None` if it isn't one.
pub(super) fn of(classes: &Classes<'_>, index: usize) -> Option<PortKind> {
    let class = &classes.list[index];
    if class.names(PROTOCOL) || class.descends_from(INTERFACE) {
        return Some(PortKind::Protocol);
    }
    if class.is_special() {
        return None;
    }
    if class.descends_from(ABSTRACT) {
        return is_abstract(classes, index).then_some(PortKind::Abstract);
    }
    is_stubs(classes, index).then_some(PortKind::Stubs)
}

/// Whether a subclass of `abc.ABC` intentionally leaves members unimplemented.
fn is_abstract(classes: &Classes<'_>, index: usize) -> bool {
    let class = &classes.list[index];
    let left = left_open(classes, index);
    if class.names(ABSTRACT) {
        // Without any `@abstractmethod`: all of its methods are empty.
        return !left.is_empty() || is_empty(class.shape);
    }
    // An implementation may refuse a method. Members that it marks as abstract are left to subclasses.
    let marks = class
        .shape
        .iter()
        .any(|(_, member)| matches!(member, ShapeMember::Method(Method { is_abstract: true, .. })));
    // A partial implementation that leaves the rest to subclasses. Without subclasses, it is merely incomplete.
    marks || is_overridden(classes, index, |name| left.contains(&name))
}

/// Whether a class without `abc` is defined as an interface.
fn is_stubs(classes: &Classes<'_>, index: usize) -> bool {
    let class = &classes.list[index];
    let methods: Vec<(&Name, &Method)> = class.shape.methods().collect();
    // The unimplemented methods of a mixin are requirements on the class that it is mixed into.
    if methods.is_empty() || class.name.name.ends_with("Mixin") {
        return false;
    }
    let open = methods.iter().filter(|(_, method)| method.is_open()).count();
    let is_plain = class.foreign.iter().all(|name| PLAIN.contains(&name.as_str()));
    let is_named = name::is_interface(&class.name.name);
    let overridden = |of_stubs: bool| {
        is_overridden(classes, index, |name| {
            methods
                .iter()
                .any(|(own, method)| *own == name && (method.is_open() || of_stubs && method.is_stub))
        })
    };
    if open == methods.len() {
        // A class that implements something and refuses the rest is an implementation of an undeclared interface.
        let does_nothing = || {
            class.shape.iter().all(|(_, member)| {
                !matches!(member, ShapeMember::Method(method) if !method.is_stub && !method.is_open())
            })
        };
        return !class.is_of_framework() && (overridden(false) || is_plain && (is_named || does_nothing()));
    }
    if !is_plain {
        return false;
    }
    if is_empty(class.shape) {
        // `pass` in all methods may be an intentional null implementation.
        return open > 0 || class.ancestors.is_empty() && (is_named || overridden(true));
    }
    is_named && open * 2 > methods.len()
}

/// Whether all of its methods have empty bodies.
fn is_empty(shape: &Shape) -> bool {
    shape.methods().next().is_some()
        && shape.methods().all(|(_, method)| method.is_stub || method.is_abstract)
}

/// The names whose nearest definition is unimplemented.
fn left_open<'a>(classes: &Classes<'a>, index: usize) -> Vec<&'a Name> {
    let mut seen: rustc_hash::FxHashSet<&Name> = rustc_hash::FxHashSet::default();
    let mut open = Vec::new();
    for (_, shape) in classes.chain(index) {
        for (name, member) in shape.iter() {
            if seen.insert(name) && matches!(member, ShapeMember::Method(method) if method.is_open()) {
                open.push(name);
            }
        }
    }
    open
}

/// Whether a subclass implements a member selected by `is_wanted`.
fn is_overridden(classes: &Classes<'_>, index: usize, is_wanted: impl Fn(&Name) -> bool) -> bool {
    classes.list[index].descendants.iter().any(|below| {
        classes.list[*below].shape.iter().any(|(name, member)| {
            is_wanted(name) && !matches!(member, ShapeMember::Method(method) if method.is_open())
        })
    })
}
