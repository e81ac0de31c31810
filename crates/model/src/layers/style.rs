//! Which way is inward: the style of each scope, and what the scope is made of.

use camino::{Utf8Path, Utf8PathBuf};
use config::{Layer, Style};
use rustc_hash::FxHashMap;

use super::classes::Classes;
use super::source::Source;
use super::{Layers, Makeup};
use crate::{ClassRole, ModuleId, PathRole, Surface};

/// Contexts before a scope counts as made of them.
const MIN_CONTEXTS: usize = 3;

/// Finds the scopes (folders with a configuration, otherwise distributions, otherwise the project), counts what they
/// are made of, and settles their styles. In doubt a scope is `layered`, which forbids least.
pub(super) fn find(source: &Source<'_>, classes: &Classes, layers: &mut Layers) {
    let folders = scopes(source, layers);
    let mut tallies: Vec<Tally> = folders.iter().map(|_| Tally::default()).collect();
    // Ports and their implementations may be distributions of their own.
    let mut adapters: Vec<Candidate> = Vec::new();
    for (id, module) in source.modules.iter() {
        if module.role == PathRole::Code {
            tallies[layers.scopes[id] as usize].count(source, classes, layers, id);
            if layers.sure_layer(id) == Some(Layer::Infrastructure) {
                adapters.extend(written_out(source, classes, id));
            }
        }
    }
    for (folder, tally) in folders.iter().zip(tallies) {
        let makeup = tally.makeup(source, layers, &adapters);
        let declared = source.configs.for_path(folder).and_then(|config| config.style);
        layers.styles.push(match declared {
            Some(style) => (style, "it is declared".to_owned()),
            None => infer(&tally, &makeup),
        });
        layers.makeup.push(makeup);
    }
}

/// Gives every module its scope; the folders of the scopes, absolute.
fn scopes(source: &Source<'_>, layers: &mut Layers) -> Vec<Utf8PathBuf> {
    let mut folders: Vec<Utf8PathBuf> = Vec::new();
    let mut by_folder: FxHashMap<Utf8PathBuf, u32> = FxHashMap::default();
    let mut by_parent: FxHashMap<&Utf8Path, u32> = FxHashMap::default();
    layers.scopes = source.modules.map(|_, module| {
        let parent = module.path.parent().unwrap_or(Utf8Path::new(""));
        *by_parent.entry(parent).or_insert_with(|| {
            let folder = scope_folder(source, &source.root.join(parent));
            *by_folder.entry(folder.clone()).or_insert_with(|| {
                folders.push(folder);
                folders.len() as u32 - 1
            })
        })
    });
    folders
}

fn scope_folder(source: &Source<'_>, folder: &Utf8Path) -> Utf8PathBuf {
    let configured = source.configs.for_path(folder).map(|config| config.folder.as_path());
    // A `setup.py` deep inside a package is a module like any other.
    let holds_root = |distribution: &&Utf8Path| {
        let roots = source.modules.roots.iter();
        roots.map(|root| source.root.join(&root.path)).any(|root| root.starts_with(distribution))
    };
    let distributions = source.configs.distributions.iter().map(Utf8PathBuf::as_path).filter(holds_root);
    configured
        .into_iter()
        .chain(distributions.filter(|distribution| folder.starts_with(distribution)))
        .filter(|candidate| candidate.starts_with(source.root))
        .max_by_key(|candidate| candidate.as_str().len())
        .unwrap_or(source.root)
        .to_path_buf()
}

/// A class that may be a port or its implementation.
struct Candidate {
    module: ModuleId,
    index: usize,
}

#[derive(Default)]
struct Tally {
    makeup: Makeup,
    ports: Vec<Candidate>,
    /// Classes of the application that may implement its own ports: use cases behind an interface.
    use_cases: Vec<Candidate>,
    /// Edges from application or domain to infrastructure, and modules that have one.
    leaning: u32,
    inner: u32,
    has_port_words: bool,
    contexts: Vec<u32>,
    in_contexts: u32,
    all: u32,
}

impl Tally {
    fn count(&mut self, source: &Source<'_>, classes: &Classes, layers: &Layers, id: ModuleId) {
        self.all += 1;
        if let Some(context) = layers.context_of[id] {
            self.in_contexts += 1;
            if !self.contexts.contains(&context) && self.contexts.len() < 64 {
                self.contexts.push(context);
            }
        }
        let path = &source.modules[id].path;
        self.has_port_words |= path.components().any(|part| {
            matches!(part.as_str(), "ports" | "port" | "adapters" | "adapter" | "ports.py" | "adapters.py")
        });
        let kin = classes.of_module(id);
        self.makeup.rows += u32::from(kin.iter().any(|kin| kin.is_row));
        let Some(layer) = layers.sure_layer(id) else { return };
        self.makeup.modules[layer as usize] += 1;
        if matches!(layer, Layer::Domain | Layer::Application) {
            let ports = kin.iter().enumerate().filter(|(_, kin)| kin.is_port);
            self.ports.extend(ports.map(|(index, _)| Candidate { module: id, index }));
        }
        if layer == Layer::Application {
            self.use_cases.extend(written_out(source, classes, id));
        }
        if layer == Layer::Domain {
            let is_entity =
                |role: Option<ClassRole>| matches!(role, None | Some(ClassRole::Data | ClassRole::Schema));
            let own = kin.iter().any(|kin| !kin.is_port && !kin.is_row && is_entity(kin.role));
            self.makeup.entities += u32::from(own);
        }
        if matches!(layer, Layer::Domain | Layer::Application) {
            self.inner += 1;
            let leans = source.graph.imports(id).iter().any(|edge| {
                edge.kind == crate::EdgeKind::Import
                    && layers.sure_layer(edge.to) == Some(Layer::Infrastructure)
            });
            self.leaning += u32::from(leans);
        }
    }

    fn makeup(&self, source: &Source<'_>, layers: &Layers, adapters: &[Candidate]) -> Makeup {
        let (mut ports, mut implemented) = (0, 0);
        for port in self.ports.iter().filter(|port| is_asked_for(source, layers, port.module)) {
            if is_implemented(source, port, adapters) {
                ports += 1;
                implemented += 1;
            } else if !is_implemented(source, port, &self.use_cases) {
                ports += 1;
            }
        }
        Makeup { ports, implemented, ..self.makeup }
    }
}

/// The classes of a module that may implement a port: they have methods, and don't ask for an implementation.
fn written_out(source: &Source<'_>, classes: &Classes, id: ModuleId) -> impl Iterator<Item = Candidate> {
    let all = source.signals(id).classes.iter().zip(classes.of_module(id)).enumerate();
    let written = all.filter(|(_, (class, kin))| class.surface != Surface::Fields && !kin.is_port);
    written.map(move |(index, _)| Candidate { module: id, index })
}

/// Whether the domain or the application imports a module, also through packages that re-export it.
fn is_asked_for(source: &Source<'_>, layers: &Layers, id: ModuleId) -> bool {
    let is_inner = |id: ModuleId| {
        let layer = layers.layer(id);
        !source.signals(id).is_hollow() && matches!(layer, Some(Layer::Domain | Layer::Application))
    };
    source.graph.importers(id).iter().any(|edge| {
        let through = || source.graph.importers(edge.to).iter().any(|outer| is_inner(outer.to));
        is_inner(edge.to) || (source.signals(edge.to).is_hollow() && through())
    })
}

/// Whether any of the classes implements the port, by base class or by structure.
fn is_implemented(source: &Source<'_>, port: &Candidate, by: &[Candidate]) -> bool {
    let class = &source.signals(port.module).classes[port.index];
    by.iter().any(|adapter| {
        let candidate = &source.signals(adapter.module).classes[adapter.index];
        // Two names or more in common by chance are rare; with one, the class must be called like the port.
        let covers = class.methods != 0 && class.methods & candidate.methods == class.methods;
        let is_telling = class.methods.count_ones() >= 2 || candidate.name.ends_with(class.name.as_str());
        let by_base = || {
            let ancestry = source.heritage.of(adapter.module, &candidate.name);
            ancestry
                .is_some_and(|it| it.own.iter().any(|(id, name)| *id == port.module && *name == class.name))
        };
        (covers && is_telling) || (candidate.has_bases && by_base())
    })
}

fn infer(tally: &Tally, makeup: &Makeup) -> (Style, String) {
    let points_inward = tally.leaning * 3 <= tally.inner;
    let is_mostly_implemented = makeup.implemented >= 2 || (makeup.implemented == 1 && makeup.ports <= 2);
    if is_mostly_implemented && points_inward {
        let style = if tally.has_port_words { Style::Hexagonal } else { Style::Clean };
        let reason = format!(
            "infrastructure implements {} of {} ports of the domain and the application",
            makeup.implemented, makeup.ports
        );
        return (style, reason);
    }
    if tally.contexts.len() >= MIN_CONTEXTS && tally.in_contexts * 2 >= tally.all {
        return (Style::Modules, format!("{} packages hold layers of their own", tally.contexts.len()));
    }
    let reason = if makeup.ports == 0 {
        "the domain and the application ask for no ports"
    } else if makeup.implemented == 0 {
        "infrastructure implements no port of the domain or the application"
    } else if points_inward {
        "infrastructure implements few ports of the domain and the application"
    } else {
        "services import infrastructure directly"
    };
    (Style::Layered, reason.to_owned())
}
