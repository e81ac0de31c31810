//! Access control: which caller may do what.

pub(crate) mod unprotected_route;
pub(crate) mod words;
