//! Statements: `select`, `insert`, `update`, `delete`, `text`.

use model::Orm;
use python::ExprId;

use super::{refine, selected};
use crate::interpreter::{Arguments, Interpreter};
use crate::{Kind, ModelRef, Shape, Traits, Value};

/// Calls a function that begins a statement.
pub(super) fn call(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    name: &str,
    orm: Orm,
    arguments: &Arguments,
) -> Option<Value> {
    match name {
        "select" => Some(selected::value(selected::begin(walker, expr, orm, arguments))),
        "insert" | "update" | "delete" => Some(write(walker, expr, orm, arguments)),
        "text" => {
            let mut query = walker.begin(expr, ModelRef::Unknown, orm);
            query.deps = query.deps | arguments.deps();
            let is_write = matches!(
                arguments.positional.first().map(|(sql, _)| &sql.kind),
                Some(Kind::Text(sql)) if crate::library::blocking::writes(sql)
            );
            query.shape = if is_write { Shape::Write } else { Shape::Plain };
            query.is_filtered = true;
            Some(selected::value(query))
        }
        "union" | "union_all" | "intersect" | "except_" => {
            // The rows are those of the first part; the loads of the parts aren't carried over.
            let first = arguments.positional.first().map(|(value, _)| value)?;
            let Kind::Query(query) = &first.kind else { return None };
            let mut query = (**query).clone();
            query.deps = query.deps | arguments.deps();
            query.traits = query.traits | Traits::COMBINED;
            Some(selected::value(query))
        }
        "aliased" | "with_polymorphic" => {
            let class = arguments.get(0, "element").or_else(|| arguments.get(0, "base"))?;
            matches!(class.kind, Kind::Class(_)).then(|| class.clone())
        }
        _ => None,
    }
}

/// `update(Order)`, `insert(orders)`
fn write(walker: &mut dyn Interpreter, expr: ExprId, orm: Orm, arguments: &Arguments) -> Value {
    let model = arguments.get(0, "table").map_or(ModelRef::Unknown, |value| refine::model(walker, value));
    let orm = model.class().and_then(|class| walker.entity(class)).map_or(orm, |entity| entity.orm);
    let mut query = walker.begin(expr, model, orm);
    query.deps = query.deps | arguments.deps();
    query.shape = Shape::Write;
    query.traits = Traits::WRITTEN;
    selected::value(query)
}
