//! The range that a directive applies to.

use source::Span;
use tree_sitter::{Node, Tree};

use crate::lower::kinds::{Kind, Tables};
use crate::lower::walk::span_of;

/// A node with its ancestors, outermost first.
struct Path<'t> {
    nodes: Vec<(Kind, Node<'t>)>,
}

/// The comment at the byte `offset`, if there is one.
pub(super) fn comment(tree: &Tree, offset: usize) -> Option<Span> {
    let node = tree.root_node().descendant_for_byte_range(offset, offset + 1)?;
    (Tables::new().kind(node.kind_id()) == Kind::Comment).then(|| span_of(node))
}

/// The range that `directive` applies to: the statement that contains it or that it trails, or, on its own line, the
/// statement below. Without such a statement, the directive itself; in code that doesn't parse, the line.
pub(super) fn reach(text: &str, tree: &Tree, directive: Span, comment: Span) -> Span {
    let line_start = text[..comment.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let before = text[line_start..comment.start as usize].trim_end();
    if before.trim_start().is_empty() {
        around(tree, comment).or_else(|| below(text, tree, comment)).unwrap_or(directive)
    } else {
        on_line(tree, line_start, before)
    }
}

/// The statement whose brackets contain a comment on its own line. Between statements, and between the clauses of one,
/// a comment applies to what follows it.
fn around(tree: &Tree, comment: Span) -> Option<Span> {
    let mut path = path(tree, comment.start as usize, comment.end as usize);
    path.nodes.pop();
    let (holder, _) = path.nodes.last()?;
    let between = matches!(holder, Kind::Module | Kind::Block | Kind::Error | Kind::Decorated)
        || holder.is_compound_statement()
        || holder.is_clause();
    if between { None } else { path.statement() }
}

/// The statement that starts below.
fn below(text: &str, tree: &Tree, comment: Span) -> Option<Span> {
    let column = |offset: usize| offset - text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let mut offset = comment.end as usize;
    for line in text[offset..].split_inclusive('\n') {
        let code = line.trim_start();
        if !code.is_empty() && !code.starts_with('#') {
            let start = offset + (line.len() - code.len());
            // The statement after the end of a block isn't at the comment's level.
            if column(start) < column(comment.start as usize) {
                return None;
            }
            let line = Span::new(start as u32, (start + code.trim_end().len()) as u32);
            return Some(path(tree, start, start + 1).statement_from(line.start).unwrap_or(line));
        }
        offset += line.len();
    }
    None
}

/// The statement that ends before the comment, or whose head does, including the preceding statements on the same line.
fn on_line(tree: &Tree, line_start: usize, before: &str) -> Span {
    let last = line_start + before.len() - 1;
    let first = line_start + (before.len() - before.trim_start().len());
    let Some(span) = path(tree, last, last + 1).statement() else {
        return Span::new(first as u32, last as u32 + 1);
    };
    if first >= span.start as usize {
        return span;
    }
    match path(tree, first, first + 1).innermost() {
        Some((kind, other)) if kind.is_simple_statement() => span.cover(other),
        _ => span,
    }
}

fn path(tree: &Tree, start: usize, end: usize) -> Path<'_> {
    let tables = Tables::new();
    let mut nodes = Vec::new();
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        nodes.push((tables.kind(node.kind_id()), node));
        // The child that contains the range, if there is one; children are in order.
        if cursor.goto_first_child_for_byte(start).is_none() {
            break;
        }
        let inside = loop {
            let child = cursor.node();
            if child.start_byte() <= start && child.end_byte() >= end && !child.byte_range().is_empty() {
                break true;
            }
            if child.start_byte() > start || !cursor.goto_next_sibling() {
                break false;
            }
        };
        if !inside {
            break;
        }
    }
    Path { nodes }
}

impl Path<'_> {
    /// The innermost statement.
    fn innermost(&self) -> Option<(Kind, Span)> {
        let index = self.nodes.iter().rposition(|(kind, _)| kind.is_statement())?;
        let (kind, node) = self.nodes[index];
        Some((kind, self.decorated(index).unwrap_or_else(|| span_of(node))))
    }

    fn statement(&self) -> Option<Span> {
        self.innermost().map(|(_, span)| span)
    }

    /// The outermost statement or clause that starts at `start`.
    fn statement_from(&self, start: u32) -> Option<Span> {
        let starts = |(kind, node): &&(Kind, Node<'_>)| {
            (kind.is_statement() || kind.is_clause()) && node.start_byte() == start as usize
        };
        self.nodes.iter().find(starts).map(|(_, node)| span_of(*node)).or_else(|| self.statement())
    }

    /// The decorated definition, if the statement at `index` is the definition inside it.
    fn decorated(&self, index: usize) -> Option<Span> {
        let (kind, node) = self.nodes.get(index.checked_sub(1)?)?;
        (*kind == Kind::Decorated).then(|| span_of(*node))
    }
}
