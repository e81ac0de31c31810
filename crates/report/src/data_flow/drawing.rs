//! A data flow as boxes and arrows.

use super::{DataFlow, Station, StationKind};
use crate::graph::{Edge, Graph, Kind, Lane, Node, Verdict};
use crate::sequence::depth;

pub(super) fn graph(flow: &DataFlow) -> Graph {
    let mut layers: Vec<&str> = flow.stations.iter().filter_map(|station| station.layer).collect();
    layers.sort_by_key(|layer| (depth(layer), *layer));
    layers.dedup();
    let lanes: Vec<Lane> = layers.into_iter().map(|layer| Lane { title: layer.to_owned() }).collect();
    let boxes =
        flow.stations.iter().enumerate().map(|(index, station)| node(&lanes, index, station)).collect();
    let edges = flow
        .flows
        .iter()
        .filter(|it| it.from != it.to)
        .map(|it| Edge {
            from: it.from,
            to: it.to,
            label: Some(it.words()),
            verdict: Verdict::Fine,
            imports: Vec::new(),
        })
        .collect();
    Graph {
        title: format!("{} · {}", flow.title, ide::query_words(&flow.cost)),
        lanes,
        boxes,
        edges,
        left_out: flow.left_out.clone(),
    }
}

fn node(lanes: &[Lane], index: usize, station: &Station) -> Node {
    let kind = match station.kind {
        StationKind::Client | StationKind::Outside | StationKind::Unknown => Kind::External,
        StationKind::Framework => Kind::Service,
        StationKind::Code => Kind::Module,
        StationKind::Table => Kind::Store,
    };
    Node {
        key: format!("{}@{index}", station.title),
        title: station.title.clone(),
        lane: station.layer.and_then(|layer| lanes.iter().position(|lane| lane.title == layer)),
        kind,
        file: station.file.clone(),
        line: station.line,
        ..Node::default()
    }
}
