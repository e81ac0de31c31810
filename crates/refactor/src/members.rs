//! The members of a class, including inherited ones: where each is defined, and the type arguments given to the classes
//! in between.

use model::{ClassRef, Head, Target};
use python::{Arg, ClassId, Expr, ExprId, Function, FunctionId, ImportKind, Name, Scope};
use view::{Context, ImportView};

use super::Refusal;
use super::rewrite::{Carried, Home, Meaning, Names, Piece, carry};
use super::signature::{self, Signature};

/// Limit on the ancestors considered.
const MAX_ANCESTORS: usize = 64;

/// A class and its project ancestors, in method resolution order.
pub(super) struct Members<'a> {
    list: Vec<Ancestor<'a>>,
}

/// One of them.
pub(super) struct Ancestor<'a> {
    /// The module that defines it.
    pub(super) cx: Context<'a>,
    pub(super) class: ClassRef,
    pub(super) id: ClassId,
    /// What names of its body mean where the member goes.
    names: Names,
}

/// A member by name.
enum Found {
    Method(FunctionId),
    Attribute,
}

impl<'a> Members<'a> {
    /// The members of a class. `own` replaces the class itself in its signatures; with `keep_parameters` its type
    /// parameters are kept, otherwise they become `Any`.
    pub(super) fn of(
        cx: &Context<'a>,
        class: &ClassRef,
        own: Option<Carried>,
        keep_parameters: bool,
    ) -> Option<Self> {
        let mut names = Names::default();
        if let Some(own) = own {
            names.replaced.push((class.name.clone(), own));
        }
        let mut list: Vec<Ancestor<'a>> = Vec::new();
        let mut open = vec![(class.clone(), names)];
        while let Some((class, mut names)) = open.pop() {
            if list.len() >= MAX_ANCESTORS || list.iter().any(|known| known.class == class) {
                continue;
            }
            let file = cx.architecture.modules.get(class.module)?.file;
            let there = view::query::context(cx.db, cx.project, file)?;
            let is_it = |it: &python::Class| it.name == class.name && it.scope == Scope::Module;
            let id = there.module.definitions.classes().filter(|(_, it)| is_it(it)).last()?.0;
            let parameters = type_parameters(&there, id);
            if list.is_empty() && keep_parameters {
                names.kept.extend(there.module.definitions[id].type_parameters.iter().cloned());
            } else {
                let unbound =
                    parameters.iter().filter(|it| names.replaced.iter().all(|(name, _)| name != *it));
                let any = || Carried::name(Meaning::standard("typing", "Any"));
                let bound: Vec<(Name, Carried)> = unbound.map(|it| (it.clone(), any())).collect();
                names.replaced.extend(bound);
            }
            of_body(&there, id, &mut names);
            for (base, arguments) in bases(&there, id).into_iter().rev() {
                let of_base = bindings(&there, &base, &arguments, &names).unwrap_or_default();
                open.push((base, Names { replaced: of_base, ..Names::default() }));
            }
            list.push(Ancestor { cx: there, class, id, names });
        }
        let order = flow::types::classes::bases(cx.db, cx.project, class);
        list.sort_by_key(|it| order.iter().position(|base| *base == it.class).map_or(0, |at| at + 1));
        Some(Self { list })
    }

    /// The names of public methods, properties and declared attributes, in source order, inherited ones last. Classes
    /// that `leave_out` accepts are skipped: another port represents them.
    pub(super) fn public(&self, leave_out: &dyn Fn(&ClassRef) -> bool) -> Vec<Name> {
        let mut found: Vec<(usize, u32, Name)> = Vec::new();
        for (rank, ancestor) in self.list.iter().enumerate() {
            if leave_out(&ancestor.class) {
                continue;
            }
            let definitions = &ancestor.cx.module.definitions;
            let methods = definitions
                .functions()
                .filter(|(_, it)| it.scope == Scope::Class(ancestor.id))
                .map(|(id, it)| (ancestor.cx.module.spans.function_name(id).start, it.name.clone()));
            let attributes = definitions
                .variables
                .iter()
                .enumerate()
                .filter(|(_, it)| it.scope == Scope::Class(ancestor.id) && it.annotation.is_some())
                .map(|(index, it)| {
                    let at = ancestor.cx.module.spans.variables.get(index).map_or(0, |span| span.start);
                    (at, it.name.clone())
                });
            for (at, name) in methods.chain(attributes).filter(|(_, name)| is_public(name)) {
                if found.iter().all(|(_, _, known)| *known != name) {
                    found.push((rank, at, name));
                }
            }
        }
        found.sort();
        found.into_iter().map(|(_, _, name)| name).collect()
    }

    /// The rank of a member among the others, for the order in which they are written.
    pub(super) fn rank(&self, name: &str) -> (usize, u32) {
        let place = self.list.iter().enumerate().find_map(|(rank, ancestor)| match find(ancestor, name)? {
            Found::Method(id) => Some((rank, ancestor.cx.module.spans.function_name(id).start)),
            Found::Attribute => Some((rank, 0)),
        });
        place.unwrap_or((usize::MAX, 0))
    }

    /// Whether a member is a property that can be assigned to.
    pub(super) fn has_setter(&self, name: &str) -> bool {
        let found = self.list.iter().find_map(|ancestor| Some((ancestor, find(ancestor, name)?)));
        matches!(found, Some((ancestor, Found::Method(_))) if setter(ancestor, name).is_some())
    }

    /// A member as callers see it: several signatures for overloads, and for a property that is assigned to.
    ///
    /// # Errors
    /// If it is unknown, or can't be written elsewhere.
    pub(super) fn signatures(&self, name: &str, is_written: bool) -> Result<Vec<Signature>, Refusal> {
        let found = self.list.iter().find_map(|ancestor| Some((ancestor, find(ancestor, name)?)));
        let Some((ancestor, found)) = found else {
            let class = self.list.first().map(|it| it.class.name.as_str()).unwrap_or_default();
            return Err(Refusal::new(format!("`{class}.{name}` isn't defined in the project")));
        };
        signatures_of(ancestor, &found, name, is_written).map_err(|reason| {
            Refusal::new(format!("`{}.{name}` can't be promised: {reason}", ancestor.class.name))
        })
    }
}

/// The same for the class that defines it.
fn signatures_of(
    ancestor: &Ancestor<'_>,
    found: &Found,
    name: &str,
    is_written: bool,
) -> Result<Vec<Signature>, Refusal> {
    let cx = &ancestor.cx;
    let method = |id: FunctionId| signature::method(cx, id, &ancestor.names).map(Signature::Method);
    match found {
        Found::Method(function) if is_written && !signature::is_property(cx, *function) => {
            Err(Refusal::new("it is a method that is assigned to"))
        }
        Found::Method(function) if is_written => {
            let setter = setter(ancestor, name)
                .ok_or_else(|| Refusal::new("it is a property without a setter that is assigned to"))?;
            Ok(vec![method(*function)?, method(setter)?])
        }
        Found::Method(function) => signature::overloads(cx, *function).into_iter().map(method).collect(),
        Found::Attribute => {
            let found = signature::attribute(cx, ancestor.id, name, is_written, &ancestor.names)?;
            Ok(vec![found])
        }
    }
}

/// Special methods that an interface may require: those used by statements and calls.
const SPECIAL: [&str; 17] = [
    "__aenter__",
    "__aexit__",
    "__aiter__",
    "__anext__",
    "__await__",
    "__bool__",
    "__call__",
    "__contains__",
    "__delitem__",
    "__enter__",
    "__exit__",
    "__getitem__",
    "__iter__",
    "__len__",
    "__next__",
    "__reversed__",
    "__setitem__",
];

fn is_public(name: &str) -> bool {
    !name.starts_with('_') || SPECIAL.contains(&name)
}

/// The member of one class, excluding inherited ones.
fn find(ancestor: &Ancestor<'_>, name: &str) -> Option<Found> {
    let definitions = &ancestor.cx.module.definitions;
    let is_own_scope = |it: &Function| it.scope == Scope::Class(ancestor.id);
    let is_own = |it: &Function| is_own_scope(it) && it.name == name;
    let changes_it = |decorator: &ExprId| {
        matches!(&definitions[*decorator], Expr::Attribute { name, .. }
            if matches!(name.as_str(), "setter" | "deleter"))
    };
    let method =
        definitions.functions().filter(|(_, it)| is_own(it) && !it.decorators.iter().any(changes_it)).last();
    if let Some((id, _)) = method {
        return Some(Found::Method(id));
    }
    let is_declared =
        definitions.variables.iter().any(|it| it.scope == Scope::Class(ancestor.id) && it.name == name);
    let is_stored = || {
        let storing =
            flow::types::classes::storing(ancestor.cx.db, ancestor.cx.project, &ancestor.class, name);
        storing.iter().any(|function| {
            function.module == ancestor.class.module
                && definitions.functions.get(function.function.0 as usize).is_some_and(is_own_scope)
        })
    };
    (is_declared || is_stored()).then_some(Found::Attribute)
}

/// The function that sets a property of a class.
fn setter(ancestor: &Ancestor<'_>, name: &str) -> Option<FunctionId> {
    let definitions = &ancestor.cx.module.definitions;
    let wanted = format!("{name}.setter");
    let sets = |decorator: &ExprId| definitions.exprs.dotted(*decorator).is_some_and(|it| it == wanted);
    let found = definitions.functions().filter(|(_, it)| {
        it.scope == Scope::Class(ancestor.id) && it.name == name && it.decorators.iter().any(sets)
    });
    found.last().map(|(id, _)| id)
}

/// What names mean in a class body: those that it binds itself, and those hidden by a member of the same name.
fn of_body(cx: &Context<'_>, class: ClassId, names: &mut Names) {
    let definitions = &cx.module.definitions;
    let nested = definitions.classes.iter().filter(|it| it.scope == Scope::Class(class)).map(|it| &it.name);
    names.shadowed.extend(nested.cloned());
    let functions = definitions.functions.iter().filter(|it| it.scope == Scope::Class(class));
    for function in functions {
        if let Some(qualified) = qualified(cx, &function.name) {
            replace(names, &function.name, qualified);
        }
    }
    for variable in definitions.variables.iter().filter(|it| it.scope == Scope::Class(class)) {
        // The annotation in `date: date` refers to the module's name; a variable without annotation may be a type.
        match variable.annotation.and_then(|_| qualified(cx, &variable.name)) {
            Some(qualified) if !variable.is_type_alias => replace(names, &variable.name, qualified),
            _ => names.shadowed.push(variable.name.clone()),
        }
    }
}

fn replace(names: &mut Names, name: &Name, by: Carried) {
    if names.replaced.iter().all(|(known, _)| known != name) {
        names.replaced.push((name.clone(), by));
    }
}

/// A builtin or an imported name qualified with its module: `builtins.list`, `datetime.date`. In a class with a member
/// of this name the plain name means the member. `None` if the module binds it otherwise.
fn qualified(cx: &Context<'_>, name: &str) -> Option<Carried> {
    let of = |module: &str, home: Home, target: Option<model::ModuleId>, name: &str| {
        (Meaning::Module { module: module.into(), alias: None, home, target }, format!("{module}.{name}"))
    };
    let is_it = |view: &ImportView<'_>| {
        view.import.context.scope == Scope::Module && view.import.bound_name() == Some(name)
    };
    let (module, name) = match cx.imports().find(is_it) {
        Some(view) if view.import.kind == ImportKind::From && !view.import.context.optional => {
            let (module, member) = match &view.resolved.target {
                Target::Symbol { module, name, .. } => (cx.module_name(*module), name.as_str()),
                _ => view.resolved.absolute.rsplit_once('.')?,
            };
            let (home, target) = match &view.resolved.target {
                Target::Standard(_) => (Home::Standard, None),
                Target::ThirdParty(_) => (Home::ThirdParty, None),
                Target::Symbol { module, .. } => (Home::Project, Some(*module)),
                _ => return None,
            };
            of(module, home, target, member)
        }
        None if model::is_builtin(name) => of("builtins", Home::Standard, None, name),
        _ => return None,
    };
    // The module is imported by its first name.
    let rest = name.split_once('.').map(|(_, rest)| format!(".{rest}"))?;
    Some(Carried(vec![Piece::Name(module), Piece::Text(rest)]))
}

/// The project bases of a class, with the text of their type arguments.
fn bases(cx: &Context<'_>, class: ClassId) -> Vec<(ClassRef, Vec<ExprId>)> {
    let definitions = &cx.module.definitions;
    let positional = definitions[class].bases.iter().filter_map(|base| match base {
        Arg::Positional(base) => Some(*base),
        _ => None,
    });
    positional
        .filter_map(|base| {
            let (named, arguments) = match &definitions[base] {
                Expr::Subscript { value, index } => (*value, elements(cx, *index)),
                _ => (base, Vec::new()),
            };
            Some((class_named(cx, &definitions.exprs.dotted(named)?)?, arguments))
        })
        .collect()
}

fn elements(cx: &Context<'_>, index: ExprId) -> Vec<ExprId> {
    match &cx.module.definitions[index] {
        Expr::Tuple(items) => items.to_vec(),
        _ => vec![index],
    }
}

/// The class that a dotted module-level name refers to.
pub fn class_named(cx: &Context<'_>, dotted: &str) -> Option<ClassRef> {
    let mut segments = dotted.split('.');
    let mut head = model::query::head(cx.db, cx.project, cx.id, segments.next()?.into());
    for segment in segments {
        head = match head {
            Head::Module(module) => model::query::head_member(cx.db, cx.project, module, segment),
            Head::Namespace(root, package) => {
                model::query::namespace_member(cx.db, cx.project, root, &package, segment)
            }
            _ => return None,
        };
    }
    match head {
        Head::Class(class) => Some(class),
        _ => None,
    }
}

/// The type parameters of a class: PEP 695's, those of `Generic[...]` and `Protocol[...]`, or the type variables among
/// its bases' arguments.
pub(super) fn type_parameters(cx: &Context<'_>, class: ClassId) -> Vec<Name> {
    let definitions = &cx.module.definitions;
    let facts = &definitions[class];
    if !facts.type_parameters.is_empty() {
        return facts.type_parameters.to_vec();
    }
    let mut named = Vec::new();
    for base in &facts.bases {
        let Expr::Subscript { value, index } = &definitions[base.value()] else { continue };
        let names = elements(cx, *index).into_iter().filter_map(|id| match &definitions[id] {
            Expr::Name(name) => Some(name.clone()),
            _ => None,
        });
        let last = definitions.exprs.dotted(*value).unwrap_or_default();
        if matches!(last.rsplit('.').next(), Some("Generic" | "Protocol")) {
            return names.collect();
        }
        named.extend(names.filter(|name| {
            let head = model::query::head(cx.db, cx.project, cx.id, name.clone());
            matches!(head, Head::Variable(..))
        }));
    }
    let mut seen: Vec<Name> = Vec::new();
    for name in named {
        if !seen.contains(&name) {
            seen.push(name);
        }
    }
    seen
}

/// The type arguments of a base.
fn bindings(
    cx: &Context<'_>,
    base: &ClassRef,
    arguments: &[ExprId],
    names: &Names,
) -> Option<Vec<(Name, Carried)>> {
    let file = cx.architecture.modules.get(base.module)?.file;
    let there = view::query::context(cx.db, cx.project, file)?;
    let is_it = |it: &python::Class| it.name == base.name && it.scope == Scope::Module;
    let id = there.module.definitions.classes().filter(|(_, it)| is_it(it)).last()?.0;
    let parameters = type_parameters(&there, id);
    parameters
        .into_iter()
        .zip(arguments)
        .map(|(name, argument)| {
            let text = cx.text.slice(cx.module.spans.signature(*argument));
            Some((name, carry(cx, text, names, true)?))
        })
        .collect()
}
