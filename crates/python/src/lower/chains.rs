//! Names and attribute chains. They are the bulk of all code, so their text is read before descending into the tree.

use source::Span;

use super::kinds::Kind;
use super::{DEEPEST_EXPRESSION, Lowering};
use crate::{Expr, ExprId, Literal, Name};

impl Lowering<'_> {
    /// An attribute chain that starts at a name and is written without spaces or comments.
    pub(super) fn plain_chain(&mut self, span: Span) -> Option<ExprId> {
        let text = self.walk.slice(span);
        let literal = text.starts_with(|first: char| first.is_ascii_digit() || first == '.')
            || ["None.", "True.", "False."].iter().any(|keyword| text.starts_with(keyword));
        let plain = !literal && text.bytes().all(|byte| is_word(byte) || byte == b'.');
        let dots = text.matches('.').count();
        if !plain || text.ends_with('.') || dots > DEEPEST_EXPRESSION as usize {
            return None;
        }
        let mut end = span.start;
        let mut so_far = None;
        for word in text.split('.') {
            end += word.len() as u32;
            let part = Span::new(span.start, end);
            let name = Name::new(word);
            so_far = Some(match so_far {
                None => self.push(Expr::Name(name), part),
                Some(value) => self.push(Expr::Attribute { value, name }, part),
            });
            end += 1;
        }
        so_far
    }

    /// A type that is a name.
    pub(super) fn plain_type(&mut self, span: Span) -> Option<ExprId> {
        let text = self.walk.slice(span);
        let plain = text.bytes().all(is_word) && !text.starts_with(|first: char| first.is_ascii_digit());
        if !plain || text.is_empty() {
            return None;
        }
        let expr = match text {
            "None" => Expr::Literal(Literal::None),
            "True" | "False" => return None,
            name => Expr::Name(Name::new(name)),
        };
        Some(self.push(expr, span))
    }

    pub(super) fn attribute(&mut self, span: Span) -> Expr {
        let mut value = None;
        let mut name = Name::default();
        self.each(|this, kind| {
            if value.is_none() {
                value = Some(this.expr());
            } else if kind == Kind::Identifier {
                name = Name::new(this.walk.text());
            }
        });
        let value = self.or_missing(value, span);
        Expr::Attribute { value, name }
    }

    /// `a.b.c`, if the grammar has a list of identifiers.
    pub(super) fn dotted_name(&mut self, span: Span) -> ExprId {
        let mut so_far = None;
        let mut parts = 0;
        self.each(|this, kind| {
            parts += 1;
            if kind != Kind::Identifier || parts > DEEPEST_EXPRESSION {
                return;
            }
            let part = this.walk.span();
            let name = Name::new(this.walk.slice(part));
            so_far = Some(match so_far {
                None => this.push(Expr::Name(name), part),
                Some(value) => this.push(Expr::Attribute { value, name }, Span::new(span.start, part.end)),
            });
        });
        self.or_missing(so_far, span)
    }
}

/// Whether a byte belongs to an identifier; every byte of a character beyond ASCII does.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}
