//! An explanation as an indented list.

use std::fmt::Write as _;

use super::{At, Branch, Explanation, Leaf};

pub(super) fn write(explanation: &Explanation) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}  {}", explanation.route, explanation.cost);
    for root in &explanation.roots {
        branch(&mut out, root, 1);
    }
    if !explanation.rendering.is_empty() {
        out.push_str("  rendering the response\n");
        for query in &explanation.rendering {
            leaf(&mut out, query, 2);
        }
    }
    if explanation.roots.is_empty() && explanation.rendering.is_empty() {
        out.push_str("  no query is seen on the way\n");
    }
    if explanation.is_open {
        let why = if explanation.roots.iter().any(has_open_loop) {
            "in a loop whose rounds can't be counted, marked by `?` above"
        } else {
            "in a circle of calls, or in a view that a library answers"
        };
        let _ = writeln!(out, "  ?  more may run: {why}");
    }
    out
}

fn has_open_loop(branch: &Branch) -> bool {
    branch.queries.iter().any(|leaf| leaf.cost.contains('?')) || branch.calls.iter().any(has_open_loop)
}

fn branch(out: &mut String, branch_: &Branch, depth: usize) {
    let pad = "  ".repeat(depth);
    let _ = write!(out, "{pad}{}{}", branch_.function, place(branch_.place.as_ref()));
    for label in &branch_.loops {
        let _ = write!(out, "  for each of N({label})");
    }
    out.push('\n');
    for query in &branch_.queries {
        leaf(out, query, depth + 1);
    }
    for call in &branch_.calls {
        branch(out, call, depth + 1);
    }
}

fn leaf(out: &mut String, leaf: &Leaf, depth: usize) {
    let pad = "  ".repeat(depth);
    let sometimes = if leaf.is_conditional { "  (sometimes)" } else { "" };
    let _ = writeln!(out, "{pad}{}  {}{}{sometimes}", leaf.cost, leaf.what, place(leaf.place.as_ref()));
}

fn place(at: Option<&At>) -> String {
    at.map_or_else(String::new, |at| format!("  [{}:{}]", at.file, at.line))
}
