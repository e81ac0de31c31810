//! An import that reaches into the internals of another package, bypassing its public interface.

use config::{Layer, Level};
use model::{EdgeKind, ModuleId, Target};
use python::Name;
use rustc_hash::FxHashSet;
use view::frameworks::is_of;
use view::{
    Applicability, Context, Findings, Fix, FixKind, Group, ImportView, InPresets, Key, OptionDefault,
    OptionSpec, Options, Place, Rule, wording,
};

use super::aim::{Aim, first_party};
use super::plugins::{self, Plugin};
use super::public_interface::{self, Interface, interface, private_part};
use super::way::Search;
use super::{contracts, words};

pub(crate) static RULE: Rule = Rule {
    id: "private-module-import",
    group: Group::Layers,
    summary: "an import of another package's internals, past its public interface",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("private_module_import.md"),
    options: &[
        OptionSpec {
            name: "interfaces",
            default: OptionDefault::Strings(&["facade", "public", "interface", "public_api"]),
            summary: "names of modules that are a package's public interface, besides its `__init__`",
        },
        OptionSpec {
            name: "plugins",
            default: OptionDefault::Strings(plugins::FAMILIES),
            summary: "names of packages that hold plugins",
        },
        OptionSpec {
            name: "type-checking",
            default: OptionDefault::Bool(false),
            summary: "whether imports under `TYPE_CHECKING` count",
        },
    ],
    has_fix: true,
    presets: InPresets { strict: Some(Level::Warning), ..InPresets::KEEP },
    judges: Rule::CODE,
    check,
};

/// Why an import reaches too far.
enum Reach {
    /// The module, or a package around it, has a leading underscore; holds the package that it belongs to.
    Underscore(String),
    /// The name has a leading underscore; holds the bounded context that it belongs to, or else the package.
    PrivateName(String),
    /// Bypasses a public interface that others respect.
    Past(Interface),
    /// Into one plugin, although the plugins share base classes.
    Into(Plugin),
    /// Into the infrastructure of another bounded context.
    Infrastructure(String),
}

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    contracts::tell(cx, out, contracts::protected(cx));
    contracts::tell(cx, out, contracts::private(cx));
    contracts::tell(cx, out, contracts::tach_interfaces(cx));
    if cx.own_layer() == Some(Layer::Composition) {
        return;
    }
    let options = cx.options(&RULE);
    for aim in first_party(cx) {
        if aim.is_type_checking() && !options.bool("type-checking") {
            continue;
        }
        if let Some(reach) = reach(cx, &aim, &options) {
            tell(cx, &aim, &reach, &options, out);
        }
    }
}

fn reach(cx: &Context<'_>, aim: &Aim<'_, ModuleId>, options: &Options<'_>) -> Option<Reach> {
    let name = cx.module_name(aim.to);
    let is_offered = |package: &str| {
        interface(cx, package, aim.to, &options.strings("interfaces"))
            .is_some_and(|doors| aim.items.iter().all(|item| doors.door_for(cx, item).is_some()))
    };
    if let Some((package, private)) = private_part(name) {
        let counts = is_elsewhere(cx, cx.id, package)
            && (is_offered(package)
                || !(is_common_property(cx, private, package) || means_something_else(cx)));
        return counts.then(|| Reach::Underscore(package.to_owned()));
    }
    if cx.own_layer() != Some(Layer::Presentation)
        && let Some(plugin) = plugins::plugin_of(cx, aim.to, &options.strings("plugins"))
        && !is_in_family(cx.own_name(), &plugin)
        && !is_counterpart(cx.own_name(), &plugin)
        && !plugins::takes_plugins_alone(cx, aim, &plugin)
        && plugins::imported_siblings(cx, &plugin, &options.strings("plugins")) == 1
    {
        return Some(Reach::Into(plugin));
    }
    let takes_private = || !private_names(cx, aim).is_empty() && !means_something_else(cx);
    let Some(context) = cx.bounded_context(aim.to) else {
        let package =
            if cx.architecture.modules[aim.to].is_package { name } else { name.rsplit_once('.')?.0 };
        return (is_elsewhere(cx, cx.id, package) && takes_private() && !is_common_name(cx, aim, package))
            .then(|| Reach::PrivateName(package.to_owned()));
    };
    if is_of(cx.own_name(), context) || cx.bounded_context(cx.id) == Some(context) {
        return None;
    }
    if takes_private() {
        return Some(Reach::PrivateName(context.to_owned()));
    }
    let doors = interface(cx, context, aim.to, &options.strings("interfaces"));
    let is_door = doors.as_ref().is_some_and(|interface| interface.doors.contains(&aim.to));
    if !is_door && is_foreign_infrastructure(cx, aim.to, context) {
        return Some(Reach::Infrastructure(context.to_owned()));
    }
    let interface = doors?;
    let is_inside = !is_door && name != context && !is_common_ground(cx, aim.to);
    (is_inside && interface.is_kept(cx)).then_some(Reach::Past(interface))
}

/// Whether a module is another context's access to its database or to the outside, and the checked module, which
/// belongs to a context of its own, contains rules or use cases. Tables may be shared, since relationships need them.
fn is_foreign_infrastructure(cx: &Context<'_>, id: ModuleId, context: &str) -> bool {
    let inside = cx.module_name(id).strip_prefix(context).unwrap_or_default();
    let is_table = || model::query::schema(cx.db, cx.project).entities.keys().any(|class| class.module == id);
    cx.bounded_context(cx.id).is_some()
        && matches!(cx.own_layer(), Some(Layer::Application | Layer::Domain))
        && cx.layer(id) == Some(Layer::Infrastructure)
        && inside.split('.').any(words::is_infrastructure_folder)
        && !context.split('.').any(words::is_ground)
        && !is_table()
}

/// Whether a package with private members is outside what a module belongs to: its bounded context, a feature beside
/// others, or a package below the root.
fn is_elsewhere(cx: &Context<'_>, importer: ModuleId, package: &str) -> bool {
    let name = cx.module_name(importer);
    let together = name.split('.').zip(package.split('.')).take_while(|(left, right)| left == right).count();
    let is_in_context = cx.bounded_context(importer).is_some_and(|context| is_of(package, context));
    !is_of(name, package)
        && !is_in_context
        && (together < 2 || crate::query::features(cx.db, cx.project).are_different(name, package))
}

/// Whether so many private modules are imported from elsewhere that an underscore here means private to the
/// distribution.
fn means_something_else(cx: &Context<'_>) -> bool {
    const MANY: usize = 4;
    let mut reached: FxHashSet<&str> = FxHashSet::default();
    for (id, info) in cx.architecture.modules.iter() {
        let Some((package, private)) = private_part(&info.name) else { continue };
        let importers = cx.architecture.graph.importers(id);
        if importers.iter().any(|edge| is_elsewhere(cx, edge.to, package)) {
            reached.insert(private);
        }
        if reached.len() == MANY {
            return true;
        }
    }
    false
}

/// Whether so many outside modules use a private module that its underscore means something else here (such as sorting
/// first in a folder).
fn is_common_property(cx: &Context<'_>, private: &str, package: &str) -> bool {
    const MANY: usize = 3;
    let modules = cx.architecture.modules.iter().filter(|(_, info)| !is_of(&info.name, package));
    let outside = modules.filter(|(id, _)| {
        let edges = cx.architecture.graph.imports(*id);
        edges.iter().any(|edge| is_of(cx.module_name(edge.to), private))
    });
    outside.take(MANY).count() == MANY
}

/// Whether so many modules elsewhere import one of the private names that its underscore means something else here.
fn is_common_name(cx: &Context<'_>, aim: &Aim<'_, ModuleId>, package: &str) -> bool {
    const MANY: usize = 3;
    let names = private_names(cx, aim);
    let importers = cx.architecture.graph.importers(aim.to).iter().map(|edge| edge.to);
    let takes_one = |importer: &ModuleId| {
        is_elsewhere(cx, *importer, package)
            && python::query::imports(cx.db, cx.file_of(*importer))
                .list
                .iter()
                .any(|import| import.name.as_deref().is_some_and(|name| names.contains(&name)))
    };
    importers.filter(takes_one).take(MANY).count() == MANY
}

/// Whether a module is part of the family around a plugin: another plugin, or the base classes.
fn is_in_family(name: &str, plugin: &Plugin) -> bool {
    plugin.name.rsplit_once('.').is_some_and(|(family, _)| is_of(name, family))
}

/// Whether a module is another part's counterpart of the same plugin: `shop.sync.paypal` beside `shop.plugins.paypal`.
fn is_counterpart(name: &str, plugin: &Plugin) -> bool {
    plugin.name.rsplit_once('.').is_some_and(|(_, child)| name.split('.').any(|segment| segment == child))
}

/// The private names that an import takes: imported names, and attributes of an imported module.
fn private_names<'a>(cx: &'a Context<'_>, aim: &Aim<'a, ModuleId>) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    for item in &aim.items {
        match &item.resolved.target {
            Target::Symbol { .. } => names.extend(item.import.name.as_deref()),
            Target::Module(_) => {
                let uses = cx.module.uses.iter().filter(|used| used.import == item.id);
                names.extend(uses.filter_map(|used| used.attributes.split('.').next()));
            }
            _ => {}
        }
    }
    names.retain(|name| words::is_private(name));
    names.sort_unstable();
    names.dedup();
    names
}

/// What contexts may share: tables (relationships need them), errors, schemas, and ports.
fn is_common_ground(cx: &Context<'_>, id: ModuleId) -> bool {
    const WORDS: [&str; 9] =
        ["base", "bases", "ports", "interfaces", "events", "abc", "protocols", "types", "enums"];
    let name = cx.module_name(id);
    let is_beside_layers = matches!(
        cx.layer(id),
        Some(Layer::Shared | Layer::Config | Layer::Composition | Layer::Presentation)
    );
    is_beside_layers
        || words::stores(name)
        || words::holds_errors(name)
        || words::holds_schemas(name)
        || WORDS.contains(&words::stem(name))
}

fn tell(
    cx: &Context<'_>,
    aim: &Aim<'_, ModuleId>,
    reach: &Reach,
    options: &Options<'_>,
    out: &mut Findings<'_>,
) {
    let (own, other) = (cx.own_name(), cx.module_name(aim.to));
    let doors = match reach {
        Reach::Underscore(package) | Reach::PrivateName(package) => {
            interface(cx, package, aim.to, &options.strings("interfaces"))
                .or_else(|| public_interface::root(cx, package, aim.to))
        }
        Reach::Past(interface) => Some(interface.clone()),
        Reach::Into(_) | Reach::Infrastructure(_) => None,
    };
    let offered: Vec<(ImportView<'_>, ModuleId, Name)> = doors
        .iter()
        .flat_map(|doors| aim.items.iter().filter_map(|item| Some((*item, doors.door_for(cx, item)?))))
        .map(|(item, (door, name))| (item, door, name))
        .collect();
    let message = match reach {
        Reach::Underscore(package) => format!("`{other}` is private to `{package}`"),
        Reach::PrivateName(context) => {
            let names = private_names(cx, aim);
            format!("{} of `{other}` is private to `{context}`", wording::codes(&names))
        }
        Reach::Past(interface) => {
            format!("`{other}` is internal to `{}`, which has a public interface", interface.package)
        }
        Reach::Infrastructure(context) => format!(
            "`{other}` is infrastructure of the bounded context `{context}`; call its application layer instead"
        ),
        Reach::Into(plugin) => {
            format!(
                "`{other}` is internal to one plugin; depend on `{}`, which all of them share",
                plugin.bases
            )
        }
    };
    let message = match (&offered[..], reach) {
        ([(_, door, name)], Reach::Past(interface)) => format!(
            "`{other}` is internal to `{}`; import `{name}` from `{}` instead",
            interface.package,
            cx.module_name(*door)
        ),
        ([(_, door, name)], _) => {
            format!("{message}; import `{name}` from `{}` instead", cx.module_name(*door))
        }
        _ if matches!(reach, Reach::Underscore(_) | Reach::PrivateName(_)) => {
            format!("{message}; make it public there, or do without it")
        }
        _ => message,
    };
    let draft = out.add(aim.span(), Key::modules([own, other]), message);
    draft.modules([own, other]);
    if matches!(reach, Reach::PrivateName(_)) && cx.bounded_context(aim.to).is_none() {
        // Packages are often split only for tidiness.
        draft.at_most(Level::Info);
    }
    if let Reach::Past(interface) = reach {
        for door in &interface.doors {
            draft.related(
                cx.file_of(*door),
                Place::File,
                format!("the public interface of `{}`", interface.package),
            );
        }
    }
    for (item, door, name) in &offered {
        draft.fix(fix(cx, aim, item, *door, name));
    }
}

/// The fix that imports the name from the interface module. Not if that module, while being imported, imports the
/// checked module: then the name doesn't exist yet.
fn fix(
    cx: &Context<'_>,
    aim: &Aim<'_, ModuleId>,
    item: &ImportView<'_>,
    door: ModuleId,
    name: &Name,
) -> Option<Fix> {
    let search = Search {
        graph: &cx.architecture.graph,
        edge: &|_, edge| edge.kind == EdgeKind::Import,
        through: &|_| true,
        goal: &|id| id == cx.id,
        limit: usize::MAX,
    };
    if item.import.context.at_import_time() && search.run(door).is_some() {
        return None;
    }
    let door_name = &cx.architecture.modules[door].name;
    // A package's `__init__` runs before anything inside it is imported, so nothing new runs.
    let runs_anyway = is_of(cx.module_name(aim.to), door_name);
    Some(Fix {
        title: format!("Import `{name}` from `{door_name}`"),
        applicability: if runs_anyway { Applicability::Safe } else { Applicability::Review },
        kind: FixKind::ImportFrom { import: item.id, module: door_name.clone(), name: name.clone() },
    })
}
