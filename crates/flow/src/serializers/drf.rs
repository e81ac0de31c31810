//! Serializers of Django REST framework.

use std::collections::BTreeMap;

use model::{ClassRef, Entity, Member, Project, Relationship};
use python::{Body, Expr, ExprId, Literal, Name, Stmt};

use super::field::{Declared, Field, FieldKind, Fields, Library};
use super::meta::{self, Meta, Names};
use super::written::{Call, Written, parts, text};
use crate::query::types;
use crate::{Db, Kind};

/// The method that renders one object.
const RENDER: &str = "to_representation";
/// The method by which a field of keys says whether the key is enough.
const KEYS_ALONE: &str = "use_pk_only_optimization";
/// Separates the attributes of a slug field's path.
const SEPARATOR: &str = "__";
/// Expressions are followed this deep.
const MAX_DEPTH: usize = 8;

/// The fields of a serializer.
pub(super) fn fields(db: &dyn Db, project: Project, class: &ClassRef) -> Fields {
    let classes = Written::with_ancestors(db, project, class);
    let meta = meta::read(db, project, &classes);
    let removed = removed_at_run_time(db, project, &classes);
    let mut declared = declared(db, project, &classes);
    let mut list = Vec::new();
    let entity = meta.model.as_ref().and_then(|model| entity(db, project, model));
    let names = chosen_by_method(db, project, &classes)
        .unwrap_or_else(|| rendered_names(db, project, &meta, entity.as_deref(), &declared));
    for name in names {
        if removed.contains(&name) {
            continue;
        }
        match declared.remove(&name) {
            Some(Declared::Shown(field)) => list.push(field),
            Some(Declared::Hidden) => {}
            None => list.extend(entity.as_deref().and_then(|entity| of_model(&meta, entity, &name))),
        }
    }
    let overridden = classes.iter().find_map(|class| class.method(RENDER));
    let of_list = meta.list.as_ref().and_then(|class| {
        Written::with_ancestors(db, project, class).iter().find_map(|class| class.method(RENDER))
    });
    Fields { model: meta.model, list, overridden, of_list, flattened: None }
}

/// The names that a method of the project's own chooses, in place of `Meta`; nothing where it extends what the
/// framework chooses. Only what it names in any case is certain: strings of its outermost block, and those of the
/// class's own attributes that it reads there.
fn chosen_by_method(db: &dyn Db, project: Project, classes: &[Written]) -> Option<Vec<Name>> {
    const METHODS: &[&str] = &["get_fields", "get_field_names"];
    let function = METHODS.iter().find_map(|name| {
        let function = classes.iter().find_map(|class| class.method(name))?;
        (!super::calls_super(db, project, function, name)).then_some(function)
    })?;
    let file = model::query::file_of(db, project, function.module);
    let id = python::query::definitions(db, file)[function.function].body;
    let body = python::query::body(db, file, id)?;
    let mut names = Vec::new();
    for stmt in &body.root {
        if let Stmt::Return(Some(value)) | Stmt::Assign { value: Some(value), .. } = &body[*stmt] {
            named_in(classes, &body, *value, &mut names, 0);
        }
    }
    Some(names)
}

/// Adds the field names that an expression of a method lists.
fn named_in(classes: &[Written], body: &Body, expr: ExprId, names: &mut Vec<Name>, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    match &body[expr] {
        Expr::Literal(Literal::Str(name)) => names.push(name.clone()),
        Expr::Tuple(items) | Expr::List(items) | Expr::Set(items) => {
            items.iter().for_each(|item| named_in(classes, body, *item, names, depth + 1));
        }
        Expr::Binary { left, right, .. } => {
            named_in(classes, body, *left, names, depth + 1);
            named_in(classes, body, *right, names, depth + 1);
        }
        Expr::Starred(inner) => named_in(classes, body, *inner, names, depth + 1),
        Expr::Call { args, .. } => {
            args.iter().for_each(|arg| named_in(classes, body, arg.value(), names, depth + 1));
        }
        // `self.default_fields`
        Expr::Attribute { name, .. } => {
            let held = classes.iter().find_map(|class| Some((class, class.variable(name)?.value?)));
            if let Some((class, value)) = held
                && let Expr::Tuple(items) | Expr::List(items) | Expr::Set(items) = &class.definitions[value]
            {
                names.extend(items.iter().filter_map(|item| text(&class.definitions, *item).cloned()));
            }
        }
        _ => {}
    }
}

fn entity(db: &dyn Db, project: Project, class: &ClassRef) -> Option<std::sync::Arc<Entity>> {
    model::query::entity(db, project, class.module, class.name.clone())
}

/// The rendered names, declared or not.
fn rendered_names(
    db: &dyn Db,
    project: Project,
    meta: &Meta,
    entity: Option<&Entity>,
    declared: &BTreeMap<Name, Declared>,
) -> Vec<Name> {
    let mut names: Vec<Name> = match &meta.fields {
        Names::These(names) => return names.clone(),
        Names::Missing if meta.exclude.is_empty() && meta.model.is_none() => Vec::new(),
        Names::All | Names::Missing => forward(db, project, entity),
    };
    names.extend(declared.keys().filter(|name| !names.contains(name)).cloned().collect::<Vec<_>>());
    names.retain(|name| !meta.exclude.contains(name));
    names
}

/// The fields that `"__all__"` means: columns and relationships, except those that other models add.
fn forward(db: &dyn Db, project: Project, model: Option<&Entity>) -> Vec<Name> {
    let members = model.into_iter().flat_map(|entity| &entity.members);
    let is_forward = |member: &Member| match member {
        Member::Column(_) => true,
        Member::Relationship(relationship) => {
            !relationship.is_reverse && !is_generic(db, project, relationship)
        }
        _ => false,
    };
    members.filter(|(_, member)| is_forward(member)).map(|(name, _)| name.clone()).collect()
}

/// Whether it is a `GenericRelation`: its inverse is a generic foreign key or unknown.
fn is_generic(db: &dyn Db, project: Project, relationship: &Relationship) -> bool {
    let Some((target, inverse)) = relationship.target.as_ref().zip(relationship.inverse.as_ref()) else {
        return relationship.is_many;
    };
    let back = entity(db, project, target);
    back.is_some_and(|back| matches!(back.members.get(inverse), Some(Member::Generic)))
}

/// The field that the framework derives from a member of the model.
fn of_model(meta: &Meta, entity: &Entity, name: &Name) -> Option<Field> {
    let kind = match entity.members.get(name) {
        Some(Member::Column(_) | Member::Manager { .. }) => return None,
        // The nested serializer has only plain fields.
        Some(Member::Relationship(_)) if meta.depth > 0 => FieldKind::Read,
        Some(Member::Relationship(_)) => FieldKind::Key,
        // A property, a method without arguments, a generic relationship.
        Some(Member::Proxy { .. } | Member::Hybrid(_) | Member::Generic) | None => FieldKind::Read,
    };
    Some(Field { class: meta.class.clone()?, name: name.clone(), source: vec![name.clone()], kind })
}

/// The fields declared in the class bodies, by name.
fn declared(db: &dyn Db, project: Project, classes: &[Written]) -> BTreeMap<Name, Declared> {
    let mut fields = BTreeMap::new();
    for class in classes.iter().rev() {
        for variable in class.variables() {
            let Some(value) = variable.value else { continue };
            match &class.definitions[value] {
                // `field = None` removes an inherited field.
                Expr::Literal(Literal::None) => {
                    fields.insert(variable.name.clone(), Declared::Hidden);
                }
                Expr::Call { .. } => {
                    if let Some(field) = of_call(db, project, classes, class, &variable.name, value) {
                        fields.insert(variable.name.clone(), field);
                    }
                }
                _ => {}
            }
        }
    }
    fields
}

/// The field that a call declares; `None` if it isn't a field.
fn of_call(
    db: &dyn Db,
    project: Project,
    classes: &[Written],
    written: &Written,
    name: &Name,
    value: ExprId,
) -> Option<Declared> {
    let definitions = &written.definitions;
    let call = Call::at(definitions, value)?;
    let callee = written.value(db, project, call.callee);
    // The classes of a field that the project defines.
    let mut own = Vec::new();
    let (base, nested) = match &callee.kind {
        Kind::Foreign(full) => (full.rsplit('.').next()?.to_owned(), None),
        Kind::Class(class) if super::library_of(db, project, class) == Some(Library::RestFramework) => {
            (String::new(), Some(class.clone()))
        }
        Kind::Class(class) => {
            own = Written::with_ancestors(db, project, class);
            (foreign_base(db, project, class)?, None)
        }
        _ => return Some(Declared::Hidden),
    };
    let is_field = nested.is_some() || base.ends_with("Field");
    if !is_field {
        return None;
    }
    if call.is_true("write_only") || base == "HiddenField" {
        return Some(Declared::Hidden);
    }
    let source = match call.text(usize::MAX, "source").map(Name::as_str) {
        Some("*") => Vec::new(),
        Some(path) => parts(path),
        None => vec![name.clone()],
    };
    let is_many = call.is_true("many");
    if let Some(function) = own.iter().find_map(|class| class.method("get_attribute"))
        && !super::calls_super(db, project, function, "get_attribute")
    {
        // A field that is given the object itself shows that.
        let shows = own.iter().find_map(|class| class.method(RENDER));
        let kind = match shows.filter(|_| gives_object(db, project, function)) {
            Some(shows) => FieldKind::Method(shows),
            None => FieldKind::Method(function),
        };
        let (class, name) = (written.class.clone(), name.clone());
        return Some(Declared::Shown(Field { class, name, source: Vec::new(), kind }));
    }
    let reads_rows = own
        .iter()
        .find_map(|class| class.method(KEYS_ALONE))
        .is_some_and(|function| returns_false(db, project, function));
    let is_of_key = matches!(base.as_str(), "PrimaryKeyRelatedField" | "HyperlinkedRelatedField");
    let is_given_key = is_of_key && !is_many && !reads_rows;
    if let Some(function) = own.iter().find_map(|class| class.method(RENDER)).filter(|_| !is_given_key) {
        let (class, name, kind) = (written.class.clone(), name.clone(), FieldKind::Shown(function));
        return Some(Declared::Shown(Field { class, name, source, kind }));
    }
    let kind = match (base.as_str(), nested) {
        (_, Some(class)) => FieldKind::nested(class),
        ("SerializerMethodField", None) => {
            let method = call.text(0, "method_name").cloned().unwrap_or_else(|| format!("get_{name}").into());
            let function = classes.iter().find_map(|class| class.method(&method));
            let Some(function) = function else { return Some(Declared::Hidden) };
            let (class, name, kind) = (written.class.clone(), name.clone(), FieldKind::Method(function));
            return Some(Declared::Shown(Field { class, name, source: Vec::new(), kind }));
        }
        (_, None) if is_of_key && reads_rows => FieldKind::Read,
        // The link is built from a column of the row other than its key.
        ("HyperlinkedRelatedField", None)
            if !is_many && call.text(usize::MAX, "lookup_field").is_some_and(|field| field != "pk") =>
        {
            FieldKind::Read
        }
        ("PrimaryKeyRelatedField" | "HyperlinkedIdentityField" | "HyperlinkedRelatedField", None) => {
            FieldKind::Key
        }
        ("SlugRelatedField", None) => {
            let slug = call.text(0, "slug_field").map(|slug| slug.split(SEPARATOR).map(Name::from).collect());
            FieldKind::Attributes(slug.unwrap_or_default())
        }
        ("StringRelatedField", None) => FieldKind::Text,
        // `ListField(child=...)`, `CharField(source="customer.name")`
        _ => FieldKind::Read,
    };
    Some(Declared::Shown(Field { class: written.class.clone(), name: name.clone(), source, kind }))
}

/// Whether a method only says no.
fn returns_false(db: &dyn Db, project: Project, function: crate::FunctionRef) -> bool {
    let file = model::query::file_of(db, project, function.module);
    let id = python::query::definitions(db, file)[function.function].body;
    let Some(body) = python::query::body(db, file, id) else { return false };
    body.root.iter().any(|stmt| match &body[*stmt] {
        Stmt::Return(Some(value)) => matches!(body[*value], Expr::Literal(Literal::Bool(false))),
        _ => false,
    })
}

/// Whether a method ends with what it is given first.
fn gives_object(db: &dyn Db, project: Project, function: crate::FunctionRef) -> bool {
    let file = model::query::file_of(db, project, function.module);
    let definitions = python::query::definitions(db, file);
    let facts = &definitions[function.function];
    let Some(body) = python::query::body(db, file, facts.body) else { return false };
    let Some(given) = facts.parameters.get(1) else { return false };
    match body.root.last().map(|last| &body[*last]) {
        Some(Stmt::Return(Some(value))) => matches!(&body[*value], Expr::Name(name) if *name == given.name),
        _ => false,
    }
}

/// The framework class that a first-party field extends, by its last name; that of relationships first.
fn foreign_base(db: &dyn Db, project: Project, class: &ClassRef) -> Option<String> {
    let bases = types::foreign_ancestors(db, project, class.module, class.name.clone());
    let last = || bases.iter().filter_map(|base| base.rsplit('.').next());
    let is_telling = |base: &&str| base.ends_with("RelatedField") || *base == "SerializerMethodField";
    last().find(is_telling).or_else(|| last().find(|base| base.ends_with("Field"))).map(str::to_owned)
}

/// Fields that `__init__` may remove: `self.fields.pop("customer")`. Nothing is reported about them.
fn removed_at_run_time(db: &dyn Db, project: Project, classes: &[Written]) -> Vec<Name> {
    let mut removed = Vec::new();
    for class in classes {
        let Some(init) = class.method("__init__") else { continue };
        let body = class.definitions[init.function].body;
        let file = model::query::file_of(db, project, class.class.module);
        let Some(body) = python::query::body(db, file, body) else { continue };
        for expr in &body.exprs.list {
            let Expr::Call { callee, args } = expr else { continue };
            let is_pop = matches!(&body[*callee], Expr::Attribute { name, .. } if name == "pop");
            if is_pop && let Some(arg) = args.first() {
                removed.extend(match &body[arg.value()] {
                    Expr::Literal(Literal::Str(name)) => Some(name.clone()),
                    _ => None,
                });
            }
        }
    }
    removed
}

/// Whether the rendering method calls that of its base.
pub(super) fn calls_base(db: &dyn Db, project: Project, function: crate::FunctionRef) -> bool {
    let file = model::query::file_of(db, project, function.module);
    let id = python::query::definitions(db, file)[function.function].body;
    let Some(body) = python::query::body(db, file, id) else { return false };
    body.exprs.list.iter().any(|expr| matches!(expr, Expr::Attribute { name, .. } if name == RENDER))
}
