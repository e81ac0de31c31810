//! The cursor over the tree: the current position of the walk, as node kinds and byte spans.
//!
//! Every method that lowers a node starts with the cursor on that node and leaves it there. Children are visited by
//! moving from sibling to sibling; looking up the n-th child or a field by name would require a search each time.

use source::Span;
use tree_sitter::{Node, TreeCursor};

use super::Lowering;
use super::kinds::{Field, Kind, Tables};

/// A cursor with the underlying text.
pub(super) struct Walk<'t> {
    cursor: TreeCursor<'t>,
    text: &'t str,
    tables: Tables,
}

impl<'t> Walk<'t> {
    pub(super) fn new(tree: &'t tree_sitter::Tree, text: &'t str) -> Self {
        Self { cursor: tree.walk(), text, tables: Tables::new() }
    }

    pub(super) fn down(&mut self) -> bool {
        self.cursor.goto_first_child()
    }

    pub(super) fn next(&mut self) -> bool {
        self.cursor.goto_next_sibling()
    }

    pub(super) fn up(&mut self) {
        self.cursor.goto_parent();
    }

    /// Whether the parser could not read something in the node under the cursor.
    pub(super) fn is_broken(&self) -> bool {
        self.node().has_error()
    }

    fn node(&self) -> Node<'t> {
        self.cursor.node()
    }

    fn end(&self) -> usize {
        self.node().end_byte()
    }

    fn kind_and_end(&self) -> (Kind, usize) {
        let node = self.node();
        (self.tables.kind(node.kind_id()), node.end_byte())
    }

    pub(super) fn kind_and_span(&self) -> (Kind, Span) {
        let node = self.node();
        (self.tables.kind(node.kind_id()), span_of(node))
    }

    pub(super) fn span(&self) -> Span {
        span_of(self.node())
    }

    pub(super) fn field(&self) -> Field {
        self.cursor.field_id().map_or(Field::Other, |id| self.tables.field(id.get()))
    }

    /// The text of the node under the cursor.
    pub(super) fn text(&self) -> &'t str {
        self.slice(self.span())
    }

    pub(super) fn slice(&self, span: Span) -> &'t str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// The whole text.
    pub(super) fn whole(&self) -> &'t str {
        self.text
    }
}

pub(super) fn span_of(node: Node<'_>) -> Span {
    Span::new(node.start_byte() as u32, node.end_byte() as u32)
}

impl Lowering<'_> {
    /// Visits the named children of the node under the cursor, except comments and nodes that the parser couldn't read.
    #[inline]
    pub(super) fn each(&mut self, mut visit: impl FnMut(&mut Self, Kind)) {
        self.each_node(|this, kind| {
            if !matches!(kind, Kind::Token | Kind::Error) {
                visit(this, kind);
            }
        });
    }

    /// Visits all children of the node under the cursor, except comments.
    ///
    /// Stops at the child that ends where the node ends: anything after it is empty, and moving to a sibling that
    /// doesn't exist is as expensive as moving to one that does.
    #[inline]
    pub(super) fn each_node(&mut self, mut visit: impl FnMut(&mut Self, Kind)) {
        let end = self.walk.end();
        if !self.walk.down() {
            return;
        }
        loop {
            let (kind, child_end) = self.walk.kind_and_end();
            if kind != Kind::Comment {
                visit(self, kind);
            }
            if child_end >= end || !self.walk.next() {
                break;
            }
        }
        self.walk.up();
    }
}
