//! The component diagram: layers as lanes, packages and bounded contexts as boxes, imports as arrows; rule violations
//! are highlighted with the imports behind them.

use ide::architecture::{Architecture, Item, PictureBox};

use crate::graph::{Edge, Graph, Import, Kind, Lane, MOST_BOXES, MOST_EDGES, Node, Verdict};

/// The diagram of the editor's initial fold: the same boxes, the same violations.
pub fn component(architecture: &Architecture) -> Graph {
    let picture = &architecture.picture;
    let used: Vec<usize> = (0..architecture.lanes.len())
        .filter(|lane| picture.boxes.iter().any(|it| it.lane as usize == *lane))
        .collect();
    let lanes = used.iter().map(|lane| {
        let layer = architecture.lanes[*lane].layer;
        Lane { title: layer.unwrap_or("layer unknown").to_owned() }
    });
    let lane_of = |lane: u32| used.iter().position(|used| *used == lane as usize);
    let boxes =
        picture.boxes.iter().map(|cell| Node { lane: lane_of(cell.lane), ..node(architecture, cell) });
    let mut box_of: Vec<Option<usize>> = vec![None; architecture.modules.len()];
    for (at, cell) in picture.boxes.iter().enumerate() {
        for module in &cell.modules {
            box_of[*module as usize] = Some(at);
        }
    }
    let mut edges: Vec<Edge> = picture
        .edges
        .iter()
        .map(|edge| Edge {
            from: edge.from as usize,
            to: edge.to as usize,
            label: (edge.weight > 1).then(|| edge.weight.to_string()),
            verdict: verdict(architecture, &edge.violations),
            imports: Vec::new(),
        })
        .collect();
    for import in &architecture.imports {
        let (Some(from), Some(to)) = (box_of[import.from as usize], box_of[import.to as usize]) else {
            continue;
        };
        if let Ok(at) = edges.binary_search_by_key(&(from, to), |edge| (edge.from, edge.to)) {
            edges[at].imports.push(Import::of(architecture, import));
        }
    }
    let mut left_out = Vec::new();
    if let Some(folded) = &picture.folded {
        left_out.push(format!("{folded}."));
    }
    left_out.extend(not_drawn(architecture));
    let graph = Graph {
        title: format!("Components of {}", architecture.name),
        lanes: lanes.collect(),
        boxes: boxes.collect(),
        edges,
        left_out,
    };
    graph.limited(MOST_BOXES.max(picture.boxes.len()), MOST_EDGES)
}

fn node(architecture: &Architecture, cell: &PictureBox) -> Node {
    let modules = &architecture.modules;
    let holds: Vec<String> = cell.modules.iter().map(|it| modules[*it as usize].name.clone()).collect();
    let count = python::naming::counted(holds.len(), "module");
    let (title, kind, file) = match cell.item {
        Some(Item::Folder(index)) => {
            let folder = &architecture.folders[index as usize];
            let kind = if folder.is_context { Kind::Context } else { Kind::Package };
            (folder.name.clone(), kind, folder.path.to_string())
        }
        Some(Item::Module(index)) => {
            let module = &modules[index as usize];
            (module.name.clone(), Kind::Module, module.path.to_string())
        }
        None => ("others".to_owned(), Kind::Package, String::new()),
    };
    Node {
        key: format!("{title}@{}", cell.lane),
        details: if kind == Kind::Module { Vec::new() } else { vec![count] },
        title,
        kind,
        holds,
        file: (!file.is_empty()).then_some(file),
        ..Node::default()
    }
}

fn verdict(architecture: &Architecture, violations: &[u32]) -> Verdict {
    let Some(first) = violations.first() else { return Verdict::Fine };
    let first = &architecture.violations[*first as usize];
    let more = match violations.len() {
        1 => String::new(),
        count => format!(" (and {} more)", count - 1),
    };
    Verdict::Against { reason: format!("{}: {}{more}", first.rule, first.message) }
}

fn not_drawn(architecture: &Architecture) -> Option<String> {
    let left = &architecture.left_out;
    let kinds = [
        (left.tests, "of tests"),
        (left.migrations, "of migrations"),
        (left.aside, "generated or outside of packages"),
        (left.empty_packages, "empty"),
    ];
    let words: Vec<String> =
        kinds.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    (!words.is_empty()).then(|| format!("Modules that are not drawn: {}.", words.join(", ")))
}
