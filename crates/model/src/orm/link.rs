//! Links the declarations of all files to entities: which classes are entities, which members they inherit, where
//! relationships lead, and what other entities add to them.

mod alchemy;
pub(crate) mod borrowed;
mod django;
mod kinds;
mod tables;
mod targets;

pub(crate) use tables::tables;
pub(crate) use targets::nearest_class;

use std::collections::BTreeMap;
use std::sync::Arc;

use python::Name;
use rustc_hash::{FxHashMap, FxHashSet};

use super::declared::{Assigned, Declaration, Declared, DeclaredClass, Table, Target, Text};
use super::{Column, Entity, Getter, Member, Orm, Relationship, Schema};
use crate::{ClassHierarchy, ClassRef, ModuleId, Modules};
use kinds::Custom;

/// Links all declarations.
pub(crate) fn schema(
    modules: &Modules,
    hierarchy: &ClassHierarchy,
    declared: &[(ModuleId, Arc<Declared>)],
) -> Schema {
    let mut linker = Linker::new(modules, hierarchy);
    linker.collect(declared);
    kinds::find(&mut linker, declared);
    borrowed::add(&mut linker, declared);
    linker.entities()
}

/// An entity before its members are known.
struct Draft {
    orm: Orm,
    is_abstract: bool,
    /// The class and its project ancestors, nearest first.
    chain: Vec<ClassRef>,
}

/// A member that one entity adds to another.
struct Reverse {
    on: ClassRef,
    name: Name,
    relationship: Relationship,
}

struct Linker<'a> {
    modules: &'a Modules,
    hierarchy: &'a ClassHierarchy,
    classes: FxHashMap<ClassRef, &'a DeclaredClass>,
    /// Members assigned to classes from outside their bodies.
    added: FxHashMap<ClassRef, Vec<(Name, Declaration)>>,
    /// Classes mapped by a call, with the names of their tables.
    mapped: FxHashMap<ClassRef, Option<Name>>,
    /// Tables by variable name; names are rarely reused.
    tables: FxHashMap<Name, &'a Table>,
    /// Ordered, so that the schema is deterministic.
    drafts: BTreeMap<ClassRef, Draft>,
    by_name: FxHashMap<Name, Vec<ClassRef>>,
    /// The entities that are subclasses of each.
    descendants: FxHashMap<ClassRef, Vec<ClassRef>>,
    /// Django's user model.
    user: Option<ClassRef>,
    /// The same, if it is Django's own.
    borrowed: Option<ClassRef>,
}

impl<'a> Linker<'a> {
    fn new(modules: &'a Modules, hierarchy: &'a ClassHierarchy) -> Self {
        Self {
            modules,
            hierarchy,
            classes: FxHashMap::default(),
            added: FxHashMap::default(),
            mapped: FxHashMap::default(),
            tables: FxHashMap::default(),
            drafts: BTreeMap::new(),
            by_name: FxHashMap::default(),
            descendants: FxHashMap::default(),
            user: None,
            borrowed: None,
        }
    }

    fn collect(&mut self, declared: &'a [(ModuleId, Arc<Declared>)]) {
        for (module, file) in declared {
            for class in &file.classes {
                self.classes.insert(ClassRef::new(*module, class.name.clone()), class);
            }
            for table in &file.tables {
                self.tables.entry(table.variable.clone()).or_insert(table);
            }
            for Assigned { class, name, declaration } in &file.assigned {
                let added = self.added.entry(class.clone()).or_default();
                added.push((name.clone(), declaration.clone()));
            }
        }
    }

    /// The class and its project ancestors, nearest first.
    fn chain(&self, class: &ClassRef) -> Vec<ClassRef> {
        let ancestors = self.hierarchy.of(class.module, &class.name);
        let own = ancestors.into_iter().flat_map(|ancestors| ancestors.own.iter());
        let own = own.map(|(module, name)| ClassRef::new(*module, name.clone()));
        std::iter::once(class.clone()).chain(own).collect()
    }

    /// The third-party ancestors of a class, by full name.
    fn foreign(&self, class: &ClassRef) -> &'a [Name] {
        self.hierarchy.of(class.module, &class.name).map_or(&[], |ancestors| &ancestors.foreign)
    }

    /// The declarations of the class itself, in order.
    fn own(&self, class: &ClassRef) -> impl Iterator<Item = (&Name, &Declaration)> {
        let body = self.classes.get(class).into_iter().flat_map(|class| class.members.iter());
        let added = self.added.get(class).into_iter().flatten();
        body.chain(added).map(|(name, declaration)| (name, declaration))
    }

    /// The declarations of an entity and its ancestors, each with the class that declares it.
    fn declarations(&self, chain: &[ClassRef]) -> BTreeMap<&Name, (ClassRef, &Declaration)> {
        let mut found = BTreeMap::new();
        for class in chain.iter().rev() {
            for name in self.classes.get(class).into_iter().flat_map(|class| &class.removed) {
                found.remove(name);
            }
            for (name, declaration) in self.own(class) {
                found.insert(name, (class.clone(), declaration));
            }
        }
        found
    }

    /// The entity whose table contains what `owner` declares, as seen from `class`: the class itself for its own
    /// declarations and those of mixins and abstract bases, otherwise the parent that has the table.
    fn home<'c>(&self, class: &'c ClassRef, draft: &'c Draft, owner: &ClassRef) -> &'c ClassRef {
        let has_it = |it: &&ClassRef| {
            let is_proxy = self.classes.get(*it).is_some_and(|body| body.is_proxy);
            self.drafts.get(*it).is_some_and(|it| !it.is_abstract && it.chain.contains(owner)) && !is_proxy
        };
        draft.chain.iter().rev().find(has_it).unwrap_or(class)
    }

    /// Resolves a string, possibly through a class attribute that holds it.
    fn text(&self, chain: &[ClassRef], text: &Text) -> Option<Name> {
        match text {
            Text::Literal(text) => Some(text.clone()),
            Text::OfClass(name) => match self.value(chain, name)? {
                Target::Named(text) => Some(text.clone()),
                _ => None,
            },
        }
    }

    /// The value of the attribute `name` of a class.
    fn value(&self, chain: &[ClassRef], name: &str) -> Option<&'a Target> {
        chain.iter().find_map(|class| {
            let values = &self.classes.get(class)?.values;
            values.iter().find(|(it, _)| it == name).map(|(_, value)| value)
        })
    }

    fn entities(self) -> Schema {
        let mut entities: BTreeMap<ClassRef, Entity> = BTreeMap::new();
        let mut reverses: Vec<Reverse> = Vec::new();
        for (class, draft) in &self.drafts {
            let mut members = BTreeMap::new();
            if draft.orm == Orm::Django {
                django::implied(&self, class, draft, &mut members, &mut reverses);
            }
            if self.borrowed.as_ref() == Some(class) {
                django::of_own_user(class, &mut members);
            }
            for (name, (owner, declaration)) in self.declarations(&draft.chain) {
                let home = self.home(class, draft, &owner);
                let place = Place { class, draft, owner: &owner, home, name };
                self.member(&place, declaration, &mut members, &mut reverses);
            }
            let Draft { orm, is_abstract, .. } = *draft;
            let entity = Entity { class: class.clone(), orm, is_abstract, members };
            entities.insert(class.clone(), entity);
        }
        for reverse in &reverses {
            let descendants = self.descendants.get(&reverse.on).into_iter().flatten();
            for on in std::iter::once(&reverse.on).chain(descendants) {
                let Some(entity) = entities.get_mut(on) else { continue };
                // A member that the class itself declares takes precedence, unless it merely annotates the one added
                // here.
                let known = entity.members.get(&reverse.name);
                if known.is_none_or(|known| *known == Member::Column(Column::default())) {
                    let member = Member::Relationship(reverse.relationship.clone());
                    entity.members.insert(reverse.name.clone(), member);
                }
            }
        }
        pair_up(&mut entities);
        let mut relationship_names = FxHashSet::default();
        for (name, member) in entities.values().flat_map(|entity| &entity.members) {
            if matches!(member, Member::Relationship(_) | Member::Proxy { .. } | Member::Generic) {
                relationship_names.insert(name.clone());
            }
        }
        let borrowed =
            self.borrowed.and_then(|class| Some((class.clone(), Arc::new(entities.remove(&class)?))));
        let entities = entities.into_iter().map(|(class, entity)| (class, Arc::new(entity))).collect();
        Schema { entities, borrowed, relationship_names, by_name: self.by_name }
    }

    /// Adds the member that a declaration creates on one entity.
    fn member(
        &self,
        place: &Place<'_>,
        declaration: &Declaration,
        members: &mut BTreeMap<Name, Member>,
        reverses: &mut Vec<Reverse>,
    ) {
        let is_django = place.draft.orm == Orm::Django;
        let member = match declaration {
            Declaration::Column(column, _) => Member::Column(*column),
            Declaration::Field => Member::Column(Column::default()),
            Declaration::Link(link) if !is_django => {
                Member::Relationship(alchemy::relationship(self, place, link, reverses))
            }
            Declaration::Reference(reference) if is_django => {
                return django::reference(self, place, reference.kind, reference, members, reverses);
            }
            Declaration::Custom(class, reference) => match kinds::custom(self, class) {
                Some(Custom::Reference(kind)) if is_django => {
                    return django::reference(self, place, kind, reference, members, reverses);
                }
                Some(Custom::Column) => Member::Column(reference.column),
                Some(Custom::Generic) if is_django => Member::Generic,
                Some(Custom::Manager(queryset)) if is_django => {
                    Member::Manager { manager: Some(class.clone()), queryset }
                }
                _ => return,
            },
            Declaration::Proxy { through, attribute } => {
                Member::Proxy { through: through.clone(), attribute: attribute.clone() }
            }
            Declaration::Hybrid(function) => {
                Member::Hybrid(Getter { module: place.owner.module, function: *function })
            }
            Declaration::Manager { manager, queryset } if is_django => {
                Member::Manager { manager: manager.clone(), queryset: queryset.clone() }
            }
            Declaration::Generic if is_django => Member::Generic,
            _ => return,
        };
        members.insert(place.name.clone(), member);
    }
}

/// Where a declaration is, and the entity that it applies to.
struct Place<'p> {
    class: &'p ClassRef,
    draft: &'p Draft,
    owner: &'p ClassRef,
    /// See [`Linker::home`].
    home: &'p ClassRef,
    name: &'p Name,
}

/// Sets the inverse if `back_populates` is declared on one side only.
fn pair_up(entities: &mut BTreeMap<ClassRef, Entity>) {
    let mut pairs: Vec<(ClassRef, Name, Name)> = Vec::new();
    for entity in entities.values() {
        for (name, member) in &entity.members {
            if let Member::Relationship(Relationship {
                target: Some(target), inverse: Some(inverse), ..
            }) = member
            {
                pairs.push((target.clone(), inverse.clone(), name.clone()));
            }
        }
    }
    for (class, name, inverse) in pairs {
        let member = entities.get_mut(&class).and_then(|entity| entity.members.get_mut(&name));
        if let Some(Member::Relationship(relationship)) = member {
            relationship.inverse.get_or_insert(inverse);
        }
    }
}
