//! Graphviz. All ids and labels are quoted; `\` and `"` are the only special characters there.

use std::fmt::Write as _;

use super::{Graph, Kind, Node, Verdict};

/// The drawing in the DOT language.
pub fn dot(graph: &Graph) -> String {
    let mut out = String::from("digraph {\n");
    let title = std::iter::once(&graph.title).chain(&graph.left_out).map(|line| escaped(line));
    let _ = writeln!(out, "  label=\"{}\";", title.collect::<Vec<_>>().join("\\n"));
    out.push_str("  labelloc=\"t\";\n  node [shape=\"box\", fontname=\"Helvetica\"];\n  edge [fontname=\"Helvetica\"];\n");
    for (index, lane) in graph.lanes.iter().enumerate() {
        let _ =
            writeln!(out, "  subgraph \"cluster_{}\" {{\n    label=\"{}\";", index + 1, escaped(&lane.title));
        for (at, node) in graph.boxes.iter().enumerate().filter(|(_, it)| it.lane == Some(index)) {
            let _ = writeln!(out, "    {}", shape(at, node));
        }
        out.push_str("  }\n");
    }
    for (at, node) in graph.boxes.iter().enumerate().filter(|(_, it)| it.lane.is_none()) {
        let _ = writeln!(out, "  {}", shape(at, node));
    }
    // Graphviz 2.43 fails on many labelled arrows between groups: there, labels take no part in the layout.
    let label_of = if graph.lanes.is_empty() { "label" } else { "xlabel" };
    for edge in &graph.edges {
        let mut words = Vec::new();
        if let Some(label) = &edge.label {
            words.push(format!("{label_of}=\"{}\"", escaped(label)));
        }
        match &edge.verdict {
            Verdict::Fine => {}
            Verdict::Cycle | Verdict::Against { .. } => {
                words.push("color=\"#d1242f\", penwidth=\"2.5\"".to_owned());
            }
            Verdict::Unknown { .. } => words.push("color=\"#9a6700\", style=\"dashed\"".to_owned()),
        }
        let mut behind: Vec<String> = edge.verdict.reason().map(escaped).into_iter().collect();
        behind.extend(
            edge.imports.iter().map(|it| escaped(&format!("{}:{} {}", it.file, it.line, it.imported))),
        );
        if !behind.is_empty() {
            words.push(format!("tooltip=\"{}\"", behind.join("\\n")));
        }
        let words = if words.is_empty() { String::new() } else { format!(" [{}]", words.join(", ")) };
        let _ = writeln!(out, "  \"n{}\" -> \"n{}\"{words};", edge.from + 1, edge.to + 1);
    }
    out.push_str("}\n");
    out
}

fn shape(at: usize, node: &Node) -> String {
    let lines = std::iter::once(&node.title).chain(&node.details).map(|line| escaped(line));
    let shape = match node.kind {
        Kind::Package | Kind::Module => "",
        Kind::Context => ", shape=\"tab\"",
        Kind::Service => ", shape=\"box\", style=\"rounded\"",
        Kind::Store => ", shape=\"cylinder\"",
        Kind::Queue => ", shape=\"parallelogram\"",
        Kind::External => ", shape=\"hexagon\"",
    };
    let tooltip = escaped(&node.key);
    format!(
        "\"n{}\" [label=\"{}\"{shape}, tooltip=\"{tooltip}\"];",
        at + 1,
        lines.collect::<Vec<_>>().join("\\n")
    )
}

/// Text in a quoted string.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '&' => out.push_str("&amp;"),
            _ if letter.is_control() => out.push(' '),
            _ => out.push(letter),
        }
    }
    out
}

/// Text in an HTML label.
pub(crate) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ if letter.is_control() => out.push(' '),
            _ => out.push(letter),
        }
    }
    if out.trim().is_empty() { "&#160;".to_owned() } else { out }
}
