//! A drawing of boxes and arrows.

use std::cmp::Ordering;
use std::fmt::Write as _;

use super::layout::{MOST_LETTERS, Place, layout};
use super::{begin, cut, escaped};
use crate::graph::{Edge, Graph, Kind, Verdict};

/// The drawing as SVG.
pub fn graph(graph: &Graph) -> String {
    let layout = layout(graph);
    let height = layout.height + 18 * graph.left_out.len();
    let mut out = begin(layout.width, height, &graph.title);
    let _ = writeln!(out, "<text class=\"title\" x=\"24\" y=\"26\">{}</text>", escaped(&graph.title));
    for (lane, top, height) in &layout.lanes {
        let title = graph.lanes.get(*lane).map_or("", |lane| lane.title.as_str());
        let _ = writeln!(
            out,
            "<rect class=\"lane\" x=\"12\" y=\"{top}\" width=\"{}\" height=\"{height}\" rx=\"6\"/>\
             <text class=\"soft\" x=\"20\" y=\"{}\">{}</text>",
            layout.width - 24,
            top + 18,
            escaped(title)
        );
    }
    for edge in &graph.edges {
        if let (Some(from), Some(to)) = (layout.places.get(edge.from), layout.places.get(edge.to)) {
            arrow(&mut out, edge, *from, *to);
        }
    }
    for (node, place) in graph.boxes.iter().zip(&layout.places) {
        let round = match node.kind {
            Kind::Store | Kind::Queue => 14,
            Kind::External => 0,
            _ => 5,
        };
        let dashed = if node.kind == Kind::External { " dashed" } else { "" };
        let _ = write!(
            out,
            "<g><title>{}</title><rect class=\"box{dashed}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{round}\"/>\
             <text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            escaped(&hint(node)),
            place.x,
            place.y,
            place.width,
            place.height,
            place.x + place.width / 2,
            place.y + 19,
            escaped(&cut(&node.title, MOST_LETTERS))
        );
        for (index, detail) in node.details.iter().enumerate() {
            let _ = write!(
                out,
                "<text class=\"soft\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                place.x + place.width / 2,
                place.y + 34 + 14 * index,
                escaped(&cut(detail, MOST_LETTERS))
            );
        }
        out.push_str("</g>\n");
    }
    for (index, sentence) in graph.left_out.iter().enumerate() {
        let y = layout.height + 18 * index;
        let _ = writeln!(out, "<text class=\"soft\" x=\"24\" y=\"{y}\">{}</text>", escaped(sentence));
    }
    out.push_str("</svg>\n");
    out
}

fn hint(node: &crate::graph::Node) -> String {
    match (&node.file, node.line) {
        (Some(file), Some(line)) => format!("{} · {file}:{line}", node.title),
        (Some(file), None) => format!("{} · {file}", node.title),
        _ => node.title.clone(),
    }
}

fn arrow(out: &mut String, edge: &Edge, from: Place, to: Place) {
    let (class, head) = match edge.verdict {
        Verdict::Against { .. } => (" against", "head-against"),
        Verdict::Cycle => (" cycle", "head"),
        Verdict::Unknown { .. } => (" dashed", "head"),
        Verdict::Fine => ("", "head"),
    };
    if edge.from == edge.to {
        let (x, y) = (from.x + from.width, from.y);
        let hint = escaped(edge.label.as_deref().unwrap_or_default());
        let bend = x + 22;
        let (y1, y2) = (y + 8, y + 22);
        let _ = writeln!(
            out,
            "<g><title>{hint}</title><path class=\"line{class}\" marker-end=\"url(#{head})\" \
             d=\"M{x} {y1}C{bend} {y} {bend} {} {x} {y2}\"/></g>",
            y + 30
        );
        return;
    }
    let (x1, x2) = (from.x + from.width / 2, to.x + to.width / 2);
    // Straight down where possible; upwards and sideways around the boxes.
    let (y1, y2, c1, c2) = match to.y.cmp(&from.y) {
        Ordering::Greater => {
            let (y1, y2) = (from.y + from.height, to.y);
            let bend = y2.saturating_sub(y1) / 2;
            (y1, y2, y1 + bend, y2.saturating_sub(bend))
        }
        Ordering::Less => {
            let (y1, y2) = (from.y, to.y + to.height);
            let bend = y1.saturating_sub(y2) / 2;
            (y1, y2, y1.saturating_sub(bend), y2 + bend)
        }
        Ordering::Equal => (from.y, to.y, from.y.saturating_sub(30), to.y.saturating_sub(30)),
    };
    let mut words: Vec<String> = edge.verdict.reason().map(str::to_owned).into_iter().collect();
    words.extend(edge.imports.iter().take(20).map(|import| {
        format!("{}:{} {} imports {}", import.file, import.line, import.importer, import.imported)
    }));
    let hint = if words.is_empty() {
        String::new()
    } else {
        format!("<title>{}</title>", escaped(&words.join(" · ")))
    };
    let _ = write!(
        out,
        "<g>{hint}<path class=\"line{class}\" marker-end=\"url(#{head})\" d=\"M{x1} {y1}C{x1} {c1} {x2} {c2} {x2} {y2}\"/>"
    );
    if let Some(label) = &edge.label {
        let (x, y) = (x1.midpoint(x2), c1.midpoint(c2));
        let _ = write!(
            out,
            "<text class=\"label halo\" text-anchor=\"middle\" x=\"{x}\" y=\"{y}\">{}</text>",
            escaped(&cut(label, 60))
        );
    }
    out.push_str("</g>\n");
}
