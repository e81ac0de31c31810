//! What reaches the database, how often, and what blocks meanwhile.

pub(crate) mod blocking_call_in_async;
pub(crate) mod interpolated_sql;
pub(crate) mod lazy_load_in_async;
pub(crate) mod n_plus_one;
pub(crate) mod n_plus_one_serialization;
pub(crate) mod problems;
pub(crate) mod sequential_awaits;
pub(crate) mod unbounded_query;
