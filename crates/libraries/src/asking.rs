//! Which methods of drivers and mappers query a database.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::{Mapper, known};

static QUERIES: LazyLock<FxHashMap<&str, &[&str]>> =
    LazyLock::new(|| known::ALL.iter().flat_map(|library| library.queries).copied().collect());
static MAPPERS: LazyLock<FxHashMap<&str, Mapper>> = LazyLock::new(|| {
    let all = known::ALL.iter().flat_map(|library| library.mappers);
    all.map(|mapper| (mapper.base, *mapper)).collect()
});

/// Whether a method of an instance of `class` runs one database query per call.
pub fn asks(class: &str, method: &str) -> bool {
    QUERIES.get(class).is_some_and(|methods| methods.contains(&method))
}

/// The class that a function returns, if its methods query a database.
pub fn connection(maker: &str) -> Option<&'static str> {
    crate::makes(maker).filter(|class| QUERIES.contains_key(class) || crate::given(class, "[]").is_some())
}

/// The mapper that this class is the base of.
pub fn mapper(base: &str) -> Option<Mapper> {
    MAPPERS.get(base).copied()
}
