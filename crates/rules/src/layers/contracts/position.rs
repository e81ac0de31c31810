//! The position of a module in a `layers` contract.

use config::{LayerSlot, ModulePattern};

use super::{matched, prefixes};

/// A module's position among the layers of one container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Position<'n> {
    /// The package that contains the layers; empty if they are absolute.
    pub(super) container: &'n str,
    /// Index of the layer, highest first.
    pub(super) layer: usize,
    /// The part of the module's name that names the slot, relative to the container.
    pub(super) slot: &'n str,
}

/// The containers that `name` is in: one empty name if layers are absolute.
pub(super) fn containers_of<'n>(containers: &[ModulePattern], name: &'n str) -> Vec<&'n str> {
    if containers.is_empty() {
        return vec![""];
    }
    prefixes(name).filter(|prefix| containers.iter().any(|pattern| pattern.matches(prefix))).collect()
}

/// The rest of `name` inside `container`; `None` for the container itself and for names outside.
pub(super) fn inside<'n>(name: &'n str, container: &str) -> Option<&'n str> {
    if container.is_empty() {
        return Some(name);
    }
    name.strip_prefix(container)?.strip_prefix('.').filter(|rest| !rest.is_empty())
}

/// The position of `name` within `container`.
pub(super) fn position<'n>(
    layers: &[Vec<LayerSlot>],
    container: &'n str,
    name: &'n str,
) -> Option<Position<'n>> {
    let rest = inside(name, container)?;
    layers.iter().enumerate().find_map(|(layer, slots)| {
        let slot = slots.iter().find_map(|slot| matched(&slot.module, rest))?;
        Some(Position { container, layer, slot })
    })
}
