//! The few expressions in bodies that declare something: return values of `declared_attr` functions, attributes
//! assigned to a class from outside, and imperative mappings. Read once per file, and small: bodies change often, these
//! expressions rarely do.

use python::{
    Bodies, BodyOwner, Definitions, Expr, ExprArena, ExprId, Function, FunctionId, Imports, Name, Scope, Stmt,
};

use rustc_hash::FxHashMap;

use super::call::{Call, string};
use super::{Source, table, value};
use crate::ClassRef;
use crate::orm::declared::{Assigned, Declaration, Imperative, Target};

/// The maximum length of call chains on a queryset.
const MAX_CALLS: usize = 16;

/// Expressions in bodies that declare something.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Assembled {
    exprs: ExprArena,
    /// The return value of each `declared_attr` function, and of each manager's `get_queryset`.
    returned: Box<[(FunctionId, Option<ExprId>)]>,
    /// `Order.items = relationship(…)` at module level.
    outside: Box<[(Name, Name, ExprId)]>,
    /// Calls of `map_imperatively` and `mapper`, with the variables that hold their results.
    mapped: Box<[(Option<Name>, ExprId)]>,
}

impl Assembled {
    /// Whether the bodies of a file may declare anything. The bodies of most files needn't be read.
    pub(crate) fn wants(imports: &Imports, definitions: &Definitions) -> bool {
        let words = ["sqlalchemy", "sqlmodel", "mapper", "registry", "orm", "db", "meta"];
        let is_told = |text: &str| text.split(['.', '_']).any(|part| words.contains(&part));
        let mut others = imports.list.iter().filter(|import| !import.module.starts_with("django"));
        let imports_it =
            others.any(|import| is_told(&import.module) || import.name.as_deref().is_some_and(is_told));
        imports_it || definitions.functions.iter().any(|function| declares(definitions, function))
    }

    /// Collects them from the bodies.
    pub(crate) fn of(definitions: &Definitions, bodies: &Bodies) -> Self {
        let mut out = Self::default();
        let (mut returned, mut outside, mut mapped) = (Vec::new(), Vec::new(), Vec::new());
        for body in &bodies.list {
            let declares = match body.owner {
                BodyOwner::Function(id) => declares(definitions, &definitions[id]).then_some(id),
                _ => None,
            };
            if let Some(id) = declares {
                let value = body.stmts.iter().find_map(|stmt| match stmt {
                    Stmt::Return(value) => *value,
                    _ => None,
                });
                returned.push((id, value.map(|value| out.exprs.graft(&body.exprs, value))));
                continue;
            }
            let mut holders: FxHashMap<ExprId, &Name> = FxHashMap::default();
            for stmt in &body.stmts {
                let Stmt::Assign { targets, value: Some(value), .. } = stmt else { continue };
                if !matches!(body[*value], Expr::Call { .. }) {
                    continue;
                }
                for target in targets {
                    match &body[*target] {
                        Expr::Name(name) => {
                            holders.insert(*value, name);
                        }
                        Expr::Attribute { value: owner, name } if body.owner == BodyOwner::Module => {
                            if let Some(class) = body.exprs.dotted(*owner) {
                                let value = out.exprs.graft(&body.exprs, *value);
                                outside.push((class.into(), name.clone(), value));
                            }
                        }
                        _ => {}
                    }
                }
            }
            for (index, expr) in body.exprs.list.iter().enumerate() {
                if let Expr::Call { callee, .. } = expr
                    && let Some(name) = body.exprs[*callee].last_name()
                    && matches!(name.as_str(), "map_imperatively" | "mapper")
                {
                    let id = ExprId(index as u32);
                    let holder = holders.get(&id).map(|name| (*name).clone());
                    mapped.push((holder, out.exprs.graft(&body.exprs, id)));
                }
            }
        }
        // Looked up by function.
        returned.sort_by_key(|(id, _)| *id);
        out.returned = returned.into();
        out.outside = outside.into();
        out.mapped = mapped.into();
        out
    }

    /// Whether a function is a `declared_attr`.
    pub(super) fn declares(&self, function: FunctionId) -> bool {
        self.returned.binary_search_by_key(&function, |(id, _)| *id).is_ok()
    }

    fn returned(&self, function: FunctionId) -> Option<ExprId> {
        let index = self.returned.binary_search_by_key(&function, |(id, _)| *id).ok()?;
        self.returned[index].1
    }

    /// The string literal that a function returns.
    pub(super) fn string(&self, function: FunctionId) -> Option<&Name> {
        string(&self.exprs, self.returned(function)?)
    }

    /// The project class whose instance a function returns.
    pub(super) fn made(&self, source: &Source<'_>, function: FunctionId) -> Option<ClassRef> {
        let mut at = self.returned(function)?;
        // `OrderQuerySet(self.model).active()` is an instance too.
        for _ in 0..MAX_CALLS {
            let call = Call::of(&self.exprs, at)?;
            if let Some(class) = call.dotted().and_then(|dotted| source.names.class(&dotted)) {
                return Some(class);
            }
            let Expr::Attribute { value, .. } = &self.exprs[call.callee] else { return None };
            at = *value;
        }
        None
    }

    /// The return value of a function, as an attribute of the class.
    pub(super) fn declaration(&self, source: &Source<'_>, function: FunctionId) -> value::Declared {
        let definitions = source.definitions;
        let annotation = definitions[function].returns;
        let annotation = annotation.map(|it| super::annotation::read(&definitions.exprs, it));
        let call = Call::of(&self.exprs, self.returned(function)?)?;
        value::called(source.names, call, &annotation.unwrap_or_default())
    }
}

/// Imperative mappings, and attributes assigned to classes from outside.
pub(super) fn declared(source: &Source<'_>) -> (Box<[Imperative]>, Box<[Assigned]>) {
    let assembled = source.assembled;
    let mut holders: FxHashMap<&Name, Target> = FxHashMap::default();
    let mut imperative = Vec::new();
    for (holder, id) in &assembled.mapped {
        let Some(call) = Call::of(&assembled.exprs, *id) else { continue };
        let Some(mapping) = table::mapping(source.names, call) else { continue };
        if let Some(holder) = holder {
            holders.insert(holder, mapping.class.clone());
        }
        if !matches!(mapping.class, Target::Foreign(_) | Target::Unknown) {
            imperative.push(mapping);
        }
    }
    // `relationship(lines_mapper)`: the mapper represents its class.
    for (_, declaration) in imperative.iter_mut().flat_map(|mapping| &mut mapping.properties) {
        if let Declaration::Link(link) = declaration
            && let Target::Named(name) = &link.target
            && let Some(class) = holders.get(name)
        {
            link.target = class.clone();
        }
    }
    let assigned = assembled.outside.iter().filter_map(|(class, name, value)| {
        let class = source.names.class(class)?;
        let (declaration, _) = value::declaration(source.names, &assembled.exprs, None, Some(*value))?;
        let counts = !matches!(declaration, Declaration::Custom(..) | Declaration::Manager { .. });
        counts.then(|| Assigned { class, name: name.clone(), declaration })
    });
    (imperative.into(), assigned.collect())
}

/// Whether the return value of a function declares something: a `declared_attr`, or the queryset of a manager.
fn declares(definitions: &Definitions, function: &Function) -> bool {
    let Scope::Class(class) = function.scope else { return false };
    if function.name == "get_queryset" {
        return definitions[class].name.ends_with("Manager");
    }
    function.decorators.iter().any(|it| is_declared_attr(&definitions.exprs, *it))
}

/// `declared_attr`, `orm.declared_attr`, `declared_attr.directive`, `declared_attr()`.
fn is_declared_attr(exprs: &ExprArena, id: ExprId) -> bool {
    let id = match &exprs[id] {
        Expr::Call { callee, .. } => *callee,
        _ => id,
    };
    match &exprs[id] {
        Expr::Name(name) => name == "declared_attr",
        Expr::Attribute { value, name } => {
            name == "declared_attr" || exprs[*value].last_name().is_some_and(|name| name == "declared_attr")
        }
        _ => false,
    }
}
