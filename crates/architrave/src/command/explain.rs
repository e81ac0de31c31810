//! `architrave explain RULE`: the documentation part of the rule's page.

use std::io::Write as _;

use anyhow::bail;

use crate::arguments::Explain;
use crate::exit::Exit;

/// Prints the page of a rule, or the list of all rules.
///
/// # Errors
/// If the rule is unknown; the message names the nearest known one.
pub(crate) fn run(options: &Explain) -> anyhow::Result<Exit> {
    let mut out = std::io::stdout().lock();
    let Some(id) = &options.rule else {
        for rule in rules::ALL {
            writeln!(out, "{:26} {:8} {}", rule.id, rule.level.as_str(), rule.summary)?;
        }
        return Ok(Exit::Clean);
    };
    let Some(rule) = rules::by_id(id) else {
        match config::nearest(id, rules::ALL.iter().map(|rule| rule.id)) {
            Some(near) => bail!("no rule is called `{id}`; did you mean `{near}`?"),
            None => bail!("no rule is called `{id}`; `architrave explain` lists them all"),
        }
    };
    writeln!(out, "{}", rule.page().trim_end())?;
    Ok(Exit::Clean)
}
