//! The bases of a class, their type arguments, and the method resolution order.

use model::{ClassRef, Head, Project};
use python::{Arg, Definitions, Expr, ExprId, Name, Scope};

use crate::query::types as queries;
use crate::types::annotation::{Context, Type, Types, is_type_variable};
use crate::value::{Entity, ModelRef};
use crate::{Db, Kind, Parts, Value};

/// Nested calls are followed down to this depth.
const MAX_DEPTH: usize = 8;
/// The number of generic bases examined for one class. Bounds cycles among them.
const MAX_GENERIC: usize = 64;
/// With more ancestors than this, the lookup order is arbitrary.
const MAX_ANCESTORS: usize = 128;

/// The project bases of a class.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Bases {
    /// The names of the type parameters that the class declares.
    pub(crate) parameters: Box<[Name]>,
    list: Box<[Base]>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Base {
    class: ClassRef,
    arguments: Box<[Argument]>,
}

/// A type argument passed to a base.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Argument {
    /// A concrete type.
    Known(Value),
    /// The class's type parameter at this index.
    Parameter(usize),
}

/// A class in the MRO.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ancestor {
    pub(crate) class: ClassRef,
    /// The values bound to its type parameters.
    pub(crate) arguments: Parts,
}

/// Reads the bases of a class.
pub(crate) fn written(db: &dyn Db, project: Project, class: &ClassRef) -> Bases {
    let file = model::query::file_of(db, project, class.module);
    let classes = queries::classes(db, file);
    let Some(own) = classes.get(&class.name) else { return Bases::default() };
    let definitions = python::query::definitions(db, file);
    let facts = &definitions[own.id];
    let context = Context::default();
    let types = Types { db, project, module: class.module, exprs: &definitions.exprs, context };
    let mut exprs: Vec<ExprId> = Vec::new();
    for base in &facts.bases {
        let Arg::Positional(base) = base else { continue };
        match &definitions[*base] {
            // `with_metaclass(Meta, Base)`
            Expr::Call { args, .. } => exprs.extend(args.iter().filter_map(|arg| match arg {
                Arg::Positional(value) => Some(*value),
                _ => None,
            })),
            _ => exprs.push(*base),
        }
    }
    let parameters = parameters(&types, &definitions, &facts.type_parameters, &exprs);
    let mut list = Vec::new();
    for base in exprs {
        let (named, arguments) = split(&definitions, base);
        let found = match types.name(named, 0) {
            // A class whose base has the same name: the base is what an import of that name provides.
            Type::Class(base) if base == *class => redefined(db, project, class),
            Type::Class(base) => Some((base, Vec::new())),
            Type::Foreign(_) => None,
            Type::Value(value) => match value.kind {
                Kind::Instance(base, arguments) => {
                    Some((base, arguments.iter().cloned().map(Argument::Known).collect()))
                }
                Kind::Entity(Entity { model: ModelRef::Known(base), .. }) => Some((base, Vec::new())),
                _ => built(&types, named).map(|base| (base, Vec::new())),
            },
        };
        let Some((base, mut known)) = found.filter(|(base, _)| base != class) else { continue };
        if known.is_empty() {
            known = arguments
                .iter()
                .map(|argument| match &definitions[*argument] {
                    Expr::Name(name) if let Some(index) = parameters.iter().position(|it| it == name) => {
                        Argument::Parameter(index)
                    }
                    _ => Argument::Known(types.value(*argument, 0)),
                })
                .collect();
        }
        list.push(Base { class: base, arguments: known.into() });
    }
    Bases { parameters: parameters.into(), list: list.into() }
}

/// The class behind a base created by a call: `declarative_base(cls=Base)`, and `db.Model` for
/// `db = SQLAlchemy(model_class=Base)`.
fn built(types: &Types<'_>, base: ExprId) -> Option<ClassRef> {
    let variable = match (types.head(base, 0), &types.exprs[base]) {
        (Head::Unknown, Expr::Attribute { value, name }) if name == "Model" => types.head(*value, 0),
        (head, _) => head,
    };
    let Head::Variable(module, name) = variable else { return None };
    let file = model::query::file_of(types.db, types.project, module);
    let definitions = python::query::definitions(types.db, file);
    let is_it = |variable: &&python::Variable| variable.scope == Scope::Module && variable.name == name;
    let made = definitions.variables.iter().rev().find(is_it)?.value?;
    let there = Types { module, exprs: &definitions.exprs, ..*types };
    given(&there, made, 0)
}

/// The class passed to a call as the base of the class that it creates.
fn given(types: &Types<'_>, made: ExprId, depth: usize) -> Option<ClassRef> {
    match &types.exprs[made] {
        Expr::Call { args, .. } if depth < MAX_DEPTH => args.iter().find_map(|arg| match arg {
            Arg::Keyword(name, value) if name == "cls" || name == "model_class" => {
                given(types, *value, depth + 1)
            }
            _ => None,
        }),
        _ => match types.name(made, 0) {
            Type::Class(class) if depth > 0 => Some(class),
            _ => None,
        },
    }
}

fn redefined(db: &dyn Db, project: Project, class: &ClassRef) -> Option<(ClassRef, Vec<Argument>)> {
    let file = model::query::file_of(db, project, class.module);
    let imports = python::query::imports(db, file);
    let (id, _) = imports.iter().find(|(_, import)| import.bound_name() == Some(&class.name))?;
    match model::query::imported(db, project, class.module, id) {
        Head::Class(base) => Some((base, Vec::new())),
        _ => None,
    }
}

/// Splits `Base[A, B]` into `Base` and `[A, B]`.
fn split(definitions: &Definitions, base: ExprId) -> (ExprId, &[ExprId]) {
    match &definitions[base] {
        Expr::Subscript { value, index } => match &definitions[*index] {
            Expr::Tuple(items) => (*value, items),
            _ => (*value, std::slice::from_ref(index)),
        },
        _ => (base, &[]),
    }
}

/// The type parameters of a class: those it declares, those of `Generic` and `Protocol`, or those that occur in its
/// bases.
fn parameters(
    types: &Types<'_>,
    definitions: &Definitions,
    declared: &[Name],
    bases: &[ExprId],
) -> Vec<Name> {
    if !declared.is_empty() {
        return declared.into();
    }
    let (mut explicit, mut occurring) = (Vec::new(), Vec::new());
    for base in bases {
        let (named, arguments) = split(definitions, *base);
        if arguments.is_empty() {
            continue;
        }
        let is_generic = matches!(types.head(named, 0), Head::Foreign(full)
            if full == "typing.Generic" || full == "typing.Protocol");
        for argument in arguments {
            let Expr::Name(name) = &definitions[*argument] else { continue };
            if is_generic {
                explicit.push(name.clone());
            } else if !occurring.contains(name)
                && is_type_variable(types.db, types.project, types.module, name)
            {
                occurring.push(name.clone());
            }
        }
    }
    if explicit.is_empty() { occurring } else { explicit }
}

/// A class with all of its ancestors, in C3 order (<https://docs.python.org/3/howto/mro.html>). If no C3 order exists,
/// in depth-first order.
pub(crate) fn linearize(
    db: &dyn Db,
    project: Project,
    class: &ClassRef,
    arguments: &[Value],
) -> Vec<Ancestor> {
    let mut left = MAX_GENERIC;
    linear(db, project, class, arguments.into(), &mut left)
}

/// `left` is the number of generic bases that may still be examined; bases without type arguments come from their own
/// query.
fn linear(
    db: &dyn Db,
    project: Project,
    class: &ClassRef,
    arguments: Parts,
    left: &mut usize,
) -> Vec<Ancestor> {
    let bases = queries::bases(db, project, class.module, class.name.clone());
    let mut lines: Vec<Vec<Ancestor>> = Vec::new();
    for Base { class: base, arguments: written } in &bases.list {
        let given = written.iter().map(|argument| match argument {
            Argument::Known(value) => value.clone(),
            Argument::Parameter(index) => arguments.get(*index).cloned().unwrap_or_default(),
        });
        let given: Parts = given.collect();
        lines.push(if given.iter().all(Value::is_unknown) || *left == 0 {
            queries::ancestors(db, project, base.module, base.name.clone()).to_vec()
        } else {
            *left -= 1;
            linear(db, project, base, given, left)
        });
    }
    let mut order = vec![Ancestor { class: class.clone(), arguments }];
    merge(lines, &mut order);
    order
}

/// Repeatedly takes the first class that is not in the tail of any other list.
fn merge(mut lines: Vec<Vec<Ancestor>>, order: &mut Vec<Ancestor>) {
    // Classes are taken from the end.
    for line in &mut lines {
        line.reverse();
    }
    while order.len() < MAX_ANCESTORS {
        lines.retain(|line| !line.is_empty());
        let is_behind = |class: &ClassRef| {
            lines.iter().any(|line| line[..line.len() - 1].iter().any(|other| other.class == *class))
        };
        let good = lines.iter().filter_map(|line| line.last()).find(|head| !is_behind(&head.class));
        let Some(next) = good.or_else(|| lines.first().and_then(|line| line.last())).cloned() else { return };
        for line in &mut lines {
            line.retain(|other| other.class != next.class);
        }
        if order.iter().all(|taken| taken.class != next.class) {
            order.push(next);
        }
    }
}

/// The values bound to the type parameters of a class.
pub(crate) fn bindings(db: &dyn Db, project: Project, ancestor: &Ancestor) -> Vec<(Name, Value)> {
    if ancestor.arguments.is_empty() {
        return Vec::new();
    }
    let bases = queries::bases(db, project, ancestor.class.module, ancestor.class.name.clone());
    bases.parameters.iter().cloned().zip(ancestor.arguments.iter().cloned()).collect()
}
