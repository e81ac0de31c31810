//! The stage `splits`: modules with several subjects.

use crate::facts::Facts;
use crate::steps::{Stage, Step};

/// The steps. They change no dependency that affects cycles or layers.
pub(crate) fn steps(facts: &Facts) -> Vec<Step> {
    let splits = facts.splits.iter().filter_map(|split| {
        let module = facts.architecture.modules.get(split.module as usize)?;
        let mut why = split.message.clone();
        if !split.groups.is_empty() {
            why.push_str(": ");
            why.push_str(&split.groups.join("; "));
        }
        let title = format!("split `{}`", module.name);
        let mut step = Step::new(Stage::Splits, title, why, [module.name.as_str(), split.rule]);
        step.files = vec![module.path.to_string()];
        step.clears = vec![(split.rule.to_owned(), 1)];
        Some(step)
    });
    splits.collect()
}
