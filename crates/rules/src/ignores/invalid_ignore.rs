//! Ignore comments that can't work: unknown rules, and missing reasons.

use config::{Level, nearest};
use view::{Context, Findings, Group, InPresets, Key, Rule};

use crate::validate::unknown;
use crate::{ALL, by_id};

/// The placeholder for the reason in a comment written by a code action: counts as no reason.
pub const REASON_PLACEHOLDER: &str = "TODO: reason";

pub(crate) static RULE: Rule = Rule {
    id: "invalid-ignore",
    group: Group::Ignores,
    summary: "an ignore comment that names an unknown rule or lacks the required reason",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("invalid_ignore.md"),
    options: &[],
    has_fix: false,
    presets: InPresets { strict: Some(Level::Warning), ..InPresets::KEEP },
    judges: Rule::CODE,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for directive in cx.module.directives.iter() {
        for (id, span) in &directive.rules {
            if by_id(id).is_none() {
                let near = nearest(id, ALL.iter().map(|rule| rule.id));
                out.add(*span, Key::new(format!("unknown {id}")), unknown("rule", id, near));
            }
        }
        if cx.config.require_reasons && ["", REASON_PLACEHOLDER].contains(&directive.reason.trim()) {
            let rules: Vec<&str> = directive.rules.iter().map(|(rule, _)| rule.as_str()).collect();
            let key = Key::new(format!("reason {}", rules.join(" ")));
            out.add(directive.span, key, "This ignore comment needs a reason after the brackets");
        }
    }
}
