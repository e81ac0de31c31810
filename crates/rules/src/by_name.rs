//! Modules found by the package that contains them.

use model::ModuleId;
use python::Name;

/// Modules in the order of their dotted names.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct ByName {
    list: Box<[(Name, ModuleId)]>,
}

impl ByName {
    /// Sorts them.
    pub(crate) fn of(modules: impl Iterator<Item = (Name, ModuleId)>) -> Self {
        let mut list: Vec<_> = modules.collect();
        list.sort_unstable();
        Self { list: list.into() }
    }

    /// The modules of a package, and the package itself.
    pub(crate) fn within<'a>(&'a self, package: &'a str) -> impl Iterator<Item = &'a (Name, ModuleId)> {
        // What begins with the name of the package stands together; `shop_old` is among it, and no part of `shop`.
        let first = self.list.partition_point(|(name, _)| name.as_str() < package);
        let alike = self.list[first..].iter().take_while(move |(name, _)| name.starts_with(package));
        alike.filter(move |(name, _)| libraries::is_of(name, package))
    }
}
