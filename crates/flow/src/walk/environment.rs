//! What the names of a function hold at a point of its body.

use python::Name;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::Value;

/// Names with their values; `self.items` and other short attribute chains that were assigned are names too.
#[derive(Debug, Default, Clone)]
pub(super) struct Environment {
    names: FxHashMap<Name, Value>,
    /// What was read on every way here and is in memory since: `order.user` of the row that `order` holds, `orders[].user`
    /// of each row in `orders`, `orders` itself where that is a queryset.
    read: FxHashSet<Name>,
}

impl Environment {
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.names.get(name)
    }

    pub(super) fn set(&mut self, name: Name, value: Value) {
        // Another value has other attributes.
        if !name.contains('.') && self.names.keys().any(|key| is_attribute_of(key, &name)) {
            self.names.retain(|key, _| !is_attribute_of(key, &name));
        }
        self.forget(&name);
        self.names.insert(name, value);
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.forget(name);
        self.names.remove(name);
    }

    /// Notes that what `chain` names is in memory from here on.
    pub(super) fn note_read(&mut self, chain: Name) {
        self.read.insert(chain);
    }

    /// Whether what `chain` names is in memory.
    pub(super) fn is_read(&self, chain: &str) -> bool {
        self.read.contains(chain)
    }

    /// The attributes that were read of what `name` holds, `[]` included where it ends in that.
    pub(super) fn read_of<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e str> {
        self.read.iter().filter_map(move |chain| chain.strip_prefix(name)?.strip_prefix('.'))
    }

    /// Notes that nothing is known any more of what is in memory: a commit expires all rows.
    pub(super) fn expire(&mut self) {
        self.read.clear();
    }

    fn forget(&mut self, name: &str) {
        if !self.read.is_empty() {
            self.read.retain(|chain| {
                chain.strip_prefix(name).is_none_or(|rest| !(rest.is_empty() || rest.starts_with(['.', '['])))
            });
        }
    }

    /// The environment after two branches: what both agree on. A name that one side doesn't know is what the other says:
    /// using it where it isn't bound would fail anyway.
    #[must_use]
    pub(super) fn join(mut self, other: Self) -> Self {
        for (name, value) in other.names {
            match self.names.get_mut(&name) {
                Some(own) if *own != value => *own = own.join(&value),
                Some(_) => {}
                None => {
                    self.names.insert(name, value);
                }
            }
        }
        self.read.retain(|chain| other.read.contains(chain));
        self
    }
}

fn is_attribute_of(key: &str, name: &str) -> bool {
    key.len() > name.len() && key.starts_with(name) && key.as_bytes()[name.len()] == b'.'
}
