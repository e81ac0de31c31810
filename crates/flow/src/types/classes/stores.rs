//! Which methods assign which names on `self`. Names only, collected while the bodies of a file are available.

use python::{Body, BodyOwner, Definitions, Expr, ExprId, FunctionId, Module, Name, Scope, Stmt};

/// The assignments to `self` in the methods of a file's classes.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Stores {
    /// Class, attribute, method; sorted.
    list: Box<[(Name, Name, FunctionId)]>,
}

impl Stores {
    /// Collects them from a module.
    pub(crate) fn of(module: &Module) -> Self {
        let mut list = Vec::new();
        for body in &module.bodies.list {
            let BodyOwner::Function(function) = body.owner else { continue };
            let Some((class, own)) = receiver(&module.definitions, function) else { continue };
            for stmt in &body.stmts {
                let Stmt::Assign { targets, .. } = stmt else { continue };
                for target in targets {
                    targeted(body, *target, own, &mut |name| {
                        list.push((class.clone(), name.clone(), function));
                    });
                }
            }
        }
        list.sort();
        list.dedup();
        Self { list: list.into() }
    }

    /// The names that the methods of `class` assign, each with its method, sorted by name.
    pub fn of_class(&self, class: &str) -> impl Iterator<Item = (&Name, FunctionId)> {
        let start = self.list.partition_point(|(of, ..)| of.as_str() < class);
        let found = self.list[start..].iter();
        found.take_while(move |(of, ..)| of == class).map(|(_, attribute, method)| (attribute, *method))
    }

    /// The methods of `class` that assign `name`, in source order.
    pub(super) fn of_attribute(&self, class: &str, name: &str) -> impl Iterator<Item = FunctionId> {
        let key = |entry: &(Name, Name, FunctionId)| (entry.0.as_str(), entry.1.as_str()) < (class, name);
        let start = self.list.partition_point(key);
        let found = self.list[start..].iter();
        found.take_while(move |(of, attribute, _)| of == class && attribute == name).map(|(.., id)| *id)
    }
}

/// The module-level class that the function is a method of, and the method's name for its instance.
fn receiver(definitions: &Definitions, function: FunctionId) -> Option<(&Name, &Name)> {
    let facts = &definitions[function];
    let Scope::Class(class) = facts.scope else { return None };
    let class = &definitions[class];
    (class.scope == Scope::Module).then_some((&class.name, &facts.parameters.first()?.name))
}

fn targeted(body: &Body, target: ExprId, own: &Name, found: &mut dyn FnMut(&Name)) {
    let mut one = |target: ExprId| {
        if let Expr::Attribute { value, name } = &body[target]
            && matches!(&body[*value], Expr::Name(holder) if holder == own)
        {
            found(name);
        }
    };
    match &body[target] {
        Expr::Tuple(parts) | Expr::List(parts) => parts.iter().for_each(|part| one(*part)),
        _ => one(target),
    }
}
