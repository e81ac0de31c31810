//! Packages whose folders are named after the layers of the dependency rule, or after ports and adapters: they claim
//! the rule, whether or not they follow it.

use config::Layer;
use python::Name;

use super::Layers;
use super::folders::{Folder, FolderId, Folders, normal};
use super::practice::Practice;
use super::source::Source;
use crate::ModuleId;

/// A package that claims the dependency rule by the names of its folders.
pub(super) struct Unit {
    /// The package's folder.
    pub(super) folder: FolderId,
    /// The folder names that claim it.
    pub(super) words: Vec<Name>,
    /// Whether they are the names of ports and adapters.
    pub(super) names_ports: bool,
}

const DOMAIN: [&str; 4] = ["domain", "domain_layer", "domain_model", "entities"];
const APPLICATION: [&str; 9] = [
    "app",
    "application",
    "application_layer",
    "use_case",
    "use_cases",
    "usecase",
    "usecases",
    "interactors",
    "service_layer",
];
const INFRASTRUCTURE: [&str; 6] =
    ["adapter", "adapters", "infra", "infrastructure", "infrastructures", "infrastructure_layer"];
const GATEWAYS: [&str; 2] = ["gateway", "gateways"];
const PORTS: [&str; 2] = ["port", "ports"];
const INTERFACES: [&str; 4] = ["abstractions", "interface", "interfaces", "protocols"];
const ADAPTERS: [&str; 2] = ["adapter", "adapters"];
const INBOUND: [&str; 4] = ["driving", "inbound", "primary", "presentation"];
const OUTBOUND: [&str; 3] = ["driven", "outbound", "secondary"];
const CORE: [&str; 3] = ["core", "domain", "application"];

/// Fewer modules with ports may be interfaces of plugins.
const MIN_PORTS: u32 = 2;

/// The outermost packages that claim the rule. A name alone is no claim: the contents of the folder must belong to its
/// layer.
pub(super) fn units(
    source: &Source<'_>,
    folders: &Folders,
    layers: &Layers,
    practice: &Practice,
) -> Vec<Unit> {
    let held = Held::of(folders, layers, practice);
    let mut units: Vec<Unit> = Vec::new();
    let mut is_inside = vec![false; folders.list.len()];
    for (index, folder) in folders.list.iter().enumerate() {
        let around = folder.parent.is_some_and(|parent| is_inside[parent.0 as usize]);
        is_inside[index] = around;
        if around {
            continue;
        }
        let id = FolderId(index as u32);
        if let Some((words, names_ports)) = claim(source, folders, &held, folder) {
            units.push(Unit { folder: id, words, names_ports });
            is_inside[index] = true;
        }
    }
    units
}

fn claim(source: &Source<'_>, folders: &Folders, held: &Held, folder: &Folder) -> Option<(Vec<Name>, bool)> {
    let child = |folder: &Folder, words: &[&str], layers: &[Layer]| {
        let mut children = folder.children.iter().copied();
        children.find(|child| words.contains(&folders[*child].name.as_str()) && held.any(*child, layers))
    };
    let name = |id: FolderId| folders[id].name.clone();
    let inner = [Layer::Domain, Layer::Application];
    let outer = [Layer::Infrastructure, Layer::Presentation];
    let infrastructure = child(folder, &INFRASTRUCTURE, &outer[..1]);
    let adapters = child(folder, &ADAPTERS, &outer);
    let has_ports = |folder: &Folder| {
        child(folder, &PORTS, &inner).map(name).or_else(|| {
            let mut stems = folder.modules.iter().map(|id| normal(source.stem(*id)));
            stems.find(|stem| PORTS.contains(&stem.as_str()))
        })
    };
    if let Some(outside) = adapters.or(infrastructure) {
        if let Some(ports) = has_ports(folder) {
            return Some((vec![ports, name(outside)], true));
        }
        let core = folder.children.iter().find(|core| CORE.contains(&folders[**core].name.as_str()));
        let core = core.and_then(|core| Some((*core, has_ports(&folders[*core])?)));
        // `hexagon/ports` beside `adapters`: a folder of ports needs no particular name around it.
        let by_ports = || {
            let mut inside = folder.children.iter().filter(|inside| **inside != outside);
            inside.find_map(|inside| Some((*inside, name(child(&folders[*inside], &PORTS, &inner)?))))
        };
        if let Some((core, ports)) = core.or_else(by_ports) {
            return Some((vec![format!("{}/{ports}", name(core)).into(), name(outside)], true));
        }
    }
    let sides = child(folder, &INBOUND, &outer).zip(child(folder, &OUTBOUND, &outer[..1]));
    if let Some(((inbound, outbound), core)) = sides.zip(child(folder, &CORE, &inner)) {
        return Some((vec![name(core), name(inbound), name(outbound)], true));
    }
    let names_ports = |outside: FolderId| ADAPTERS.contains(&folders[outside].name.as_str());
    if let Some(domain) = child(folder, &DOMAIN, &inner) {
        let application = child(folder, &APPLICATION, &inner[1..]);
        let outside = infrastructure
            .or_else(|| child(folder, &GATEWAYS, &outer[..1]))
            .or_else(|| elsewhere(folders, held, folder));
        if let Some((application, outside)) = application.zip(outside) {
            let words = vec![name(domain), name(application), name(outside)];
            return Some((words, names_ports(outside)));
        }
        // Without use cases in a folder of their own, the names of the two folders say as much as their ports do.
        let keeps = application.is_none() && held.folder(domain).ports > 0 && held.keeps(folder);
        if let Some(outside) = infrastructure.filter(|_| keeps) {
            return Some((vec![name(domain), name(outside)], names_ports(outside)));
        }
    }
    // What the infrastructure implements are ports, also if nobody depends on them yet.
    let interfaces = child(folder, &INTERFACES, &inner).filter(|id| held.folder(*id).ports >= MIN_PORTS);
    let (interfaces, outside) = interfaces.zip(infrastructure)?;
    Some((vec![name(interfaces), name(outside)], true))
}

/// The infrastructure of a package in a separate package or distribution: `orders_infrastructure` for `orders` or
/// `orders_core`.
fn elsewhere(folders: &Folders, held: &Held, folder: &Folder) -> Option<FolderId> {
    let mut all = folders.list.iter().zip(0..).filter(|_| !folder.name.is_empty());
    let of_core = folder.name.rsplit_once('_').filter(|(_, word)| CORE.contains(word)).map(|(name, _)| name);
    let is_of = |other: &str, name: &str| {
        let rest = other.strip_prefix(name).and_then(|rest| rest.strip_prefix('_'));
        rest.is_some_and(|rest| INFRASTRUCTURE.contains(&rest))
    };
    let is_it = |other: &Folder| {
        is_of(&other.name, &folder.name) || of_core.is_some_and(|name| is_of(&other.name, name))
    };
    let found = all.find(|(other, id)| is_it(other) && held.any(FolderId(*id), &[Layer::Infrastructure]));
    found.map(|(_, id)| FolderId(id))
}

/// What is in each folder, at any depth.
struct Held {
    by_folder: Vec<Inside>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Inside {
    /// The layers of the modules with certain layers.
    layers: [bool; Layer::ALL.len()],
    /// The modules with ports that the infrastructure implements.
    ports: u32,
    /// The modules that need the infrastructure and depend on a port.
    asking: u32,
    /// Those that import it.
    leaning: u32,
}

impl Held {
    fn of(folders: &Folders, layers: &Layers, practice: &Practice) -> Self {
        let mut by_folder = vec![Inside::default(); folders.list.len()];
        for (id, folder) in folders.of_module.iter() {
            let inside = &mut by_folder[folder.0 as usize];
            if let Some(layer) = layers.sure_layer(id) {
                inside.layers[layer as usize] = true;
            }
            inside.asking += u32::from(practice.reach[id].asks());
            inside.leaning += u32::from(practice.reach[id].leans());
        }
        let asked_for = practice.ports.iter().filter(|port| port.is_implemented).map(|port| port.module);
        let mut ports: Vec<ModuleId> = asked_for.chain(practice.bypassed.iter().copied()).collect();
        ports.sort_unstable();
        ports.dedup();
        for module in ports {
            by_folder[folders.of_module[module].0 as usize].ports += 1;
        }
        for index in (1..folders.list.len()).rev() {
            if let Some(parent) = folders.list[index].parent {
                let inside = by_folder[index];
                let around = &mut by_folder[parent.0 as usize];
                for (sum, is_held) in around.layers.iter_mut().zip(inside.layers) {
                    *sum |= is_held;
                }
                around.ports += inside.ports;
                around.asking += inside.asking;
                around.leaning += inside.leaning;
            }
        }
        Self { by_folder }
    }

    fn folder(&self, id: FolderId) -> &Inside {
        &self.by_folder[id.0 as usize]
    }

    fn any(&self, id: FolderId, layers: &[Layer]) -> bool {
        layers.iter().any(|layer| self.folder(id).layers[*layer as usize])
    }

    /// Whether at least as many modules of the folders inside depend on ports as import the infrastructure.
    fn keeps(&self, folder: &Folder) -> bool {
        let sum = |count: fn(&Inside) -> u32| {
            folder.children.iter().map(|child| count(self.folder(*child))).sum::<u32>()
        };
        sum(|it| it.asking) >= sum(|it| it.leaning).max(1)
    }
}
