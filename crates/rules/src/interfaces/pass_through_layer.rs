//! A service whose methods only forward their arguments to one collaborator.

use std::collections::BTreeMap;

use config::{Layer, Level};
use flow::Kind;
use flow::types::classes::Member;
use model::ClassRef;
use python::{Class, ClassId, FunctionId, Scope};
use view::{Context, Findings, Group, InPresets, Key, OptionDefault, OptionSpec, Place, Rule};

use super::delegation::{Delegation, delegation};
use super::injection_site;

pub(crate) static RULE: Rule = Rule {
    id: "pass-through-layer",
    group: Group::Interfaces,
    summary: "a service whose methods only forward their arguments to one collaborator",
    level: Level::Off,
    since: "0.1.0",
    docs: include_str!("pass_through_layer.md"),
    options: &[
        OptionSpec {
            name: "methods",
            default: OptionDefault::Integer(4),
            summary: "minimum number of methods that forward",
        },
        OptionSpec {
            name: "share",
            default: OptionDefault::Integer(90),
            summary: "minimum percentage of the public methods that forward",
        },
    ],
    has_fix: false,
    presets: InPresets {
        strict: Some(Level::Info),
        layered: Some(Level::Info),
        clean: Some(Level::Info),
        hexagonal: Some(Level::Info),
        django: Some(Level::Info),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    if !matches!(cx.own_layer(), Some(Layer::Application | Layer::Domain)) {
        return;
    }
    let options = cx.options(&RULE);
    let at_least = |name: &str| usize::try_from(options.integer(name)).unwrap_or_default();
    let definitions = &*cx.module.definitions;
    for (id, class) in definitions.classes().filter(|(_, class)| class.scope == Scope::Module) {
        let methods = public_methods(cx, id);
        if methods.len() < at_least("methods").max(1) || is_expected(cx, class) {
            continue;
        }
        let mut by_target: BTreeMap<String, Vec<(FunctionId, Delegation)>> = BTreeMap::new();
        for method in &methods {
            if let Some(found) = delegation(cx, *method) {
                by_target.entry(found.target.clone()).or_default().push((*method, found));
            }
        }
        let Some((target, handed)) = by_target.into_iter().max_by_key(|(_, handed)| handed.len()) else {
            continue;
        };
        if handed.len() < at_least("methods").max(1) || handed.len() * 100 < methods.len() * at_least("share")
        {
            continue;
        }
        let own = ClassRef::new(cx.id, class.name.clone());
        let Some(collaborator) = collaborator(cx, &own, &target) else { continue };
        if !decorates(cx, &own, &collaborator) && !speaks_of_policy(cx, id) {
            tell(cx, id, (&methods, &handed), &collaborator, out);
        }
    }
}

/// The methods that callers use: neither private nor special ones.
fn public_methods(cx: &Context<'_>, class: ClassId) -> Vec<FunctionId> {
    let definitions = &*cx.module.definitions;
    let own = definitions.functions().filter(|(_, it)| it.scope == Scope::Class(class));
    own.filter(|(_, it)| !it.name.starts_with('_')).map(|(id, _)| id).collect()
}

/// Whether forwarding is the purpose of the class: it implements a port, extends what it inherits, or other classes
/// extend it.
fn is_expected(cx: &Context<'_>, class: &Class) -> bool {
    let own = ClassRef::new(cx.id, class.name.clone());
    !model::query::ports_of(cx.db, cx.project, own.clone()).is_empty()
        || model::query::port(cx.db, cx.project, own.clone()).is_some()
        || !flow::types::classes::bases(cx.db, cx.project, &own).is_empty()
        || !flow::types::classes::foreign_ancestors(cx.db, cx.project, &own).is_empty()
        || cx.architecture.hierarchy.by_class.values().any(|ancestors| {
            ancestors.own.iter().any(|(module, name)| *module == cx.id && *name == class.name)
        })
}

/// The project class that the attribute holds, if it has behaviour.
fn collaborator(cx: &Context<'_>, class: &ClassRef, attribute: &str) -> Option<ClassRef> {
    let Some(Member::Attribute(value)) = flow::types::classes::member(cx.db, cx.project, class, attribute)
    else {
        return None;
    };
    match value.kind {
        Kind::Instance(held, _) if held != *class && !injection_site::is_data(cx, &held) => Some(held),
        _ => None,
    }
}

/// Whether both inherit from the same project class: a decorator wraps what it decorates.
fn decorates(cx: &Context<'_>, class: &ClassRef, held: &ClassRef) -> bool {
    let declared_bases = |class: &ClassRef| flow::types::classes::bases(cx.db, cx.project, class);
    let ours = declared_bases(class);
    ours.contains(held) || declared_bases(held).iter().any(|base| ours.contains(base))
}

/// Whether the class documents that it is there on purpose.
fn speaks_of_policy(cx: &Context<'_>, class: ClassId) -> bool {
    const WORDS: [&str; 12] = [
        "facade",
        "façade",
        "public api",
        "public interface",
        "boundary",
        "anti-corruption",
        "anticorruption",
        "proxy",
        "wrapper",
        "wraps",
        "policy",
        "decouple",
    ];
    let Some(span) = cx.module.spans.classes.get(class.0 as usize) else { return true };
    let text = cx.text.as_str();
    let Some(text) = text.get(span.start as usize..span.end as usize) else { return true };
    let text = text.to_lowercase();
    WORDS.iter().any(|word| text.contains(word))
}

fn tell(
    cx: &Context<'_>,
    class: ClassId,
    (methods, handed): (&[FunctionId], &[(FunctionId, Delegation)]),
    collaborator: &ClassRef,
    out: &mut Findings<'_>,
) {
    let name = &cx.module.definitions[class].name;
    let how_many = if handed.len() == methods.len() {
        format!("all {} methods", methods.len())
    } else {
        format!("{} of {} methods", handed.len(), methods.len())
    };
    let message = format!(
        "`{name}` only forwards to `{}` ({how_many}); callers could use that directly",
        collaborator.name
    );
    let key = Key::new(format!("{name} {}", collaborator.name));
    let draft = out.add(cx.module.spans.class_name(class), key, message);
    draft.modules([cx.own_name(), cx.module_name(collaborator.module)]);
    draft.related(
        cx.file_of(collaborator.module),
        injection_site::class_place(cx, collaborator),
        format!("`{}` does the work", collaborator.name),
    );
    for (method, delegation) in handed {
        let words =
            format!("`{}` forwards to `{}.{}`", cx.qualified(*method), delegation.target, delegation.method);
        draft.related(cx.file, Place::Function(*method), words);
    }
}
