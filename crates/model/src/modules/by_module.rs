//! Something for each module of a project.

use std::sync::Arc;

use super::ModuleId;

/// A value for each module, in the order of paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByModule<T> {
    /// Sorted.
    ids: Arc<[ModuleId]>,
    /// As many.
    values: Vec<T>,
}

impl<T> Default for ByModule<T> {
    fn default() -> Self {
        Self { ids: Arc::default(), values: Vec::new() }
    }
}

impl<T> ByModule<T> {
    /// A value for each of these modules, which are sorted; `values` are as many, in the same order.
    pub fn new(ids: Arc<[ModuleId]>, values: impl IntoIterator<Item = T>) -> Self {
        let values: Vec<T> = values.into_iter().collect();
        debug_assert_eq!(ids.len(), values.len(), "a value for each module");
        Self { ids, values }
    }

    /// The modules, sorted.
    pub fn ids(&self) -> &Arc<[ModuleId]> {
        &self.ids
    }

    /// How many modules there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Where a module is in the order of paths. Holds for this revision of the project only: a file that comes or goes
    /// moves all that follow it.
    pub fn position(&self, id: ModuleId) -> Option<usize> {
        self.ids.binary_search(&id).ok()
    }

    /// The value of a module; nothing for a module that isn't there.
    pub fn get(&self, id: ModuleId) -> Option<&T> {
        self.values.get(self.position(id)?)
    }

    /// The value of a module, to be changed.
    pub fn get_mut(&mut self, id: ModuleId) -> Option<&mut T> {
        let at = self.position(id)?;
        self.values.get_mut(at)
    }

    /// The values in the order of paths.
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// The values in the order of paths, without the modules.
    pub fn into_values(self) -> Vec<T> {
        self.values
    }

    /// The modules with their values.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (ModuleId, &T)> {
        self.ids.iter().copied().zip(&self.values)
    }

    /// Other values for the same modules.
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
