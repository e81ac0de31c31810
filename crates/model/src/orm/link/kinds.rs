//! Determines which classes are entities, and the kinds of first-party classes used as fields.

use std::sync::Arc;

use python::Name;

use super::{Draft, Linker};
use crate::orm::Orm;
use crate::orm::declared::{Declaration, Declared, ReferenceKind, Target};
use crate::orm::read::{is_column, reference_kind};
use crate::{ClassRef, ModuleId};

/// The library that most mixins indicate.
const ALCHEMY: Option<Orm> = Some(Orm::SqlAlchemy);

/// Finds the entities, and the declarations outside of their classes.
pub(super) fn find(linker: &mut Linker<'_>, declared: &[(ModuleId, Arc<Declared>)]) {
    let mut candidates: Vec<ClassRef> = linker.classes.keys().cloned().collect();
    let heirs = linker.hierarchy.by_class.keys();
    candidates.extend(heirs.map(|(module, name)| ClassRef::new(*module, name.clone())));
    candidates.sort();
    candidates.dedup();
    let mapping = imperative(linker, declared);
    candidates.extend(mapping);
    for class in candidates {
        let Some(orm) = orm(linker, &class) else { continue };
        let draft = Draft { orm, is_abstract: false, chain: linker.chain(&class) };
        linker.drafts.insert(class, draft);
    }
    let abstracts: Vec<ClassRef> =
        linker.drafts.keys().filter(|class| is_abstract(linker, class)).cloned().collect();
    for class in abstracts {
        if let Some(draft) = linker.drafts.get_mut(&class) {
            draft.is_abstract = true;
        }
    }
    for (class, draft) in &linker.drafts {
        linker.by_name.entry(class.name.clone()).or_default().push(class.clone());
        for ancestor in draft.chain.iter().skip(1).filter(|it| linker.drafts.contains_key(it)) {
            linker.descendants.entry(ancestor.clone()).or_default().push(class.clone());
        }
    }
    linker.user = user(linker, declared);
}

/// Records the classes that calls map. They may be referenced by name, so the entity names are collected first.
fn imperative(linker: &mut Linker<'_>, declared: &[(ModuleId, Arc<Declared>)]) -> Vec<ClassRef> {
    let mut found = Vec::new();
    for mapping in declared.iter().flat_map(|(_, file)| &file.imperative) {
        let Target::Class(class) = &mapping.class else { continue };
        let table = mapping.table.as_ref().and_then(|variable| linker.tables.get(variable).copied());
        let added = linker.added.entry(class.clone()).or_default();
        for (name, column, key) in table.into_iter().flat_map(|table| &table.columns) {
            added.push((name.clone(), Declaration::Column(*column, key.clone())));
        }
        added.extend(mapping.properties.iter().cloned());
        linker.mapped.insert(class.clone(), table.map(|table| table.name.clone()));
        found.push(class.clone());
    }
    found
}

/// The library that maps a class.
fn orm(linker: &Linker<'_>, class: &ClassRef) -> Option<Orm> {
    let body = linker.classes.get(class).copied();
    if linker.mapped.contains_key(class) {
        return Some(Orm::SqlAlchemy);
    }
    let foreign = linker.foreign(class);
    if foreign.iter().any(|full| full == "sqlmodel.SQLModel" || full.ends_with(".SQLModel")) {
        return body.is_some_and(|body| body.has_table).then_some(Orm::SqlModel);
    }
    if foreign.iter().any(|full| is_django(full)) {
        return Some(Orm::Django);
    }
    if foreign.iter().any(|full| is_alchemy(full)) {
        return Some(Orm::SqlAlchemy);
    }
    // A base that can't be resolved, or a mixin.
    let evidence = |class: &ClassRef| linker.classes.get(class).and_then(|body| body.evidence);
    let is_heir = || {
        let mut bases = linker.chain(class).into_iter().skip(1);
        bases.any(|it| linker.classes.get(&it).is_some_and(|body| body.evidence == ALCHEMY && body.has_table))
    };
    match evidence(class) {
        Some(Orm::Django) => {
            let has_bases = linker.hierarchy.of(class.module, &class.name).is_some();
            // Any other Django class is known not to be a model: forms, expressions. A base that a function of Django
            // makes can be any class: `import_string(settings.MODEL_BASE)`.
            let is_class =
                |full: &str| full.rsplit('.').next().is_some_and(|last| last.starts_with(char::is_uppercase));
            let is_other = |full: &Name| full.starts_with("django.") && is_class(full);
            (has_bases && !foreign.iter().any(is_other)).then_some(Orm::Django)
        }
        None if !is_heir() => None,
        _ => ALCHEMY,
    }
}

/// Whether a third-party class is a Django model.
fn is_django(full: &str) -> bool {
    let mut segments = full.split('.');
    let package = segments.next().unwrap_or_default();
    if is_part(full) {
        return false;
    }
    if package == "django" {
        // In `django.db.models`, only `Model` is a model; in Django's contributed applications, all classes in `models`
        // are.
        let is_application = full.starts_with("django.contrib.") && full.contains(".models.");
        return full.ends_with(".models.Model") || is_application && !full.contains(".db.models.");
    }
    let is_known = libraries::has_django_models(package) || package.starts_with("django_");
    is_known && segments.any(|segment| matches!(segment, "models" | "mp_tree" | "ns_tree" | "al_tree"))
}

/// Classes in `models` modules that aren't models: fields, managers, querysets, enumerations.
fn is_part(full: &str) -> bool {
    let last = full.rsplit('.').next().unwrap_or_default();
    let ends =
        ["Manager", "QuerySet", "Field", "Key", "Choices", "Query", "Constraint", "Index", "Expression"];
    ends.iter().any(|end| last.ends_with(end))
        || full.contains(".models.fields.")
        || full.contains(".models.signals.")
}

/// Whether a third-party class, or a call that creates one, is a base of SQLAlchemy's declarative mappings.
fn is_alchemy(full: &str) -> bool {
    let last = full.rsplit('.').next().unwrap_or_default();
    let package = full.split('.').next().unwrap_or_default();
    match package {
        "sqlalchemy" => {
            matches!(
                last,
                "declarative_base"
                    | "as_declarative"
                    | "DeclarativeBase"
                    | "DeclarativeBaseNoMeta"
                    | "generate_base"
                    | "mapped"
                    | "mapped_as_dataclass"
                    | "MappedAsDataclass"
                    | "automap_base"
                    | "ConcreteBase"
                    | "AbstractConcreteBase"
                    | "DeferredReflection"
                    | "DeclarativeMeta"
            )
        }
        "flask_sqlalchemy" | "flask_sqlalchemy_lite" => last == "Model" || last == "DefaultMeta",
        "flask_appbuilder" => last == "Model" || last == "Base" || last == "AuditMixin",
        "advanced_alchemy" | "litestar" | "fastapi_users" | "fastapi_users_db_sqlalchemy" => {
            (full.contains(".base.") || full.contains("sqlalchemy") || full.contains(".db."))
                && (last.contains("Base") || last.contains("Mixin"))
                && !last.contains("Repository")
                && !last.contains("Config")
        }
        _ => package.contains("sqlalchemy") && (last == "Model" || last == "Base"),
    }
}

/// Bases that aren't entities themselves; a subclass of them is the base of the project's entities.
fn is_base_class(full: &str) -> bool {
    let last = full.rsplit('.').next().unwrap_or_default();
    matches!(
        last,
        "DeclarativeBase"
            | "DeclarativeBaseNoMeta"
            | "MappedAsDataclass"
            | "as_declarative"
            | "DeclarativeMeta"
    )
}

fn is_abstract(linker: &Linker<'_>, class: &ClassRef) -> bool {
    let Some(draft) = linker.drafts.get(class) else { return false };
    let body = linker.classes.get(class).copied();
    if body.is_some_and(|body| body.is_abstract) {
        return true;
    }
    if draft.orm != Orm::SqlAlchemy || linker.mapped.contains_key(class) {
        return false;
    }
    let is_named = |it: &ClassRef| {
        linker.classes.get(it).is_some_and(|body| body.table.is_some() || body.table_variable.is_some())
    };
    let foreign = linker.foreign(class);
    if !foreign.iter().any(|full| is_alchemy(full)) {
        // A mixin, unless an unresolved base made it an entity.
        return !draft.chain.iter().any(is_named);
    }
    let is_first =
        draft.chain.iter().skip(1).all(|it| {
            !linker.drafts.contains_key(it) || !linker.foreign(it).iter().any(|full| is_alchemy(full))
        });
    // Nothing is mapped without a key. A class without any column is only a base for its subclasses.
    let has_column = |it: &ClassRef| {
        let members = linker.classes.get(it).into_iter().flat_map(|body| &body.members);
        members.into_iter().any(|(_, it)| matches!(it, Declaration::Column(..) | Declaration::Field))
    };
    is_first
        && !is_named(class)
        && (foreign.iter().any(|full| is_base_class(full)) || !draft.chain.iter().any(has_column))
}

/// Django's user model: the one named in the settings, or the only class that extends Django's.
fn user(linker: &Linker<'_>, declared: &[(ModuleId, Arc<Declared>)]) -> Option<ClassRef> {
    for (module, file) in declared {
        if let Some(name) = &file.user_model
            && let Some(class) = linker.named(name, *module, Orm::Django)
        {
            return Some(class);
        }
    }
    let is_user = |full: &Name| full.ends_with(".AbstractUser") || full.ends_with(".AbstractBaseUser");
    let mut users = linker.drafts.iter().filter(|(class, draft)| {
        let is_proxy = linker.classes.get(*class).is_some_and(|body| body.is_proxy);
        !draft.is_abstract && !is_proxy && linker.foreign(class).iter().any(is_user)
    });
    let first = users.next()?.0.clone();
    users.next().is_none().then_some(first)
}

/// The kind of a project class used for an attribute.
pub(super) enum Custom {
    /// A relation field.
    Reference(ReferenceKind),
    /// Another field, or a column.
    Column,
    /// A generic foreign key.
    Generic,
    /// A manager, with the queryset that it is made from.
    Manager(Option<ClassRef>),
}

/// The kind of a field class, determined by its ancestors.
pub(super) fn custom(linker: &Linker<'_>, class: &ClassRef) -> Option<Custom> {
    let ancestors = linker.hierarchy.of(class.module, &class.name)?;
    let mut found = None;
    for full in ancestors.foreign.iter().filter(|full| !full.starts_with("rest_framework.")) {
        let last = full.rsplit('.').next().unwrap_or_default();
        let is_field = full.starts_with("django.db.") && matches!(last, "Field" | "ForeignObject");
        if let Some(kind) = reference_kind(last) {
            return Some(Custom::Reference(kind));
        } else if last == "GenericForeignKey" {
            return Some(Custom::Generic);
        } else if last.ends_with("Manager") || last.ends_with("Manager.from_queryset") {
            let own = ancestors.own.iter().map(|(module, name)| ClassRef::new(*module, name.clone()));
            let chain: Vec<ClassRef> = std::iter::once(class.clone()).chain(own).collect();
            // The return value of `get_queryset` takes precedence over the queryset that the manager is made from.
            let told = chain.iter().find_map(|it| linker.classes.get(it)?.queryset.clone());
            let made = || chain.iter().find(|it| is_queryset(linker, it)).cloned();
            return Some(Custom::Manager(told.or_else(made)));
        } else if is_field || is_column(last) || matches!(last, "Column" | "mapped_column") {
            found = Some(Custom::Column);
        }
    }
    found
}

/// Whether a class is a queryset and not a manager.
fn is_queryset(linker: &Linker<'_>, class: &ClassRef) -> bool {
    let foreign = linker.foreign(class);
    foreign.iter().any(|full| full.ends_with("QuerySet"))
        && !foreign.iter().any(|full| full.ends_with("Manager"))
}
