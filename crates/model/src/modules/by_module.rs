//! A map from the modules of a project to values.

use std::sync::Arc;

use super::ModuleId;

/// A value for each module, in path order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByModule<T> {
    /// Sorted.
    ids: Arc<[ModuleId]>,
    /// The values, in the same order.
    values: Vec<T>,
}

impl<T> Default for ByModule<T> {
    fn default() -> Self {
        Self { ids: Arc::default(), values: Vec::new() }
    }
}

impl<T> ByModule<T> {
    /// Maps these sorted modules to `values`, which are in the same order.
    pub fn new(ids: Arc<[ModuleId]>, values: impl IntoIterator<Item = T>) -> Self {
        let values: Vec<T> = values.into_iter().collect();
        debug_assert_eq!(ids.len(), values.len(), "a value for each module");
        Self { ids, values }
    }

    /// The modules, sorted.
    pub fn ids(&self) -> &Arc<[ModuleId]> {
        &self.ids
    }

    /// The number of modules.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The position of a module in path order. Valid only for this revision of the project: adding or removing a file
    /// shifts all following modules.
    pub fn position(&self, id: ModuleId) -> Option<usize> {
        self.ids.binary_search(&id).ok()
    }

    /// The value of a module; `None` for an unknown module.
    pub fn get(&self, id: ModuleId) -> Option<&T> {
        self.values.get(self.position(id)?)
    }

    /// The value of a module, mutably.
    pub fn get_mut(&mut self, id: ModuleId) -> Option<&mut T> {
        let at = self.position(id)?;
        self.values.get_mut(at)
    }

    /// The values in path order.
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// The values in path order, without the modules.
    pub fn into_values(self) -> Vec<T> {
        self.values
    }

    /// The modules with their values.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (ModuleId, &T)> {
        self.ids.iter().copied().zip(&self.values)
    }

    /// Maps the values, keeping the modules.
    #[must_use]
    pub fn map<'a, U>(&'a self, value: impl FnMut(&'a T) -> U) -> ByModule<U> {
        ByModule { ids: Arc::clone(&self.ids), values: self.values.iter().map(value).collect() }
    }
}

impl<T> std::ops::Index<ModuleId> for ByModule<T> {
    type Output = T;

    fn index(&self, id: ModuleId) -> &T {
        self.get(id).expect("a module of the project")
    }
}

impl<T> std::ops::IndexMut<ModuleId> for ByModule<T> {
    fn index_mut(&mut self, id: ModuleId) -> &mut T {
        self.get_mut(id).expect("a module of the project")
    }
}
