//! Schemas of pydantic, SQLModel and Django Ninja: the attributes read when an object is validated from its attributes.

use std::collections::BTreeMap;

use libraries::ClassRole;
use model::{ClassRef, Project};
use python::{Arg, Definitions, Expr, ExprId, Literal, Name};

use super::field::{Field, FieldKind, Fields, Library};
use super::meta::{self, Names};
use super::validators;
use super::written::{Call, Written, parts};
use crate::query::types;
use crate::types::classes::{Member, MethodKind};
use crate::{Db, Kind, Value};

/// Annotations are read to this depth.
const MAX_DEPTH: usize = 8;
/// Generic types whose arguments are rendered, by their last name.
const CONTAINERS: &[&str] = &[
    "Annotated",
    "AsyncIterable",
    "Collection",
    "Iterable",
    "List",
    "Optional",
    "Sequence",
    "Set",
    "Tuple",
    "Union",
    "frozenset",
    "list",
    "set",
    "tuple",
];

/// The fields of a schema: all of its annotated names. Only those for which the entity has a relationship matter.
pub(super) fn fields(db: &dyn Db, project: Project, class: &ClassRef) -> Fields {
    let classes = Written::with_ancestors(db, project, class);
    let mut by_name: BTreeMap<Name, Field> = BTreeMap::new();
    for class in classes.iter().rev() {
        for variable in class.variables() {
            let Some(annotation) = variable.annotation else { continue };
            if variable.name.starts_with('_') || is_class_variable(&class.definitions, annotation) {
                continue;
            }
            let source = variable.value.and_then(|value| alias(db, project, class, value));
            let kind = schema_in(db, project, class, &class.definitions, annotation, 0)
                .map_or(FieldKind::Read, FieldKind::nested);
            let source = source.unwrap_or_else(|| vec![variable.name.clone()]);
            let field = Field { class: class.class.clone(), name: variable.name.clone(), source, kind };
            by_name.insert(variable.name.clone(), field);
        }
    }
    if has_resolvers(db, project, class) {
        for field in by_name.values_mut() {
            if let Some(kind) = resolver(db, project, class, &field.name) {
                field.kind = kind;
            }
        }
    }
    let meta = meta::read(db, project, &classes);
    // `class Meta: model = Order; fields = [...]` of Django Ninja: relationships are rendered as keys.
    if let (Some(class), Names::These(names)) = (&meta.class, &meta.fields) {
        for name in names {
            by_name.entry(name.clone()).or_insert_with(|| Field {
                class: class.clone(),
                name: name.clone(),
                source: vec![name.clone()],
                kind: FieldKind::Key,
            });
        }
    }
    let mut list: Vec<Field> = by_name.into_values().collect();
    let validators = validators::of(db, project, &classes, &list);
    list.extend(validators.fields);
    Fields { model: meta.model, list, overridden: None, of_list: None, flattened: validators.flattened }
}

/// Whether methods of a schema compute its fields, as in Django Ninja.
fn has_resolvers(db: &dyn Db, project: Project, class: &ClassRef) -> bool {
    let bases = types::foreign_ancestors(db, project, class.module, class.name.clone());
    bases.iter().any(|base| libraries::role_of_base(base) == Some(ClassRole::Serializer))
}

/// `resolve_items(order)` and `resolve_items(self, order)` give the field `items`.
fn resolver(db: &dyn Db, project: Project, class: &ClassRef, field: &str) -> Option<FieldKind> {
    match crate::types::classes::member(db, project, class, &format!("resolve_{field}"))? {
        Member::Method { function, kind } => {
            Some(FieldKind::Resolver(function, u8::from(kind != MethodKind::Static)))
        }
        Member::Attribute(_) => None,
    }
}

fn is_class_variable(definitions: &Definitions, annotation: ExprId) -> bool {
    let at = match &definitions[annotation] {
        Expr::Subscript { value, .. } => *value,
        _ => annotation,
    };
    let name = definitions.exprs.dotted(at).unwrap_or_default();
    matches!(name.rsplit('.').next(), Some("ClassVar" | "PrivateAttr"))
}

/// `Field(validation_alias="customer")`: reads another attribute. An alias with several choices is ignored.
fn alias(db: &dyn Db, project: Project, class: &Written, value: ExprId) -> Option<Vec<Name>> {
    let call = Call::at(&class.definitions, value)?;
    if let Some(path) = call.keyword("validation_alias").and_then(|given| Call::at(&class.definitions, given))
    {
        return alias_path(db, project, class, &path);
    }
    let name = ["validation_alias", "alias"].iter().find_map(|keyword| call.text(usize::MAX, keyword));
    // Django Ninja follows dotted paths; pydantic doesn't and finds nothing.
    name.map(|name| parts(name))
}

/// `AliasPath("customer", "name")`: one attribute after another. What lies behind an index isn't followed.
fn alias_path(db: &dyn Db, project: Project, class: &Written, call: &Call<'_>) -> Option<Vec<Name>> {
    let Kind::Foreign(full) = class.value(db, project, call.callee).kind else { return None };
    if !full.ends_with(".AliasPath") {
        return None;
    }
    let names: Vec<Name> = (0..MAX_DEPTH).map_while(|index| call.text(index, "").cloned()).collect();
    (!names.is_empty()).then_some(names)
}

/// The project schema inside an annotation.
pub(super) fn schema_in(
    db: &dyn Db,
    project: Project,
    class: &Written,
    definitions: &Definitions,
    annotation: ExprId,
    depth: usize,
) -> Option<ClassRef> {
    if depth > MAX_DEPTH {
        return None;
    }
    let inside = |expr: ExprId| schema_in(db, project, class, definitions, expr, depth + 1);
    match &definitions[annotation] {
        Expr::Name(_) | Expr::Attribute { .. } => {
            schema(db, project, class.value(db, project, annotation).kind)
        }
        // A forward reference: only the class, or a class in brackets.
        Expr::Literal(Literal::Str(text)) => {
            let name = text.trim_end_matches(']').rsplit('[').next().unwrap_or_default();
            let name = name.split(['|', ',']).next().unwrap_or_default().trim();
            schema(db, project, crate::types::names::at_top_level(db, project, class.class.module, name).kind)
        }
        Expr::Subscript { value, index } => {
            let name = definitions.exprs.dotted(*value)?;
            CONTAINERS.contains(&name.rsplit('.').next()?).then(|| inside(*index))?
        }
        Expr::Binary { op, left, right } if op == "|" => inside(*left).or_else(|| inside(*right)),
        Expr::Tuple(items) => items.iter().find_map(|item| inside(*item)),
        _ => None,
    }
}

fn schema(db: &dyn Db, project: Project, kind: Kind) -> Option<ClassRef> {
    let Kind::Class(class) = kind else { return None };
    // If the entity is its own schema, relationships aren't rendered.
    let is_row = model::query::entity(db, project, class.module, class.name.clone())
        .is_some_and(|entity| !entity.is_abstract);
    (!is_row && super::library_of(db, project, &class) == Some(Library::Pydantic)).then_some(class)
}

/// What a schema stands for that is no object: the list in `class Orders(RootModel[list[OrderOut]])`.
pub(crate) fn root_of(db: &dyn Db, project: Project, class: &ClassRef) -> Option<Value> {
    let classes = Written::with_ancestors(db, project, class);
    classes.iter().find_map(|written| {
        let definitions = &written.definitions;
        definitions[written.id].bases.iter().find_map(|base| {
            let Arg::Positional(base) = base else { return None };
            let Expr::Subscript { value, index } = &definitions[*base] else { return None };
            let Kind::Foreign(full) = written.value(db, project, *value).kind else { return None };
            let module = written.class.module;
            let root = || crate::types::annotation::value(db, project, module, &definitions.exprs, *index);
            full.ends_with(".RootModel").then(root)
        })
    })
}
