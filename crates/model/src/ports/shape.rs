//! The parts of a file's classes that identify interfaces and implementations: names, kinds of methods and their
//! parameters. Without positions and bodies, and compared, so that most edits stop here.

use std::collections::BTreeMap;
use std::sync::Arc;

use python::{ClassId, Definitions, Expr, Function, FunctionId, Name, Scope};

use super::signature::Signature;

/// The module-level classes of a file.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Shapes {
    /// Sorted by name; of several with the same name the last one.
    list: Box<[(Name, Arc<Shape>)]>,
}

/// The members that one class defines itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shape {
    /// The id of the class.
    pub(crate) id: ClassId,
    /// Sorted by name.
    members: Box<[(Name, ShapeMember)]>,
}

/// A name in a class body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ShapeMember {
    /// A method.
    Method(Method),
    /// An assignment or a declaration.
    Attribute {
        /// Whether the class itself assigns a value.
        has_value: bool,
        /// Whether it is annotated, but not as `ClassVar`.
        is_declared: bool,
    },
}

/// A method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Method {
    pub(crate) function: FunctionId,
    /// Whether its body is empty.
    pub(crate) is_stub: bool,
    /// Whether it does nothing but raise `NotImplementedError`.
    pub(crate) raises: bool,
    /// `@abstractmethod`
    pub(crate) is_abstract: bool,
    pub(crate) signature: Signature,
}

impl Method {
    /// Whether it is explicitly unimplemented. A merely empty body may be a hook.
    pub(crate) fn is_open(&self) -> bool {
        self.is_abstract || self.raises
    }
}

impl Shape {
    /// The member `name`.
    pub(crate) fn get(&self, name: &str) -> Option<&ShapeMember> {
        let index = self.members.binary_search_by(|(candidate, _)| candidate.as_str().cmp(name)).ok()?;
        Some(&self.members[index].1)
    }

    /// All members with their names.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Name, &ShapeMember)> {
        self.members.iter().map(|(name, member)| (name, member))
    }

    /// The methods that aren't special methods of Python.
    pub(crate) fn methods(&self) -> impl Iterator<Item = (&Name, &Method)> {
        self.iter().filter_map(|(name, member)| match member {
            ShapeMember::Method(method) if !name.starts_with("__") => Some((name, method)),
            _ => None,
        })
    }
}

impl Shapes {
    /// Collects them from the definitions of a file.
    pub fn of(definitions: &Definitions) -> Self {
        let mut members: Vec<BTreeMap<Name, ShapeMember>> = vec![BTreeMap::new(); definitions.classes.len()];
        for variable in &definitions.variables {
            let Scope::Class(class) = variable.scope else { continue };
            let is_class_variable = variable.annotation.is_some_and(|annotation| {
                let head = match &definitions[annotation] {
                    Expr::Subscript { value, .. } => *value,
                    _ => annotation,
                };
                definitions.exprs.decorator_name(head) == Some("ClassVar")
            });
            let member = ShapeMember::Attribute {
                has_value: variable.value.is_some(),
                is_declared: variable.annotation.is_some() && !is_class_variable,
            };
            members[class.0 as usize].insert(variable.name.clone(), member);
        }
        for (id, function) in definitions.functions() {
            let Scope::Class(class) = function.scope else { continue };
            let members = &mut members[class.0 as usize];
            let known = members.get(&function.name);
            if known.is_some() && belongs_to_another(definitions, function) {
                continue;
            }
            let is_overload =
                matches!(known, Some(ShapeMember::Method(method)) if method.signature.is_overloaded);
            let mut method = method(definitions, id, function);
            method.signature.is_overloaded |= is_overload;
            members.insert(function.name.clone(), ShapeMember::Method(method));
        }
        let mut list: BTreeMap<Name, Arc<Shape>> = BTreeMap::new();
        for ((id, class), members) in definitions.classes().zip(members) {
            if class.scope == Scope::Module {
                let members = members.into_iter().collect();
                list.insert(class.name.clone(), Arc::new(Shape { id, members }));
            }
        }
        Self { list: list.into_iter().collect() }
    }

    /// All classes with their names.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Name, &Arc<Shape>)> {
        self.list.iter().map(|(name, shape)| (name, shape))
    }
}

fn method(definitions: &Definitions, id: FunctionId, function: &Function) -> Method {
    let is_abstract = function.decorators.iter().any(|decorator| {
        definitions.exprs.decorator_name(*decorator).is_some_and(|name| name.starts_with("abstract"))
    });
    Method {
        function: id,
        is_stub: function.is_stub,
        raises: function.raises_not_implemented,
        is_abstract,
        signature: Signature::of(definitions, function),
    }
}

/// Whether the function is an additional part of the member of the same name: `@total.setter`.
fn belongs_to_another(definitions: &Definitions, function: &Function) -> bool {
    function.decorators.iter().any(|decorator| {
        matches!(&definitions[*decorator], Expr::Attribute { name, .. }
            if matches!(name.as_str(), "setter" | "deleter" | "expression" | "comparator" | "update_expression"))
    })
}
