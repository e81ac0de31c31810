//! Ignore comments that ignore nothing: left in place, they would hide the next finding.

use config::Level;
use python::DirectiveScope;
use view::{Applicability, Context, Findings, Fix, FixKind, Group, InPresets, Key, Rule, Tag, wording};

pub(crate) static RULE: Rule = Rule {
    id: "unused-ignore",
    group: Group::Ignores,
    summary: "an ignore comment that ignores nothing",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("unused_ignore.md"),
    options: &[],
    has_fix: true,
    presets: InPresets { strict: Some(Level::Warning), ..InPresets::KEEP },
    judges: Rule::CODE,
    check,
};

// Parts of fingerprint keys: baselines contain them, so they must not change with the messages.
const ANY_RULE: &str = "any rule";
const OF_FILE: &str = "this file";
const OF_STATEMENT: &str = "this statement";

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    if !cx.config.report_unused_ignores {
        return;
    }
    for unused in out.unused {
        let directive = &cx.module.directives[unused.directive];
        let (span, subject, rule) = match unused.rule {
            Some(at) => {
                let (rule, span) = &directive.rules[at];
                (*span, rule.to_string(), Some(rule.clone()))
            }
            None if directive.rules.is_empty() => (directive.span, ANY_RULE.to_owned(), None),
            None => {
                let rules: Vec<&str> = directive.rules.iter().map(|(rule, _)| rule.as_str()).collect();
                (directive.span, rules.join(", "), None)
            }
        };
        let (place, scope) = match directive.scope {
            DirectiveScope::File => ("this file", OF_FILE),
            DirectiveScope::Statement(_) => ("this statement", OF_STATEMENT),
        };
        let title = match &rule {
            Some(rule) => format!("Remove `{rule}` from the ignore comment"),
            None => "Remove the ignore comment".to_owned(),
        };
        let found = match &directive.rules[..] {
            [] => "no findings".to_owned(),
            _ => format!(
                "no {} finding",
                subject.split(", ").map(wording::code).collect::<Vec<_>>().join(" or ")
            ),
        };
        let key = Key::new(format!("{scope} {subject}"));
        out.add(span, key, format!("Unused ignore comment: {place} has {found}")).tag(Tag::Unnecessary).fix(
            Fix {
                title,
                applicability: Applicability::Safe,
                kind: FixKind::RemoveIgnore { directive: unused.directive as u32, rule },
            },
        );
    }
}
