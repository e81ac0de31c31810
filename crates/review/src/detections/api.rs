//! Contradictions between routes.

pub mod path_parameter_unused;
pub mod route_shadowed;
pub mod table_as_body;
