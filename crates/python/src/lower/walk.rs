//! The cursor over the tree: where the walk stands, in our kinds and byte spans.
//!
//! Every method that lowers a node finds the cursor on it and leaves it there. Children are visited by stepping from
//! sibling to sibling; asking a node for its n-th child or for a field by name costs a search each time.

use source::Span;
use tree_sitter::{Node, TreeCursor};

use super::Lowering;
use super::kinds::{Field, Kind, Tables};

/// A cursor with the text under it.
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

    /// What the node under the cursor covers.
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
    /// Visits the named children of the node under the cursor, but comments and what the parser could not read.
    #[inline]
    pub(super) fn each(&mut self, mut visit: impl FnMut(&mut Self, Kind)) {
        self.each_node(|this, kind| {
            if !matches!(kind, Kind::Token | Kind::Error) {
                visit(this, kind);
            }
        });
    }

    /// Visits all children of the node under the cursor but comments.
    ///
    /// Stops at the child that ends where the node ends: what could follow is empty, and to learn that nothing does costs
    /// as much as any step to a sibling.
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
