//! Tables as boxes with their columns, drawn as SVG.

use super::{Column, End, Er, Link, Table};
use crate::graph::{Edge, Graph, Kind, Node, Verdict};

/// The tables as SVG.
pub fn svg(er: &Er) -> String {
    crate::svg::graph(&Graph {
        title: er.title.clone(),
        lanes: Vec::new(),
        boxes: er.tables.iter().map(node).collect(),
        edges: er.links.iter().map(edge).collect(),
        left_out: er.left_out.clone(),
    })
}

fn node(table: &Table) -> Node {
    Node {
        key: table.name.clone(),
        title: table.heading(),
        details: table.columns.iter().map(line).collect(),
        kind: if table.is_outside { Kind::External } else { Kind::Module },
        file: table.file.clone(),
        line: table.line,
        ..Node::default()
    }
}

/// A column with its type and its marks.
fn line(column: &Column) -> String {
    let marks = [
        (column.is_primary_key, "PK"),
        (column.is_foreign_key, "FK"),
        (column.is_unique && !column.is_primary_key, "UK"),
        (column.is_nullable, "null"),
    ];
    let words = std::iter::once(column.name.as_str()).chain(column.sql_type.as_deref());
    words.chain(marks.iter().filter(|(is, _)| *is).map(|(_, mark)| *mark)).collect::<Vec<_>>().join(" ")
}

fn edge(link: &Link) -> Edge {
    let count = |end| match end {
        End::One => "1",
        End::ZeroOrOne => "0..1",
        End::Many => "n",
    };
    let verdict = if link.crosses {
        Verdict::Against { reason: "leads from one bounded context into another".to_owned() }
    } else {
        Verdict::Fine
    };
    Edge {
        from: link.from,
        to: link.to,
        label: Some(
            format!("{} {}:{}", link.words(), count(link.from_end), count(link.to_end)).trim().to_owned(),
        ),
        verdict,
        imports: Vec::new(),
    }
}
