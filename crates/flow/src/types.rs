//! What code declares about values: annotations, classes with their members, module-level names.
//!
//! The three define each other: an annotation names a class, a class's attribute has an annotation, and both are found
//! through names.

pub mod annotation;
pub mod classes;
pub mod names;
