//! From whom a class inherits, in which order, and with which type arguments.

use model::{ClassRef, Head, Project};
use python::{Arg, Definitions, Expr, ExprId, Name, Scope};

use crate::annotation::{Context, Type, Types, is_type_variable};
use crate::query::types as queries;
use crate::value::{Entity, ModelRef};
use crate::{Db, Kind, Parts, Value};

/// Calls within calls are looked into this deep.
const MAX_DEPTH: usize = 8;
/// So many bases with type arguments are looked at for one class, so that a circle of them ends.
const MAX_GENERIC: usize = 64;
/// More ancestors than this are looked up in no order that matters.
const MAX_ANCESTORS: usize = 128;

/// The bases of a class that lie in the project.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Bases {
    /// The names of the type parameters of the class.
    pub(crate) parameters: Box<[Name]>,
    list: Box<[Base]>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Base {
    class: ClassRef,
    arguments: Box<[Argument]>,
}

/// A type argument of a base.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Argument {
    /// This type.
    Known(Value),
    /// The type parameter of the class with this index.
    Parameter(usize),
}

/// A class that attributes are looked up in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ancestor {
    pub(crate) class: ClassRef,
    /// What stands for its type parameters.
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
            // A class whose base has its own name: the base is what an import of that name brings.
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

/// The class that stands behind a base which a call makes: `declarative_base(cls=Base)`, and `db.Model` for
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

/// The class that a call is given as the base of what it makes.
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

/// `Base` and `[A, B]` of `Base[A, B]`.
fn split(definitions: &Definitions, base: ExprId) -> (ExprId, &[ExprId]) {
    match &definitions[base] {
        Expr::Subscript { value, index } => match &definitions[*index] {
            Expr::Tuple(items) => (*value, items),
            _ => (*value, std::slice::from_ref(index)),
        },
        _ => (base, &[]),
    }
}

/// The type parameters of a class: those it declares, those of `Generic` and `Protocol`, or those that occur in its bases.
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

/// A class with all that it inherits from, in the order of Python's C3
/// (<https://docs.python.org/3/howto/mro.html>); where no such order exists, in that of a search in depth.
pub(crate) fn linearize(
    db: &dyn Db,
    project: Project,
    class: &ClassRef,
    arguments: &[Value],
) -> Vec<Ancestor> {
    let mut left = MAX_GENERIC;
    linear(db, project, class, arguments.into(), &mut left)
}

/// `left` says how many bases with type arguments may still be looked at: those without are known from their own query.
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

/// Takes the first class that no other line holds further back, again and again.
fn merge(mut lines: Vec<Vec<Ancestor>>, order: &mut Vec<Ancestor>) {
    // Taken from the end.
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

/// What the type parameters of a class stand for.
pub(crate) fn bindings(db: &dyn Db, project: Project, ancestor: &Ancestor) -> Vec<(Name, Value)> {
    if ancestor.arguments.is_empty() {
        return Vec::new();
    }
    let bases = queries::bases(db, project, ancestor.class.module, ancestor.class.name.clone());
    bases.parameters.iter().cloned().zip(ancestor.arguments.iter().cloned()).collect()
}
