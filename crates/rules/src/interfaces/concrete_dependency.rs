//! A dependency on a concrete class although a port that it implements exists.

use std::sync::Arc;

use config::{Layer, Level};
use flow::Usage;
use model::{Behind, ClassRef, How, InjectionSite, Port, PortKind, Via};
use python::Name;
use refactor::that_fits;
use view::{
    Applicability, Context, Draft, Findings, Fix, FixKind, Group, InPresets, Key, OptionDefault, OptionSpec,
    Rule, wording,
};

use super::several::{self, Several};
use super::{checked, depth, forwarding, injection_site, names, stand_in};

pub(crate) static RULE: Rule = Rule {
    id: "concrete-dependency",
    group: Group::Interfaces,
    summary: "a dependency on a concrete class that implements an existing port",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("concrete_dependency.md"),
    options: &[OptionSpec {
        name: "allow",
        default: OptionDefault::Strings(&[]),
        summary: "names of concrete classes that code may depend on",
    }],
    has_fix: true,
    presets: InPresets {
        layered: Some(Level::Off),
        clean: Some(Level::Warning),
        hexagonal: Some(Level::Warning),
        django: Some(Level::Off),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

/// With more implementations than this, each has its own members on purpose, and code that uses those rightly depends
/// on the class.
const FAMILY: usize = 16;

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    if !matches!(cx.own_layer(), Some(Layer::Application | Layer::Domain | Layer::Presentation)) {
        return;
    }
    let options = cx.options(&RULE);
    let allowed = options.strings("allow");
    // Naming only a provider leaves the choice to something else.
    let is_named = |asked: &InjectionSite| {
        asked.via == Via::Annotation
            && asked.class.module != cx.id
            && !allowed.contains(&asked.class.name.as_str())
    };
    let is_open = |asked: &InjectionSite| {
        !injection_site::is_data(cx, &asked.class)
            && !injection_site::is_factory(cx, asked.place)
            && !checked::is_behind_check(cx, asked.place, &asked.class)
    };
    let direct = model::query::injection_sites(cx.db, cx.project, cx.file);
    let made = made_by_factories(cx);
    for asked in direct.iter().chain(&made) {
        if !is_named(asked) {
            continue;
        }
        let ports = candidates(cx, asked);
        if ports.is_empty() || !is_open(asked) {
            continue;
        }
        if let Some(choice) = choose(cx, asked, ports) {
            tell(cx, asked, &choice, out);
        }
    }
    for asked in several::of(cx).into_iter().filter(|asked| is_named(&asked.site)) {
        if let Some(choice) = choose_for_several(cx, &asked).filter(|_| is_open(&asked.site)) {
            tell(cx, &asked.site, &choice, out);
        }
    }
}

/// The port for a collection: a base of its class that has all that is used of the elements.
fn choose_for_several(cx: &Context<'_>, asked: &Several) -> Option<Choice> {
    let has_all = |it: &Candidate| {
        asked.used.iter().all(|name| it.facts.members.iter().any(|member| member.name == *name))
    };
    let is_port = |it: &Candidate| {
        it.how == How::Base
            && has_all(it)
            && (is_interface(cx, it) || stand_in::stands_for(cx, &it.class, &asked.site.class))
    };
    let mut ports = candidates(cx, &asked.site);
    ports.retain(is_port);
    let port =
        ports.into_iter().max_by_key(|it| (it.facts.members.len(), std::cmp::Reverse(it.class.clone())))?;
    Some(Choice { port: port.class, usage: None, beyond: Vec::new() })
}

/// The classes that the code asks for functions to make of, or for itself to call: `Callable[[], SqlOrders]`,
/// `type[SqlOrders]`.
fn made_by_factories(cx: &Context<'_>) -> Vec<InjectionSite> {
    let sites = model::query::indirect_sites(cx.db, cx.project, cx.file);
    let factories = sites.iter().filter(|site| match site.behind {
        Behind::Factory => true,
        Behind::Class => several::is_called(cx, site.place),
        Behind::Several => false,
    });
    factories
        .map(|site| InjectionSite {
            class: site.class.clone(),
            place: site.place,
            via: Via::Annotation,
            is_alone: true,
        })
        .collect()
}

/// The port to depend on instead.
struct Choice {
    port: ClassRef,
    /// What the dependent does with the instance; `None` if that can't be followed.
    usage: Option<Arc<Usage>>,
    /// Used members that the port lacks.
    beyond: Vec<Name>,
}

/// A port that may replace a class, and how the class is known to implement it.
struct Candidate {
    class: ClassRef,
    how: How,
    facts: Arc<Port>,
}

/// The ports that the class implements and that may replace it. Depending on a class that is itself a port is right.
fn candidates(cx: &Context<'_>, asked: &InjectionSite) -> Vec<Candidate> {
    let ports = model::query::ports_of(cx.db, cx.project, asked.class.clone());
    if ports.is_empty() || model::query::port(cx.db, cx.project, asked.class.clone()).is_some() {
        return Vec::new();
    }
    let is_outer = cx.layer(asked.class.module) == Some(Layer::Infrastructure);
    ports
        .iter()
        .filter(|port| stand_in::is_meant_for(cx, port, &asked.class))
        .filter(|port| is_outer || names::is_the_same_thing(&port.class.name, &asked.class.name))
        .filter_map(|port| {
            let facts = model::query::port(cx.db, cx.project, port.class.clone())?;
            Some(Candidate { class: port.class.clone(), how: port.how, facts })
        })
        .collect()
}

/// The most suitable port, if any: the one that lacks the fewest members, and of those the largest.
fn choose(cx: &Context<'_>, asked: &InjectionSite, mut candidates: Vec<Candidate>) -> Option<Choice> {
    // Following the usage is the most expensive step here, so only for candidates that could be reported at all.
    candidates.retain(|it| is_interface(cx, it) || stand_in::stands_for(cx, &it.class, &asked.class));
    if candidates.is_empty() {
        return None;
    }
    let usage = flow::query::usage(cx.db, cx.project, cx.id, asked.place);
    if forwarding::only_forwards(cx, asked.place, &asked.class, &usage) {
        return None;
    }
    let usage = (!usage.escapes).then_some(usage);
    let mut choices = Vec::new();
    for candidate in &candidates {
        // A class that inherits from the port has declared its intent. For any other, the used members must be known to
        // exist, unless a base of the dependent depends on the port.
        let is_sure =
            candidate.how == How::Base || forwarding::base_depends_on(cx, asked.place, &candidate.class);
        if !is_sure && !usage.as_ref().is_some_and(|usage| is_used(usage)) {
            continue;
        }
        if usage.as_ref().is_some_and(|usage| !depth::reaches(cx, &candidate.facts, usage)) {
            continue;
        }
        let beyond = usage.as_ref().map(|usage| beyond(&candidate.facts, usage)).unwrap_or_default();
        // A port of which nothing is used is what another consumer asks for.
        let is_of_others =
            !beyond.is_empty() && usage.as_ref().is_some_and(|usage| used(usage).count() == beyond.len());
        if is_of_others && candidate.how != How::Base {
            continue;
        }
        if serves(cx, &asked.class, candidate, usage.as_deref(), &beyond) {
            let size = std::cmp::Reverse(candidate.facts.members.len());
            choices.push((beyond.len(), size, candidate.class.clone(), beyond));
        }
    }
    choices.sort();
    let (_, _, port, beyond) = choices.into_iter().next()?;
    Some(Choice { port, usage, beyond })
}

/// Whether the dependent uses any member that a port would declare.
fn is_used(usage: &Usage) -> bool {
    used(usage).next().is_some()
}

/// Used members that the port lacks.
fn beyond(port: &Port, usage: &Usage) -> Vec<Name> {
    let has = |name: &Name| port.members.iter().any(|member| member.name == *name);
    used(usage).filter(|name| !has(name)).cloned().collect()
}

/// Used members that a port would declare.
fn used(usage: &Usage) -> impl Iterator<Item = &Name> {
    usage.members.iter().map(|used| &used.name).filter(|name| !is_special(name))
}

/// Entering or iterating uses no member that a port would declare.
fn is_special(name: &Name) -> bool {
    name.starts_with("__")
}

/// Whether the port is the one to depend on: it is meant for this class, and other code depends on it or it has all
/// members that are used. A base class that merely shares code with its subclasses is not such a port.
fn serves(
    cx: &Context<'_>,
    class: &ClassRef,
    candidate: &Candidate,
    usage: Option<&Usage>,
    beyond: &[Name],
) -> bool {
    let facts = &candidate.facts;
    let all_required = || {
        let used = usage.into_iter().flat_map(|usage| &usage.members);
        let mut members =
            used.filter_map(|used| facts.members.iter().find(|member| member.name == used.name));
        members.all(|member| member.is_required)
    };
    let covers = usage.is_some_and(is_used) && beyond.is_empty();
    covers
        && (all_required() || facts.kind == PortKind::Protocol)
        && stand_in::stands_for(cx, &candidate.class, class)
        || is_interface(cx, candidate)
}

/// Whether the port is an interface by form or name, and something depends on it.
fn is_interface(cx: &Context<'_>, Candidate { class, facts, .. }: &Candidate) -> bool {
    (names::is_called_interface(&class.name) || facts.kind == PortKind::Protocol)
        && model::query::adapters(cx.db, cx.project, class.clone()).len() <= FAMILY
        && stand_in::is_injected(cx, class)
}

fn tell(cx: &Context<'_>, asked: &InjectionSite, choice: &Choice, out: &mut Findings<'_>) {
    let dependent = injection_site::dependent(cx, asked.place);
    let (class, port) = (&asked.class.name, &choice.port.name);
    let used = choice.usage.iter().flat_map(|usage| &usage.members).map(|used| &used.name);
    let used: Vec<&Name> = used.filter(|name| !is_special(name)).collect();
    let message = if !choice.beyond.is_empty() {
        format!(
            "`{dependent}` depends on `{class}` although it implements `{port}`, which lacks {}",
            wording::codes(&choice.beyond)
        )
    } else if used.is_empty() {
        format!("`{dependent}` depends on the concrete `{class}`; depend on its port `{port}`")
    } else {
        format!(
            "`{dependent}` depends on the concrete `{class}` but only uses {}; depend on its port `{port}`",
            wording::codes(&used)
        )
    };
    let key = Key::new(format!("{dependent} {class} {port}"));
    let draft = out.add(injection_site::span(cx, asked.place, &asked.class), key, message);
    draft.modules([cx.own_name(), cx.module_name(asked.class.module), cx.module_name(choice.port.module)]);
    let title = if choice.beyond.is_empty() {
        format!("Depend on `{port}` instead of `{class}`")
    } else {
        format!("Add {} to `{port}` and depend on it", wording::codes(&choice.beyond))
    };
    let kind = FixKind::DependOnPort {
        class: asked.class.clone(),
        port: choice.port.clone(),
        places: [asked.place].into(),
    };
    draft.fix(that_fits(cx, Fix { title, applicability: Applicability::Review, kind }));
    relate(cx, asked, choice, draft);
}

fn relate(cx: &Context<'_>, asked: &InjectionSite, choice: &Choice, draft: &mut Draft) {
    let Choice { port, usage, beyond } = choice;
    draft.related(
        cx.file_of(port.module),
        injection_site::class_place(cx, port),
        format!("`{}` is the port", port.name),
    );
    draft.related(
        cx.file_of(asked.class.module),
        injection_site::class_place(cx, &asked.class),
        format!("`{}` implements it", asked.class.name),
    );
    let used = usage.iter().flat_map(|usage| &usage.members).filter(|used| beyond.contains(&used.name));
    for member in used {
        if let Some((function, site)) = member.places.first() {
            let place = view::Place::Expr { body: site.body, expr: site.expr };
            draft.related(cx.file_of(function.module), place, format!("`{}` is used here", member.name));
        }
    }
}
