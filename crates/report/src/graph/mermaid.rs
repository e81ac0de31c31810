//! Mermaid's flowchart. Ids are generated (`n1`), labels always quoted: no project name can break the picture.

use std::fmt::Write as _;

use super::{Graph, Kind, Node, Verdict};

/// The drawing as a flowchart.
pub fn mermaid(graph: &Graph) -> String {
    let mut out = String::from("flowchart TB\n");
    let _ = writeln!(out, "  accTitle: {}", sentence(&graph.title));
    if !graph.left_out.is_empty() {
        let _ = writeln!(out, "  accDescr: {}", sentence(&graph.left_out.join(" ")));
    }
    for (index, lane) in graph.lanes.iter().enumerate() {
        let mut members = graph.boxes.iter().enumerate().filter(|(_, it)| it.lane == Some(index)).peekable();
        if members.peek().is_none() {
            continue;
        }
        let _ = writeln!(out, "  subgraph l{} [\"{}\"]", index + 1, label(&lane.title));
        for (at, node) in members {
            let _ = writeln!(out, "    {}", shape(at, node));
        }
        out.push_str("  end\n");
    }
    for (at, node) in graph.boxes.iter().enumerate().filter(|(_, it)| it.lane.is_none()) {
        let _ = writeln!(out, "  {}", shape(at, node));
    }
    let (mut wrong, mut unknown) = (Vec::new(), Vec::new());
    for (index, edge) in graph.edges.iter().enumerate() {
        let arrow = match edge.verdict {
            Verdict::Fine => "-->",
            Verdict::Cycle | Verdict::Against { .. } => "==>",
            Verdict::Unknown { .. } => "-.->",
        };
        let words = edge.label.as_ref().map_or_else(String::new, |text| format!("|\"{}\"|", label(text)));
        let _ = writeln!(out, "  n{} {arrow}{words} n{}", edge.from + 1, edge.to + 1);
        match edge.verdict {
            Verdict::Fine => {}
            Verdict::Cycle | Verdict::Against { .. } => wrong.push(index.to_string()),
            Verdict::Unknown { .. } => unknown.push(index.to_string()),
        }
    }
    if !wrong.is_empty() {
        let _ = writeln!(out, "  linkStyle {} stroke:#d1242f,stroke-width:3px", wrong.join(","));
    }
    if !unknown.is_empty() {
        let _ = writeln!(out, "  linkStyle {} stroke:#9a6700", unknown.join(","));
    }
    if !graph.left_out.is_empty() {
        let lines: Vec<String> = graph.left_out.iter().map(|text| label(text)).collect();
        let _ = writeln!(out, "  left[\"{}\"]", lines.join("<br/>"));
        out.push_str("  style left fill:none,stroke-dasharray:4 3\n");
    }
    out
}

fn shape(at: usize, node: &Node) -> String {
    let mut words = label(&node.title);
    for detail in &node.details {
        words.push_str("<br/>");
        words.push_str(&label(detail));
    }
    let (open, close) = match node.kind {
        Kind::Package | Kind::Module => ("[", "]"),
        Kind::Context => ("[[", "]]"),
        Kind::Service => ("(", ")"),
        Kind::Store => ("[(", ")]"),
        Kind::Queue => ("[/", "/]"),
        Kind::External => ("{{", "}}"),
    };
    format!("n{}{open}\"{words}\"{close}", at + 1)
}

/// Text in a quoted label: entities for what Mermaid or HTML would interpret.
pub(crate) fn label(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("#quot;"),
            '#' => out.push_str("#35;"),
            ';' => out.push_str("#59;"),
            '<' => out.push_str("#lt;"),
            '>' => out.push_str("#gt;"),
            '&' => out.push_str("#amp;"),
            '`' => out.push_str("#96;"),
            '\\' => out.push_str("#92;"),
            '*' => out.push_str("#42;"),
            '|' => out.push_str("#124;"),
            _ if letter.is_control() => out.push(' '),
            _ => out.push(letter),
        }
    }
    // `__name__` would be bold, and a whitespace-only label is an error.
    let out = out.replace("__", "#95;#95;");
    if out.trim().is_empty() { "#32;".to_owned() } else { out }
}

/// Text on a separate line, such as a title.
fn sentence(text: &str) -> String {
    let plain: String =
        text.chars()
            .map(|letter| {
                if letter.is_control() || matches!(letter, '#' | ';' | '%' | '{' | '}') {
                    ' '
                } else {
                    letter
                }
            })
            .collect();
    if plain.trim().is_empty() { "picture".to_owned() } else { plain.trim().to_owned() }
}
