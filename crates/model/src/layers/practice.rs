//! What modules do that need the infrastructure: ask for a port, or import it.

use config::Layer;

use super::Layers;
use super::classes::Classes;
use super::source::Source;
use crate::{ByModule, EdgeKind, ModuleId, PathRole, Surface};

/// What a module of the domain or the application does about what the infrastructure offers. Data, enumerations and
/// whatever else needs nothing of it is not comparable.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// It needs none.
    #[default]
    None,
    /// It asks for a port.
    Port,
    /// It asks for a port, and imports the infrastructure all the same.
    Both,
    /// It imports the infrastructure.
    Direct,
}

/// A port of the domain or the application that modules of theirs ask for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Port {
    /// The module that defines it.
    pub(super) module: ModuleId,
    /// Whether the infrastructure implements it.
    pub(super) is_implemented: bool,
}

/// The ports of a project and who goes through them.
pub(super) struct Practice {
    /// The ports.
    pub(super) ports: Vec<Port>,
    /// What each module does.
    pub(super) reach: ByModule<Reach>,
}

/// A class that may be a port or its implementation.
struct Candidate {
    module: ModuleId,
    index: usize,
}

impl Reach {
    /// Whether it asks for a port.
    pub(super) fn asks(self) -> bool {
        matches!(self, Reach::Port | Reach::Both)
    }

    /// Whether it imports the infrastructure.
    pub(super) fn leans(self) -> bool {
        matches!(self, Reach::Direct | Reach::Both)
    }
}

impl Practice {
    /// Reads it off classes and imports. Ports and their implementations may be distributions of their own.
    pub(super) fn of(source: &Source<'_>, classes: &Classes, layers: &Layers) -> Self {
        let code =
            || source.modules.iter().filter(|(_, module)| module.role == PathRole::Code).map(|(id, _)| id);
        let of_layer = |layer| code().filter(move |id| layers.sure_layer(*id) == Some(layer));
        let written =
            |layer| of_layer(layer).flat_map(|id| written_out(source, classes, id)).collect::<Vec<_>>();
        // Use cases behind an interface of the application are no adapters.
        let (adapters, use_cases) = (written(Layer::Infrastructure), written(Layer::Application));
        let mut reach = source.modules.map(|_, _| Reach::None);
        let mut ports = Vec::new();
        for module in of_layer(Layer::Domain).chain(of_layer(Layer::Application)) {
            if !classes.of_module(module).iter().any(|kin| kin.is_port) {
                continue;
            }
            let consumers = consumers(source, layers, module);
            if consumers.is_empty() {
                continue;
            }
            let kin = classes.of_module(module).iter().enumerate().filter(|(_, kin)| kin.is_port);
            let own: Vec<Port> = kin
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
        Self { ports, reach }
    }
}

/// The modules of the domain and the application that import a module, also through packages that re-export it.
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

/// The classes of a module that may implement a port: they have methods, and don't ask for an implementation.
fn written_out(source: &Source<'_>, classes: &Classes, id: ModuleId) -> impl Iterator<Item = Candidate> {
    let all = source.signals(id).classes.iter().zip(classes.of_module(id)).enumerate();
    let written = all.filter(|(_, (class, kin))| class.surface != Surface::Fields && !kin.is_port);
    written.map(move |(index, _)| Candidate { module: id, index })
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
