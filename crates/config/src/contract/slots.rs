//! The layers of a `layers` contract: `high`, `(optional)`, `a | b` independent, `a : b` not.

use crate::problem::{Problems, nearest};
use crate::reader::{Reader, Text};
use crate::tree::Value;
use crate::{Level, word};

use super::LayerSlot;

/// One layer as written.
pub(super) struct DeclaredLayer<'t> {
    pub(super) text: Text<'t>,
    pub(super) slots: Vec<LayerSlot>,
    pub(super) independent: bool,
}

/// Reads the layers, highest first. Invalid ones are omitted.
pub(super) fn read<'t>(texts: &[Text<'t>], problems: &Problems) -> Vec<DeclaredLayer<'t>> {
    texts.iter().filter_map(|text| layer(*text, problems)).collect()
}

fn layer<'t>(text: Text<'t>, problems: &Problems) -> Option<DeclaredLayer<'t>> {
    let (independent, related) = (text.text.contains('|'), text.text.contains(':'));
    if independent && related {
        problems.error(
            text.span,
            "a layer's modules are separated by `|` (independent) or by `:` (not), not by both",
        );
        return None;
    }
    let separator = if related { ':' } else { '|' };
    let slots: Vec<LayerSlot> = text
        .text
        .split(separator)
        .filter_map(|slot| {
            let slot = slot.trim();
            let inner = slot.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
            let name = inner.map_or(slot, str::trim);
            let module = word::module(Text { text: name, span: text.span }, problems)?;
            Some(LayerSlot { module, optional: inner.is_some() })
        })
        .collect();
    (!slots.is_empty()).then_some(DeclaredLayer { text, slots, independent })
}

/// The layers that must not be skipped: `closed = true` for all, or a list of their names.
pub(super) fn closed(reader: &mut Reader<'_>, layers: &[DeclaredLayer<'_>]) -> Vec<bool> {
    let Some(entry) = reader.entry("closed") else { return vec![false; layers.len()] };
    let node = &entry.node;
    let mut closed = vec![false; layers.len()];
    match &node.value {
        Value::Boolean(all) => closed.fill(*all),
        Value::Array(_) => {
            for text in reader.list_of_strings(node).unwrap_or_default() {
                match layers.iter().position(|layer| layer.is_called(text.text)) {
                    Some(index) => closed[index] = true,
                    None => unknown(text, layers, reader.problems),
                }
            }
        }
        _ => {
            reader.expected::<()>("`true` or a list of layers", node);
        }
    }
    closed
}

impl DeclaredLayer<'_> {
    /// Whether `name` is the complete text of the layer, or one of its modules.
    fn is_called(&self, name: &str) -> bool {
        self.text.text == name || self.slots.iter().any(|slot| slot.module.as_str() == name)
    }
}

fn unknown(text: Text<'_>, layers: &[DeclaredLayer<'_>], problems: &Problems) {
    let known = layers.iter().flat_map(|layer| layer.slots.iter().map(|slot| slot.module.as_str()));
    let near = nearest(text.text, known);
    let message = match near {
        Some(near) => {
            format!("no layer of this contract is called \"{}\", did you mean \"{near}\"?", text.text)
        }
        None => format!("no layer of this contract is called \"{}\"", text.text),
    };
    problems.add(Level::Error, text.span, message, near.map(|near| format!("\"{near}\"")));
}
