//! What the names of a function hold at a point of its body.

use python::Name;
use rustc_hash::FxHashMap;

use crate::Value;

/// Names with their values; `self.items` and other short attribute chains that were assigned are names too.
#[derive(Debug, Default, Clone)]
pub(super) struct Environment {
    names: FxHashMap<Name, Value>,
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
        self.names.insert(name, value);
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.names.remove(name);
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
        self
    }
}

fn is_attribute_of(key: &str, name: &str) -> bool {
    key.len() > name.len() && key.starts_with(name) && key.as_bytes()[name.len()] == b'.'
}
