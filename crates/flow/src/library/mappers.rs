//! Mappers described by tables of names: peewee, Tortoise, Beanie. A class that inherits from one of their bases yields
//! rows, which are its instances; a query for many yields many of them, and runs where it is created. Reading a
//! relationship of a row runs a query unless the original query loaded any: which ones it loaded is not tracked.

use model::ClassRef;
use python::{Expr, ExprId, Name, Scope};

use crate::interpreter::{Arguments, Interpreter};
use crate::query::types;
use crate::{Kind, ModelRef, Parts, Value};

/// Methods that leave the rows of a query as they are.
const KEEPS: &[&str] = &[
    "where", "filter", "exclude", "order_by", "limit", "offset", "distinct", "sort", "skip", "find", "all",
    "to_list", "paginate", "group_by", "having", "using_db", "iterator", "clone", "execute",
];
/// Methods that give one row of a query.
const ONE: &[&str] = &["first", "first_or_none", "get", "get_or_none"];

/// A method of such a class, of a row, or of a query for rows.
pub(super) fn method(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    receiver: &Value,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    let deps = receiver.deps | arguments.deps();
    match &receiver.kind {
        Kind::Class(class) | Kind::Instance(class, _) => {
            let mapper = mapper_of(walker, class)?;
            // The class's own definition takes precedence.
            if crate::types::classes::member(walker.db(), walker.project(), class, name).is_some() {
                return None;
            }
            let row = Value::of(Kind::Instance(class.clone(), Parts::default()));
            let class_name = class.name.clone();
            if mapper.begins.contains(&name) && matches!(receiver.kind, Kind::Class(_)) {
                walker.runs(expr, &format!("{class_name}.{name}"), ModelRef::Unknown, deps);
                // A query that mentions other tables may load them.
                let is_plain = !arguments.values().any(|value| is_other(value, class));
                let row = if is_plain { row } else { Value::UNKNOWN };
                return Some(row.with_deps(receiver.deps).many());
            }
            if mapper.asks.contains(&name) {
                walker.runs(expr, &format!("{class_name}.{name}"), ModelRef::Unknown, deps);
                return Some(if matches!(receiver.kind, Kind::Class(_)) {
                    row.with_deps(deps)
                } else {
                    Value::UNKNOWN
                });
            }
            None
        }
        Kind::Many(row) => {
            let Kind::Instance(class, _) = &row.kind else { return None };
            let mapper = mapper_of(walker, class)?;
            if mapper.loads.contains(&name) {
                Some(Value::UNKNOWN.many().with_deps(deps))
            } else if KEEPS.contains(&name) {
                Some(receiver.clone().with_deps(deps))
            } else if ONE.contains(&name) {
                Some((**row).clone().with_deps(deps))
            } else {
                None
            }
        }
        _ => None,
    }
}

fn is_other(value: &Value, own: &ClassRef) -> bool {
    matches!(&value.kind, Kind::Class(class) if class != own)
}

/// A field of a row that reads another row.
pub(super) fn attribute(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    receiver: &Value,
    name: &str,
) -> Option<Value> {
    let Kind::Instance(class, _) = &receiver.kind else { return None };
    let mapper = mapper_of(walker, class).filter(|mapper| !mapper.links.is_empty())?;
    let file = model::query::file_of(walker.db(), walker.project(), class.module);
    let definitions = python::query::definitions(walker.db(), file);
    let id = definitions.class_named(&class.name)?;
    let field = definitions.variables.iter().find(|it| it.scope == Scope::Class(id) && it.name == name)?;
    let Expr::Call { callee, args } = &definitions[field.value?] else { return None };
    let maker = definitions.exprs.dotted(*callee)?;
    let mut parts = maker.split('.');
    let first: Name = parts.next()?.into();
    let held = crate::types::names::at_top_level(walker.db(), walker.project(), class.module, &first);
    let value = crate::types::names::attributes(walker.db(), walker.project(), held, parts);
    let Kind::Foreign(full) = &value.kind else { return None };
    if !mapper.links.contains(&full.as_str()) {
        return None;
    }
    walker.runs(expr, &format!("the lazy load of {}.{name}", class.name), ModelRef::Unknown, receiver.deps);
    let target = match args.first().map(|first| &definitions[first.value()]) {
        Some(Expr::Name(target)) => {
            crate::types::names::at_top_level(walker.db(), walker.project(), class.module, target).kind
        }
        _ => Kind::Unknown,
    };
    Some(match target {
        Kind::Class(target) => Value::of(Kind::Instance(target, Parts::default())).with_deps(receiver.deps),
        _ => Value::UNKNOWN.with_deps(receiver.deps),
    })
}

/// The mapper that a class of the project inherits from.
fn mapper_of(walker: &dyn Interpreter, class: &ClassRef) -> Option<libraries::Mapper> {
    let bases = types::foreign_ancestors(walker.db(), walker.project(), class.module, class.name.clone());
    bases.iter().find_map(|base| libraries::mapper(base))
}
