//! Django relations with their reverse sides, and the implicit members of models.

use std::collections::BTreeMap;

use python::Name;

use super::targets::lower;
use super::{Draft, Linker, Place, Reverse};
use crate::ClassRef;
use crate::orm::declared::{Declaration, Reference, ReferenceKind};
use crate::orm::{Column, Loading, Member, Relationship};

/// Columns that models have without declaring them.
const KEY: Column = Column {
    is_primary_key: true,
    is_unique: true,
    is_deferred: false,
    is_nullable: false,
    is_computed: false,
};

/// The implicit members of a model: a key, a manager, links to parents with their own tables, and members of Django
/// base classes.
pub(super) fn implied(
    linker: &Linker<'_>,
    class: &ClassRef,
    draft: &Draft,
    members: &mut BTreeMap<Name, Member>,
    reverses: &mut Vec<Reverse>,
) {
    let declared = linker.declarations(&draft.chain);
    let has_key = declared.values().any(|(_, declaration)| match declaration {
        Declaration::Column(column, _) => column.is_primary_key,
        Declaration::Reference(reference) | Declaration::Custom(_, reference) => {
            reference.column.is_primary_key
        }
        _ => false,
    });
    members.insert("pk".into(), Member::Column(KEY));
    if !has_key {
        members.insert("id".into(), Member::Column(KEY));
    }
    let has_manager = declared.values().any(|(_, declaration)| match declaration {
        Declaration::Manager { .. } => true,
        Declaration::Custom(class, _) => {
            matches!(super::kinds::custom(linker, class), Some(super::Custom::Manager(_)))
        }
        _ => false,
    });
    if !has_manager {
        members.insert("objects".into(), Member::Manager { manager: None, queryset: None });
    }
    if linker
        .foreign(class)
        .iter()
        .any(|full| full.ends_with(".AbstractUser") || full.ends_with(".PermissionsMixin"))
    {
        for name in ["groups", "user_permissions"] {
            let relationship = plain(None, true, class, &name.into());
            members.insert(name.into(), Member::Relationship(relationship));
        }
    }
    if draft.is_abstract || is_proxy(linker, class) {
        return;
    }
    for parent in draft.chain.iter().skip(1) {
        let is_table =
            linker.drafts.get(parent).is_some_and(|it| !it.is_abstract) && !is_proxy(linker, parent);
        if !is_table || !is_nearest(linker, draft, parent) {
            continue;
        }
        let pointer: Name = format!("{}_ptr", lower(parent)).into();
        let forward = Relationship {
            // The parent's columns are read with the row.
            loading: Loading::Eager,
            inverse: Some(lower(class)),
            ..plain(Some(parent.clone()), false, class, &pointer)
        };
        let back = Relationship {
            is_reverse: true,
            inverse: Some(pointer.clone()),
            ..plain(Some(class.clone()), false, class, &pointer)
        };
        members.insert(format!("{pointer}_id").into(), Member::Column(KEY));
        members.insert(pointer, Member::Relationship(forward));
        reverses.push(Reverse { on: parent.clone(), name: lower(class), relationship: back });
    }
}

/// The members of Django's own user model.
pub(super) fn of_own_user(class: &ClassRef, members: &mut BTreeMap<Name, Member>) {
    for name in super::borrowed::COLUMNS {
        members.insert((*name).into(), Member::Column(Column::default()));
    }
    for name in ["groups", "user_permissions"] {
        members.insert(name.into(), Member::Relationship(plain(None, true, class, &name.into())));
    }
}

/// Whether no other parent with a table is between a class and this one.
pub(super) fn is_nearest(linker: &Linker<'_>, draft: &Draft, parent: &ClassRef) -> bool {
    draft.chain.iter().skip(1).filter(|it| *it != parent).all(|other| {
        linker
            .drafts
            .get(other)
            .is_none_or(|it| it.is_abstract || is_proxy(linker, other) || !it.chain.contains(parent))
    })
}

fn is_proxy(linker: &Linker<'_>, class: &ClassRef) -> bool {
    linker.classes.get(class).is_some_and(|body| body.is_proxy)
}

fn plain(target: Option<ClassRef>, is_many: bool, declared_in: &ClassRef, name: &Name) -> Relationship {
    Relationship {
        target,
        is_many,
        loading: Loading::Lazy,
        declared_in: declared_in.clone(),
        declared_as: name.clone(),
        is_reverse: false,
        inverse: None,
        keys: Box::default(),
    }
}

/// A relation on one model, with its column and its reverse side.
pub(super) fn reference(
    linker: &Linker<'_>,
    place: &Place<'_>,
    kind: ReferenceKind,
    reference: &Reference,
    members: &mut BTreeMap<Name, Member>,
    reverses: &mut Vec<Reverse>,
) {
    let Place { class, draft, owner, home, name } = *place;
    let target = match kind {
        ReferenceKind::Foreign => None,
        _ => linker.target(&reference.target, place),
    };
    if matches!(kind, ReferenceKind::ForeignKey | ReferenceKind::OneToOne) {
        let column = Column {
            is_unique: reference.column.is_unique || kind == ReferenceKind::OneToOne,
            ..reference.column
        };
        members.insert(format!("{name}_id").into(), Member::Column(column));
    }
    let is_many = !matches!(kind, ReferenceKind::ForeignKey | ReferenceKind::OneToOne);
    // A parent with its own table gets the reverse side, under its own name; an abstract model gets none.
    let accessor = match linker.drafts.get(home) {
        Some(it) if !it.is_abstract => accessor(linker, home, kind, reference, target.as_ref()),
        _ => None,
    };
    let mut relationship = plain(target.clone(), is_many, owner, name);
    relationship.inverse.clone_from(&accessor);
    members.insert(name.clone(), Member::Relationship(relationship));
    if home != class || draft.is_abstract {
        return;
    }
    if let (Some(on), Some(accessor)) = (target, accessor) {
        let relationship = Relationship {
            is_reverse: true,
            inverse: Some(name.clone()),
            ..plain(Some(class.clone()), kind != ReferenceKind::OneToOne, owner, name)
        };
        reverses.push(Reverse { on: concrete(linker, on), name: accessor, relationship });
    }
}

/// The model whose table a proxy uses. Reverse sides are added there.
fn concrete(linker: &Linker<'_>, class: ClassRef) -> ClassRef {
    if !is_proxy(linker, &class) {
        return class;
    }
    let parent = linker.drafts.get(&class).and_then(|draft| {
        let mut parents = draft.chain.iter().skip(1);
        parents.find(|it| linker.drafts.get(*it).is_some_and(|it| !it.is_abstract) && !is_proxy(linker, it))
    });
    parent.cloned().unwrap_or(class)
}

/// The name of the reverse side; `None` if there is none or it is computed.
fn accessor(
    linker: &Linker<'_>,
    class: &ClassRef,
    kind: ReferenceKind,
    reference: &Reference,
    target: Option<&ClassRef>,
) -> Option<Name> {
    if matches!(kind, ReferenceKind::Generic | ReferenceKind::Foreign) {
        return None;
    }
    match reference.related_name.as_deref() {
        Some("") => None,
        Some(name) if name.ends_with('+') => None,
        Some(name) if name.contains('%') => {
            let label = linker.app_label(class).unwrap_or_default();
            let name = name.replace("%(class)s", &lower(class)).replace("%(model_name)s", &lower(class));
            let name = name.replace("%(app_label)s", label);
            (!name.contains('%')).then(|| name.into())
        }
        Some(name) => Some(name.into()),
        None if kind == ReferenceKind::OneToOne => Some(lower(class)),
        // Symmetrical many-to-many: both sides are the same relation.
        None if kind == ReferenceKind::ManyToMany && target == Some(class) && !reference.is_directed => None,
        None => Some(format!("{}_set", lower(class)).into()),
    }
}
