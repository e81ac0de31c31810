//! Where a port goes: the existing module of ports, the package with other ports, a new module beside the domain or the
//! application, or the file of the class.

use camino::Utf8PathBuf;
use config::Layer;
use model::{ClassRef, ModuleId, PathRole, Target};
use view::{Context, ImportView, may_import};

use super::Consumer;
use crate::Abilities;
use crate::rewrite::{At, Home, Meaning};

/// Names of modules for ports.
const STEMS: [&str; 10] = [
    "ports",
    "protocols",
    "interfaces",
    "port",
    "protocol",
    "interface",
    "abstractions",
    "abstract",
    "gateways",
    "contracts",
];

/// Names of packages of the domain and of the application.
const PACKAGES: [&str; 14] = [
    "domain",
    "core",
    "domains",
    "entities",
    "application",
    "services",
    "service",
    "service_layer",
    "usecases",
    "use_cases",
    "usecase",
    "use_case",
    "interactors",
    "handlers",
];

/// Where a port goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// To the end of a module.
    Existing(ModuleId),
    /// Above the class itself.
    Same(ModuleId),
    /// Into a new module.
    New {
        /// The absolute path.
        path: Utf8PathBuf,
        /// The dotted name that it will have.
        name: String,
        /// A module of the same package.
        beside: ModuleId,
    },
}

impl Place {
    /// The dotted name to import the port from.
    pub(super) fn name(&self, cx: &Context<'_>) -> String {
        match self {
            Place::Existing(module) | Place::Same(module) => cx.module_name(*module).to_owned(),
            Place::New { name, .. } => name.clone(),
        }
    }

    /// The module, if it exists.
    pub(super) fn module(&self) -> Option<ModuleId> {
        match self {
            Place::Existing(module) | Place::Same(module) => Some(*module),
            Place::New { .. } => None,
        }
    }

    /// The layer that the port will be in.
    pub(super) fn layer(&self, cx: &Context<'_>) -> Option<Layer> {
        match self {
            Place::Existing(module) | Place::Same(module) => cx.layer(*module),
            Place::New { beside, .. } => cx.layer(*beside),
        }
    }

    /// The last segment of the module's name.
    pub(super) fn stem(&self, cx: &Context<'_>) -> String {
        self.name(cx).rsplit('.').next().unwrap_or_default().to_owned()
    }
}

/// Chooses where the port of a class goes, given its future consumers.
pub(super) fn choose(cx: &Context<'_>, class: &ClassRef, asking: &[Consumer], abilities: Abilities) -> Place {
    let importers = super::importers(asking);
    // The innermost consumer decides: the others may import inwards. A class further inside than all of them has its
    // port in its own module.
    let nearest = asking.iter().map(|consumer| consumer.module).min_by_key(|module| depth(cx.layer(*module)));
    let is_inside = |module: &ModuleId| depth(cx.layer(*module)) <= depth(cx.layer(class.module));
    let anchor = nearest.filter(is_inside).unwrap_or(class.module);
    let may_hold = |module: ModuleId| {
        let is_reached = asking.iter().all(|consumer| may_see(cx, consumer.module, module));
        let closes =
            importers.iter().any(|importer| *importer != module && closes_cycle(cx, *importer, module));
        is_reached && !closes
    };
    if let Some(found) = known(cx, anchor, class, &may_hold, abilities) {
        return found;
    }
    if abilities.create_files
        && let Some(new) = new(cx, anchor, asking.is_empty(), &may_hold)
    {
        return new;
    }
    Place::Same(class.module)
}

/// Domain first.
fn depth(layer: Option<Layer>) -> u8 {
    match layer {
        Some(Layer::Domain) => 0,
        Some(Layer::Application) => 1,
        Some(Layer::Presentation) => 3,
        _ => 2,
    }
}

fn may_see(cx: &Context<'_>, from: ModuleId, to: ModuleId) -> bool {
    match (cx.architecture.layers.style(from), cx.layer(from), cx.layer(to)) {
        (Some(style), Some(from), Some(to)) => may_import(style, from, to),
        _ => true,
    }
}

/// Whether a new import of `to` in `from` would close a cycle.
pub(crate) fn closes_cycle(cx: &Context<'_>, from: ModuleId, to: ModuleId) -> bool {
    // An existing import closes no new cycle.
    cx.architecture.graph.edge(from, to) != Some(model::EdgeKind::Import)
        && model::closes_cycle(&cx.architecture.graph, &cx.architecture.modules, from, to).is_some()
}

/// A module or package of ports near the consumers.
fn known(
    cx: &Context<'_>,
    anchor: ModuleId,
    class: &ClassRef,
    may_hold: &dyn Fn(ModuleId) -> bool,
    abilities: Abilities,
) -> Option<Place> {
    let own = cx.module_name(anchor);
    let nearness = |name: &str| own.split('.').zip(name.split('.')).take_while(|(a, b)| a == b).count();
    let of_same_context = |module: ModuleId| match (cx.bounded_context(anchor), cx.bounded_context(module)) {
        (Some(own), Some(other)) => own == other,
        _ => true,
    };
    let is_candidate = |id: &ModuleId| {
        let info = &cx.architecture.modules[*id];
        let layer = cx.layer(*id);
        info.role == PathRole::Code
            && *id != class.module
            && matches!(layer, None | Some(Layer::Domain | Layer::Application | Layer::Shared))
            && info.root == cx.architecture.modules[anchor].root
            && (nearness(&info.name) > 0 || !own.contains('.'))
            && of_same_context(*id)
    };
    let modules = &cx.architecture.modules;
    let by_name: Vec<ModuleId> = modules
        .iter()
        .filter(|(_, info)| {
            info.name.rsplit('.').take(2).any(|segment| STEMS.contains(&segment.trim_matches('_')))
        })
        .map(|(id, _)| id)
        .filter(is_candidate)
        .collect();
    let best = by_name.into_iter().filter(|id| may_hold(*id)).max_by_key(|id| {
        (nearness(cx.module_name(*id)), std::cmp::Reverse(depth(cx.layer(*id))), std::cmp::Reverse(*id))
    });
    if let Some(best) = best {
        return beside_or_in(cx, best, class, abilities);
    }
    // Modules with other ports.
    let interfaces = model::query::interfaces(cx.db, cx.project);
    let mut counts: std::collections::BTreeMap<ModuleId, usize> = std::collections::BTreeMap::new();
    for port in interfaces.ports() {
        *counts.entry(port.module).or_default() += 1;
    }
    // A module with other contents as well is not where one would look for ports.
    let is_home = |(module, count): &(ModuleId, usize)| {
        let definitions = python::query::definitions(cx.db, cx.file_of(*module));
        let classes = definitions.classes.iter().filter(|it| it.scope == python::Scope::Module).count();
        count * 2 > classes
    };
    let homes: Vec<ModuleId> = counts.into_iter().filter(is_home).map(|(module, _)| module).collect();
    let best = homes
        .into_iter()
        .filter(is_candidate)
        .filter(|id| matches!(cx.layer(*id), Some(Layer::Domain | Layer::Application)) && may_hold(*id))
        .filter(|id| nearness(cx.module_name(*id)) > 0)
        .max_by_key(|id| (nearness(cx.module_name(*id)), std::cmp::Reverse(*id)))?;
    beside_or_in(cx, best, class, abilities)
}

/// The module itself if it contains many ports; a new one beside it if each port has its own module.
fn beside_or_in(cx: &Context<'_>, module: ModuleId, class: &ClassRef, abilities: Abilities) -> Option<Place> {
    let info = &cx.architecture.modules[module];
    let stem = info.name.rsplit('.').next().unwrap_or_default();
    if STEMS.contains(&stem.trim_matches('_')) && !holds_modules(cx, module) {
        return Some(Place::Existing(module));
    }
    if !abilities.create_files {
        return Some(Place::Existing(module));
    }
    let stem = python::naming::snake(&super::naming::stripped(&class.name));
    beside(cx, module, &stem).or(Some(Place::Existing(module)))
}

/// Whether a package has modules of its own.
fn holds_modules(cx: &Context<'_>, module: ModuleId) -> bool {
    let modules = &cx.architecture.modules;
    let prefix = format!("{}.", modules[module].name);
    modules[module].is_package && modules.iter().any(|(_, info)| info.name.starts_with(&prefix))
}

/// A new module called `stem`, in the package of another.
fn beside(cx: &Context<'_>, module: ModuleId, stem: &str) -> Option<Place> {
    let info = &cx.architecture.modules[module];
    let folder = info.path.parent()?;
    let relative = folder.join(format!("{stem}.py"));
    let is_there = cx.architecture.modules.iter().any(|(_, info)| {
        info.path == relative || (info.is_package && info.path.parent() == Some(&folder.join(stem)))
    });
    if is_there {
        return None;
    }
    let package =
        if info.is_package { Some(info.name.as_str()) } else { info.name.rsplit_once('.').map(|it| it.0) };
    let name = package.map_or_else(|| stem.to_owned(), |package| format!("{package}.{stem}"));
    Some(Place::New { path: cx.project.root(cx.db).join(relative), name, beside: module })
}

/// A new module of ports in the package of the domain or the application.
fn new(
    cx: &Context<'_>,
    anchor: ModuleId,
    nobody_asks: bool,
    may_hold: &dyn Fn(ModuleId) -> bool,
) -> Option<Place> {
    let modules = &cx.architecture.modules;
    let own = &modules[anchor];
    let shared = |name: &str| own.name.split('.').zip(name.split('.')).take_while(|(a, b)| a == b).count();
    let own_depth = own.name.split('.').count();
    // The domain near the consumers: it shares all but the last segments with them.
    let domain = modules
        .iter()
        .filter(|(id, info)| {
            info.role == PathRole::Code && info.root == own.root && cx.layer(*id) == Some(Layer::Domain)
        })
        .filter(|(_, info)| shared(&info.name) + 3 > own_depth && (shared(&info.name) > 0 || own_depth <= 2))
        .max_by_key(|(id, info)| {
            (shared(&info.name), std::cmp::Reverse(info.name.len()), std::cmp::Reverse(*id))
        })
        .map(|(id, _)| id);
    if nobody_asks && domain.is_none() {
        return None;
    }
    let mut starts: Vec<ModuleId> = domain.into_iter().collect();
    if !nobody_asks {
        starts.push(anchor);
    }
    starts.into_iter().find_map(|start| {
        let place = package_of(cx, start);
        let found = ["ports", "protocols", "interfaces"].iter().find_map(|stem| beside(cx, place, stem))?;
        // Importing a module of a package runs the package.
        let packages = modules.packages_around(place);
        let runs = packages.into_iter().chain(modules[place].is_package.then_some(place));
        runs.into_iter().all(|package| is_around(cx, package, anchor) || may_hold(package)).then_some(found)
    })
}

fn is_around(cx: &Context<'_>, package: ModuleId, module: ModuleId) -> bool {
    let (package, name) = (cx.module_name(package), cx.module_name(module));
    name == package || name.strip_prefix(package).is_some_and(|rest| rest.starts_with('.'))
}

/// A module in the folder that gives a module its layer: `domain` for `domain/orders/model.py`.
fn package_of(cx: &Context<'_>, module: ModuleId) -> ModuleId {
    let modules = &cx.architecture.modules;
    let path = &modules[module].path;
    let named = path.ancestors().skip(1).find(|folder| {
        folder.file_name().is_some_and(|name| PACKAGES.contains(&name.to_ascii_lowercase().as_str()))
    });
    let Some(folder) = named else { return module };
    let inside = modules.iter().filter(|(_, info)| info.path.parent() == Some(folder));
    // A module other than the `__init__`: relative imports from it are the same as from the new one.
    inside.min_by_key(|(id, info)| (info.is_package, *id)).map_or(module, |(id, _)| id)
}

/// The library that injects instances of the class by type.
pub(super) fn wired_by_type(cx: &Context<'_>, class: &ClassRef) -> Option<&'static str> {
    let gives = |view: &ImportView<'_>| match &view.resolved.target {
        Target::ThirdParty(name) => {
            let first = name.split('.').next().unwrap_or_default();
            libraries::wired_by_type(first)
        }
        _ => None,
    };
    let names = |view: &ImportView<'_>| match &view.resolved.target {
        Target::Symbol { origin, origin_name, .. } => *origin == class.module && *origin_name == class.name,
        Target::Module(module) => *module == class.module,
        _ => false,
    };
    let importers = cx.architecture.graph.importers(class.module).iter().map(|edge| edge.to);
    importers.chain([class.module]).find_map(|module| {
        let there = view::query::context(cx.db, cx.project, cx.file_of(module))?;
        let is_about_it = module == class.module || there.imports().any(|view| names(&view));
        let mut found = there.imports().filter_map(|view| gives(&view));
        if is_about_it { found.next() } else { None }
    })
}

/// What a port's module may import at run time, and what only for type checkers.
pub(crate) struct Gate<'c, 'a> {
    cx: &'c Context<'a>,
    /// The module, if it exists.
    module: Option<ModuleId>,
    layer: Option<Layer>,
    /// The modules that import it at run time.
    importers: Vec<ModuleId>,
    /// Whether it may run third-party code.
    runs_libraries: bool,
    /// A module that it must not import at run time.
    apart_from: Option<ModuleId>,
}

impl<'c, 'a> Gate<'c, 'a> {
    pub(crate) fn of(
        cx: &'c Context<'a>,
        module: Option<ModuleId>,
        layer: Option<Layer>,
        importers: impl IntoIterator<Item = ModuleId>,
    ) -> Self {
        let importers = importers.into_iter().collect();
        Self { cx, module, layer, importers, runs_libraries: false, apart_from: None }
    }

    /// The same for the port of a class of `module`.
    pub(crate) fn apart_from(self, module: ModuleId) -> Self {
        let apart_from = (self.module != Some(module)).then_some(module);
        Self { apart_from, ..self }
    }

    /// The same for a class with behaviour: third-party code may run there.
    pub(crate) fn with_libraries(self) -> Self {
        Self { runs_libraries: true, ..self }
    }

    /// Where the names in a signature are imported: outer modules, cyclic imports, and third-party ones are for type
    /// checkers only, since nothing reads the annotations of a port at run time.
    pub(crate) fn at(&self, meaning: &Meaning) -> At {
        let (home, target) = match meaning {
            Meaning::Member { home, target, .. } | Meaning::Module { home, target, .. } => (*home, *target),
            Meaning::TypeVariable { .. } | Meaning::Own(_) => return At::RunTime,
        };
        match (home, target) {
            (Home::Standard, _) => At::RunTime,
            (Home::ThirdParty, _) if self.runs_libraries || self.has_third_party(meaning) => At::RunTime,
            (Home::Project, Some(target)) if self.may_import(target) => At::RunTime,
            _ => At::TypeChecking,
        }
    }

    fn may_import(&self, target: ModuleId) -> bool {
        let cx = self.cx;
        let style = cx.architecture.layers.style(self.module.unwrap_or(target));
        let is_inward = match (style, self.layer, cx.layer(target)) {
            (Some(style), Some(from), Some(to)) if !may_import(style, from, to) => false,
            (_, _, Some(outer @ (Layer::Infrastructure | Layer::Presentation))) => self.layer == Some(outer),
            _ => true,
        };
        // The port of a class never needs the class's module.
        if self.apart_from == Some(target) {
            return false;
        }
        let from = self.importers.iter().copied().chain(self.module);
        is_inward && from.into_iter().all(|from| !reaches(cx, target, from))
    }

    /// Whether the module already imports something of the same distribution at run time.
    fn has_third_party(&self, meaning: &Meaning) -> bool {
        let (Meaning::Member { module: wanted, .. } | Meaning::Module { module: wanted, .. }) = meaning
        else {
            return false;
        };
        let first = wanted.split('.').next();
        let Some(module) = self.module else { return false };
        let Some(there) = view::query::context(self.cx.db, self.cx.project, self.cx.file_of(module)) else {
            return false;
        };
        there.imports().any(|view| {
            view.import.context.at_import_time()
                && matches!(&view.resolved.target, Target::ThirdParty(name) if name.split('.').next() == first)
        })
    }
}

/// Whether importing `module` imports `other`, or is it.
fn reaches(cx: &Context<'_>, module: ModuleId, other: ModuleId) -> bool {
    module == other
        || model::closes_cycle(&cx.architecture.graph, &cx.architecture.modules, other, module).is_some()
}
