//! D2. All keys and labels are quoted: a dot creates a container, and there are many reserved words.

use std::fmt::Write as _;

use super::{Graph, Kind, Node, Verdict};

/// The drawing in D2.
pub fn d2(graph: &Graph) -> String {
    let mut out = String::from("direction: down\n");
    let title = std::iter::once(&graph.title).chain(&graph.left_out).map(String::as_str).collect::<Vec<_>>();
    let _ =
        writeln!(out, "\"title\": {} {{\n  shape: text\n  near: top-center\n}}", quoted(&title.join(" ")));
    for (index, lane) in graph.lanes.iter().enumerate() {
        let _ = writeln!(out, "\"l{}\": {} {{", index + 1, quoted(&lane.title));
        for (at, node) in graph.boxes.iter().enumerate().filter(|(_, it)| it.lane == Some(index)) {
            let _ = writeln!(out, "  {}", shape(at, node));
        }
        out.push_str("}\n");
    }
    for (at, node) in graph.boxes.iter().enumerate().filter(|(_, it)| it.lane.is_none()) {
        let _ = writeln!(out, "{}", shape(at, node));
    }
    let key = |at: usize| match graph.boxes.get(at).and_then(|node| node.lane) {
        Some(lane) => format!("\"l{}\".\"n{}\"", lane + 1, at + 1),
        None => format!("\"n{}\"", at + 1),
    };
    for edge in &graph.edges {
        let words = edge.label.as_ref().map_or_else(String::new, |label| format!(": {}", quoted(label)));
        let style = match &edge.verdict {
            Verdict::Fine => "",
            Verdict::Cycle | Verdict::Against { .. } => {
                " {\n  style.stroke: \"#d1242f\"\n  style.stroke-width: 3\n}"
            }
            Verdict::Unknown { .. } => " {\n  style.stroke: \"#9a6700\"\n  style.stroke-dash: 4\n}",
        };
        let colon = if words.is_empty() && !style.is_empty() { ":" } else { "" };
        let _ = writeln!(out, "{} -> {}{words}{colon}{style}", key(edge.from), key(edge.to));
    }
    out
}

fn shape(at: usize, node: &Node) -> String {
    let lines: Vec<&str> = std::iter::once(&node.title).chain(&node.details).map(String::as_str).collect();
    let shape = match node.kind {
        Kind::Package | Kind::Module => "",
        Kind::Context => " { shape: package }",
        Kind::Service => " { style.border-radius: 8 }",
        Kind::Store => " { shape: cylinder }",
        Kind::Queue => " { shape: queue }",
        Kind::External => " { shape: hexagon }",
    };
    format!("\"n{}\": {}{shape}", at + 1, quoted_lines(&lines))
}

/// A quoted string. `$` starts a substitution there.
pub(crate) fn quoted(text: &str) -> String {
    quoted_lines(&[text])
}

fn quoted_lines(lines: &[&str]) -> String {
    let mut out = String::from("\"");
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            out.push_str("\\n");
        }
        for letter in line.chars() {
            match letter {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '$' => out.push_str("\\$"),
                _ if letter.is_control() => out.push(' '),
                _ => out.push(letter),
            }
        }
    }
    out.push('"');
    out
}
