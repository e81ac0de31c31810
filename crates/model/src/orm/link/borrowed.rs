//! Django's own user model, in projects that have none: their models lead to it, so its rows lead back to them.
//!
//! It has no file here. It is known under the name of the module that first refers to it, in which no class has its
//! name, and kept apart from the entities of the project.

use std::sync::Arc;

use super::{Draft, Linker};
use crate::orm::Orm;
use crate::orm::declared::{Declaration, Declared, Target};
use crate::{ClassRef, ModuleId};

/// Its label in strings.
const LABEL: &str = "auth.User";
/// Its columns, besides the key.
pub(super) const COLUMNS: &[&str] = &[
    "password",
    "last_login",
    "is_superuser",
    "username",
    "first_name",
    "last_name",
    "email",
    "is_staff",
    "is_active",
    "date_joined",
];

/// Adds the model, if models of the project lead to it.
pub(super) fn add(linker: &mut Linker<'_>, declared: &[(ModuleId, Arc<Declared>)]) {
    if linker.user.is_some() {
        return;
    }
    let is_it = |declaration: &Declaration| match declaration {
        Declaration::Reference(reference) | Declaration::Custom(_, reference) => {
            leads_there(&reference.target)
        }
        _ => false,
    };
    let first = declared.iter().find(|(_, file)| {
        file.classes.iter().any(|class| class.members.iter().any(|(_, declaration)| is_it(declaration)))
    });
    let Some((module, _)) = first else { return };
    let class = ClassRef::new(*module, python::Name::new_static("User"));
    if linker.classes.contains_key(&class) || linker.drafts.contains_key(&class) {
        return;
    }
    let draft = Draft { orm: Orm::Django, is_abstract: false, chain: vec![class.clone()] };
    linker.drafts.insert(class.clone(), draft);
    linker.user = Some(class.clone());
    linker.borrowed = Some(class);
}

/// Whether a relation leads to the user model.
pub(super) fn leads_there(target: &Target) -> bool {
    match target {
        Target::User => true,
        Target::Named(name) => name == LABEL,
        _ => false,
    }
}
