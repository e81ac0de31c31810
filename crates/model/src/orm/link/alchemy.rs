//! SQLAlchemy and SQLModel relationships: whether they are to-one or to-many, and what they add to the other side.

use python::Name;

use super::{Linker, Place, Reverse};
use crate::ClassRef;
use crate::orm::Relationship;
use crate::orm::declared::{Backref, Declaration, ForeignKey, KeyTarget, Link, Text};

/// The relationship that a call creates on one entity.
pub(super) fn relationship(
    linker: &Linker<'_>,
    place: &Place<'_>,
    link: &Link,
    reverses: &mut Vec<Reverse>,
) -> Relationship {
    let Place { class, draft, owner, home, name } = *place;
    let target = linker.target(&link.target, place);
    // The declaration of a parent with its own table refers to that parent.
    let ends = target.as_ref().map(|target| Ends::of(linker, home, target)).unwrap_or_default();
    let is_many = is_many(linker, place, link, &ends);
    let text = |text: &Text| linker.text(&draft.chain, text);
    let back = link.back_populates.as_ref().and_then(text);
    let backref = link.backref.as_ref().and_then(|backref| Some((backref, text(&backref.name)?)));
    if let (Some(target), Some((backref, name_there))) = (&target, &backref)
        && !draft.is_abstract
        && home == class
    {
        let relationship = Relationship {
            target: Some(class.clone()),
            is_many: is_reverse_many(link, backref, is_many, &ends),
            loading: backref.loading,
            declared_in: owner.clone(),
            declared_as: name.clone(),
            is_reverse: true,
            inverse: Some(name.clone()),
            keys: Box::default(),
        };
        reverses.push(Reverse { on: target.clone(), name: name_there.clone(), relationship });
    }
    Relationship {
        target,
        is_many,
        loading: link.loading,
        declared_in: owner.clone(),
        declared_as: name.clone(),
        is_reverse: false,
        inverse: back.or(backref.map(|(_, name)| name)),
        keys: own_keys(link, &ends),
    }
}

/// The columns of the class itself that lead to the other side; those that `foreign_keys` names where it does.
fn own_keys(link: &Link, ends: &Ends) -> Box<[Name]> {
    let is_named =
        |key: &Name| link.foreign_keys.iter().any(|named| named.rsplit('.').next() == Some(key.as_str()));
    let named: Box<[Name]> = ends.own.iter().filter(|key| is_named(key)).cloned().collect();
    if named.is_empty() { ends.own.iter().cloned().collect() } else { named }
}

fn is_reverse_many(link: &Link, backref: &Backref, is_many: bool, ends: &Ends) -> bool {
    if let Some(uselist) = backref.uselist {
        return uselist;
    }
    if link.has_secondary {
        return true;
    }
    // One-to-one, declared on the side without the key.
    let is_parent = ends.own.is_empty() && !ends.theirs.is_empty();
    !is_many && !is_parent
}

/// The foreign key columns between two entities.
#[derive(Default)]
struct Ends {
    /// The columns of this entity.
    own: Vec<Name>,
    /// The columns of the other entity.
    theirs: Vec<Name>,
    is_same: bool,
}

impl Ends {
    fn of(linker: &Linker<'_>, class: &ClassRef, target: &ClassRef) -> Self {
        let (own, theirs) = (linker.chain(class), linker.chain(target));
        Self {
            own: leading(linker, &own, &theirs),
            theirs: leading(linker, &theirs, &own),
            is_same: class == target,
        }
    }

    /// Whether the foreign keys alone are ambiguous: both sides have some, or neither does.
    fn is_open(&self) -> bool {
        self.own.is_empty() == self.theirs.is_empty()
    }
}

/// The columns of one entity that reference the other. Both are given with their ancestors.
fn leading(linker: &Linker<'_>, from: &[ClassRef], to: &[ClassRef]) -> Vec<Name> {
    let leads = |key: &ForeignKey| match &key.to {
        KeyTarget::Table(table) => to.iter().any(|class| has_table(linker, class, table)),
        KeyTarget::Class(class) => to.contains(class),
        KeyTarget::Variable(variable) => match linker.tables.get(variable) {
            Some(table) => to.iter().any(|class| has_table(linker, class, &table.name)),
            None => to.iter().any(|class| class.name == *variable),
        },
    };
    let mut found = Vec::new();
    for class in from {
        found.extend(linker.own(class).filter_map(|(name, declaration)| match declaration {
            Declaration::Column(_, Some(key)) if leads(key) => Some(name.clone()),
            _ => None,
        }));
        let constraints = linker.classes.get(class).into_iter().flat_map(|body| body.constraints.iter());
        found.extend(constraints.filter(|key| leads(key)).flat_map(|key| key.columns.iter().cloned()));
    }
    found
}

/// Whether a class has a table with this name, as far as it is known; for computed names, the usual convention is
/// assumed.
pub(super) fn has_table(linker: &Linker<'_>, class: &ClassRef, table: &str) -> bool {
    if let Some(Some(name)) = linker.mapped.get(class) {
        return name == table;
    }
    let Some(draft) = linker.drafts.get(class) else { return false };
    if draft.is_abstract {
        return false;
    }
    if let Some(body) = linker.classes.get(class) {
        if let Some(name) = &body.table {
            return name == table;
        }
        if let Some(found) = body.table_variable.as_ref().and_then(|it| linker.tables.get(it)) {
            return found.name == table;
        }
    }
    let (snake, flat) = (python::naming::snake(&class.name), class.name.to_lowercase());
    let is_name = |name: &str| name == snake || name == flat;
    is_name(table)
        || table.strip_suffix('s').is_some_and(is_name)
        || table.strip_suffix("es").is_some_and(is_name)
        || table.strip_suffix("ies").is_some_and(|stem| is_name(&format!("{stem}y")))
}

fn is_many(linker: &Linker<'_>, place: &Place<'_>, link: &Link, ends: &Ends) -> bool {
    let told = link.annotated.or(link.uselist);
    if let Some(told) = told {
        return told;
    }
    if link.has_secondary || link.has_collection {
        return true;
    }
    if ends.is_same {
        return !link.has_remote_side;
    }
    // The key that is named need not be declared as one, and the other side may have a key of its own to this one.
    let has_own_key = link.foreign_keys.iter().any(|key| is_own(linker, place, key));
    if has_own_key || ends.is_open() && !link.foreign_keys.is_empty() {
        return !has_own_key;
    }
    if ends.is_open() && !link.join.is_empty() && !ends.own.is_empty() {
        let is_key = |name: &Name| {
            let column = name.rsplit('.').next().unwrap_or_default();
            ends.own.iter().any(|key| key == column) && is_own(linker, place, name)
        };
        return !link.join.iter().any(is_key);
    }
    if !ends.own.is_empty() {
        return false;
    }
    if !ends.theirs.is_empty() {
        return true;
    }
    // No key is visible. A column with a matching name is most likely the key; otherwise a plural name indicates
    // to-many.
    let column: Name = format!("{}_id", place.name).into();
    let has_column = place.draft.chain.iter().any(|class| linker.own(class).any(|(name, _)| *name == column));
    !has_column && place.name.ends_with('s') && !place.name.ends_with("ss") && !place.name.ends_with("us")
}

/// Whether one of `foreign_keys` is a column of the class itself: `customer_id`, `Order.customer_id`,
/// `cls.customer_id`.
fn is_own(linker: &Linker<'_>, place: &Place<'_>, key: &str) -> bool {
    match key.rsplit_once('.') {
        Some(("cls" | "self", column)) => {
            linker.declarations(&place.draft.chain).keys().any(|it| *it == column)
        }
        Some((owner, _)) => {
            let owner = owner.rsplit('.').next().unwrap_or_default();
            place.draft.chain.iter().any(|class| class.name == owner)
        }
        // A bare name in a class body is a column of that class.
        None => true,
    }
}
