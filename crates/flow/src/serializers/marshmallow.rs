//! Marshmallow schemas.

use std::collections::BTreeMap;

use model::{ClassRef, Member, Project};
use python::{Expr, ExprArena, ExprId, Name};

use super::field::{Declared, Field, FieldKind, Fields, Library};
use super::meta::{self, Names};
use super::shown::Shown;
use super::written::{Call, Written, parts};
use crate::{Db, Kind};

/// Expressions are followed this deep.
const MAX_DEPTH: usize = 16;
/// The module of the library's fields.
const FIELDS: &str = "marshmallow.fields";
/// The method by which a field of the project's own shows what it reads: `_serialize(self, value, attr, obj)`.
const SERIALIZE: &str = "_serialize";
/// The parameter of it that is the object itself.
const OBJECT: u8 = 3;

/// The fields of a schema.
pub(super) fn fields(db: &dyn Db, project: Project, class: &ClassRef) -> Fields {
    let classes = Written::with_ancestors(db, project, class);
    let meta = meta::read(db, project, &classes);
    let mut by_name: BTreeMap<Name, Declared> = BTreeMap::new();
    // `include_relationships = True`: each is rendered as the keys of its rows.
    if let (Some(model), Some(class), true) = (&meta.model, &meta.class, meta.includes_relationships)
        && let Some(entity) = model::query::entity(db, project, model.module, model.name.clone())
    {
        for (name, member) in &entity.members {
            if matches!(member, Member::Relationship(_)) {
                let source = vec![name.clone()];
                let field = Field { class: class.clone(), name: name.clone(), source, kind: FieldKind::Read };
                by_name.insert(name.clone(), Declared::Shown(field));
            }
        }
    }
    for written in classes.iter().rev() {
        for variable in written.variables() {
            if let Some(value) = variable.value
                && let Some(field) = of_call(db, project, &classes, written, &variable.name, value)
            {
                by_name.insert(variable.name.clone(), field);
            }
        }
    }
    if let Names::These(names) = &meta.fields {
        by_name.retain(|name, _| names.contains(name));
    }
    by_name.retain(|name, _| !meta.exclude.contains(name));
    Fields {
        model: meta.model,
        list: by_name.into_values().filter_map(shown).collect(),
        overridden: None,
        of_list: None,
        flattened: None,
    }
}

fn shown(declared: Declared) -> Option<Field> {
    match declared {
        Declared::Shown(field) => Some(field),
        Declared::Hidden => None,
    }
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
    // A field of the project's own class, and the class of the library that it extends.
    let mut own = Vec::new();
    let full = match &callee.kind {
        Kind::Foreign(full) => full.clone(),
        Kind::Class(class) => {
            own = Written::with_ancestors(db, project, class);
            let bases = crate::query::types::foreign_ancestors(db, project, class.module, class.name.clone());
            bases.iter().find(|base| base.contains(FIELDS)).cloned()?
        }
        _ => return None,
    };
    if !full.contains("marshmallow") {
        return None;
    }
    if call.is_true("load_only") {
        return Some(Declared::Hidden);
    }
    let source = call.text(usize::MAX, "attribute").map_or_else(|| vec![name.clone()], |path| parts(path));
    let field = |source, kind| {
        Some(Declared::Shown(Field { class: written.class.clone(), name: name.clone(), source, kind }))
    };
    if let Some(function) = own.iter().find_map(|class| class.method(SERIALIZE)) {
        let reads_object = reads_parameter(db, project, function, usize::from(OBJECT));
        let kind =
            if reads_object { FieldKind::Resolver(function, OBJECT) } else { FieldKind::Shown(function) };
        return field(source, kind);
    }
    match full.rsplit('.').next()? {
        "Nested" => {
            let schema = call.argument(0, "nested")?;
            let shown = Shown::written(definitions, &call, schema);
            match (nested(db, project, written, schema), shown) {
                (Some(class), Some(shown)) => field(source, FieldKind::Nested(class, shown)),
                _ => field(source, FieldKind::Read),
            }
        }
        "Pluck" => {
            let attribute = call.text(1, "field_name").map(|name| parts(name));
            field(source, FieldKind::Attributes(attribute.unwrap_or_default()))
        }
        "List" => {
            let inner = call.argument(0, "cls_or_instance")?;
            match of_call(db, project, classes, written, name, inner) {
                Some(Declared::Shown(inner)) => field(source, inner.kind),
                _ => field(source, FieldKind::Read),
            }
        }
        "Method" => {
            let method = call.text(0, "serialize")?;
            let function = classes.iter().find_map(|class| class.method(method))?;
            field(Vec::new(), FieldKind::Method(function))
        }
        "Function" => {
            let reads = call.argument(0, "serialize").and_then(|by| read_by(db, project, written, by));
            reads.map_or(Some(Declared::Hidden), |reads| field(Vec::new(), reads))
        }
        "Constant" => Some(Declared::Hidden),
        _ => field(source, FieldKind::Read),
    }
}

/// Whether a function does something with what it is given as the parameter of this index.
fn reads_parameter(db: &dyn Db, project: Project, function: crate::FunctionRef, index: usize) -> bool {
    let file = model::query::file_of(db, project, function.module);
    let definitions = python::query::definitions(db, file);
    let facts = &definitions[function.function];
    let Some(body) = python::query::body(db, file, facts.body) else { return false };
    let Some(parameter) = facts.parameters.get(index) else { return false };
    let is_base = |expr: &Expr| {
        matches!(expr, Expr::Attribute { value, .. }
        if matches!(&body[*value], Expr::Name(name) if *name == parameter.name))
    };
    body.exprs.list.iter().any(is_base)
}

/// What a lambda or a function does with the object that it is given: `lambda order: order.customer.name`.
pub(super) fn read_by(db: &dyn Db, project: Project, written: &Written, by: ExprId) -> Option<FieldKind> {
    if let Expr::Lambda { parameters, body } = &written.definitions[by] {
        let mut ways = Vec::new();
        ways_from(&written.definitions.exprs, *body, parameters.first()?, &mut ways, 0);
        return Some(FieldKind::Ways(ways));
    }
    match written.value(db, project, by).kind {
        Kind::Function(function) => Some(FieldKind::Function(function)),
        _ => None,
    }
}

/// The attributes that an expression reads of what a name holds, each with all that is read behind it.
fn ways_from(exprs: &ExprArena, expr: ExprId, name: &Name, ways: &mut Vec<Vec<Name>>, depth: usize) {
    let chain = exprs.dotted(expr);
    if let Some(way) = chain.as_deref().and_then(|chain| chain.strip_prefix(name.as_str())?.strip_prefix('.'))
    {
        ways.push(parts(way));
    } else if depth < MAX_DEPTH {
        exprs[expr].for_each_child(|child| ways_from(exprs, child, name, ways, depth + 1));
    }
}

fn nested(db: &dyn Db, project: Project, written: &Written, expr: ExprId) -> Option<ClassRef> {
    let class = written.class_at(db, project, expr)?;
    (super::library_of(db, project, &class) == Some(Library::Marshmallow)).then_some(class)
}
