//! A class declared or wired as an implementation that lacks a member of its port, or has one with another signature.

mod callers;
mod compare;
mod lacking;
mod shape;
mod steps;

use std::sync::Arc;

use config::Level;
use flow::FunctionRef;
use flow::types::classes::Member;
use model::{Adapter, ClassRef, How, Port, PortKind, PortMember};
use python::{Class, ClassId, Definitions, FunctionId, Scope};
use view::{Context, Findings, Group, InPresets, Key, OptionDefault, OptionSpec, Place, Rule};

use self::compare::{Difference, differences};
use self::shape::Shape;

pub(crate) static RULE: Rule = Rule {
    id: "protocol-drift",
    group: Group::Interfaces,
    summary: "an implementation that lacks a member of its port, or declares it differently",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("protocol_drift.md"),
    options: &[OptionSpec {
        name: "stubs",
        default: OptionDefault::Bool(false),
        summary: "whether plain classes whose methods raise NotImplementedError are ports too",
    }],
    has_fix: true,
    presets: InPresets {
        strict: Some(Level::Warning),
        clean: Some(Level::Warning),
        hexagonal: Some(Level::Error),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let definitions = Arc::clone(cx.module.definitions.shared());
    let with_stubs = cx.options(&RULE).bool("stubs");
    for (id, class) in definitions.classes().filter(|(_, class)| class.scope == Scope::Module) {
        // Of several classes with one name, in branches, only the last can be queried.
        if definitions.classes.iter().filter(|it| it.scope == Scope::Module && it.name == class.name).count()
            > 1
        {
            continue;
        }
        let own = ClassRef::new(cx.id, class.name.clone());
        let ports = model::query::ports_of(cx.db, cx.project, own.clone());
        // A class that only happens to match has declared nothing.
        for Adapter { class: port, how } in ports.iter().filter(|port| port.how != How::Structure) {
            let Some(facts) = model::query::port(cx.db, cx.project, port.clone()) else { continue };
            if *port == own || (facts.kind == PortKind::Stubs && !with_stubs) {
                continue;
            }
            let pair = Pair { cx, id, class, own: &own, port, facts: &facts, how: *how };
            lacking::check(&pair, out);
            if !is_written_without_receiver(cx, port) {
                shapes(&pair, &definitions, out);
            }
        }
    }
}

/// Whether the port is an interface of zope, whose methods are written as callers see them: without `self`, and alike
/// for instance, class and static methods (<https://zopeinterface.readthedocs.io>).
fn is_written_without_receiver(cx: &Context<'_>, port: &ClassRef) -> bool {
    let ancestors = cx.architecture.hierarchy.of(port.module, &port.name);
    ancestors.is_some_and(|it| it.descends_from("zope.interface.Interface"))
}

/// A class of the checked module with one of its ports.
struct Pair<'a> {
    cx: &'a Context<'a>,
    id: ClassId,
    class: &'a Class,
    own: &'a ClassRef,
    port: &'a ClassRef,
    facts: &'a Port,
    how: How,
}

impl Pair<'_> {
    /// The members that the port itself declares: those of its own ports are reported with them.
    fn members(&self) -> impl Iterator<Item = &PortMember> {
        let is_own = |member: &&PortMember| self.how == How::Registered || member.declared_in == *self.port;
        self.facts.members.iter().filter(is_own)
    }

    fn member(&self, name: &str) -> Option<Member> {
        flow::types::classes::member(self.cx.db, self.cx.project, self.own, name)
    }
}

/// Members with another signature, reported at the methods of this class. Differences in a method inherited from a
/// class unrelated to the port are reported at the class name, because that is where the two meet.
fn shapes(pair: &Pair<'_>, definitions: &Definitions, out: &mut Findings<'_>) {
    let cx = pair.cx;
    for member in pair.members() {
        let Some(asked) = member.method.filter(|_| is_compared(&member.name)) else { continue };
        let mut own = definitions.functions();
        let own = own.find(|(_, it)| it.scope == Scope::Class(pair.id) && it.name == member.name);
        let function = match own {
            Some((function, _)) => FunctionRef { module: cx.id, function },
            None => match inherited(pair, &member.name) {
                Some(function) => function,
                None => continue,
            },
        };
        let asked = FunctionRef { module: member.declared_in.module, function: asked };
        let (Some(theirs), Some(ours)) = (Shape::of(cx, asked), Shape::of(cx, function)) else { continue };
        let differences = differences(&theirs, &ours);
        if !differences.is_empty() && own.is_some() && is_meant(cx, function.function) {
            continue;
        }
        let Some(highest) = steps::highest(pair, member) else { continue };
        let wanted = |it: &&Difference| !(matches!(it, Difference::Awaited { .. }) && is_twin(pair));
        // Only the first difference is reported; the rest shows once that is fixed.
        for difference in differences.iter().filter(wanted) {
            if tell(pair, function, (asked, member), (difference, highest), out) {
                break;
            }
        }
    }
}

/// The method that the class inherits from one that is unrelated to the port.
fn inherited(pair: &Pair<'_>, name: &str) -> Option<FunctionRef> {
    let cx = pair.cx;
    let Some(Member::Method { function, .. }) = pair.member(name) else { return None };
    let definitions = python::query::definitions(cx.db, cx.file_of(function.module));
    let Scope::Class(class) = definitions.functions.get(function.function.0 as usize)?.scope else {
        return None;
    };
    let owner = ClassRef::new(function.module, definitions.classes.get(class.0 as usize)?.name.clone());
    let knows_port = || flow::types::classes::bases(cx.db, cx.project, &owner).contains(pair.port);
    (pair.how == How::Base && owner != *pair.port && !is_related(cx, pair.port, &owner) && !knows_port())
        .then_some(function)
}

/// Whether a port inherits from a class.
fn is_related(cx: &Context<'_>, port: &ClassRef, class: &ClassRef) -> bool {
    flow::types::classes::bases(cx.db, cx.project, port).contains(class)
}

/// Whether a comment marks the override's different signature as intentional for type checkers.
fn is_meant(cx: &Context<'_>, function: FunctionId) -> bool {
    let start = cx.module.spans.function_name(function).start as usize;
    let line = cx.text.as_str().get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    line.split_once('#').is_some_and(|(_, comment)| {
        comment.contains("ignore") && comment.to_ascii_lowercase().contains("override")
    })
}

/// Whether a class is the counterpart in a sync/async pair: `AsyncWaiter` of a `Waiter` that declares what both do.
fn is_twin(pair: &Pair<'_>) -> bool {
    let says = |name: &str| {
        let name = name.to_ascii_lowercase();
        ["sync", "aio"].iter().any(|word| name.contains(word))
    };
    says(&pair.class.name) && !says(&pair.port.name)
}

/// Constructors are not part of an interface, and Python defines the signatures of special methods.
fn is_compared(name: &str) -> bool {
    name == "__call__" || !name.starts_with("__")
}

/// Reports the difference, unless it matters only to callers and none is found.
fn tell(
    pair: &Pair<'_>,
    own: FunctionRef,
    (asked, member): (FunctionRef, &PortMember),
    (difference, highest): (&Difference, Level),
    out: &mut Findings<'_>,
) -> bool {
    let (cx, class, port) = (pair.cx, &pair.class.name, &pair.port.name);
    let caller = if difference.needs_caller() {
        let Some(caller) = callers::caller(pair, &member.name, difference) else { return false };
        Some(caller)
    } else {
        None
    };
    let is_own = own.module == cx.id && cx.module.definitions[own.function].scope == Scope::Class(pair.id);
    let words = difference.words(port, caller.as_ref().map(|it| it.trips_over.as_str()));
    let message = format!("`{class}.{}` {words}", member.name);
    let key = Key::new(format!("{class}.{} {port} {}", member.name, difference.key()));
    let span = if is_own {
        cx.module.spans.function_name(own.function)
    } else {
        cx.module.spans.class_name(pair.id)
    };
    let draft = out.add(span, key, message);
    draft.modules([cx.own_name(), cx.module_name(pair.port.module)]);
    draft.at_most(highest);
    draft.related(
        cx.file_of(asked.module),
        Place::Function(asked.function),
        format!("`{}.{}` is declared here", member.declared_in.name, member.name),
    );
    if !is_own {
        let place = Place::Function(own.function);
        draft.related(cx.file_of(own.module), place, format!("`{class}` inherits it from here"));
    }
    if let Some(caller) = caller {
        let what = match difference {
            Difference::Walked => "it is awaited here".to_owned(),
            Difference::ByNameAlone(_) => format!("`{}` is passed by position here", caller.trips_over),
            Difference::DefaultLost(_) => format!("`{}` is left out here", caller.trips_over),
            _ => format!("`{}` is passed by name here", caller.trips_over),
        };
        draft.related(caller.file, caller.place, what);
    }
    true
}
