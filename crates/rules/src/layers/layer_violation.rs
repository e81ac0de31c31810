//! An import against the direction of the layers, or against a `layers` contract.

mod everybodys;
mod factory;
mod instead;
mod invert;
mod lower;
mod shared_code;
mod summary;
mod through;

use config::{Layer, Level};
use model::{ClassRole, EdgeKind, Export, ModuleId, PathRole, Target, Technology, Verdict};
use python::Name;
use view::direction::{Wrong, wrong};
use view::{
    Context, Draft, Findings, Group, InPresets, Key, OptionDefault, OptionSpec, Options, Rule, wording,
};

use self::instead::{instead, takes_class, takes_constants, takes_data, takes_errors};
use super::aim::{Aim, first_party};
use super::way::{self, Search};
use super::{contracts, plugins, practice, target, words};

pub(crate) static RULE: Rule = Rule {
    id: "layer-violation",
    group: Group::Layers,
    summary: "an import against the direction of the layers",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("layer_violation.md"),
    options: &[
        OptionSpec {
            name: "allow",
            default: OptionDefault::Strings(&[]),
            summary: "directions that are allowed: `application -> infrastructure`",
        },
        OptionSpec {
            name: "max-hops",
            default: OptionDefault::Integer(2),
            summary: "maximum number of imports in a path through modules without a layer",
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
        layered: Some(Level::Error),
        clean: Some(Level::Error),
        hexagonal: Some(Level::Error),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    contracts::tell(cx, out, contracts::layered(cx));
    contracts::tell(cx, out, contracts::tach_layers(cx));
    let options = cx.options(&RULE);
    shared_code::check(cx, &options, out);
    summary::tell(cx, |from, to| is_allowed(&options, from, to), out);
    let Some(judge) = Checker::of(cx, &options) else { return };
    let mut chooses = false;
    for aim in first_party(cx) {
        if aim.is_type_checking() && !options.bool("type-checking") {
            continue;
        }
        // Shared code that only handles an error takes nothing from the code that raises it.
        if judge.own.layer == Layer::Shared && takes_errors(cx, &aim) {
            continue;
        }
        let way = judge.direct(&aim).map(|to| vec![cx.id, to]);
        let way = way.or_else(|| judge.indirect(&aim, options.integer("max-hops")));
        let Some(way) = way else { continue };
        if target::is_in_mixed_folder(cx, cx.id, judge.own) {
            return;
        }
        let is_choice = way.len() == 2 && factory::takes_choices(cx, &aim);
        let draft = judge.tell(&aim, &way, is_choice, out);
        // Where implementations are chosen is one decision.
        if let Some(draft) = draft.filter(|_| is_choice && chooses) {
            draft.at_most(Level::Info);
        }
        chooses |= is_choice;
    }
}

/// The checked module, whose layer is known.
struct Checker<'a, 'o> {
    cx: &'a Context<'a>,
    own: &'a Verdict,
    options: &'o Options<'o>,
}

impl<'a, 'o> Checker<'a, 'o> {
    fn of(cx: &'a Context<'a>, options: &'o Options<'o>) -> Option<Self> {
        // Importing an adapter may make a module look like one: its place shows what it should be.
        let own = target::at_heart(cx, cx.id, Technology::Outside)?;
        let sets_up = own.layer != Layer::Domain && words::sets_up(cx.own_name());
        if !(target::is_placed(own) || target::is_called_use_case(own)) || sets_up {
            return None;
        }
        // Two folders that contradict each other prove nothing.
        if own.layer == Layer::Infrastructure && words::presents(cx.own_name()) {
            return None;
        }
        Some(Self { cx, own, options })
    }

    /// The module that an import reaches against the direction: the one it names, or those behind its re-exports.
    fn direct(&self, aim: &Aim<'_, ModuleId>) -> Option<ModuleId> {
        if self.is_inside(aim.to) {
            return None;
        }
        let is_around = self.is_around(aim.to);
        if !is_around && (self.is_wrong(aim.to) || self.takes_helpers_of_errors(aim)) {
            return Some(aim.to);
        }
        // What a package of another layer exports under its own name is that package's responsibility, unless it has no
        // code of its own. A package around the module only re-exports the module's siblings.
        if !is_around && self.cx.verdict(aim.to).is_some() && !self.only_hands_on(aim.to) {
            return None;
        }
        let read = through::classes(self.cx, aim).into_iter().map(|(_, class)| class.module);
        let mut origins = aim.items.iter().filter_map(target::origin).chain(read);
        origins.find(|origin| {
            *origin != aim.to
                && !self.is_around(*origin)
                && !self.is_inside(*origin)
                && self.is_wrong(*origin)
        })
    }

    /// Whether `id` is a package of the presentation that consists of imports: what it hands on decides.
    fn only_hands_on(&self, id: ModuleId) -> bool {
        let cx = self.cx;
        let info = &cx.architecture.modules[id];
        info.is_package
            && cx.layer(id) == Some(Layer::Presentation)
            && model::query::signals(cx.db, cx.file_of(id)).is_hollow()
    }

    /// A path through modules without a layer. Only if the style strictly forbids it: a path depends on inference at
    /// both ends.
    fn indirect(&self, aim: &Aim<'_, ModuleId>, limit: i64) -> Option<Vec<ModuleId>> {
        let cx = self.cx;
        let inward = matches!(cx.style(), Some(config::Style::Clean | config::Style::Hexagonal));
        let limit = usize::try_from(limit).ok()?.checked_sub(1).filter(|limit| *limit > 0)?;
        if !inward
            || !matches!(self.own.layer, Layer::Domain | Layer::Application)
            || !aim.items.iter().any(|item| item.import.context.at_import_time())
            || !self.is_passage(aim.to)
        {
            return None;
        }
        let search = Search {
            graph: &cx.architecture.graph,
            edge: &|_, edge| edge.kind == EdgeKind::Import,
            through: &|id| self.is_passage(id),
            goal: &|id| id != cx.id && self.is_wrong(id),
            limit,
        };
        let way = search.run(aim.to)?;
        Some([&[cx.id][..], &way].concat())
    }

    /// A module without a layer that is neither a package around the importer nor a module that composes.
    fn is_passage(&self, id: ModuleId) -> bool {
        let cx = self.cx;
        let is_code = cx.architecture.modules[id].role == PathRole::Code;
        let has_layer = cx.verdict(id).is_some_and(Verdict::speaks);
        !has_layer && is_code && !self.is_around(id) && !target::composes(cx, id)
    }

    /// Whether `id` is a package around the checked module: Python runs it first on any import.
    fn is_around(&self, id: ModuleId) -> bool {
        let info = &self.cx.architecture.modules[id];
        info.is_package && contracts::lies_in(self.cx.own_name(), &info.name)
    }

    /// Whether `id` is in the package whose `__init__` is checked: a package exports what it contains.
    fn is_inside(&self, id: ModuleId) -> bool {
        let own = &self.cx.architecture.modules[self.cx.id];
        own.is_package && contracts::lies_in(self.cx.module_name(id), &own.name)
    }

    /// Whether only functions are taken from a module of errors: how an error is shown belongs to its layer, unlike the
    /// classes that others raise.
    fn takes_helpers_of_errors(&self, aim: &Aim<'_, ModuleId>) -> bool {
        let cx = self.cx;
        let is_function = |target: &Target| match target {
            Target::Symbol { origin, origin_name, .. } if *origin == aim.to => {
                let exports = model::query::exports(cx.db, cx.file_of(*origin));
                matches!(exports.get(origin_name), Some(Export::Function(_)))
            }
            _ => false,
        };
        words::holds_errors(cx.module_name(aim.to))
            && !aim.items.is_empty()
            && aim.items.iter().all(|item| is_function(&item.resolved.target))
            && self.is_against(aim.to)
    }

    /// Whether an import goes against the direction. Anybody may raise the classes of a module of errors.
    fn is_wrong(&self, to: ModuleId) -> bool {
        !words::holds_errors(self.cx.module_name(to)) && self.is_against(to)
    }

    /// Whether an import goes against the direction, whatever the module holds.
    fn is_against(&self, to: ModuleId) -> bool {
        let cx = self.cx;
        let (from, name) = (self.own.layer, cx.module_name(to));
        let Some(verdict) = target::sure(cx, to) else { return false };
        let Some(style) = cx.style() else { return false };
        let holds = match wrong(style, from, verdict.layer) {
            None => false,
            Some(Wrong::Always) => true,
            Some(Wrong::FromPersistence) => {
                words::stores(cx.own_name()) && words::serves(name) && !target::descends_from(cx, to)
            }
            Some(Wrong::BesidesPersistence) => !words::stores(name),
        };
        if !holds || self.is_excused(to, verdict) || target::is_contested(cx, to, verdict, style) {
            return false;
        }
        !is_allowed(self.options, from, verdict.layer)
    }

    /// Whether an import against the direction is acceptable because of what the two modules are.
    fn is_excused(&self, to: ModuleId, verdict: &Verdict) -> bool {
        let (own, name) = (self.cx.own_name(), self.cx.module_name(to));
        let is_presentation = verdict.layer == Layer::Presentation;
        (words::observes(name) && !self.is_logging(to))
            || plugins::share_plugin(own, name)
            || target::lies_in_same_layer(own, name, verdict)
            || (self.own.layer == Layer::Shared && !everybodys::is_shared_with(self.cx, self.own, name))
            || (is_presentation && !self.is_presentation_proper(to))
    }

    /// Whether the inner layers claim to import nothing of the infrastructure, and a logging module there brings in a
    /// library: then the library comes along.
    fn is_logging(&self, to: ModuleId) -> bool {
        let cx = self.cx;
        let inward = matches!(cx.style(), Some(config::Style::Clean | config::Style::Hexagonal));
        let is_inner = matches!(self.own.layer, Layer::Domain | Layer::Application);
        let has_library = || {
            let resolved = model::query::resolved(cx.db, cx.project, cx.file_of(to));
            resolved.iter().any(|it| matches!(it.target, model::Target::ThirdParty(_)))
        };
        inward
            && is_inner
            && words::segments(cx.module_name(to)).any(words::is_infrastructure_folder)
            && has_library()
    }

    /// Whether the module maps active records: all layers may use those, and only routes should not.
    fn is_active_record(&self, to: ModuleId) -> bool {
        self.own.layer == Layer::Infrastructure
            && target::has_active_records(self.cx)
            && !target::handles_requests(self.cx, to)
    }

    /// Whether so many modules of the same layer import a module against the direction that it is one decision,
    /// reported in the first of them. Each module that bypasses ports is a fault of its own.
    fn is_reported_elsewhere(&self, to: ModuleId, verdict: &Verdict) -> bool {
        const MANY: usize = 3;
        if verdict.layer == Layer::Infrastructure && self.own.layer != Layer::Shared {
            return false;
        }
        let cx = self.cx;
        let is_alike = |id: &ModuleId| target::sure(cx, *id).is_some_and(|it| it.layer == self.own.layer);
        let importers = cx.architecture.graph.importers(to).iter();
        let mut alike: Vec<ModuleId> = importers
            .filter(|edge| edge.kind >= EdgeKind::Deferred)
            .map(|edge| edge.to)
            .filter(is_alike)
            .collect();
        alike.sort_unstable();
        alike.dedup();
        alike.len() >= MANY && alike.first() != Some(&cx.id)
    }

    /// Whether a module of the presentation is more than data that others may share: it uses HTTP, or it is among
    /// routes, in a package that the importer is not part of.
    fn is_presentation_proper(&self, to: ModuleId) -> bool {
        let cx = self.cx;
        let inward = matches!(cx.style(), Some(config::Style::Clean | config::Style::Hexagonal));
        let name = cx.module_name(to);
        if !inward
            && !self.holds_forms(to)
            && (words::holds_schemas(name) || words::guards(name))
            && !words::is_explicit_presentation(name)
        {
            return false;
        }
        let is_placed = cx.verdict(to).is_some_and(target::is_placed);
        if target::speaks_http(cx, to) && (is_placed || target::handles_requests(cx, to)) {
            return true;
        }
        if target::is_called_from_outside(cx, to) {
            return true;
        }
        let mut package = name;
        while let Some((parent, _)) = package.rsplit_once('.') {
            package = parent;
            let prefix = format!("{package}.");
            if cx.own_name().starts_with(&prefix) {
                return false;
            }
            let routes = cx.architecture.modules.iter().any(|(id, info)| {
                info.name.starts_with(&prefix)
                    && cx.layer(id) == Some(Layer::Presentation)
                    && target::speaks_http(cx, id)
            });
            if routes {
                return true;
            }
        }
        false
    }

    /// Whether a module builds forms that read the request and render themselves, which no inner module may need. Fields of
    /// Django's models come with a field of a form.
    fn holds_forms(&self, to: ModuleId) -> bool {
        let cx = self.cx;
        let resolved = model::query::resolved(cx.db, cx.project, cx.file_of(to));
        let is_of_rows = self.own.layer == Layer::Infrastructure;
        words::segments(cx.module_name(to)).any(|segment| matches!(segment, "form" | "forms"))
            && resolved.iter().filter_map(model::Resolved::outside).any(|name| {
                libraries::role_of_base(name) == Some(ClassRole::Form)
                    && !(is_of_rows && libraries::is_of(name, "django"))
            })
    }

    fn tell<'f>(
        &self,
        aim: &Aim<'_, ModuleId>,
        way: &[ModuleId],
        is_choice: bool,
        out: &'f mut Findings<'_>,
    ) -> Option<&'f mut Draft> {
        let cx = self.cx;
        let (to, verdict) = way.last().and_then(|to| Some((*to, target::sure(cx, *to)?)))?;
        let other = cx.module_name(to);
        let (inner, outer) = (wording::at_start(self.own.layer), verdict.layer);
        let message = if way.len() > 2 {
            format!(
                "{inner} must not depend on {outer}, which this import reaches: {}",
                way::shown(cx, &way[1..])
            )
        } else {
            let advice = if is_choice {
                "choose implementations where the application is put together"
            } else {
                instead(self.own.layer, outer, takes_class(cx, aim), takes_data(cx, aim))
            };
            let read = through::classes(cx, aim).into_iter().filter(|(_, class)| class.module == to);
            let read: Vec<Name> = read.map(|(name, _)| name).collect();
            let taken = if read.is_empty() { aim.taken(cx) } else { wording::codes(&read) };
            format!("{inner} must not import {outer}: {taken}; {advice}")
        };
        let key = Key::new(format!("{} {other}", self.own.layer));
        let draft = out.add(aim.span(), key, message);
        draft.modules(way.iter().map(|id| cx.architecture.modules[*id].name.clone())).evidence(format!(
            "{}\n{}",
            target::because(cx, cx.id, self.own),
            target::because(cx, to, verdict)
        ));
        let is_weak = practice::broken_by_most(cx, self.own.layer, verdict.layer).is_some()
            || words::observes(other)
            || (self.own.layer, verdict.layer) == (Layer::Infrastructure, Layer::Application)
                && takes_data(cx, aim)
            || self.is_active_record(to)
            || self.is_reported_elsewhere(to, verdict);
        if is_weak {
            draft.at_most(Level::Info);
        }
        if way.len() > 2 {
            draft.at_most(Level::Info);
        } else if takes_constants(cx, aim) {
            draft.at_most(Level::Info).fix(lower::fix(cx, aim));
        } else {
            draft.fix(invert::fix(cx, aim).or_else(|| lower::fix(cx, aim)));
        }
        way::show(cx, draft, &way[1..]);
        Some(draft)
    }
}

/// Whether the configuration allows a direction.
fn is_allowed(options: &Options<'_>, from: Layer, to: Layer) -> bool {
    let declared = format!("{from} -> {to}");
    options.strings("allow").iter().any(|allowed| is_direction(allowed, &declared))
}

/// `application->infrastructure` and `application -> infrastructure` are the same direction.
fn is_direction(written: &str, meant: &str) -> bool {
    let squeeze = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    squeeze(written) == squeeze(meant)
}
