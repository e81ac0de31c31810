//! Django's admin: its list calls the methods that `list_display` names once for each row.

use std::sync::Arc;

use libraries::ClassRole;
use model::{ClassRef, Entity as Facts, Orm, Project};
use python::{Arg, Body, BodyId, Expr, ExprId, Literal, Name, Scope, Stmt};

use super::options::{SEPARATOR, all_to_one};
use crate::query::types;
use crate::serializers::Written;
use crate::{
    Db, Deps, Entity, Fetch, FunctionRef, Kind, Loads, ModelRef, Origin, QueryRef, QueryState, Shape, Site,
    Traits, Value,
};

/// The attribute that lists the columns.
pub(crate) const COLUMNS: &str = "list_display";
/// The attribute that lists the relationships to join.
const JOINED: &str = "list_select_related";
/// Methods that change the query.
const QUERY: &str = "get_queryset";
const JOINED_BY: &str = "get_list_select_related";

/// The list that the admin shows of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AdminList {
    /// One of its rows.
    pub(crate) row: Entity,
    /// The names of its columns.
    pub(crate) columns: Vec<Name>,
    /// The functions among its columns.
    pub(crate) functions: Vec<FunctionRef>,
    /// Where they are listed, in the body of the class itself.
    pub(crate) site: Option<Site>,
}

/// Whether a class or one of its ancestors lists `column` in `list_display`.
pub(crate) fn names_column(db: &dyn Db, project: Project, class: &ClassRef, column: &str) -> bool {
    let classes = Written::with_ancestors(db, project, class);
    classes
        .iter()
        .find_map(|class| Some(texts(class, class.variable(COLUMNS)?.value?)))
        .is_some_and(|columns| columns.iter().any(|name| name == column))
}

/// The list of an admin class, if it or an ancestor declares the columns.
pub(crate) fn admin_list(db: &dyn Db, project: Project, class: &ClassRef) -> Option<AdminList> {
    let classes = Written::with_ancestors(db, project, class);
    let holder = classes.iter().find(|class| class.variable(COLUMNS).is_some())?;
    let value = holder.variable(COLUMNS)?.value?;
    let columns = texts(holder, value);
    let functions = functions(db, project, holder, value);
    if columns.is_empty() && functions.is_empty() {
        return None;
    }
    let model = model_of(db, project, class)?;
    let facts = model::query::entity(db, project, model.module, model.name.clone())?;
    let mut loads = joined(&classes, &facts, &columns);
    let mut query = own_query(classes.first()?);
    let mut traits = Traits::NONE;
    if let Some(function) = classes.iter().find_map(|class| class.method(QUERY)) {
        let summary = crate::query::summary(db, project, function.module, function.function);
        if let Kind::Query(made) = &summary.returns.kind {
            // The list joins nothing to a query that joins something by itself.
            if made.loads.relationships.values().any(|loads| loads.fetch == Fetch::Joined) {
                loads = Loads::default();
            }
            loads.merge(&made.loads);
            (query, traits) = (made.source, made.traits);
        } else {
            loads.is_open = true;
        }
    }
    let row = Entity {
        model: ModelRef::Known(model),
        loads,
        origin: Origin::Query(query),
        is_async: false,
        traits: traits | Traits::BOUNDED | Traits::OWN_METHOD,
        back: None,
        state: crate::RowState::Attached,
    };
    Some(AdminList { row, columns, functions, site: site(db, project, classes.first()?) })
}

/// The rows that the admin passes to an action, and to other methods with a parameter of that name.
pub(crate) fn queryset(db: &dyn Db, project: Project, function: FunctionRef, index: usize) -> Option<Value> {
    let file = model::query::file_of(db, project, function.module);
    let definitions = python::query::definitions(db, file);
    let facts = definitions.functions.get(function.function.0 as usize)?;
    let Scope::Class(id) = facts.scope else { return None };
    if index != 2 || facts.parameters.get(index)?.name != "queryset" {
        return None;
    }
    let class = ClassRef::new(function.module, definitions[id].name.clone());
    let model = model_of(db, project, &class)?;
    let written = Written::of(db, project, &class)?;
    Some(Value::of(Kind::Query(Arc::new(QueryState {
        model: ModelRef::Known(model),
        orm: Orm::Django,
        shape: Shape::Entities,
        loads: if written.method(QUERY).is_some() { Loads::open() } else { Loads::default() },
        shared: Vec::new(),
        source: own_query(&written),
        deps: Deps::NONE,
        related: None,
        base: None,
        is_bounded: false,
        is_filtered: true,
        runs_itself: true,
        traits: Traits::OWN_METHOD,
    }))))
}

/// The default query of an admin class, for one that doesn't override `get_queryset`.
fn own_query(class: &Written) -> QueryRef {
    let function = FunctionRef::of_class_body(class.class.module, class.id);
    QueryRef { function, heir: None, index: u16::MAX }
}

/// The model of an admin class.
fn model_of(db: &dyn Db, project: Project, class: &ClassRef) -> Option<ClassRef> {
    let bases = types::foreign_ancestors(db, project, class.module, class.name.clone());
    let is_admin =
        |base: &Name| libraries::role_of_base(base) == Some(ClassRole::Admin) || base.ends_with("ModelAdmin");
    if !bases.iter().any(is_admin) {
        return None;
    }
    registered(db, project, &Written::of(db, project, class)?)
}

/// The strings in a list, including a concatenation of several lists.
fn texts(class: &Written, expr: ExprId) -> Vec<Name> {
    match &class.definitions[expr] {
        Expr::Literal(Literal::Str(text)) => vec![text.clone()],
        Expr::Tuple(parts) | Expr::List(parts) => parts.iter().flat_map(|part| texts(class, *part)).collect(),
        Expr::Binary { left, right, .. } => {
            let mut all = texts(class, *left);
            all.extend(texts(class, *right));
            all
        }
        Expr::Starred(inner) => texts(class, *inner),
        _ => Vec::new(),
    }
}

/// The functions in a list: `list_display = ("title", venue_of)`.
fn functions(db: &dyn Db, project: Project, class: &Written, expr: ExprId) -> Vec<FunctionRef> {
    match &class.definitions[expr] {
        Expr::Tuple(parts) | Expr::List(parts) => {
            parts.iter().flat_map(|part| functions(db, project, class, *part)).collect()
        }
        Expr::Name(_) | Expr::Attribute { .. } => match class.value(db, project, expr).kind {
            Kind::Function(function) => vec![function],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// The class of the same module whose list shows what a function returns.
pub(crate) fn lists_function(db: &dyn Db, project: Project, function: FunctionRef) -> Option<ClassRef> {
    let file = model::query::file_of(db, project, function.module);
    let definitions = python::query::definitions(db, file);
    let facts = definitions.functions.get(function.function.0 as usize)?;
    if facts.scope != Scope::Module {
        return None;
    }
    let mut classes = definitions.classes().filter(|(_, class)| class.scope == Scope::Module);
    classes.find_map(|(id, class)| {
        let is_it = |expr: ExprId| matches!(&definitions[expr], Expr::Name(name) if *name == facts.name);
        let lists_it = definitions.variables.iter().any(|variable| {
            let Some(value) = variable.value else { return false };
            variable.scope == Scope::Class(id)
                && variable.name == COLUMNS
                && matches!(&definitions[value], Expr::Tuple(parts) | Expr::List(parts) if parts.iter().any(|part| is_it(*part)))
        });
        lists_it.then(|| ClassRef::new(function.module, class.name.clone()))
    })
}

/// The relationships that the list joins by itself: those configured, or, if a column is a relationship, every non-null
/// one.
fn joined(classes: &[Written], facts: &Facts, columns: &[Name]) -> Loads {
    if classes.iter().any(|class| class.method(JOINED_BY).is_some()) {
        return Loads::open();
    }
    let said = classes.iter().find_map(|class| Some((class, class.variable(JOINED)?.value?)));
    let is_off =
        |class: &Written, value| matches!(class.definitions[value], Expr::Literal(Literal::Bool(false)));
    let Some((class, value)) = said.filter(|(class, value)| !is_off(class, *value)) else {
        let is_key =
            |name: &Name| facts.relationship(name).is_some_and(|found| !found.is_many && !found.is_reverse);
        let all = || all_to_one(facts).fetched(Fetch::Joined);
        return if columns.iter().any(is_key) { all() } else { Loads::default() };
    };
    match &class.definitions[value] {
        Expr::Literal(Literal::Bool(true)) => all_to_one(facts).fetched(Fetch::Joined),
        Expr::Tuple(parts) | Expr::List(parts) => {
            let names = texts(class, value);
            let mut loads = Loads { is_open: names.len() < parts.len(), ..Loads::default() };
            for name in &names {
                loads.add(name.split(SEPARATOR));
            }
            loads.fetched(Fetch::Joined)
        }
        _ => Loads::open(),
    }
}

/// The single model that an admin class is registered for, by a decorator or by a call in its module.
fn registered(db: &dyn Db, project: Project, class: &Written) -> Option<ClassRef> {
    let decorators = &class.definitions[class.id].decorators;
    for decorator in decorators {
        let Expr::Call { callee, args } = &class.definitions[*decorator] else { continue };
        let is_register = match class.value(db, project, *callee).kind {
            Kind::Foreign(full) => libraries::class_decorator(&full) == Some(ClassRole::Admin),
            _ => false,
        };
        if is_register {
            let mut models = args.iter().filter_map(|arg| match arg {
                Arg::Positional(model) => class.class_at(db, project, *model),
                _ => None,
            });
            let first = models.next();
            return first.filter(|_| models.next().is_none());
        }
    }
    let file = model::query::file_of(db, project, class.class.module);
    let body = python::query::body(db, file, BodyId(0))?;
    let mut models = body.stmts.iter().filter_map(|stmt| match stmt {
        Stmt::Expr(call) => registered_by(db, project, class, &body, *call),
        _ => None,
    });
    let first = models.next();
    first.filter(|_| models.next().is_none())
}

/// The model in `admin.site.register(Order, OrderAdmin)`.
fn registered_by(
    db: &dyn Db,
    project: Project,
    class: &Written,
    body: &Body,
    call: ExprId,
) -> Option<ClassRef> {
    let Expr::Call { callee, args } = &body[call] else { return None };
    let Expr::Attribute { name, .. } = &body[*callee] else { return None };
    let [Arg::Positional(model), Arg::Positional(admin)] = &**args else { return None };
    let (Expr::Name(model), Expr::Name(admin)) = (&body[*model], &body[*admin]) else { return None };
    if name != "register" || *admin != class.class.name {
        return None;
    }
    match crate::types::names::at_top_level(db, project, class.class.module, model).kind {
        Kind::Class(model) => Some(model),
        _ => None,
    }
}

/// Where a class lists its columns.
fn site(db: &dyn Db, project: Project, class: &Written) -> Option<Site> {
    class.variable(COLUMNS)?;
    let file = model::query::file_of(db, project, class.class.module);
    let id = class.definitions[class.id].body;
    let body = python::query::body(db, file, id)?;
    Some(Site { body: id, expr: body.assigned(COLUMNS).next_back()? })
}
