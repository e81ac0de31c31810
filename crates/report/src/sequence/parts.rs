//! A sequence in parts that Mermaid renders.

use std::ops::Range;

use super::{Item, Sequence};
use crate::parts::{LONGEST, sentence, split};

impl Sequence {
    /// The sequence in as many parts as Mermaid needs: usually one. A block that goes on in the next part is there again.
    pub fn parts(self) -> Vec<Self> {
        let part = |range: Range<usize>| {
            let mut at = 0;
            Self { items: within(&self.items, &range, &mut at), ..self.clone() }
        };
        let ranges = split(self.messages(), |range| part(range).mermaid().chars().count() <= LONGEST);
        let count = ranges.len();
        if count == 1 {
            return vec![self];
        }
        let numbered = ranges.into_iter().enumerate().map(|(at, range)| {
            let mut part = part(range);
            part.left_out.insert(0, sentence(at + 1, count));
            part
        });
        numbered.collect()
    }
}

/// The messages of a range in the blocks around them. `at` counts messages.
fn within(items: &[Item], range: &Range<usize>, at: &mut usize) -> Vec<Item> {
    let mut kept = Vec::new();
    for item in items {
        match item {
            Item::Message(_) => {
                if range.contains(&*at) {
                    kept.push(item.clone());
                }
                *at += 1;
            }
            Item::Note { .. } if range.contains(&*at) => kept.push(item.clone()),
            Item::Note { .. } => {}
            Item::Loop { title, items } => {
                let items = within(items, range, at);
                if !items.is_empty() {
                    kept.push(Item::Loop { title: title.clone(), items });
                }
            }
            Item::Transaction { items } => {
                let items = within(items, range, at);
                if !items.is_empty() {
                    kept.push(Item::Transaction { items });
                }
            }
            Item::Branch { arms } => {
                let arms = arms.iter().map(|arm| super::Arm {
                    condition: arm.condition.clone(),
                    items: within(&arm.items, range, at),
                });
                let arms: Vec<_> = arms.filter(|arm| !arm.items.is_empty()).collect();
                if !arms.is_empty() {
                    kept.push(Item::Branch { arms });
                }
            }
        }
    }
    kept
}
