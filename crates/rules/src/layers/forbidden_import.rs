//! An import that a `forbidden` contract rules out, directly or indirectly.

use config::Level;
use view::{Context, Findings, Group, InPresets, Rule};

use super::contracts;

pub(crate) static RULE: Rule = Rule {
    id: "forbidden-import",
    group: Group::Layers,
    summary: "an import that a `forbidden` contract rules out",
    level: Level::Error,
    since: "0.1.0",
    docs: include_str!("forbidden_import.md"),
    options: &[],
    has_fix: false,
    presets: InPresets { strict: Some(Level::Error), ..InPresets::KEEP },
    judges: Rule::CODE,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    contracts::tell(cx, out, contracts::forbidden(cx));
    contracts::tell(cx, out, contracts::tach_imports(cx));
}
