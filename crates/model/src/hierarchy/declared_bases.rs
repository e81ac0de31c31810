//! The bases of one file as written, before name resolution.

use python::{Arg, Definitions, Expr, ExprId, Name, Scope};

/// Decorators that turn a class into a base, by their last name.
const BASE_DECORATORS: &[&str] = &["as_declarative", "mapped", "mapped_as_dataclass"];
/// The keyword that passes a parent class to a call that creates a base: `declarative_base(cls=Base)`.
const BASE_KEYWORD: &str = "cls";
/// The keyword that passes the parent class of the created instance's attribute `Model`:
/// `db = SQLAlchemy(model_class=Base)`.
const MODEL_KEYWORD: &str = "model_class";
/// The maximum length of attribute chains.
const MAX_DEPTH: usize = 32;

/// The bases of classes and the values of module-level variables, as dotted names: a call is represented by its callee,
/// a subscript by the indexed name. Small, and stable under edits of bodies.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct DeclaredBases {
    /// Module-level classes with their bases.
    pub classes: Box<[(Name, Box<[Name]>)]>,
    /// Module-level variables with the names that their values are made from, and attributes of these variables that
    /// are determined by the creating call: `db.Model`.
    pub variables: Box<[(Name, Box<[Name]>)]>,
}

impl DeclaredBases {
    /// Collects them from a module.
    pub fn of(definitions: &Definitions) -> Self {
        let classes =
            definitions.classes().filter(|(_, class)| class.scope == Scope::Module).map(|(_, class)| {
                let mut bases = Vec::new();
                for base in &class.bases {
                    match base {
                        Arg::Positional(value) => from_value(definitions, *value, &mut bases),
                        Arg::Keyword(name, value) if name == "metaclass" => {
                            bases.extend(dotted(definitions, *value));
                        }
                        Arg::Keyword(..) | Arg::Star(_) | Arg::DoubleStar(_) => {}
                    }
                }
                let decorators =
                    class.decorators.iter().filter_map(|decorator| dotted(definitions, *decorator));
                bases.extend(
                    decorators.filter(|name| {
                        BASE_DECORATORS.contains(&name.rsplit('.').next().unwrap_or_default())
                    }),
                );
                bases.retain(|base| base != "object");
                (class.name.clone(), bases.into())
            });
        let heads = definitions.variables.iter().filter(|variable| variable.scope == Scope::Module);
        let mut variables = Vec::new();
        for (name, value) in heads.filter_map(|variable| Some((&variable.name, variable.value?))) {
            let mut values = Vec::new();
            from_value(definitions, value, &mut values);
            let mut models = Vec::new();
            if let Some(model) = keyword(definitions, value, MODEL_KEYWORD) {
                from_value(definitions, model, &mut models);
            }
            variables.push((name.clone(), values.into()));
            variables.push((format!("{name}.Model").into(), models.into()));
        }
        variables.retain(|(_, values): &(Name, Box<[Name]>)| !values.is_empty());
        Self { classes: classes.collect(), variables: variables.into() }
    }

    /// The names that the value of the variable `name` is made from. The last assignment counts.
    pub fn variable(&self, name: &str) -> &[Name] {
        let found = self.variables.iter().rev().find(|(candidate, _)| candidate == name);
        found.map_or(&[], |(_, values)| values)
    }
}

/// Adds the value itself, and for a call the ancestors passed as arguments.
fn from_value(definitions: &Definitions, value: ExprId, out: &mut Vec<Name>) {
    let Some(name) = dotted(definitions, value) else { return };
    let takes_bases = matches!(name.rsplit('.').next(), Some("with_metaclass" | "from_queryset"));
    match name.strip_suffix(".from_queryset") {
        // A manager with the methods of a queryset is a subclass of both.
        Some(manager) => out.push(manager.into()),
        None => out.push(name),
    }
    if let Expr::Call { callee, args } = &definitions[value] {
        // `Manager.from_queryset(QuerySet)()`: the bases are arguments of the inner call.
        let args = match &definitions[*callee] {
            Expr::Call { args: inner, .. } if takes_bases => inner,
            _ => args,
        };
        for arg in args {
            match arg {
                Arg::Keyword(name, value) if name == BASE_KEYWORD => {
                    out.extend(dotted(definitions, *value));
                }
                Arg::Positional(value) if takes_bases => out.extend(dotted(definitions, *value)),
                _ => {}
            }
        }
    }
}

/// The value of a keyword of a call.
fn keyword(definitions: &Definitions, call: ExprId, wanted: &str) -> Option<ExprId> {
    let Expr::Call { args, .. } = &definitions[call] else { return None };
    args.iter().find_map(|arg| match arg {
        Arg::Keyword(name, value) if name == wanted => Some(*value),
        _ => None,
    })
}

/// `a.b` for `a.b`, `a.b(...)`, `a(...).b` and `a.b[...]`.
fn dotted(definitions: &Definitions, value: ExprId) -> Option<Name> {
    let mut segments: Vec<&str> = Vec::new();
    let mut at = value;
    for _ in 0..MAX_DEPTH {
        match &definitions[at] {
            Expr::Name(name) => {
                segments.push(name);
                segments.reverse();
                return Some(segments.join(".").into());
            }
            Expr::Attribute { value, name } => {
                segments.push(name);
                at = *value;
            }
            Expr::Call { callee, .. } => at = *callee,
            Expr::Subscript { value, .. } => at = *value,
            _ => return None,
        }
    }
    None
}
