//! The patterns of `match`: the values that they compare with, and the names that they bind.

use super::Lowering;
use super::kinds::Kind;
use crate::{ExprId, Name, Pattern};

/// A pattern under construction.
#[derive(Default)]
pub(super) struct Gathered {
    values: Vec<ExprId>,
    bindings: Vec<Name>,
}

impl Gathered {
    pub(super) fn finish(self) -> Pattern {
        Pattern { values: self.values.into(), bindings: self.bindings.into() }
    }
}

impl Lowering<'_> {
    /// Collects the pattern under the cursor.
    pub(super) fn pattern(&mut self, kind: Kind, into: &mut Gathered) {
        if self.expression_depth >= super::DEEPEST_EXPRESSION {
            return;
        }
        self.expression_depth += 1;
        match kind {
            Kind::DottedName => self.name_or_constant(into),
            // The name after `as`, the name after a star.
            Kind::Identifier => self.binds(into),
            Kind::ClassPattern => self.class_pattern(into),
            Kind::KeywordPattern => {
                let mut first = true;
                self.each(|this, kind| {
                    if !std::mem::take(&mut first) {
                        this.pattern(kind, into);
                    }
                });
            }
            Kind::String
            | Kind::ConcatenatedString
            | Kind::Integer
            | Kind::Float
            | Kind::True
            | Kind::False
            | Kind::None => into.values.push(self.expr()),
            Kind::ComplexPattern => {}
            _ => self.each(|this, kind| this.pattern(kind, into)),
        }
        self.expression_depth -= 1;
    }

    /// A plain name binds, a dotted one is compared with.
    fn name_or_constant(&mut self, into: &mut Gathered) {
        if self.walk.text().contains('.') {
            into.values.push(self.expr());
        } else {
            self.binds(into);
        }
    }

    fn binds(&mut self, into: &mut Gathered) {
        let name = self.walk.text();
        if name != "_" {
            into.bindings.push(Name::new(name));
        }
    }

    fn class_pattern(&mut self, into: &mut Gathered) {
        let mut first = true;
        self.each(|this, kind| {
            if std::mem::take(&mut first) {
                into.values.push(this.expr());
            } else {
                this.pattern(kind, into);
            }
        });
    }
}
