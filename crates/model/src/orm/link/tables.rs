//! The tables of entities with their columns and foreign keys: the data of diagrams.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use python::Name;

use super::{Draft, Linker, kinds};
use crate::orm::declared::{Declaration, Declared, ForeignKey, KeyTarget, ReferenceKind, Target};
use crate::orm::{Association, Column, Key, ManyToMany, Orm, TableColumn, Tables};
use crate::{ClassHierarchy, ClassRef, ModuleId, Modules};

/// All tables of a project.
pub(crate) fn tables(
    modules: &Modules,
    hierarchy: &ClassHierarchy,
    declared: &[(ModuleId, Arc<Declared>)],
) -> Tables {
    let mut linker = Linker::new(modules, hierarchy);
    linker.collect(declared);
    kinds::find(&mut linker, declared);
    let mut homes: BTreeMap<ClassRef, (Name, Option<ClassRef>)> = BTreeMap::new();
    for (class, draft) in
        linker.drafts.iter().filter(|(class, draft)| !draft.is_abstract && !is_proxy(&linker, class))
    {
        homes.insert(class.clone(), table_name(&linker, class, draft));
    }
    let mut by_name: BTreeMap<Name, ClassRef> = BTreeMap::new();
    for (class, (name, _)) in homes.iter().filter(|(_, (_, shares))| shares.is_none()) {
        by_name.entry(name.clone()).or_insert_with(|| class.clone());
    }
    let users = declared.iter().find_map(|(_, file)| file.user_model.clone());
    let keys = Keys { linker: &linker, by_name: &by_name, users };
    let list = homes
        .iter()
        .map(|(class, (name, shares))| table(&keys, class, &linker.drafts[class], name, shares.as_ref()))
        .collect();
    Tables { list, associations: associations(&keys, declared) }
}

struct Keys<'k> {
    linker: &'k Linker<'k>,
    by_name: &'k BTreeMap<Name, ClassRef>,
    /// The label of the user model, if a setting names it.
    users: Option<Name>,
}

impl Keys<'_> {
    /// The table of a Django model that isn't a class of the project; empty if it is unknown.
    fn elsewhere(&self, target: &Target) -> Name {
        let of_label =
            |label: &Name| libraries::django_table_of_label(label).map_or(label.clone(), Name::from);
        match target {
            Target::User => match &self.users {
                Some(label) => of_label(label),
                None => libraries::django_table(libraries::DJANGO_USER).map(Name::from).unwrap_or_default(),
            },
            Target::Named(label) => of_label(label),
            Target::Foreign(full) => libraries::django_table(full).map_or(full.clone(), Name::from),
            _ => Name::default(),
        }
    }

    fn key(&self, to: &KeyTarget) -> Key {
        let named = |name: &Name| {
            let guessed = || {
                let mut drafts = self.linker.drafts.keys();
                drafts.find(|class| super::alchemy::has_table(self.linker, class, name)).cloned()
            };
            self.by_name.get(name).cloned().or_else(guessed)
        };
        match to {
            KeyTarget::Table(name) => Key { class: named(name), text: name.clone() },
            KeyTarget::Class(class) => Key { class: Some(class.clone()), text: class.name.clone() },
            KeyTarget::Variable(variable) => match self.linker.tables.get(variable) {
                Some(table) => Key { class: named(&table.name), text: table.name.clone() },
                None => Key {
                    class: self.by_name.values().find(|class| class.name == *variable).cloned(),
                    text: variable.clone(),
                },
            },
        }
    }
}

/// A column named after its attribute.
fn plain(name: Name, owner: &ClassRef, column: Column, key: Option<Key>) -> TableColumn {
    TableColumn { attribute: name.clone(), name, owner: owner.clone(), column, key }
}

/// The columns that a Django model inherits from the abstract models of libraries, unless it has its own (`seen`).
fn library_columns(class: &ClassRef, bases: &[Name], seen: &mut BTreeSet<Name>) -> Vec<TableColumn> {
    let all = bases.iter().flat_map(|base| libraries::django_base_columns(base));
    let new = all.filter(|column| seen.insert(Name::new_static(column.name)));
    new.map(|base| {
        let column = Column { is_unique: base.is_unique, is_nullable: base.is_nullable, ..Column::default() };
        plain(Name::new_static(base.name), class, column, None)
    })
    .collect()
}

/// The same of many-to-many relations.
fn library_relations(class: &ClassRef, bases: &[Name], seen: &mut BTreeSet<Name>) -> Vec<ManyToMany> {
    let all = bases.iter().flat_map(|base| libraries::django_base_relations(base));
    let new = all.filter(|(attribute, _)| seen.insert(Name::new_static(attribute)));
    new.map(|(attribute, table)| ManyToMany {
        attribute: Name::new_static(attribute),
        owner: class.clone(),
        to: Key { class: None, text: Name::new_static(table) },
    })
    .collect()
}

fn table(
    keys: &Keys<'_>,
    class: &ClassRef,
    draft: &Draft,
    name: &Name,
    shares: Option<&ClassRef>,
) -> crate::orm::Table {
    let linker = keys.linker;
    let mut columns: Vec<TableColumn> = Vec::new();
    let mut many_to_many = Vec::new();
    let mut seen: BTreeSet<Name> = BTreeSet::new();
    // Own columns and those of mixins and abstract bases; a parent with a table keeps its own.
    for owner in &draft.chain {
        if owner != class && linker.home(class, draft, owner) != class {
            continue;
        }
        let place = super::Place { class, draft, owner, home: class, name };
        let removed = linker.classes.get(owner).into_iter().flat_map(|class| &class.removed).cloned();
        for (attribute, declaration) in linker.own(owner) {
            if !seen.insert(attribute.clone()) {
                continue;
            }
            let (kind, reference) = match declaration {
                Declaration::Column(column, _) if column.is_computed => continue,
                Declaration::Column(column, key) if draft.orm != Orm::Django || key.is_none() => {
                    let key = key.as_ref().map(|key| keys.key(&key.to));
                    columns.push(plain(attribute.clone(), owner, *column, key));
                    continue;
                }
                Declaration::Field => {
                    columns.push(plain(attribute.clone(), owner, Column::default(), None));
                    continue;
                }
                Declaration::Reference(reference) if draft.orm == Orm::Django => (reference.kind, reference),
                Declaration::Custom(class, reference) => match kinds::custom(linker, class) {
                    Some(kinds::Custom::Reference(kind)) if draft.orm == Orm::Django => (kind, reference),
                    Some(kinds::Custom::Column) => {
                        columns.push(plain(attribute.clone(), owner, reference.column, None));
                        continue;
                    }
                    _ => continue,
                },
                _ => continue,
            };
            let to = linker.target(&reference.target, &place);
            let text = match &to {
                Some(class) => class.name.clone(),
                None => keys.elsewhere(&reference.target),
            };
            match kind {
                ReferenceKind::ForeignKey | ReferenceKind::OneToOne => {
                    let is_unique = reference.column.is_unique || kind == ReferenceKind::OneToOne;
                    columns.push(TableColumn {
                        name: format!("{attribute}_id").into(),
                        ..plain(
                            attribute.clone(),
                            owner,
                            Column { is_unique, ..reference.column },
                            Some(Key { class: to, text }),
                        )
                    });
                }
                ReferenceKind::ManyToMany => {
                    many_to_many.push(ManyToMany {
                        attribute: attribute.clone(),
                        owner: owner.clone(),
                        to: Key { class: to, text },
                    });
                }
                ReferenceKind::Generic | ReferenceKind::Foreign => {}
            }
        }
        seen.extend(removed);
    }
    if draft.orm == Orm::Django && !draft.chain.iter().skip(1).any(|above| is_concrete(linker, above)) {
        let bases = linker.foreign(class);
        columns.extend(library_columns(class, bases, &mut seen));
        many_to_many.extend(library_relations(class, bases, &mut seen));
    }
    let mut parent = shares.cloned();
    if draft.orm == Orm::Django {
        for above in draft.chain.iter().skip(1).filter(|it| is_concrete(linker, it)) {
            if !super::django::is_nearest(linker, draft, above) {
                continue;
            }
            let name: Name = format!("{}_ptr_id", above.name.to_lowercase()).into();
            let column = Column { is_primary_key: true, is_unique: true, ..Column::default() };
            let key = Key { class: Some(above.clone()), text: above.name.clone() };
            columns.insert(0, plain(name, class, column, Some(key)));
            parent.get_or_insert_with(|| above.clone());
        }
        if !columns.iter().any(|it| it.column.is_primary_key) {
            let column = Column { is_primary_key: true, is_unique: true, ..Column::default() };
            columns.insert(0, plain("id".into(), class, column, None));
        }
    } else if parent.is_none() {
        parent = draft.chain.iter().skip(1).find(|it| is_concrete(linker, it)).cloned();
    }
    let constraints = draft.chain.iter().filter_map(|owner| linker.classes.get(owner));
    let composite = constraints
        .flat_map(|body| body.constraints.iter())
        .map(|key: &ForeignKey| (key.columns.to_vec(), keys.key(&key.to)));
    crate::orm::Table {
        class: class.clone(),
        orm: draft.orm,
        name: name.clone(),
        shares_table: shares.is_some(),
        parent,
        composite: composite.collect(),
        columns,
        many_to_many,
    }
}

fn is_concrete(linker: &Linker<'_>, class: &ClassRef) -> bool {
    linker.drafts.get(class).is_some_and(|draft| !draft.is_abstract) && !is_proxy(linker, class)
}

fn is_proxy(linker: &Linker<'_>, class: &ClassRef) -> bool {
    linker.classes.get(class).is_some_and(|body| body.is_proxy)
}

/// The name of a table, declared or derived by the library, and the parent whose table a class shares.
fn table_name(linker: &Linker<'_>, class: &ClassRef, draft: &Draft) -> (Name, Option<ClassRef>) {
    if let Some(Some(name)) = linker.mapped.get(class) {
        return (name.clone(), None);
    }
    let told = |class: &ClassRef| {
        let body = linker.classes.get(class)?;
        let of_variable =
            || body.table_variable.as_ref().and_then(|it| linker.tables.get(it)).map(|it| &it.name);
        body.table.as_ref().or_else(of_variable)
    };
    match draft.orm {
        Orm::Django => {
            let label = linker.app_label(class).unwrap_or_default();
            let name = class.name.to_lowercase();
            (if label.is_empty() { name.into() } else { format!("{label}_{name}").into() }, None)
        }
        Orm::SqlModel => (told(class).cloned().unwrap_or_else(|| class.name.to_lowercase().into()), None),
        Orm::SqlAlchemy => {
            if let Some(name) = told(class) {
                return (name.clone(), None);
            }
            let computes = linker.classes.get(class).is_some_and(|body| body.has_table)
                || draft.chain.iter().skip(1).any(|it| {
                    !is_concrete(linker, it) && linker.classes.get(it).is_some_and(|body| body.has_table)
                });
            let parent = draft.chain.iter().skip(1).find(|it| is_concrete(linker, it));
            match parent {
                Some(parent) if !computes => {
                    let name = linker.drafts.get(parent).map(|above| table_name(linker, parent, above).0);
                    (name.unwrap_or_default(), Some(parent.clone()))
                }
                _ => (python::naming::snake(&class.name).into(), None),
            }
        }
    }
}

/// Tables in variables that no class is mapped to and that have at least two foreign keys.
fn associations(keys: &Keys<'_>, declared: &[(ModuleId, Arc<Declared>)]) -> Vec<Association> {
    let mapped: BTreeSet<&Name> = declared
        .iter()
        .flat_map(|(_, file)| {
            let imperative = file.imperative.iter().filter_map(|it| it.table.as_ref());
            imperative.chain(file.classes.iter().filter_map(|class| class.table_variable.as_ref()))
        })
        .collect();
    let mut found = Vec::new();
    for (module, file) in declared {
        for table in file.tables.iter().filter(|table| !mapped.contains(&table.variable)) {
            let columns: Vec<(Name, Column, Option<Key>)> = table
                .columns
                .iter()
                .map(|(name, column, key)| (name.clone(), *column, key.as_ref().map(|key| keys.key(&key.to))))
                .collect();
            if columns.iter().filter(|(.., key)| key.is_some()).count() >= 2 {
                found.push(Association { module: *module, name: table.name.clone(), columns });
            }
        }
    }
    found
}
