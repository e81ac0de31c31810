//! The members of a class, also inherited: where each is defined, and what stands there for the type parameters of the
//! classes in between.

use model::{ClassRef, Head};
use python::{Arg, ClassId, Expr, ExprId, Function, FunctionId, Name, Scope};

use super::rewrite::{Carried, Home, Meaning, Names, Piece, carry};
use super::signature::{self, Signature};
use crate::Context;

/// More classes than this are not looked at.
const MAX_ANCESTORS: usize = 64;

/// A class and those of the project that it inherits from, in the order in which members are looked up.
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
    /// Of a class. `own` stands for the class itself in what it promises; with `keep_parameters` its type parameters stay
    /// what they are, else anything may stand for them.
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
            let file = cx.architecture.modules.list.get(class.module.0 as usize)?.file;
            let there = crate::query::context(cx.db, cx.project, file)?;
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
        let order = flow::classes::bases(cx.db, cx.project, class);
        list.sort_by_key(|it| order.iter().position(|base| *base == it.class).map_or(0, |at| at + 1));
        Some(Self { list })
    }

    /// The names of public methods, properties and declared attributes, in source order, inherited ones last. What
    /// `leave_out` says isn't looked at: classes that another port stands for.
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

    /// Where a member stands among the others: for the order in which they are written.
    pub(super) fn rank(&self, name: &str) -> (usize, u32) {
        let place = self.list.iter().enumerate().find_map(|(rank, ancestor)| match find(ancestor, name)? {
            Found::Method(id) => Some((rank, ancestor.cx.module.spans.function_name(id).start)),
            Found::Attribute => Some((rank, 0)),
        });
        place.unwrap_or((usize::MAX, 0))
    }

    /// A member as others see it: several for overloads. Nothing where it can't be told.
    pub(super) fn signatures(&self, name: &str, is_written: bool) -> Option<Vec<Signature>> {
        let (ancestor, found) =
            self.list.iter().find_map(|ancestor| Some((ancestor, find(ancestor, name)?)))?;
        match found {
            Found::Method(function) if is_written => {
                // Only a property is assigned to, and it must be one that can be.
                let returns = ancestor.cx.module.definitions[function].returns?;
                let annotation = ancestor.cx.text.slice(ancestor.cx.module.spans.signature(returns));
                let annotation = carry(&ancestor.cx, annotation, &ancestor.names, true)?;
                Some(vec![Signature::Attribute { name: name.into(), annotation, is_written }])
            }
            Found::Method(function) => signature::overloads(&ancestor.cx, function)
                .into_iter()
                .map(|id| signature::method(&ancestor.cx, id, &ancestor.names).map(Signature::Method))
                .collect(),
            Found::Attribute => {
                let found =
                    signature::attribute(&ancestor.cx, ancestor.id, name, is_written, &ancestor.names)?;
                Some(vec![found])
            }
        }
    }
}

/// Special methods that an interface may ask for: those that statements and calls use.
const SPECIAL: [&str; 13] = [
    "__aenter__",
    "__aexit__",
    "__aiter__",
    "__anext__",
    "__call__",
    "__contains__",
    "__enter__",
    "__exit__",
    "__getitem__",
    "__iter__",
    "__len__",
    "__next__",
    "__setitem__",
];

fn is_public(name: &str) -> bool {
    !name.starts_with('_') || SPECIAL.contains(&name)
}

/// The member of one class, without those that it inherits.
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
        let storing = flow::classes::storing(ancestor.cx.db, ancestor.cx.project, &ancestor.class, name);
        storing.iter().any(|function| {
            function.module == ancestor.class.module
                && definitions.functions.get(function.function.0 as usize).is_some_and(is_own_scope)
        })
    };
    (is_declared || is_stored()).then_some(Found::Attribute)
}

/// What names mean in the body of a class: those that it binds itself, and builtins that a method hides.
fn of_body(cx: &Context<'_>, class: ClassId, names: &mut Names) {
    let definitions = &cx.module.definitions;
    let nested = definitions.classes.iter().filter(|it| it.scope == Scope::Class(class)).map(|it| &it.name);
    let variables =
        definitions.variables.iter().filter(|it| it.scope == Scope::Class(class)).map(|it| &it.name);
    names.shadowed.extend(nested.chain(variables).cloned());
    for function in definitions.functions.iter().filter(|it| it.scope == Scope::Class(class)) {
        if model::is_builtin(&function.name) && names.replaced.iter().all(|(name, _)| *name != function.name)
        {
            let builtins = Meaning::Module {
                module: Name::new_static("builtins"),
                alias: None,
                home: Home::Standard,
                target: None,
            };
            let pieces = vec![Piece::Name(builtins), Piece::Text(format!(".{}", function.name))];
            names.replaced.push((function.name.clone(), Carried(pieces)));
        }
    }
}

/// The bases of a class that lie in the project, with the text of their type arguments.
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

/// The class that a dotted name at the head of the module is.
pub(super) fn class_named(cx: &Context<'_>, dotted: &str) -> Option<ClassRef> {
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

/// The type parameters of a class: PEP 695's, those of `Generic[...]` and `Protocol[...]`, or the type variables that its bases
/// are given.
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

/// What stands for the type parameters of a base.
fn bindings(
    cx: &Context<'_>,
    base: &ClassRef,
    arguments: &[ExprId],
    names: &Names,
) -> Option<Vec<(Name, Carried)>> {
    let file = cx.architecture.modules.list.get(base.module.0 as usize)?.file;
    let there = crate::query::context(cx.db, cx.project, file)?;
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
