//! Directions between layers, contexts and frameworks.

pub(crate) mod circular_import;
