//! D2's tables with crow's feet.

use std::fmt::Write as _;

use super::{End, Er};
use crate::graph::quoted;

/// The tables in D2.
pub fn d2(er: &Er) -> String {
    let mut out = String::new();
    let title: Vec<&str> = std::iter::once(&er.title).chain(&er.left_out).map(String::as_str).collect();
    let _ =
        writeln!(out, "\"title\": {} {{\n  shape: text\n  near: top-center\n}}", quoted(&title.join(" ")));
    for (at, table) in er.tables.iter().enumerate() {
        let _ = writeln!(out, "\"e{}\": {} {{\n  shape: sql_table", at + 1, quoted(&table.heading()));
        let mut seen: Vec<&str> = Vec::new();
        for column in &table.columns {
            if seen.contains(&column.name.as_str()) {
                continue;
            }
            seen.push(&column.name);
            let constraints = [
                (column.is_primary_key, "primary_key"),
                (column.is_foreign_key, "foreign_key"),
                (column.is_unique && !column.is_primary_key, "unique"),
            ];
            let constraints: Vec<&str> =
                constraints.iter().filter(|(is, _)| *is).map(|(_, word)| *word).collect();
            let constraints = match constraints.as_slice() {
                [] => String::new(),
                words => format!(" {{ constraint: [{}] }}", words.join("; ")),
            };
            let sql_type = column.sql_type.as_deref().unwrap_or("");
            let _ = writeln!(out, "  {}: {}{constraints}", quoted(&column.name), quoted(sql_type));
        }
        out.push_str("}\n");
    }
    for link in &er.links {
        let _ = write!(
            out,
            "\"e{}\" -> \"e{}\": {} {{\n  source-arrowhead: {{ shape: {} }}\n  target-arrowhead: {{ shape: {} }}\n",
            link.from + 1,
            link.to + 1,
            quoted(&link.words()),
            arrow(link.from_end),
            arrow(link.to_end)
        );
        if link.crosses {
            out.push_str("  style.stroke: \"#d1242f\"\n");
        }
        out.push_str("}\n");
    }
    out
}

fn arrow(end: End) -> &'static str {
    match end {
        End::One => "cf-one-required",
        End::ZeroOrOne => "cf-one",
        End::Many => "cf-many",
    }
}
