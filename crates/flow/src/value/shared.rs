//! Nested values, shared and bounded.
//!
//! `a = (b, b, b)` mentions one value three times. In memory it is a single value, but traversing it as a tree visits
//! it three times, and a body with forty such lines yields a tree that can't be traversed. Each value therefore knows
//! the size of its tree, and none grows larger than [`MAX_NODES`] or deeper than [`MAX_DEPTH`]; larger values are
//! unknown.

use std::ops::Deref;
use std::sync::Arc;

use python::Name;

use super::{Kind, Shape, Value};

/// The largest tree of values, counting repeated values each time. Hand-written code doesn't exceed it.
pub(crate) const MAX_NODES: u32 = 4096;
/// The deepest tree of values.
pub(crate) const MAX_DEPTH: u32 = 32;

/// The size of a value's tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extent {
    /// The number of values in it, including itself.
    pub(crate) nodes: u32,
    /// The depth of their nesting.
    pub(crate) depth: u32,
}

impl Extent {
    const LEAF: Self = Self { nodes: 1, depth: 1 };
    const NOTHING: Self = Self { nodes: 0, depth: 0 };

    /// The combined extent of siblings.
    fn beside(self, other: Self) -> Self {
        Self { nodes: self.nodes.saturating_add(other.nodes), depth: self.depth.max(other.depth) }
    }

    /// The extent of a value that contains these.
    fn around(self) -> Self {
        Self { nodes: self.nodes.saturating_add(1), depth: self.depth.saturating_add(1) }
    }

    /// Whether another value may contain this one.
    fn fits(self) -> bool {
        self.nodes < MAX_NODES && self.depth < MAX_DEPTH
    }
}

impl Value {
    /// The size of its tree, without traversing it.
    pub(crate) fn extent(&self) -> Extent {
        let inside = match &self.kind {
            Kind::Many(one)
            | Kind::Mapping(one)
            | Kind::Awaitable(one)
            | Kind::Method(one, _)
            | Kind::ForeignMethod(one, _) => one.extent,
            Kind::Tuple(parts) | Kind::Either(parts) | Kind::Instance(_, parts) | Kind::Composed(parts) => {
                parts.extent
            }
            Kind::Record(entries) | Kind::Holder(_, entries) => entries.extent,
            Kind::Partial(callee, given) => callee.extent.beside(given.extent),
            Kind::Query(query) => {
                let owner = query.related.as_ref().map_or(Extent::NOTHING, |related| related.owner.extent);
                match &query.shape {
                    Shape::Tuples(columns) => owner.beside(extent_of(columns)),
                    Shape::Entities | Shape::Plain | Shape::Write => owner,
                }
            }
            Kind::Entity(row) => row.back.as_ref().map_or(Extent::NOTHING, |back| back.1.extent),
            _ => return Extent::LEAF,
        };
        inside.around()
    }
}

/// A value inside another.
#[derive(Debug, Clone)]
pub struct Inner {
    value: Arc<Value>,
    extent: Extent,
}

impl From<Value> for Inner {
    fn from(value: Value) -> Self {
        let value = bounded(value, MAX_NODES);
        let extent = value.extent();
        #[cfg(test)]
        crate::effort::add(1);
        Self { value: Arc::new(value), extent }
    }
}

impl Deref for Inner {
    type Target = Value;

    fn deref(&self) -> &Value {
        &self.value
    }
}

impl PartialEq for Inner {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.value, &other.value) || (self.extent == other.extent && self.value == other.value)
    }
}

impl Eq for Inner {}

/// Several values inside another, in order; for [`Entries`] each with its key.
#[derive(Debug, Clone)]
pub struct Parts<P = Value> {
    list: Arc<[P]>,
    extent: Extent,
}

/// The values of a dictionary literal, by key.
pub type Entries = Parts<(Name, Value)>;

/// The elements of [`Parts`]: a value, with or without a key.
pub trait Part {
    /// The value.
    fn value(&self) -> &Value;
    /// The value, mutably.
    fn value_mut(&mut self) -> &mut Value;
}

impl Part for Value {
    fn value(&self) -> &Value {
        self
    }

    fn value_mut(&mut self) -> &mut Value {
        self
    }
}

impl Part for (Name, Value) {
    fn value(&self) -> &Value {
        &self.1
    }

    fn value_mut(&mut self) -> &mut Value {
        &mut self.1
    }
}

impl<P: Part> From<Vec<P>> for Parts<P> {
    fn from(mut list: Vec<P>) -> Self {
        let mut extent = extent_of(&list);
        if !extent.fits() {
            // Small values are kept: they don't depend on the large ones beside them.
            let each = MAX_NODES / u32::try_from(list.len()).unwrap_or(u32::MAX).max(1);
            for part in &mut list {
                let value = std::mem::take(part.value_mut());
                *part.value_mut() = bounded(value, each);
            }
            extent = extent_of(&list);
        }
        #[cfg(test)]
        crate::effort::add(list.len());
        Self { list: list.into(), extent }
    }
}

impl From<&[Value]> for Parts {
    fn from(list: &[Value]) -> Self {
        list.to_vec().into()
    }
}

impl<P: Part, const N: usize> From<[P; N]> for Parts<P> {
    fn from(list: [P; N]) -> Self {
        Vec::from(list).into()
    }
}

impl<P: Part> FromIterator<P> for Parts<P> {
    fn from_iter<I: IntoIterator<Item = P>>(parts: I) -> Self {
        parts.into_iter().collect::<Vec<P>>().into()
    }
}

impl<P: Part> Default for Parts<P> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<P> Deref for Parts<P> {
    type Target = [P];

    fn deref(&self) -> &[P] {
        &self.list
    }
}

impl<P: PartialEq> PartialEq for Parts<P> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.list, &other.list) || (self.extent == other.extent && self.list == other.list)
    }
}

impl<P: Eq> Eq for Parts<P> {}

/// The combined extent of these.
fn extent_of<P: Part>(list: &[P]) -> Extent {
    list.iter().map(|part| part.value().extent()).fold(Extent::NOTHING, Extent::beside)
}

/// The value, or what remains of it if it is too large to be part of another.
fn bounded(value: Value, nodes: u32) -> Value {
    let extent = value.extent();
    if extent.fits() && extent.nodes < nodes { value } else { Value::UNKNOWN.with_deps(value.deps) }
}
