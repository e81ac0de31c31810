//! How imports are written.

pub(crate) mod dynamic_import;
pub(crate) mod entry_point;
pub(crate) mod hidden_import;

pub(crate) use hidden_import::{DjangoModules, django_modules};
