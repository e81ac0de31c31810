//! Which way is inward: the claims that each scope makes about its layers, and its contents.

use camino::Utf8Path;
use config::{Layer, Style};
use rustc_hash::FxHashMap;

use super::classes::Classes;
use super::folders::{FolderId, Folders};
use super::practice::{Practice, Reach};
use super::source::Source;
use super::vocabulary::{self, Unit};
use super::{Claim, Ground, Inventory, Layers, ScopeStyle, contract, scopes};
use crate::evidence::CERTAIN;
use crate::{ClassRole, Confidence, ModuleId, PathRole};

/// The minimum number of contexts before a scope counts as composed of them.
const MIN_CONTEXTS: usize = 3;

/// The minimum number of implemented and used ports before they alone claim the dependency rule.
const MIN_PORTS: u32 = 2;

/// Determines the scopes, counts their contents, and infers their styles. When in doubt, a scope is `layered`, which
/// forbids least.
pub(super) fn find(source: &Source<'_>, folders: &Folders, classes: &Classes, layers: &mut Layers) {
    let scope_folders = scopes::find(source, layers);
    let practice = Practice::of(source, classes, layers);
    let units = vocabulary::units(source, folders, layers, &practice);
    let unit_of = unit_of(folders, &units);
    let mut tallies: Vec<Tally> = scope_folders.iter().map(|_| Tally::default()).collect();
    for (id, module) in source.modules.iter() {
        if module.role == PathRole::Code {
            let unit = unit_of[folders.of_module[id].0 as usize];
            let tally = &mut tallies[layers.scopes[id] as usize];
            tally.count(source, classes, layers, id, practice.reach[id], unit);
            tally.past += u32::from(practice.goes_past[id]);
        }
    }
    for port in &practice.passed {
        tallies[layers.scopes[*port] as usize].passed += 1;
    }
    for port in &practice.ports {
        let inventory = &mut tallies[layers.scopes[port.module] as usize].inventory;
        inventory.ports += 1;
        inventory.implemented += u32::from(port.is_implemented);
    }
    for (folder, tally) in scope_folders.iter().zip(&tallies) {
        let (style, grounds) = declared(source, folder).unwrap_or_else(|| tally.infer(&units));
        let folder = folder.strip_prefix(source.root).unwrap_or(folder).to_owned();
        layers.styles.push(ScopeStyle { folder, package: None, style, grounds, claims: Vec::new() });
        layers.inventories.push(tally.inventory);
    }
    layers.style_of = layers.scopes.clone();
    deviate(source, folders, layers, &practice, &units, &unit_of);
    count_claims(source, layers, &practice);
}

fn declared(source: &Source<'_>, folder: &Utf8Path) -> Option<(Style, Vec<Ground>)> {
    let config = source.configs.for_path(folder)?;
    if let Some(style) = config.style {
        return Some((style, vec![Ground::Declared]));
    }
    contract::claims_dependency_rule(config).map(|name| (Style::Clean, vec![Ground::Contract(name)]))
}

/// The unit that each folder belongs to.
fn unit_of(folders: &Folders, units: &[Unit]) -> Vec<Option<u32>> {
    let mut unit_of: Vec<Option<u32>> = vec![None; folders.list.len()];
    for (index, unit) in units.iter().enumerate() {
        unit_of[unit.folder.0 as usize] = Some(index as u32);
    }
    for index in 0..folders.list.len() {
        if let Some(parent) = folders.list[index].parent {
            unit_of[index] = unit_of[index].or(unit_of[parent.0 as usize]);
        }
    }
    unit_of
}

#[derive(Default)]
struct Tally {
    inventory: Inventory,
    /// Modules of the domain and application layers, and how many of them are in each unit that claims the rule.
    inner: u32,
    units: FxHashMap<u32, u32>,
    keeping: u32,
    breaking: u32,
    /// Of these, modules that go past ports of the inside, and how many ports those are.
    past: u32,
    passed: u32,
    has_port_words: bool,
    contexts: Vec<u32>,
    in_contexts: u32,
    all: u32,
}

impl Tally {
    fn count(
        &mut self,
        source: &Source<'_>,
        classes: &Classes,
        layers: &Layers,
        id: ModuleId,
        reach: Reach,
        unit: Option<u32>,
    ) {
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
        let facts = classes.of_module(id);
        self.inventory.rows += u32::from(facts.iter().any(|facts| facts.is_row));
        let Some(layer) = layers.sure_layer(id) else { return };
        self.inventory.modules[layer as usize] += 1;
        if layer == Layer::Domain {
            let is_entity =
                |role: Option<ClassRole>| matches!(role, None | Some(ClassRole::Data | ClassRole::Schema));
            let own = facts.iter().any(|facts| !facts.is_port && !facts.is_row && is_entity(facts.role));
            self.inventory.entities += u32::from(own);
        }
        if matches!(layer, Layer::Domain | Layer::Application) {
            self.inner += 1;
            self.keeping += u32::from(reach.asks());
            self.breaking += u32::from(reach == Reach::Direct);
            if let Some(unit) = unit {
                *self.units.entry(unit).or_default() += 1;
            }
        }
    }

    fn infer(&self, units: &[Unit]) -> (Style, Vec<Ground>) {
        let Inventory { ports, implemented, .. } = self.inventory;
        let all = self.keeping + self.breaking;
        let mut grounds = Vec::new();
        let claimed: u32 = self.units.values().sum();
        let mut names_ports = self.has_port_words;
        if claimed > 0 && claimed * 2 >= self.inner {
            let most = self.units.iter().max_by_key(|(unit, count)| (**count, std::cmp::Reverse(**unit)));
            if let Some(unit) = most.and_then(|(unit, _)| units.get(*unit as usize)) {
                grounds.push(Ground::Folders(unit.words.clone()));
                names_ports |= unit.names_ports;
            }
        }
        // Ports claim the rule if there are more than a single plugin interface, and if the modules that need the
        // outside use them.
        let is_mostly_implemented = implemented >= MIN_PORTS && implemented * 3 >= ports;
        let is_asked_for = self.keeping >= MIN_PORTS && self.breaking <= self.keeping
            || self.keeping > 0 && self.breaking == 0;
        if is_mostly_implemented && is_asked_for {
            grounds.push(Ground::Ports { implemented, all: ports });
        } else if grounds.is_empty() && self.passed >= MIN_PORTS && self.past * 2 > all {
            // Ports that every adapter inherits from are meant, whoever asks for the adapters.
            grounds.push(Ground::Ports { implemented: self.passed, all: self.passed.max(ports) });
        }
        if !grounds.is_empty() {
            if all > 0 {
                grounds.push(Ground::Practice { keeping: self.keeping, all });
            }
            return (if names_ports { Style::Hexagonal } else { Style::Clean }, grounds);
        }
        if self.contexts.len() >= MIN_CONTEXTS && self.in_contexts * 2 >= self.all {
            return (Style::Modules, vec![Ground::Contexts(self.contexts.len() as u32)]);
        }
        let ground = match (ports, all) {
            (0, _) => Ground::NoPorts,
            (_, 0) => Ground::Ports { implemented, all: ports },
            _ if implemented < MIN_PORTS => Ground::Ports { implemented, all: ports },
            _ => Ground::Practice { keeping: self.keeping, all },
        };
        (Style::Layered, vec![ground])
    }
}

/// Gives parts of scopes their own style: packages that claim the rule in a scope that doesn't, and bounded contexts
/// without the names by which their scope claims it, if their modules don't follow the rule.
fn deviate(
    source: &Source<'_>,
    folders: &Folders,
    layers: &mut Layers,
    practice: &Practice,
    units: &[Unit],
    unit_of: &[Option<u32>],
) {
    let mut others: FxHashMap<u32, (u32, u32)> = FxHashMap::default();
    let is_by_names = |style: &ScopeStyle| style.grounds.iter().any(|it| matches!(it, Ground::Folders(_)));
    for (id, _) in source.modules.iter() {
        let style = &layers.styles[layers.scopes[id] as usize];
        if let Some(context) = layers.context_of[id]
            && is_by_names(style)
            && unit_of[folders.of_module[id].0 as usize].is_none()
        {
            let (keeping, breaking) = others.entry(context).or_default();
            *keeping += u32::from(practice.reach[id].asks());
            *breaking += u32::from(practice.reach[id] == Reach::Direct);
        }
    }
    let mut added: FxHashMap<(u32, Part), u32> = FxHashMap::default();
    for (id, module) in source.modules.iter() {
        let scope = layers.scopes[id];
        let style = &layers.styles[scope as usize];
        let part = match (style.style, unit_of[folders.of_module[id].0 as usize], layers.context_of[id]) {
            (Style::Layered | Style::Modules, Some(unit), _) if style.grounds != [Ground::Declared] => {
                Part::Unit(unit)
            }
            (Style::Clean | Style::Hexagonal, None, Some(context)) => match others.get(&context) {
                Some((keeping, breaking)) if *breaking >= 3 && keeping < breaking => Part::Context(context),
                _ => continue,
            },
            _ => continue,
        };
        let index = if let Some(index) = added.get(&(scope, part)) {
            *index
        } else {
            let folder = style.folder.clone();
            let (package, style, ground) = match part {
                Part::Unit(unit) => {
                    let unit = &units[unit as usize];
                    let style = if unit.names_ports { Style::Hexagonal } else { Style::Clean };
                    let depth = depth(folders, unit, folders.of_module[id]);
                    (
                        above(&module.name, depth, module.is_package),
                        style,
                        Ground::Folders(unit.words.clone()),
                    )
                }
                Part::Context(context) => {
                    let (keeping, breaking) = others[&context];
                    let ground = Ground::Practice { keeping, all: keeping + breaking };
                    (layers.contexts[context as usize].clone(), Style::Layered, ground)
                }
            };
            let package = Some(package);
            layers.styles.push(ScopeStyle {
                folder,
                package,
                style,
                grounds: vec![ground],
                claims: Vec::new(),
            });
            let index = layers.styles.len() as u32 - 1;
            added.insert((scope, part), index);
            index
        };
        layers.style_of[id] = index;
    }
}

/// A part of a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Part {
    Unit(u32),
    Context(u32),
}

/// The number of levels between a module's folder and the unit.
fn depth(folders: &Folders, unit: &Unit, folder: FolderId) -> usize {
    let mut at = Some(folder);
    let mut depth = 0;
    while let Some(folder) = at.filter(|folder| *folder != unit.folder) {
        at = folders[folder].parent;
        depth += 1;
    }
    depth
}

/// The package this many folders above that of a module.
fn above(module: &str, depth: usize, is_package: bool) -> python::Name {
    let mut package = module;
    for _ in 0..depth + usize::from(!is_package) {
        package = package.rsplit_once('.').map_or("", |(parent, _)| parent);
    }
    package.into()
}

/// Counts the modules that respect and violate the claims of the inward styles.
fn count_claims(source: &Source<'_>, layers: &mut Layers, practice: &Practice) {
    for (id, module) in source.modules.iter() {
        let Some(from) = layers.sure_layer(id).filter(|_| module.role == PathRole::Code) else { continue };
        let style = &mut layers.styles[layers.style_of[id] as usize];
        let is_inner = matches!(from, Layer::Domain | Layer::Application);
        let reach = practice.reach[id];
        if !is_inner || !matches!(style.style, Style::Clean | Style::Hexagonal) || reach == Reach::None {
            continue;
        }
        let to = Layer::Infrastructure;
        let index = style.claims.iter().position(|claim| claim.from == from).unwrap_or_else(|| {
            style.claims.push(Claim {
                from,
                to,
                confidence: CERTAIN,
                asking: 0,
                all: 0,
                breaking: Vec::new(),
            });
            style.claims.len() - 1
        });
        let claim = &mut style.claims[index];
        if reach.leans() {
            claim.breaking.push(id);
        }
        claim.asking += u32::from(reach.asks());
        claim.all += 1;
    }
    for style in &mut layers.styles {
        let grounds = &style.grounds;
        let has = |wanted: fn(&Ground) -> bool| grounds.iter().any(wanted);
        let is_named = has(|it| matches!(it, Ground::Folders(_)));
        let least = if has(|it| matches!(it, Ground::Declared | Ground::Contract(_))) {
            100
        } else if is_named && has(|it| matches!(it, Ground::Ports { .. })) {
            85
        } else if is_named {
            75
        } else {
            60
        };
        for claim in &mut style.claims {
            let kept = (claim.asking * 12).checked_div(claim.all).unwrap_or(0);
            claim.confidence = Confidence((least + kept as u8).min(100));
        }
        style.claims.sort_by_key(|claim| claim.from);
    }
}
