//! A drawing of boxes and arrows.

use std::fmt::Write as _;

use super::arrows::{Arrow, labels};
use super::layout::{MOST_WIDTH, layout};
use super::{Frame, MARGIN, cut, escaped};
use crate::graph::{Graph, Kind};

/// The drawing as SVG.
pub fn graph(graph: &Graph) -> String {
    let layout = layout(graph);
    let arrows: Vec<Arrow<'_>> = Arrow::all(graph, &layout).collect();
    let labels = labels(&arrows, &layout.places);
    let mut notes = graph.left_out.clone();
    if labels.without_place > 0 {
        notes.push(match labels.without_place {
            1 => "1 arrow has no place for its words, which show where the pointer rests on it.".to_owned(),
            count => {
                format!("{count} arrows have no place for their words, which show where the pointer rests on them.")
            }
        });
    }
    let frame = Frame::around(layout.width.max(labels.right + MARGIN / 2), &graph.title, &notes);
    let mut out = String::new();
    for (lane, top, height) in &layout.lanes {
        let title = graph.lanes.get(*lane).map_or("", |lane| lane.title.as_str());
        let _ = writeln!(
            out,
            "<rect class=\"lane\" x=\"12\" y=\"{top}\" width=\"{}\" height=\"{height}\" rx=\"6\"/>\
             <text class=\"soft\" x=\"20\" y=\"{}\">{}</text>",
            frame.width - 24,
            top + 18,
            escaped(title)
        );
    }
    for arrow in &arrows {
        arrow.line(&mut out);
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
            escaped(&cut(&node.title, MOST_WIDTH))
        );
        for (index, detail) in node.details.iter().enumerate() {
            let _ = write!(
                out,
                "<text class=\"soft\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                place.x + place.width / 2,
                place.y + 34 + 14 * index,
                escaped(&cut(detail, MOST_WIDTH))
            );
        }
        out.push_str("</g>\n");
    }
    // Above boxes and arrows, so that no word is behind one.
    out.push_str(&labels.drawn);
    frame.picture(&graph.title, layout.height, &out)
}

fn hint(node: &crate::graph::Node) -> String {
    match (&node.file, node.line) {
        (Some(file), Some(line)) => format!("{} · {file}:{line}", node.title),
        (Some(file), None) => format!("{} · {file}", node.title),
        _ => node.title.clone(),
    }
}
