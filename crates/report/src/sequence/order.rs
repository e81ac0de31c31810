//! The order in which the participants of a request are drawn.

use super::{Actor, ActorKind};

/// Layers in the order in which a request passes them, then everything outside the project; otherwise in the order of
/// their first message.
pub(crate) fn order(actors: &[Actor]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..actors.len()).collect();
    let rank = |index: usize| match actors[index].kind {
        ActorKind::Client | ActorKind::Framework => 0,
        ActorKind::Code => 1,
        ActorKind::Database => 2,
        ActorKind::Outside => 3,
        ActorKind::Unknown => 4,
    };
    order.sort_by_key(|index| {
        let layer = actors[*index].layer;
        (rank(*index), layer.is_none(), layer.map(|layer| (depth(layer), layer)), *index)
    });
    order
}

/// How far from the client a layer is: a request enters by presentation, and ends at infrastructure.
pub(crate) fn depth(layer: &str) -> usize {
    const ORDER: [&str; 5] = ["composition", "presentation", "application", "domain", "infrastructure"];
    ORDER.iter().position(|it| *it == layer).unwrap_or(ORDER.len())
}
