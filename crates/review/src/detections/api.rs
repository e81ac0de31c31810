//! Contradictions between routes.

pub mod route_shadowed;
