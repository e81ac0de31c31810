//! HTTP where no code should know of it: errors, messages, markers and status codes outside the presentation.

mod caught;
mod excuses;
mod pages;

use config::{Layer, Level, Style};
use libraries::{HttpName, http_name};
use model::{ModuleId, Target, Technology, Verdict};
use python::{ImportKind, NameUse, UseContext};
use refactor::{http_raises, that_fits};
use view::frameworks::is_of;
use view::scope::Names as Scopes;
use view::{
    Applicability, Context, Findings, Fix, FixKind, Group, ImportView, InPresets, Key, OptionDefault,
    OptionSpec, Place, RaiseDomainError, Rule, wording,
};

use self::caught::is_only_caught;
use self::excuses::{is_beside_what_it_provides, is_business, speaks_for_presentation, talks_to_servers};
use self::pages::is_in_page_view;
use super::aim::{Aim, aims};
use super::target;

pub(crate) static RULE: Rule = Rule {
    id: "http-outside-presentation",
    group: Group::Layers,
    summary: "HTTP errors, requests and status codes outside the presentation layer",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("http_outside_presentation.md"),
    options: &[
        OptionSpec {
            name: "allow",
            default: OptionDefault::Strings(&[]),
            summary: "qualified names that are allowed: `fastapi.UploadFile`",
        },
        OptionSpec {
            name: "layers",
            default: OptionDefault::Strings(&["domain", "application", "infrastructure"]),
            summary: "the layers that must stay free of HTTP",
        },
        OptionSpec {
            name: "names",
            default: OptionDefault::Strings(&[]),
            summary: "further qualified names that are HTTP; their subclasses count too",
        },
        OptionSpec {
            name: "type-checking",
            default: OptionDefault::Bool(false),
            summary: "whether imports under `TYPE_CHECKING` count",
        },
    ],
    has_fix: true,
    presets: InPresets {
        strict: Some(Level::Warning),
        layered: Some(Level::Warning),
        clean: Some(Level::Error),
        hexagonal: Some(Level::Error),
        fastapi: Some(Level::Warning),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

/// One HTTP name that the module imports.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Taken {
    /// Its kind.
    kind: HttpName,
    /// Its full name in the framework, or in the project.
    name: String,
    /// The framework's class behind a project class.
    behind: Option<String>,
}

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let options = cx.options(&RULE);
    let layers = options.strings("layers");
    let own = inner_layer(cx, &layers);
    if own.is_none() && !(layers.contains(&Layer::Application.as_str()) && is_business(cx)) {
        return;
    }
    if speaks_for_presentation(cx, own.map_or(Layer::Application, |own| own.layer)) {
        return;
    }
    if own.is_some_and(|own| target::is_in_mixed_folder(cx, cx.id, own)) {
        return;
    }
    let names = Names { cx, more: options.strings("names"), allowed: options.strings("allow") };
    let place = |item: &ImportView<'_>| {
        let counts = !item.import.context.type_checking || options.bool("type-checking");
        // Without a known layer, only modules that raise HTTP errors for the routes are reported, not those the routes
        // depend on.
        let is_meant = |taken: &Taken| own.is_some() || taken.kind == HttpName::Error;
        (counts && names.taken(item).iter().any(is_meant)).then_some(())
    };
    let aims = aims(cx, place);
    let only_status = aims
        .iter()
        .flat_map(|aim| &aim.items)
        .all(|item| names.taken(item).iter().all(|taken| taken.kind == HttpName::Status));
    if only_status && talks_to_servers(cx) {
        return;
    }
    if aims.iter().flat_map(|aim| &aim.items).all(|item| is_beside_what_it_provides(cx, item)) {
        return;
    }
    let mut told: Vec<(&Aim<'_, ()>, Vec<Taken>)> = Vec::new();
    for aim in &aims {
        let used = || aim.items.iter().flat_map(|item| names.uses(item));
        if used().next().is_none() || !used().all(|used| is_in_page_view(cx, used)) {
            told.push((aim, names.all_taken(aim)));
        }
    }
    // One module is one thing to change: its worst import stands for all.
    told.sort_by_key(|(_, taken)| taken.first().map(|taken| taken.kind));
    let mut is_told = false;
    for (aim, taken) in told {
        is_told |= tell(cx, &names, aim, &taken, own, is_told, out);
    }
}

/// The layer of the checked module, by evidence other than its use of HTTP, if it is one where HTTP doesn't belong. A
/// service full of queries is a service or infrastructure: that the two are hard to distinguish doesn't matter here.
fn inner_layer<'a>(cx: &'a Context<'_>, layers: &[&str]) -> Option<&'a Verdict> {
    let said =
        [Technology::Http, Technology::Outside].map(|technology| target::at_heart(cx, cx.id, technology));
    let mut said = said.into_iter().flatten();
    let all_inner = said.clone().all(|verdict| layers.contains(&verdict.layer.as_str()));
    if all_inner { said.next() } else { None }
}

/// Reports an import; whether it is more than an info.
fn tell(
    cx: &Context<'_>,
    names: &Names<'_>,
    aim: &Aim<'_, ()>,
    taken: &[Taken],
    own: Option<&Verdict>,
    is_repeated: bool,
    out: &mut Findings<'_>,
) -> bool {
    let layer = own.map_or("Code that accesses data", |own| wording::at_start(own.layer));
    let is_error = taken.first().is_some_and(|taken| taken.kind == HttpName::Error);
    let is_caught = is_error && is_only_caught(cx, aim.items.iter().flat_map(|item| names.uses(item)));
    let instead = if is_error { "; raise an error of its own and map it there" } else { "" };
    let message = if is_caught {
        format!("{layer} catches {}; what it calls should raise an error of its own", in_words(taken))
    } else {
        format!("{layer} uses {}; HTTP belongs in presentation{instead}", in_words(taken))
    };
    let key: Vec<&str> = taken.iter().map(|taken| taken.name.as_str()).collect();
    let draft = out.add(aim.span(), Key::new(key.join(" ")), message);
    if let Some(own) = own {
        draft.evidence(target::because(cx, cx.id, own));
    }
    // Where it is caught, nothing can be changed here alone.
    let is_lesser = own.is_none_or(|own| {
        is_caught || (own.layer == Layer::Infrastructure && is_weak(cx, own, aim, is_error))
    });
    if is_lesser || is_repeated {
        draft.at_most(Level::Info);
    }
    let mut modules = vec![cx.own_name()];
    modules.extend(aim.items.iter().filter_map(ImportView::module).map(|id| cx.module_name(id)));
    modules.dedup();
    draft.modules(modules);
    draft.fix(fix(cx, aim));
    for (item, used) in aim.items.iter().flat_map(|item| names.uses(item).map(move |used| (item, used))) {
        let bound = item.import.bound_name().unwrap_or_default();
        let chain = [bound, &used.attributes].into_iter().filter(|part| !part.is_empty());
        draft.related(
            cx.file,
            Place::Span(used.span),
            format!("`{}` is used here", chain.collect::<Vec<_>>().join(".")),
        );
    }
    !is_lesser
}

/// Whether HTTP in the infrastructure is only worth a hint: the module is infrastructure by its contents alone, it is
/// an adapter that reads requests behind a port, or its models take requests from the framework.
fn is_weak(cx: &Context<'_>, own: &Verdict, aim: &Aim<'_, ()>, is_error: bool) -> bool {
    let inward = matches!(cx.style(), Some(Style::Clean | Style::Hexagonal));
    let is_annotation = |item: &ImportView<'_>| {
        cx.module
            .uses
            .iter()
            .filter(|used| used.import == item.id)
            .all(|used| used.context == UseContext::Annotation)
    };
    !is_error
        && (!target::is_placed(own)
            || inward
            || target::has_active_records(cx) && aim.items.iter().all(is_annotation))
}

/// The fix that replaces the imported HTTP errors with domain errors, if the names are used for nothing else.
fn fix(cx: &Context<'_>, aim: &Aim<'_, ()>) -> Option<Fix> {
    let is_error = |item: &ImportView<'_>| {
        item.resolved
            .outside()
            .is_some_and(|full| http_name(full) == Some(HttpName::Error) || full.ends_with(".Http404"))
    };
    let errors: Vec<&str> =
        aim.items.iter().filter(|item| is_error(item)).filter_map(|item| item.import.bound_name()).collect();
    let scopes = Scopes::of(cx);
    let raises = http_raises(&scopes);
    let uses_of = |name: &str| {
        let item = aim.items.iter().find(|item| item.import.bound_name() == Some(name));
        item.map_or(0, |item| cx.module.uses.iter().filter(|used| used.import == item.id).count())
    };
    let raised_by =
        |name: &str| raises.iter().filter(|raise| raise.roots.iter().any(|root| root == name)).count();
    let is_all = aim.items.iter().filter_map(|item| item.import.bound_name()).all(|name| {
        let uses = uses_of(name);
        uses == raised_by(name)
    });
    let is_chosen = |root: &String| errors.contains(&root.as_str());
    let chosen = raises.iter().filter(|raise| raise.roots.iter().any(is_chosen));
    let kind = FixKind::RaiseDomainError(RaiseDomainError {
        raises: chosen.map(|raise| (raise.body, raise.stmt)).collect(),
    });
    let title = match &errors[..] {
        [] => return None,
        [bound] => format!("Raise domain errors instead of `{bound}`"),
        [first, others @ ..] => format!("Raise domain errors instead of `{first}` and {} more", others.len()),
    };
    is_all
        .then_some(Fix { title, applicability: Applicability::Review, kind })
        .and_then(|fix| that_fits(cx, fix))
}

/// `` `fastapi.HTTPException`, `fastapi.Depends` and 1 more ``; for a project class with the framework's class.
fn in_words(taken: &[Taken]) -> String {
    const SHOWN: usize = 2;
    let names: Vec<String> = taken
        .iter()
        .map(|taken| match &taken.behind {
            Some(behind) => format!("`{}` (a `{behind}`)", taken.name),
            None => format!("`{}`", taken.name),
        })
        .collect();
    match names.len().saturating_sub(SHOWN) {
        0 => wording::list(&names),
        more => format!("{} and {more} more", names[..SHOWN].join(", ")),
    }
}

/// Decides which names are HTTP here.
struct Names<'a> {
    cx: &'a Context<'a>,
    more: Vec<&'a str>,
    allowed: Vec<&'a str>,
}

impl Names<'_> {
    /// The HTTP names that an import takes: the imported name itself, or those used from the imported module.
    fn taken(&self, item: &ImportView<'_>) -> Vec<Taken> {
        match &item.resolved.target {
            Target::ThirdParty(name) => {
                match self.foreign(name).filter(|_| item.import.kind == ImportKind::From) {
                    Some(taken) => vec![taken],
                    None => self.taken_in_uses(item, |chain| self.foreign(&full_name(item, chain))),
                }
            }
            Target::Symbol { origin, origin_name, .. } => {
                self.class(*origin, origin_name).into_iter().collect()
            }
            Target::Module(id) if item.import.kind == ImportKind::From => {
                self.taken_in_uses(item, |chain| self.class(*id, chain.split('.').next()?))
            }
            _ => Vec::new(),
        }
    }

    /// The HTTP names that a whole statement takes, the worst first: an error weighs more than a status code.
    fn all_taken(&self, aim: &Aim<'_, ()>) -> Vec<Taken> {
        let mut taken: Vec<Taken> = Vec::new();
        for item in &aim.items {
            for name in self.taken(item) {
                if !taken.contains(&name) {
                    taken.push(name);
                }
            }
        }
        taken.sort_by_key(|taken| taken.kind);
        taken
    }

    /// The uses that show which names are taken.
    fn uses<'u>(&'u self, item: &ImportView<'u>) -> impl Iterator<Item = &'u NameUse> + use<'u> {
        let (id, item) = (item.id, *item);
        self.cx.module.uses.iter().filter(move |used| used.import == id).filter(move |used| {
            match &item.resolved.target {
                Target::ThirdParty(name) => {
                    self.foreign(name).is_some()
                        || self.foreign(&full_name(&item, &used.attributes)).is_some()
                }
                Target::Module(id) => {
                    used.attributes.split('.').next().is_some_and(|name| self.class(*id, name).is_some())
                }
                _ => true,
            }
        })
    }

    fn taken_in_uses(&self, item: &ImportView<'_>, read: impl Fn(&str) -> Option<Taken>) -> Vec<Taken> {
        let uses = self.cx.module.uses.iter().filter(|used| used.import == item.id);
        uses.filter_map(|used| read(&used.attributes)).collect()
    }

    fn foreign(&self, name: &str) -> Option<Taken> {
        let kind = self.kind(name)?;
        Some(Taken { kind, name: name.to_owned(), behind: None })
    }

    fn kind(&self, name: &str) -> Option<HttpName> {
        if self.allowed.iter().any(|allowed| is_of(name, allowed)) {
            return None;
        }
        if self.more.iter().any(|more| is_of(name, more)) {
            return Some(HttpName::Error);
        }
        http_name(name)
    }

    /// A project class that inherits from an HTTP error.
    fn class(&self, module: ModuleId, class: &str) -> Option<Taken> {
        let name = format!("{}.{class}", self.cx.module_name(module));
        if self.allowed.iter().any(|allowed| is_of(&name, allowed)) {
            return None;
        }
        if self.more.iter().any(|more| is_of(&name, more)) {
            return Some(Taken { kind: HttpName::Error, name, behind: None });
        }
        let ancestors = self.cx.architecture.hierarchy.by_class.get(&(module, class.into()))?;
        let behind = ancestors.foreign.iter().find(|name| self.kind(name) == Some(HttpName::Error))?;
        Some(Taken { kind: HttpName::Error, name, behind: Some(behind.to_string()) })
    }
}

/// The full name of an attribute chain on an imported name. `import a.b` binds `a`.
fn full_name(item: &ImportView<'_>, chain: &str) -> String {
    let base = match (item.import.kind, &item.import.alias) {
        (ImportKind::Module, None) => item.import.bound_name().unwrap_or_default(),
        _ => item.resolved.absolute.as_str(),
    };
    if chain.is_empty() { base.to_owned() } else { format!("{base}.{chain}") }
}
