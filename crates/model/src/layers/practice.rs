//! How modules that need the infrastructure access it: through a port, or by importing it.

use config::Layer;
use python::Name;
use rustc_hash::FxHashMap;

use super::Layers;
use super::classes::Classes;
use super::source::Source;
use crate::{ByModule, EdgeKind, ModuleId, PathRole, Surface};

/// How a module of the domain or application layer accesses the infrastructure. Data, enumerations and other modules
/// that don't need it are not comparable.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// It doesn't need it.
    #[default]
    None,
    /// Through a port.
    Port,
    /// Through a port, but it also imports the infrastructure.
    Both,
    /// By importing it.
    Direct,
}

/// A port of the domain or application layer that modules of these layers depend on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Port {
    /// The module that defines it.
    pub(super) module: ModuleId,
    /// Whether the infrastructure implements it.
    pub(super) is_implemented: bool,
}

/// The ports of a project and the modules that use them.
pub(super) struct Practice {
    /// The ports.
    pub(super) ports: Vec<Port>,
    /// Ports that the infrastructure implements, and that no module of these layers depends on.
    pub(super) bypassed: Vec<ModuleId>,
    /// How each module accesses the infrastructure.
    pub(super) reach: ByModule<Reach>,
    /// The modules that only import the infrastructure, and of that what implements ports of the inside: these say what is
    /// meant, and the modules go past them.
    pub(super) goes_past: ByModule<bool>,
    /// The ports that they go past.
    pub(super) passed: Vec<ModuleId>,
}

/// A class that may be a port or an implementation of one.
struct Candidate {
    module: ModuleId,
    index: usize,
}

impl Reach {
    /// Whether it depends on a port.
    pub(super) fn asks(self) -> bool {
        matches!(self, Reach::Port | Reach::Both)
    }

    /// Whether it imports the infrastructure.
    pub(super) fn leans(self) -> bool {
        matches!(self, Reach::Direct | Reach::Both)
    }
}

impl Practice {
    /// Derives it from classes and imports. Ports and their implementations may be in separate distributions.
    pub(super) fn of(source: &Source<'_>, classes: &Classes, layers: &Layers) -> Self {
        let code =
            || source.modules.iter().filter(|(_, module)| module.role == PathRole::Code).map(|(id, _)| id);
        let of_layer = |layer| code().filter(move |id| layers.sure_layer(*id) == Some(layer));
        let written =
            |layer| of_layer(layer).flat_map(|id| written_out(source, classes, id)).collect::<Vec<_>>();
        // Use cases behind an interface of the application layer are no adapters.
        let (adapters, use_cases) = (written(Layer::Infrastructure), written(Layer::Application));
        let mut reach = source.modules.map(|_, _| Reach::None);
        let (mut ports, mut bypassed) = (Vec::new(), Vec::new());
        for module in of_layer(Layer::Domain).chain(of_layer(Layer::Application)) {
            if !classes.of_module(module).iter().any(|facts| facts.is_port) {
                continue;
            }
            let consumers = consumers(source, layers, module);
            let facts = classes.of_module(module).iter().enumerate().filter(|(_, facts)| facts.is_port);
            if consumers.is_empty() {
                let mut candidates = facts.map(|(index, _)| Candidate { module, index });
                if candidates.any(|port| is_implemented(source, &port, &adapters)) {
                    bypassed.push(module);
                }
                continue;
            }
            let own: Vec<Port> = facts
                .map(|(index, _)| Candidate { module, index })
                .filter_map(|port| {
                    let is_implemented = is_implemented(source, &port, &adapters);
                    let is_one = is_implemented || !self::is_implemented(source, &port, &use_cases);
                    is_one.then_some(Port { module, is_implemented })
                })
                .collect();
            for consumer in consumers.into_iter().filter(|_| !own.is_empty()) {
                reach[consumer] = Reach::Port;
            }
            ports.extend(own);
        }
        for id in of_layer(Layer::Domain).chain(of_layer(Layer::Application)) {
            let leans = source.graph.imports(id).iter().any(|edge| {
                edge.kind == EdgeKind::Import && layers.sure_layer(edge.to) == Some(Layer::Infrastructure)
            });
            if leans {
                reach[id] = if reach[id] == Reach::Port { Reach::Both } else { Reach::Direct };
            }
        }
        let (goes_past, passed) = past_ports(source, classes, layers, &reach);
        Self { ports, bypassed, reach, goes_past, passed }
    }
}

/// The modules whose imports of the infrastructure all lead to adapters that implement a port of the domain or the
/// application, and the modules of these ports, once for each.
fn past_ports(
    source: &Source<'_>,
    classes: &Classes,
    layers: &Layers,
    reach: &ByModule<Reach>,
) -> (ByModule<bool>, Vec<ModuleId>) {
    let is_inner = |id: ModuleId| matches!(layers.layer(id), Some(Layer::Domain | Layer::Application));
    let inner = source.modules.iter().map(|(id, _)| id).filter(|id| is_inner(*id));
    let inner_ports: Vec<Candidate> = inner
        .flat_map(|module| {
            let facts = classes.of_module(module).iter().enumerate().filter(|(_, facts)| facts.is_port);
            facts.map(move |(index, _)| Candidate { module, index })
        })
        .collect();
    let mut known: FxHashMap<ModuleId, Vec<(ModuleId, Name)>> = FxHashMap::default();
    let mut ports_of = |adapter: ModuleId| -> Vec<(ModuleId, Name)> {
        let find = || {
            let written: Vec<Candidate> = written_out(source, classes, adapter).collect();
            let ports = inner_ports.iter().filter(|port| is_implemented(source, port, &written));
            ports
                .map(|port| (port.module, source.signals(port.module).classes[port.index].name.clone()))
                .collect()
        };
        known.entry(adapter).or_insert_with(find).clone()
    };
    let mut passed: Vec<(ModuleId, Name)> = Vec::new();
    let goes_past = source.modules.map(|id, _| {
        if reach[id] != Reach::Direct {
            return false;
        }
        let edges = source.graph.imports(id).iter().filter(|edge| {
            edge.kind == EdgeKind::Import
                && layers.sure_layer(edge.to) == Some(Layer::Infrastructure)
                && !source.signals(edge.to).is_hollow()
        });
        let ports: Vec<Vec<(ModuleId, Name)>> = edges.map(|edge| ports_of(edge.to)).collect();
        let all = !ports.is_empty() && ports.iter().all(|ports| !ports.is_empty());
        if all {
            passed.extend(ports.into_iter().flatten());
        }
        all
    });
    passed.sort();
    passed.dedup();
    (goes_past, passed.into_iter().map(|(module, _)| module).collect())
}

/// The modules of the domain and application layers that import a module, including through re-exporting packages.
fn consumers(source: &Source<'_>, layers: &Layers, id: ModuleId) -> Vec<ModuleId> {
    let is_inner = |id: ModuleId| {
        let layer = layers.layer(id);
        !source.signals(id).is_hollow() && matches!(layer, Some(Layer::Domain | Layer::Application))
    };
    let mut found = Vec::new();
    for edge in source.graph.importers(id) {
        if source.signals(edge.to).is_hollow() {
            let through = source.graph.importers(edge.to).iter().map(|outer| outer.to);
            found.extend(through.filter(|outer| *outer != id && is_inner(*outer)));
        } else if is_inner(edge.to) {
            found.push(edge.to);
        }
    }
    found
}

/// The classes of a module that may implement a port: they have methods and don't need an implementation themselves.
fn written_out(source: &Source<'_>, classes: &Classes, id: ModuleId) -> impl Iterator<Item = Candidate> {
    let all = source.signals(id).classes.iter().zip(classes.of_module(id)).enumerate();
    let written = all.filter(|(_, (class, facts))| class.surface != Surface::Fields && !facts.is_port);
    written.map(move |(index, _)| Candidate { module: id, index })
}

/// Whether any of the classes implements the port, by inheritance or structurally.
fn is_implemented(source: &Source<'_>, port: &Candidate, by: &[Candidate]) -> bool {
    let class = &source.signals(port.module).classes[port.index];
    by.iter().any(|adapter| {
        let candidate = &source.signals(adapter.module).classes[adapter.index];
        // Two or more common names are rarely a coincidence; with a single one, the class must be named like the port.
        let covers = class.methods != 0 && class.methods & candidate.methods == class.methods;
        let is_telling = class.methods.count_ones() >= 2 || candidate.name.ends_with(class.name.as_str());
        let by_base = || {
            let ancestors = source.hierarchy.of(adapter.module, &candidate.name);
            ancestors
                .is_some_and(|it| it.own.iter().any(|(id, name)| *id == port.module && *name == class.name))
        };
        (covers && is_telling) || (candidate.has_bases && by_base())
    })
}
