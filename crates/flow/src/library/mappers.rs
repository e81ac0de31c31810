//! Mappers described by tables of names: peewee, Tortoise, Beanie. A class that inherits from one of their bases yields
//! rows, which are its instances; a query for many yields many of them, and runs where it is created. Reading a
//! relationship of a row runs a query unless the original query loaded any: which ones it loaded is not tracked.

use model::{ClassRef, ModuleId, PathRole, Project};
use python::{Arg, Definitions, Expr, ExprId, Literal, Name, Scope, Variable};
use rustc_hash::FxHashMap;

use crate::interpreter::{Arguments, Interpreter};
use crate::query::types;
use crate::{Db, Kind, ModelRef, Parts, Value};

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
            let mapper = mapper_of(walker.db(), walker.project(), class)?;
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
            let mapper = mapper_of(walker.db(), walker.project(), class)?;
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

/// A field of a row that reads another row, or the other end of such a field, which reads many.
pub(super) fn attribute(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    receiver: &Value,
    name: &str,
) -> Option<Value> {
    let Kind::Instance(class, _) = &receiver.kind else { return None };
    mapper_of(walker.db(), walker.project(), class).filter(|mapper| !mapper.links.is_empty())?;
    let file = model::query::file_of(walker.db(), walker.project(), class.module);
    let definitions = python::query::definitions(walker.db(), file);
    let id = definitions.class_named(&class.name)?;
    let field = definitions.variables.iter().find(|it| it.scope == Scope::Class(id) && it.name == name);
    let rows = match field {
        Some(field) => {
            let link = link_at(walker.db(), walker.project(), class.module, &definitions, field)?;
            link.target.map_or(Value::UNKNOWN, row_of)
        }
        None if crate::types::classes::member(walker.db(), walker.project(), class, name).is_some() => {
            return None;
        }
        None => {
            let links = types::back_links(walker.db(), walker.project());
            row_of(links.get(&(class.clone(), name.into()))?.clone()).many()
        }
    };
    walker.runs(expr, &format!("the lazy load of {}.{name}", class.name), ModelRef::Unknown, receiver.deps);
    Some(rows.with_deps(receiver.deps))
}

fn row_of(class: ClassRef) -> Value {
    Value::of(Kind::Instance(class, Parts::default()))
}

/// A field that reads a row of another class.
struct Link {
    target: Option<ClassRef>,
    /// The attribute of that row that leads back, if it is named.
    back: Option<Name>,
}

fn link_at(
    db: &dyn Db,
    project: Project,
    module: ModuleId,
    definitions: &Definitions,
    field: &Variable,
) -> Option<Link> {
    let Expr::Call { callee, args } = &definitions[field.value?] else { return None };
    let maker = definitions.exprs.dotted(*callee)?;
    let mut parts = maker.split('.');
    let first: Name = parts.next()?.into();
    let held = crate::types::names::at_top_level(db, project, module, &first);
    let Kind::Foreign(full) = crate::types::names::attributes(db, project, held, parts).kind else {
        return None;
    };
    let Scope::Class(own) = field.scope else { return None };
    let mapper = mapper_of(db, project, &ClassRef::new(module, definitions[own].name.clone()))?;
    if !mapper.links.contains(&full.as_str()) {
        return None;
    }
    let target = match args.first().map(|first| &definitions[first.value()])? {
        Expr::Name(target) => crate::types::names::at_top_level(db, project, module, target).kind,
        // `"models.Owner"`: the label of an app.
        Expr::Literal(Literal::Str(path)) => {
            let last = path.rsplit('.').next().unwrap_or_default();
            crate::types::names::at_top_level(db, project, module, last).kind
        }
        _ => Kind::Unknown,
    };
    let back = args.iter().find_map(|arg| match arg {
        Arg::Keyword(name, value) if name == mapper.back => match &definitions[*value] {
            Expr::Literal(Literal::Str(name)) => Some(name.as_str().into()),
            _ => None,
        },
        _ => None,
    });
    Some(Link { target: if let Kind::Class(target) = target { Some(target) } else { None }, back })
}

/// The attributes by which rows of mappers lead back to those whose fields read them: by their class and name, the
/// class of the rows behind them.
pub(crate) fn back_links(db: &dyn Db, project: Project) -> FxHashMap<(ClassRef, Name), ClassRef> {
    let modules = model::query::modules(db, project);
    let mut found = FxHashMap::default();
    for (id, module) in modules.iter().filter(|(_, module)| module.role == PathRole::Code) {
        let definitions = python::query::definitions(db, module.file);
        for field in &definitions.variables {
            let Scope::Class(class) = field.scope else { continue };
            if let Some(Link { target: Some(target), back: Some(back) }) =
                link_at(db, project, id, &definitions, field)
            {
                found.insert((target, back), ClassRef::new(id, definitions[class].name.clone()));
            }
        }
    }
    found
}

/// The mapper that a class of the project inherits from.
fn mapper_of(db: &dyn Db, project: Project, class: &ClassRef) -> Option<libraries::Mapper> {
    let bases = types::foreign_ancestors(db, project, class.module, class.name.clone());
    bases.iter().find_map(|base| libraries::mapper(base))
}
