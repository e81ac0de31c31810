//! Uses imports between modules to decide what names and contents leave open.

use config::Layer::{self, Application, Composition, Config, Domain, Infrastructure, Presentation, Shared};

use super::score::Score;
use super::source::Source;
use crate::{ByModule, Edge, EdgeKind, ModuleId};

/// The number of rounds after which the verdicts are final. Each round propagates them across one more import.
const ROUNDS: usize = 3;

/// Verdicts at least this certain influence neighbours and are not changed by them.
const SURE: u8 = 66;

/// Scores from names and contents that reach this value are not overridden by neighbours.
const SETTLED: i32 = 35;

/// Propagates verdicts from modules with certain layers to uncertain neighbours, for a few rounds. Every round reads
/// the verdicts of the previous one, so that the order of modules doesn't matter.
pub(super) fn add_scores(
    source: &Source<'_>,
    scores: &mut ByModule<Score>,
    is_open: impl Fn(ModuleId) -> bool,
) {
    let mut said: ByModule<Option<Layer>> = scores.map(|_| None);
    for _ in 0..ROUNDS {
        let verdicts: ByModule<Option<Layer>> = scores.map(sure);
        let mut has_changed = false;
        for (id, _) in source.modules.iter() {
            if verdicts[id].is_some() || said[id].is_some() || !is_open(id) {
                continue;
            }
            if scores[id].leaders().is_some_and(|(_, top, _)| top >= SETTLED) {
                continue;
            }
            let Some((layer, weight, reason)) = weigh(source, id, &verdicts) else { continue };
            scores[id].add(layer, weight, reason);
            said[id] = Some(layer);
            has_changed = true;
        }
        if !has_changed {
            break;
        }
    }
}

fn sure(score: &Score) -> Option<Layer> {
    score.leader().filter(|(_, confidence)| confidence.0 >= SURE).map(|(layer, _)| layer)
}

/// The number of neighbours in each layer.
#[derive(Default)]
struct Neighbours {
    count: [u32; Layer::ALL.len()],
    sum: u32,
    all: u32,
}

impl Neighbours {
    fn of(edges: &[Edge], verdicts: &ByModule<Option<Layer>>) -> Self {
        let mut neighbours = Self::default();
        for edge in edges.iter().filter(|edge| edge.kind >= EdgeKind::Deferred) {
            neighbours.all += 1;
            if let Some(layer) = verdicts[edge.to] {
                neighbours.count[layer as usize] += 1;
                neighbours.sum += 1;
            }
        }
        neighbours
    }

    fn has(&self, layer: Layer) -> bool {
        self.count[layer as usize] > 0
    }

    fn layers(&self) -> usize {
        [Presentation, Application, Domain, Infrastructure]
            .into_iter()
            .filter(|layer| self.has(*layer))
            .count()
    }

    /// Whether there are known neighbours and all of them are in `layers`.
    fn only(&self, layers: &[Layer]) -> bool {
        let inside: u32 = layers.iter().map(|layer| self.count[*layer as usize]).sum();
        self.sum > 0 && inside == self.sum
    }
}

fn weigh(
    source: &Source<'_>,
    id: ModuleId,
    verdicts: &ByModule<Option<Layer>>,
) -> Option<(Layer, i32, &'static str)> {
    let below = Neighbours::of(source.graph.imports(id), verdicts);
    let above = Neighbours::of(source.graph.importers(id), verdicts);
    let is_pure = source.signals(id).is_pure();
    let rests_on_little = below.all == 0 || below.only(&[Domain, Shared, Config]);
    if rests_on_little
        && is_pure
        && above.has(Infrastructure)
        && (above.has(Application) || above.has(Domain))
    {
        return Some((Domain, 20, "is imported by infrastructure and by use cases, and imports neither"));
    }
    if rests_on_little && above.layers() >= 3 {
        return Some((Shared, 15, "is imported from most layers, and imports none"));
    }
    // A module that defines classes and imports three layers is a service with violations, not a composition root.
    let defines = !source.signals(id).classes.is_empty();
    if below.layers() >= 3 && above.all <= 2 && below.has(Infrastructure) && !defines {
        return Some((Composition, 20, "imports most layers"));
    }
    if below.has(Infrastructure)
        && above.only(&[Presentation, Application, Composition])
        && above.has(Presentation)
    {
        return Some((Application, 15, "is between presentation and infrastructure"));
    }
    if above.only(&[Presentation, Composition]) && above.has(Presentation) {
        return Some((Presentation, 15, "is imported by presentation alone"));
    }
    if above.only(&[Infrastructure, Composition]) && above.has(Infrastructure) {
        return Some((Infrastructure, 18, "is imported by infrastructure alone"));
    }
    if above.only(&[Domain]) {
        return Some((Domain, 18, "is imported by the domain alone"));
    }
    if above.only(&[Application]) {
        return Some((Application, 12, "is imported by use cases alone"));
    }
    if above.only(&[Config]) {
        return Some((Config, 15, "is imported by the configuration alone"));
    }
    None
}
