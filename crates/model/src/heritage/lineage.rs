//! The bases of one file as written, before anything is resolved.

use python::{Arg, Definitions, Expr, ExprId, Name, Scope};

/// Decorators that make a class a base, by their last name.
const BASE_DECORATORS: &[&str] = &["as_declarative", "mapped", "mapped_as_dataclass"];
/// The keyword whose value a base made by a call descends from: `declarative_base(cls=Base)`.
const BASE_KEYWORD: &str = "cls";
/// The keyword for what the attribute `Model` of the made instance descends from: `db = SQLAlchemy(model_class=Base)`.
const MODEL_KEYWORD: &str = "model_class";
/// Attribute chains are read this far.
const MAX_DEPTH: usize = 32;

/// Bases of classes and values of variables at the head of a module, as dotted names: calls stand for what is called,
/// subscripts for what is indexed. Small, and stable while bodies are edited.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Lineage {
    /// Classes at module level with their bases.
    pub classes: Box<[(Name, Box<[Name]>)]>,
    /// Variables at module level with what they are made from, and attributes of theirs where the call that makes them
    /// says so: `db.Model`.
    pub variables: Box<[(Name, Box<[Name]>)]>,
}

impl Lineage {
    /// Reads them off a module.
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

    /// What the variable `name` is made from: its last value.
    pub fn variable(&self, name: &str) -> &[Name] {
        let found = self.variables.iter().rev().find(|(candidate, _)| candidate == name);
        found.map_or(&[], |(_, values)| values)
    }
}

/// The value itself, and for a call what its arguments make it descend from.
fn from_value(definitions: &Definitions, value: ExprId, out: &mut Vec<Name>) {
    let Some(name) = dotted(definitions, value) else { return };
    let takes_bases = matches!(name.rsplit('.').next(), Some("with_metaclass" | "from_queryset"));
    match name.strip_suffix(".from_queryset") {
        // A manager with the methods of a queryset: it descends from both.
        Some(manager) => out.push(manager.into()),
        None => out.push(name),
    }
    if let Expr::Call { callee, args } = &definitions[value] {
        // `Manager.from_queryset(QuerySet)()`: the bases stand in the inner call.
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
