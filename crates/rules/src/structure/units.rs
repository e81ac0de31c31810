//! The top-level functions and classes of a module, and what each of them uses of the module itself and of others.

use model::Target;
use python::{ClassId, Definitions, Expr, FunctionId, Name, Scope};
use rustc_hash::{FxHashMap, FxHashSet};
use source::Span;
use view::Context;

/// A top-level function or class of a module.
#[derive(Debug)]
pub(super) struct Unit<'a> {
    /// Its name.
    pub(super) name: &'a Name,
    /// The class, if it is one.
    pub(super) class: Option<ClassId>,
    /// The whole statement.
    pub(super) span: Span,
    /// Other units that it names, by index; sorted.
    pub(super) uses: Vec<usize>,
    /// Variables of the module that it names.
    pub(super) variables: FxHashSet<&'a Name>,
    /// What it uses of other modules.
    pub(super) outside: FxHashSet<Outside>,
}

/// A module that something is imported from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Outside {
    /// A module of the project, by dotted name.
    Own(Name),
    /// An installed distribution, by its first name.
    ThirdParty(Name),
    /// A module of the standard library.
    Standard(Name),
}

/// The units of the checked module. Units of one name (overloads, branches) are one.
pub(super) fn units<'a>(cx: &'a Context<'_>) -> Vec<Unit<'a>> {
    let definitions = &*cx.module.definitions;
    let spans = &cx.module.spans;
    let mut units: Vec<Unit<'a>> = Vec::new();
    let mut by_name: FxHashMap<&str, usize> = FxHashMap::default();
    let mut add = |name: &'a Name, class: Option<ClassId>, span: Span| {
        if let Some(known) = by_name.get(name.as_str()) {
            units[*known].span.end = units[*known].span.end.max(span.end);
            return;
        }
        by_name.insert(name, units.len());
        let (uses, variables, outside) = (Vec::new(), FxHashSet::default(), FxHashSet::default());
        units.push(Unit { name, class, span, uses, variables, outside });
    };
    for (id, function) in definitions.functions().filter(|(_, it)| it.scope == Scope::Module) {
        add(&function.name, None, spans.functions.get(id.0 as usize).copied().unwrap_or_default());
    }
    for (id, class) in definitions.classes().filter(|(_, it)| it.scope == Scope::Module) {
        add(&class.name, Some(id), spans.classes.get(id.0 as usize).copied().unwrap_or_default());
    }
    let variables: FxHashMap<&str, &Name> = definitions
        .variables
        .iter()
        .filter(|it| it.scope == Scope::Module)
        .map(|it| (it.name.as_str(), &it.name))
        .collect();
    for body in &cx.module.bodies.list {
        let Some(owner) = top(definitions, body.owner).and_then(|name| by_name.get(name.as_str())) else {
            continue;
        };
        for expr in &body.exprs.list {
            let Expr::Name(name) = expr else { continue };
            names(&mut units[*owner], *owner, name, &by_name, &variables);
        }
    }
    signatures(cx, &mut units, &by_name, &variables);
    imports(cx, &mut units);
    for unit in &mut units {
        unit.uses.sort_unstable();
        unit.uses.dedup();
    }
    units
}

fn names<'a>(
    unit: &mut Unit<'a>,
    own: usize,
    name: &str,
    by_name: &FxHashMap<&str, usize>,
    variables: &FxHashMap<&str, &'a Name>,
) {
    match (by_name.get(name), variables.get(name)) {
        (Some(used), _) if *used != own => unit.uses.push(*used),
        (None, Some(variable)) => {
            unit.variables.insert(variable);
        }
        _ => {}
    }
}

/// The names in bases, decorators, annotations and defaults, by position.
fn signatures<'a>(
    cx: &'a Context<'_>,
    units: &mut [Unit<'a>],
    by_name: &FxHashMap<&str, usize>,
    variables: &FxHashMap<&str, &'a Name>,
) {
    let exprs = &cx.module.definitions.exprs.list;
    for (expr, span) in exprs.iter().zip(&cx.module.spans.signatures) {
        let Expr::Name(name) = expr else { continue };
        if let Some(index) = at(units, *span) {
            names(&mut units[index], index, name, by_name, variables);
        }
    }
}

fn imports(cx: &Context<'_>, units: &mut [Unit<'_>]) {
    for name_use in cx.module.uses.iter() {
        let Some(index) = at(units, name_use.span) else { continue };
        if let Some(view) = cx.import(name_use.import)
            && let Some(outside) = outside(cx, &view.resolved.target)
        {
            units[index].outside.insert(outside);
        }
    }
}

/// The source of an import.
pub(super) fn outside(cx: &Context<'_>, target: &Target) -> Option<Outside> {
    let head = |full: &Name| Name::from(full.split('.').next().unwrap_or_default());
    match target {
        Target::Module(id) => Some(Outside::Own(cx.module_name(*id).into())),
        Target::Symbol { origin, .. } => Some(Outside::Own(cx.module_name(*origin).into())),
        Target::ThirdParty(full) => Some(Outside::ThirdParty(head(full))),
        Target::Standard(full) => Some(Outside::Standard(head(full))),
        Target::Namespace(_) | Target::Missing(_) => None,
    }
}

/// The unit that contains a position. Units of one name may span others: the shortest counts.
fn at(units: &[Unit<'_>], span: Span) -> Option<usize> {
    let around = units
        .iter()
        .enumerate()
        .filter(|(_, unit)| unit.span.start <= span.start && span.end <= unit.span.end);
    around.min_by_key(|(_, unit)| unit.span.end - unit.span.start).map(|(index, _)| index)
}

/// The name of the unit that a body belongs to.
fn top(definitions: &Definitions, owner: python::BodyOwner) -> Option<&Name> {
    const MAX_DEPTH: usize = 64;
    let (mut name, mut scope) = match owner {
        python::BodyOwner::Module => return None,
        python::BodyOwner::Class(id) => class(definitions, id),
        python::BodyOwner::Function(id) => function(definitions, id),
    };
    for _ in 0..MAX_DEPTH {
        (name, scope) = match scope {
            Scope::Module => return Some(name),
            Scope::Class(id) => class(definitions, id),
            Scope::Function(id) => function(definitions, id),
        };
    }
    None
}

fn class(definitions: &Definitions, id: ClassId) -> (&Name, Scope) {
    (&definitions[id].name, definitions[id].scope)
}

fn function(definitions: &Definitions, id: FunctionId) -> (&Name, Scope) {
    (&definitions[id].name, definitions[id].scope)
}
