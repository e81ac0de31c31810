//! Members that an implementation lacks.

use flow::types::classes::Member;
use model::{ClassRef, How, PortKind, PortMember};
use python::{Arg, BodyOwner, Class, ClassId, Definitions, Expr, Function, Scope};
use refactor::that_fits;
use view::{Applicability, Findings, Fix, FixKind, Key, Place, wording};

use super::{Pair, is_compared};
use crate::interfaces::injection_site::{class_place, definition};

/// Class decorators that add no members, by their last name.
const HARMLESS: [&str; 13] = [
    "attrs",
    "autowired",
    "dataclass",
    "define",
    "final",
    "frozen",
    "inject",
    "injectable",
    "mutable",
    "runtime_checkable",
    "service",
    "singleton",
    "total_ordering",
];

/// Reports all members that the class lacks at once, at its name.
pub(super) fn check(pair: &Pair<'_>, out: &mut Findings<'_>) {
    let lacking: Vec<&PortMember> = pair.members().filter(|member| is_lacking(pair, member)).collect();
    if lacking.is_empty() || may_be_given_elsewhere(pair) {
        return;
    }
    let (cx, class, port) = (pair.cx, &pair.class.name, &pair.port.name);
    let names: Vec<&str> = lacking.iter().map(|member| member.name.as_str()).collect();
    let message = format!("`{class}` implements `{port}` but lacks {}", wording::codes(&names));
    let key = Key::new(format!("{class} {port} lacks {}", names.join(" ")));
    let draft = out.add(cx.module.spans.class_name(pair.id), key, message);
    draft.modules([cx.own_name(), cx.module_name(pair.port.module)]);
    let title = format!("Implement the missing members of `{port}`");
    let kind = FixKind::ImplementMembers {
        class: pair.own.clone(),
        port: pair.port.clone(),
        names: lacking.iter().map(|member| member.name.clone()).collect(),
    };
    draft.fix(that_fits(cx, Fix { title, applicability: Applicability::Review, kind }));
    draft.related(cx.file_of(pair.port.module), class_place(cx, pair.port), format!("`{port}` is the port"));
    for member in &lacking {
        if let Some(function) = member.method {
            let file = cx.file_of(member.declared_in.module);
            draft.related(file, Place::Function(function), format!("`{}` is required here", member.name));
        }
    }
}

/// Whether the class provides nothing for a required member of the port. An attribute may be set from anywhere.
fn is_lacking(pair: &Pair<'_>, member: &PortMember) -> bool {
    let Some(asked) = member.method.filter(|_| member.is_required && is_compared(&member.name)) else {
        return false;
    };
    let is_left_out = match pair.member(&member.name) {
        None => true,
        // It inherits the port's own declaration.
        Some(Member::Method { function, .. }) => {
            pair.how == How::Base
                && function.module == member.declared_in.module
                && function.function == asked
        }
        Some(Member::Attribute(_)) => false,
    };
    is_left_out
        && is_insisted_on(pair, member)
        && !is_nested_class(pair, &member.name)
        && !is_set_on_instance(pair, member)
}

/// Whether a method sets the member on the instance. Abstract members have to be in the class: otherwise Python can't
/// instantiate it.
fn is_set_on_instance(pair: &Pair<'_>, member: &PortMember) -> bool {
    let is_abstract = || {
        let (definitions, _) = definition(pair.cx, &member.declared_in)?;
        let function = definitions.functions.get(member.method?.0 as usize)?;
        Some(is_abstract(&definitions, function))
    };
    !flow::types::classes::storing(pair.cx.db, pair.cx.project, pair.own, &member.name).is_empty()
        && is_abstract() != Some(true)
}

/// Whether the class body provides the member as a nested class: `class Form(forms.Form)` for a property `Form`.
fn is_nested_class(pair: &Pair<'_>, name: &str) -> bool {
    let cx = pair.cx;
    let bases = flow::types::classes::bases(cx.db, cx.project, pair.own);
    std::iter::once(pair.own).chain(bases.iter()).any(|class| {
        definition(cx, class).is_some_and(|(definitions, id)| {
            definitions.classes.iter().any(|it| it.scope == Scope::Class(id) && it.name == name)
        })
    })
}

/// Whether Python or the type checker requires the member: one that merely raises `NotImplementedError` may be left
/// out.
fn is_insisted_on(pair: &Pair<'_>, member: &PortMember) -> bool {
    let Some((definitions, _)) = definition(pair.cx, &member.declared_in) else { return false };
    let Some(function) = member.method.and_then(|id| definitions.functions.get(id.0 as usize)) else {
        return false;
    };
    match pair.facts.kind {
        PortKind::Abstract => is_abstract(&definitions, function),
        PortKind::Protocol | PortKind::Stubs => function.is_stub || is_abstract(&definitions, function),
    }
}

fn is_abstract(definitions: &Definitions, function: &Function) -> bool {
    let mut names = function.decorators.iter().filter_map(|it| definitions.exprs.decorator_name(*it));
    names.any(|name| name.starts_with("abstract"))
}

/// Whether the missing members may come from elsewhere: subclasses, unresolved bases, or code that handles any name.
fn may_be_given_elsewhere(pair: &Pair<'_>) -> bool {
    let (cx, own) = (pair.cx, pair.own);
    let name = pair.class.name.trim_start_matches('_');
    let is_called_base = ["Base", "Abstract"].iter().any(|start| name.starts_with(start))
        || ["Base", "Mixin", "Abstract", "Template"].iter().any(|end| name.ends_with(end));
    let has_heirs = || {
        cx.architecture.hierarchy.by_class.values().any(|ancestors| {
            ancestors.own.iter().any(|(module, name)| *module == own.module && *name == own.name)
        })
    };
    let answers_for_all =
        || ["__getattr__", "__getattribute__"].iter().any(|name| pair.member(name).is_some());
    is_called_base
        || model::query::port(cx.db, cx.project, own.clone()).is_some()
        || leaves_open(pair)
        || has_nothing(pair)
        || has_heirs()
        || answers_for_all()
        || sets_computed_names(pair)
        || !all_bases_are_seen(pair)
}

/// Whether a method sets attributes of the instance by computed names: `setattr(self, name, wire)`.
fn sets_computed_names(pair: &Pair<'_>) -> bool {
    pair.cx.module.bodies.list.iter().any(|body| {
        let is_of_class = matches!(body.owner, BodyOwner::Function(function)
            if pair.cx.module.definitions[function].scope == Scope::Class(pair.id));
        is_of_class
            && body.exprs.list.iter().any(|expr| {
                let Expr::Call { callee, args } = expr else { return false };
                let [Arg::Positional(receiver), Arg::Positional(name), ..] = &args[..] else { return false };
                matches!(&body[*callee], Expr::Name(name) if name == "setattr")
                    && matches!(&body[*receiver], Expr::Name(receiver) if receiver == "self")
                    && !matches!(&body[*name], Expr::Literal(_))
            })
    })
}

/// Whether the class itself leaves something abstract.
fn leaves_open(pair: &Pair<'_>) -> bool {
    let definitions = &pair.cx.module.definitions;
    definitions.functions.iter().any(|it| it.scope == Scope::Class(pair.id) && is_abstract(definitions, it))
}

/// Whether the class has no members of its own: it only renames its base.
fn has_nothing(pair: &Pair<'_>) -> bool {
    let definitions = &pair.cx.module.definitions;
    let is_own = |scope: Scope| scope == Scope::Class(pair.id);
    !definitions.functions.iter().any(|it| is_own(it.scope))
        && !definitions.variables.iter().any(|it| is_own(it.scope))
}

/// Whether all ancestors of the class are in the project or known to add nothing, and no decorator may add members.
fn all_bases_are_seen(pair: &Pair<'_>) -> bool {
    const PLAIN: [&str; 5] =
        ["abc.ABC", "abc.ABCMeta", "builtins.object", "typing.Generic", "typing.Protocol"];
    let cx = pair.cx;
    let foreign = flow::types::classes::foreign_ancestors(cx.db, cx.project, pair.own);
    let bases = flow::types::classes::bases(cx.db, cx.project, pair.own);
    foreign.iter().all(|name| PLAIN.contains(&name.as_str()))
        && std::iter::once(pair.own).chain(bases.iter()).all(|class| {
            definition(cx, class).is_some_and(|(definitions, id)| is_seen(pair, class, &definitions, id))
        })
}

/// Whether every written base of the class is known, and every decorator.
fn is_seen(pair: &Pair<'_>, class: &ClassRef, definitions: &Definitions, id: ClassId) -> bool {
    let cx = pair.cx;
    let facts: &Class = &definitions[id];
    let is_base = |base: &&Arg| match base {
        Arg::Positional(value) => !matches!(&definitions[*value], Expr::Name(name) if name == "object"),
        Arg::Star(_) => true,
        Arg::Keyword(..) | Arg::DoubleStar(_) => false,
    };
    let written = facts.bases.iter().filter(is_base).count();
    let direct = model::query::bases(cx.db, cx.project, cx.file_of(class.module));
    let known = direct.iter().find(|(name, _)| *name == class.name).map_or(0, |(_, bases)| bases.len());
    let mut decorators = facts.decorators.iter();
    written <= known
        && decorators
            .all(|it| definitions.exprs.decorator_name(*it).is_some_and(|name| HARMLESS.contains(&name)))
}
