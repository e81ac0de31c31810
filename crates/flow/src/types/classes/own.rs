//! The names that the class bodies of a file bind, without their values. Stable under edits of function bodies.

use std::collections::BTreeMap;

use python::{Arg, ClassId, Definitions, Expr, ExprId, Function, FunctionId, Name, Scope};

use super::MethodKind;

/// Methods that initialize an instance, in order of precedence.
pub(super) const INITIALIZERS: [&str; 6] =
    ["__init__", "__post_init__", "__attrs_post_init__", "__enter__", "__aenter__", "setup"];

/// The module-level classes of a file.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Classes {
    /// Sorted by name. If several classes share a name, the last one wins.
    list: Box<[(Name, Own)]>,
}

/// The members that one class binds itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Own {
    /// The id of the class.
    pub(crate) id: ClassId,
    /// Sorted by name.
    members: Box<[(Name, OwnMember)]>,
}

/// The kind of a name in a class body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OwnMember {
    /// A method.
    Method {
        /// The function.
        function: FunctionId,
        /// How it is called.
        kind: MethodKind,
        /// Whether it has no implementation and leaves that to subclasses.
        is_stub: bool,
    },
    /// An annotation or an assignment.
    Variable,
}

impl Own {
    /// The kind of `name`.
    pub(crate) fn get(&self, name: &str) -> Option<OwnMember> {
        let index = self.members.binary_search_by(|(candidate, _)| candidate.as_str().cmp(name)).ok()?;
        Some(self.members[index].1)
    }

    /// All names with their kinds.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Name, OwnMember)> {
        self.members.iter().map(|(name, member)| (name, *member))
    }

    /// The methods that initialize an instance.
    pub(super) fn initializers(&self) -> impl Iterator<Item = FunctionId> {
        INITIALIZERS.iter().filter_map(|name| match self.get(name)? {
            OwnMember::Method { function, .. } => Some(function),
            OwnMember::Variable => None,
        })
    }
}

impl Classes {
    /// Collects the classes from the definitions of a file.
    pub(crate) fn of(definitions: &Definitions) -> Self {
        let mut members: Vec<BTreeMap<Name, OwnMember>> = vec![BTreeMap::new(); definitions.classes.len()];
        for variable in &definitions.variables {
            if let Scope::Class(class) = variable.scope {
                members[class.0 as usize].insert(variable.name.clone(), OwnMember::Variable);
            }
        }
        for (id, function) in definitions.functions() {
            let Scope::Class(class) = function.scope else { continue };
            let members = &mut members[class.0 as usize];
            if belongs_to_another(definitions, function) && members.contains_key(&function.name) {
                continue;
            }
            let kind = method_kind(definitions, function);
            let is_stub = function.is_stub || has_decorator(definitions, function, &["abstractmethod"]);
            members.insert(function.name.clone(), OwnMember::Method { function: id, kind, is_stub });
        }
        for variable in &definitions.variables {
            let Scope::Class(class) = variable.scope else { continue };
            let members = &mut members[class.0 as usize];
            if let Some(method) = alias(definitions, variable.value, members) {
                members.insert(variable.name.clone(), method);
            }
        }
        let mut by_name: BTreeMap<Name, Own> = BTreeMap::new();
        for ((id, class), members) in definitions.classes().zip(members) {
            if class.scope == Scope::Module {
                by_name.insert(class.name.clone(), Own { id, members: members.into_iter().collect() });
            }
        }
        Self { list: by_name.into_iter().collect() }
    }

    /// The class `name`.
    pub(crate) fn get(&self, name: &str) -> Option<&Own> {
        let index = self.list.binary_search_by(|(candidate, _)| candidate.as_str().cmp(name)).ok()?;
        Some(&self.list[index].1)
    }

    /// All classes with their names.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Name, &Own)> {
        self.list.iter().map(|(name, own)| (name, own))
    }
}

/// The method that a class body binds to another name: `get = fetch`, `total = property(get_total)`.
fn alias(
    definitions: &Definitions,
    value: Option<ExprId>,
    members: &BTreeMap<Name, OwnMember>,
) -> Option<OwnMember> {
    let method =
        |name: &Name| members.get(name).copied().filter(|member| matches!(member, OwnMember::Method { .. }));
    match &definitions[value?] {
        Expr::Name(name) => method(name),
        Expr::Call { callee, args } => match (&definitions[*callee], args.first()) {
            (Expr::Name(name), Some(Arg::Positional(getter))) if name == "property" => {
                let Expr::Name(getter) = &definitions[*getter] else { return None };
                let OwnMember::Method { function, is_stub, .. } = method(getter)? else { return None };
                Some(OwnMember::Method { function, kind: MethodKind::Property, is_stub })
            }
            _ => None,
        },
        _ => None,
    }
}

/// Whether the function is an additional part of the member of the same name: `@total.setter`, `@total.expression`.
fn belongs_to_another(definitions: &Definitions, function: &Function) -> bool {
    function.decorators.iter().any(|decorator| {
        matches!(&definitions[*decorator], Expr::Attribute { name, .. }
            if matches!(name.as_str(), "setter" | "deleter" | "expression" | "comparator" | "update_expression"
                | "inplace"))
    })
}

/// How a method is called.
pub(crate) fn method_kind(definitions: &Definitions, function: &Function) -> MethodKind {
    if matches!(function.name.as_str(), "__new__" | "__init_subclass__" | "__class_getitem__") {
        return MethodKind::Class;
    }
    let kind = function.decorators.iter().find_map(|decorator| {
        let name = definitions.exprs.decorator_name(*decorator)?;
        match name {
            "staticmethod" | "abstractstaticmethod" => Some(MethodKind::Static),
            "classmethod" | "abstractclassmethod" | "validator" | "field_validator" | "root_validator" => {
                Some(MethodKind::Class)
            }
            "declared_attr" => Some(MethodKind::Property),
            _ if name.ends_with("property") => Some(MethodKind::Property),
            _ => None,
        }
    });
    kind.unwrap_or(MethodKind::Instance)
}

fn has_decorator(definitions: &Definitions, function: &Function, names: &[&str]) -> bool {
    let is_one = |name: &str| names.contains(&name);
    function
        .decorators
        .iter()
        .any(|decorator| definitions.exprs.decorator_name(*decorator).is_some_and(is_one))
}
