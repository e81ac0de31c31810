//! Graphviz: a table of HTML for each table, crow's feet at the ends.

use std::fmt::Write as _;

use super::{End, Er};
use crate::graph::{escaped, html};

/// The tables in the DOT language.
pub fn dot(er: &Er) -> String {
    let mut out = String::from("digraph {\n");
    let title: Vec<String> =
        std::iter::once(&er.title).chain(&er.left_out).map(|line| escaped(line)).collect();
    let _ = writeln!(out, "  label=\"{}\";\n  labelloc=\"t\";\n  rankdir=\"LR\";", title.join("\\n"));
    out.push_str(
        "  node [shape=\"plain\", fontname=\"Helvetica\"];\n  edge [dir=\"both\", fontname=\"Helvetica\"];\n",
    );
    for (at, table) in er.tables.iter().enumerate() {
        let _ = write!(
            out,
            "  \"e{}\" [label=<<TABLE BORDER=\"0\" CELLBORDER=\"1\" CELLSPACING=\"0\"><TR><TD COLSPAN=\"3\" BGCOLOR=\"#eaeef2\"><B>{}</B></TD></TR>",
            at + 1,
            html(&table.heading())
        );
        for column in &table.columns {
            let marks = [
                (column.is_primary_key, "PK"),
                (column.is_foreign_key, "FK"),
                (column.is_unique && !column.is_primary_key, "UK"),
            ];
            let mut marks: Vec<String> =
                marks.iter().filter(|(is, _)| *is).map(|(_, mark)| (*mark).to_owned()).collect();
            let comment = er.comment(column);
            if !comment.is_empty() {
                marks.push(comment);
            }
            let _ = write!(
                out,
                "<TR><TD ALIGN=\"LEFT\">{}</TD><TD ALIGN=\"LEFT\">{}</TD><TD ALIGN=\"LEFT\">{}</TD></TR>",
                html(&column.name),
                html(column.sql_type.as_deref().unwrap_or("")),
                html(&marks.join(" "))
            );
        }
        out.push_str("</TABLE>>];\n");
    }
    for link in &er.links {
        let colour = if link.crosses { ", color=\"#d1242f\", penwidth=\"2.5\"" } else { "" };
        let _ = writeln!(
            out,
            "  \"e{}\" -> \"e{}\" [label=\"{}\", arrowtail=\"{}\", arrowhead=\"{}\"{colour}];",
            link.from + 1,
            link.to + 1,
            escaped(&link.words()),
            arrow(link.from_end),
            arrow(link.to_end)
        );
    }
    out.push_str("}\n");
    out
}

fn arrow(end: End) -> &'static str {
    match end {
        End::One => "teetee",
        End::ZeroOrOne => "teeodot",
        End::Many => "crowodot",
    }
}
