//! A framework, ORM, driver or client imported in the modules of the business rules.

use config::{Layer, Level, Style};
use model::{Ancestors, ModuleId, Target, Technology};
use rustc_hash::FxHashSet;
use view::frameworks::{Kind, is_of, kind_of};
use view::{
    Context, Findings, Group, ImportView, InPresets, Key, OptionDefault, OptionSpec, Options, Rule, wording,
};

use super::aim::aims;
use super::{http_outside_presentation, target, words};

pub(crate) static RULE: Rule = Rule {
    id: "framework-in-domain",
    group: Group::Layers,
    summary: "a framework, ORM, driver or client imported by business rules",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("framework_in_domain.md"),
    options: &[
        OptionSpec {
            name: "allow",
            default: OptionDefault::Strings(&[]),
            summary: "libraries that are allowed in all layers",
        },
        OptionSpec {
            name: "application",
            default: OptionDefault::Strings(&["web", "orm", "driver", "client", "broker", "cloud"]),
            summary: "kinds of libraries, or libraries, that the application must not import",
        },
        OptionSpec {
            name: "domain",
            default: OptionDefault::Strings(&["web", "orm", "driver", "client", "broker", "cloud"]),
            summary: "kinds of libraries, or libraries, that the domain must not import",
        },
        OptionSpec {
            name: "pydantic",
            default: OptionDefault::String("infer"),
            summary: "`infer`, `allow` or `forbid` pydantic in the domain",
        },
        OptionSpec {
            name: "type-checking",
            default: OptionDefault::Bool(false),
            summary: "whether imports under `TYPE_CHECKING` count",
        },
    ],
    has_fix: false,
    presets: InPresets {
        strict: Some(Level::Warning),
        clean: Some(Level::Error),
        hexagonal: Some(Level::Error),
        django: Some(Level::Off),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

/// Modules whose folders don't name them domain count as domain from this certainty on.
const SURE: u8 = 70;

/// How many modules the domain must have before a library that few of them use counts as foreign.
const ENOUGH_MODULES: usize = 10;

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let options = cx.options(&RULE);
    let Some(own) = target::at_heart(cx, cx.id, Technology::Outside) else { return };
    let inward = matches!(cx.style(), Some(Style::Clean | Style::Hexagonal));
    let listed = match own.layer {
        Layer::Domain => options.strings("domain"),
        Layer::Application if inward || options.is_set("application") => options.strings("application"),
        _ => return,
    };
    let allowed = options.strings("allow");
    let place = |item: &ImportView<'_>| library(item, &listed, &allowed);
    let mut told: Vec<String> = Vec::new();
    for aim in aims(cx, place) {
        let (library, kind) = &aim.to;
        let is_named = inward || words::is_explicit_domain(cx.own_name());
        // If rows have their own modules, other models gain nothing from the ORM.
        let keeps_rows_apart = *kind == Some(Kind::Orm)
            && own.layer == Layer::Domain
            && own.confidence.0 >= SURE
            && cx.architecture.layers.inventory(cx.id).has_domain();
        let told_elsewhere = || {
            cx.options(&http_outside_presentation::RULE).level() != Level::Off
                && aim.items.iter().all(|item| libraries::http_name(&item.resolved.absolute).is_some())
        };
        if (aim.is_type_checking() && !options.bool("type-checking"))
            || told_elsewhere()
            // A queue worker drives the application from outside.
            || (own.layer == Layer::Application
                && *kind != Some(Kind::Orm)
                && words::works_off(cx.own_name()))
            || (*kind == Some(Kind::Orm) && own.layer == Layer::Domain && is_active_record(cx, library))
            || !(target::is_placed(own) && (is_named || keeps_rows_apart))
            || target::is_in_mixed_folder(cx, cx.id, own)
        {
            continue;
        }
        let layer = wording::at_start(own.layer);
        let message = match kind {
            Some(Kind::Web) => {
                format!("{layer} imports `{library}`, a web framework; keep that in presentation")
            }
            Some(kind) => {
                let what = kind.words();
                format!("{layer} imports `{library}`, {what}; put it behind a port in infrastructure")
            }
            None => format!("{layer} imports `{library}`, which is not allowed in this layer"),
        };
        let key = Key::new(format!("{} {library}", own.layer));
        let draft = out.add(aim.span(), key, message);
        draft.modules([cx.own_name(), library]).evidence(target::because(cx, cx.id, own));
        // A module depends on a library once, in however many statements.
        if !is_named || told.contains(library) {
            draft.at_most(Level::Info);
        }
        told.push(library.clone());
    }
    if own.layer == Layer::Domain {
        pydantic(cx, &options, out);
    }
}

/// The listed library that an import takes something from, and its kind if known.
fn library(item: &ImportView<'_>, listed: &[&str], allowed: &[&str]) -> Option<(String, Option<Kind>)> {
    let (Target::ThirdParty(name) | Target::Standard(name)) = &item.resolved.target else { return None };
    if allowed.iter().any(|library| is_of(name, library)) {
        return None;
    }
    if let Some(library) = listed.iter().find(|library| is_of(name, library)) {
        return Some(((*library).to_owned(), kind_of(name).map(|(_, kind)| kind)));
    }
    let (library, kind) = kind_of(name)?;
    listed.contains(&kind.as_str()).then(|| (library.to_owned(), Some(kind)))
}

/// Whether the module maps entities itself in a project that does so regularly: then the row is the entity.
fn is_active_record(cx: &Context<'_>, library: &str) -> bool {
    let inward = matches!(cx.style(), Some(Style::Clean | Style::Hexagonal));
    // Django's models are active records; only a project with a separate domain can violate the separation.
    if cx.architecture.layers.inventory(cx.id).rows_are_the_domain() || (is_of(library, "django") && !inward)
    {
        return true;
    }
    let maps = |ancestors: &Ancestors| {
        ancestors.foreign.iter().any(|name| matches!(kind_of(name), Some((_, Kind::Orm))))
    };
    let classes = &cx.architecture.hierarchy.by_class;
    let mapping: FxHashSet<ModuleId> =
        classes.iter().filter(|(_, ancestors)| maps(ancestors)).map(|((module, _), _)| *module).collect();
    let (with, all) = share_of_domain(cx, |id| mapping.contains(&id));
    mapping.contains(&cx.id) && with * 2 >= all
}

/// Pydantic as foreign to a domain that is modelled without it.
fn pydantic(cx: &Context<'_>, options: &Options<'_>, out: &mut Findings<'_>) {
    let uses = |id: ModuleId| {
        model::query::resolved(cx.db, cx.project, cx.file_of(id))
            .iter()
            .any(|resolved| matches!(&resolved.target, Target::ThirdParty(name) if is_of(name, "pydantic")))
    };
    let (is_stranger, why) = match options.string("pydantic") {
        "forbid" => (true, String::new()),
        "infer" => {
            let inward = matches!(cx.style(), Some(Style::Clean | Style::Hexagonal));
            if !inward || !uses(cx.id) {
                return;
            }
            let (with, all) = share_of_domain(cx, uses);
            (
                all >= ENOUGH_MODULES && with * ENOUGH_MODULES <= all,
                format!("{with} of {all} modules of the domain use it"),
            )
        }
        _ => return,
    };
    if !is_stranger {
        return;
    }
    let place = |item: &ImportView<'_>| {
        matches!(&item.resolved.target, Target::ThirdParty(name) if is_of(name, "pydantic")).then_some(())
    };
    for aim in aims(cx, place) {
        if aim.is_type_checking() && !options.bool("type-checking") {
            continue;
        }
        let message = "Domain imports `pydantic`, though the rest of the domain is modelled without it";
        let draft = out.add(aim.span(), Key::new("domain pydantic"), message);
        draft.modules([cx.own_name(), "pydantic"]).at_most(Level::Info);
        if !why.is_empty() {
            draft.evidence(why.clone());
        }
    }
}

/// How many modules of the domain satisfy `holds`, and how many there are.
fn share_of_domain(cx: &Context<'_>, holds: impl Fn(ModuleId) -> bool) -> (usize, usize) {
    let modules = cx.architecture.modules.iter().filter(|(id, _)| cx.layer(*id) == Some(Layer::Domain));
    modules.fold((0, 0), |(with, all), (id, _)| (with + usize::from(holds(id)), all + 1))
}
