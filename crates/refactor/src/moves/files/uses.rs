//! Attribute chains that follow: `shop.orders.price` if `shop.orders` is renamed.

use python::ImportKind;
use source::{Span, TextEdit};

use super::Mover;
use super::statements::{Bound, separator};
use crate::moves::chain::{self, Chain};
use crate::statement::Statement;

impl Mover<'_, '_> {
    /// The edits of chains, and of the imports that they need in addition.
    pub(super) fn uses(&self, bound: &[Bound], added: &mut Vec<String>) -> Vec<TextEdit> {
        let mut edits = Vec::new();
        for view in self.cx.imports() {
            let Some(start) = chain::bound(self.cx, &view) else { continue };
            let (Some(old), rebound) =
                (view.import.bound_name(), bound.iter().find(|bound| bound.import == view.id))
            else {
                continue;
            };
            // A module that is re-exported keeps its old name there.
            let passed_on = self.renamed(&start.module);
            let (new, module) = match rebound {
                Some(bound) => (bound.new.as_str(), bound.module.as_str()),
                None => (old, passed_on.as_deref().unwrap_or(&start.module)),
            };
            let uses = self.cx.module.uses.iter().filter(|name_use| name_use.import == view.id);
            for name_use in uses {
                let reached = chain::follow(self.cx, &start, &name_use.attributes);
                let target = self.renamed(&reached.module);
                let full = target.as_deref().unwrap_or(&reached.module);
                let text = match full.strip_prefix(module) {
                    Some("") => new.to_owned(),
                    Some(rest) if rest.starts_with('.') => format!("{new}{rest}"),
                    _ => {
                        self.import_besides(&view, full, added, &mut edits);
                        full.to_owned()
                    }
                };
                let now = written(old, &name_use.attributes, &reached);
                if text != now && self.cx.text.slice(name_use.span).starts_with(&now) {
                    let start = name_use.span.start;
                    let span = Span::new(start, start + now.len() as u32);
                    edits.push(TextEdit { span, insert: text });
                }
            }
        }
        edits
    }

    /// Imports a module that a chain now names in full, beside the import of the chain's root.
    fn import_besides(
        &self,
        view: &view::ImportView<'_>,
        module: &str,
        added: &mut Vec<String>,
        edits: &mut Vec<TextEdit>,
    ) {
        let is_there = self.cx.imports().any(|other| {
            other.import.kind == ImportKind::Module
                && other.import.alias.is_none()
                && other.import.context.scope == view.import.context.scope
                && self.renamed(&other.import.module).as_deref().unwrap_or(&other.import.module) == module
        });
        if is_there || added.iter().any(|known| known == module) {
            return;
        }
        let Some(statement) = Statement::of(self.cx, view.id) else { return };
        added.push(module.to_owned());
        let end = statement.span.end;
        let insert = format!("{}import {module}", separator(&statement));
        edits.push(TextEdit { span: Span::new(end, end), insert });
    }
}

/// The part of a chain that leads to a module.
fn written(head: &str, attributes: &str, reached: &Chain) -> String {
    let mut text = head.to_owned();
    for segment in attributes.split('.').take(reached.segments) {
        text.push('.');
        text.push_str(segment);
    }
    text
}
