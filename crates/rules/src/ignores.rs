//! Ignore comments: which findings they cover, and problems of the comments themselves.
//!
//! A comment covers the findings that begin in its statement (or in the file). Findings about comments are covered only
//! by a comment that names their rule: otherwise a comment that ignores everything would hide that it ignores nothing.

pub(crate) mod invalid_ignore;
pub(crate) mod unused_ignore;

use config::Level;
use python::{Directive, DirectiveScope};
use view::finding::Unused;
use view::{Context, Finding, Group, Rule};

use crate::{ALL, by_id, check};

/// Whether `rule` is about ignore comments, and so runs after all others.
pub(crate) fn is_own(rule: &Rule) -> bool {
    rule.group == Group::Ignores
}

/// The ignore comments of one module, and which of them had an effect.
pub(crate) struct Ignores<'a> {
    directives: &'a [Directive],
    /// By directive, then by rule in its brackets; a comment without brackets has one entry.
    used: Vec<Vec<bool>>,
}

impl<'a> Ignores<'a> {
    pub(crate) fn of(cx: &'a Context<'_>) -> Self {
        let directives = &cx.module.directives;
        let used = directives.iter().map(|directive| vec![false; directive.rules.len().max(1)]).collect();
        Self { directives, used }
    }

    /// Whether a comment covers `finding`. All comments that do are marked as used.
    pub(crate) fn covers(&mut self, finding: &Finding) -> bool {
        let mut covered = false;
        for (directive, used) in self.directives.iter().zip(&mut self.used) {
            if !reaches(directive, finding) {
                continue;
            }
            if directive.rules.is_empty() {
                used[0] = true;
                covered = true;
            }
            for ((rule, _), used) in directive.rules.iter().zip(used.iter_mut()) {
                if rule == finding.rule {
                    *used = true;
                    covered = true;
                }
            }
        }
        covered
    }

    /// Whether a comment that names the finding's rule covers it.
    pub(crate) fn covers_by_name(&self, finding: &Finding) -> bool {
        self.directives.iter().any(|directive| {
            // The comment itself follows its statement.
            (reaches(directive, finding) || directive.span.contains(finding.span))
                && directive.rules.iter().any(|(rule, _)| rule == finding.rule)
        })
    }

    /// Comments and rules without effect. Rules that are off here, unknown, or about comments are not counted.
    pub(crate) fn unused(&self, cx: &Context<'_>) -> Vec<Unused> {
        let mut unused = Vec::new();
        for (index, (directive, used)) in self.directives.iter().zip(&self.used).enumerate() {
            if directive.rules.is_empty() {
                if !used[0] {
                    unused.push(Unused { directive: index, rule: None });
                }
                continue;
            }
            let idle: Vec<usize> = directive
                .rules
                .iter()
                .enumerate()
                .filter(|(at, (rule, _))| !used[*at] && could_find(cx, rule))
                .map(|(at, _)| at)
                .collect();
            if idle.len() == directive.rules.len() {
                unused.push(Unused { directive: index, rule: None });
            } else {
                unused.extend(idle.into_iter().map(|at| Unused { directive: index, rule: Some(at) }));
            }
        }
        unused
    }
}

/// The findings that an ignore comment suppresses: those of `rule` if given, else all that it covers.
pub fn silenced(cx: &Context<'_>, directive: &Directive, rule: Option<&'static Rule>) -> Vec<Finding> {
    let covers = |rule: &Rule| {
        !is_own(rule)
            && (directive.rules.is_empty() || directive.rules.iter().any(|(name, _)| name == rule.id))
    };
    let rules = ALL.iter().copied().filter(|it| rule.is_none_or(|rule| rule.id == it.id) && covers(it));
    let mut findings: Vec<Finding> = rules.flat_map(|rule| check::run(cx, rule, &[])).collect();
    findings.retain(|finding| reaches(directive, finding));
    findings.sort_by_key(|finding| (finding.span, finding.rule));
    findings
}

fn reaches(directive: &Directive, finding: &Finding) -> bool {
    match directive.scope {
        DirectiveScope::File => true,
        DirectiveScope::Statement(span) => (span.start..span.end).contains(&finding.span.start),
    }
}

fn could_find(cx: &Context<'_>, id: &str) -> bool {
    by_id(id).is_some_and(|rule| {
        !is_own(rule) && rule.judges.contains(&cx.role()) && cx.options(rule).level() != Level::Off
    })
}

#[cfg(test)]
mod tests {
    use source::Span;
    use view::Fingerprint;

    use super::*;

    #[test]
    fn a_comment_reaches_from_the_first_byte_of_its_statement_to_its_last() {
        let directive = Directive {
            rules: Box::default(),
            reason: String::new().into(),
            span: Span::new(30, 40),
            scope: DirectiveScope::Statement(Span::new(10, 20)),
        };
        for (start, expected) in [(9, false), (10, true), (19, true), (20, false)] {
            let finding = Finding {
                rule: "hidden-import",
                level: Level::Warning,
                span: Span::new(start, 40),
                message: String::new(),
                evidence: None,
                related: Vec::new(),
                modules: Vec::new(),
                fingerprint: Fingerprint(String::new()),
                tag: None,
                fixes: Vec::new(),
                is_repeated: false,
            };
            assert_eq!(reaches(&directive, &finding), expected, "{start}");
        }
    }
}
