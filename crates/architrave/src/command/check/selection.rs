//! Which rules run, and with which style, according to the command line.

use std::collections::BTreeSet;

use anyhow::bail;
use workspace::Overlay;

use crate::arguments::Check;

/// The settings of `--select`, `--ignore` and `--style`.
///
/// # Errors
/// If a name is neither a rule nor a group; the message names the nearest known one.
pub(super) fn overlay(options: &Check) -> anyhow::Result<Overlay> {
    let selected = (!options.select.is_empty()).then(|| named(&options.select)).transpose()?;
    Ok(Overlay { style: options.style, selected, ignored: named(&options.ignore)? })
}

/// The ids of the rules selected by these names of rules and groups.
fn named(names: &[String]) -> anyhow::Result<BTreeSet<&'static str>> {
    let mut ids = BTreeSet::new();
    for name in names.iter().map(|name| name.trim()) {
        let rules = rules::ALL.iter().filter(|rule| rule.id == name || rule.group.as_str() == name);
        let mut rules = rules.map(|rule| rule.id).peekable();
        if rules.peek().is_none() {
            let known = rules::ALL.iter().flat_map(|rule| [rule.id, rule.group.as_str()]);
            match config::nearest(name, known) {
                Some(near) => bail!("no rule or group is called `{name}`; did you mean `{near}`?"),
                None => bail!("no rule or group is called `{name}`; `architrave rules` lists them"),
            }
        }
        ids.extend(rules);
    }
    Ok(ids)
}
