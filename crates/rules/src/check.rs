//! Runs the rules over one module.

use config::Level;
use view::finding::Unused;
use view::{Context, Finding, Findings, Group, Rule};

use crate::ALL;
use crate::ignores::{self, Ignores};

/// The findings of one module: levels applied, ignored ones left out, unused ignores reported; sorted by position.
pub fn check_module(cx: &Context<'_>) -> Vec<Finding> {
    beside_layers(cx, &about_layers(cx))
}

/// The findings about directions, contracts and cycles, ignored or not.
pub(crate) fn about_layers(cx: &Context<'_>) -> Vec<Finding> {
    ALL.iter().copied().filter(|rule| is_about_layers(rule)).flat_map(|rule| run(cx, rule, &[])).collect()
}

/// As [`check_module`], if the findings about directions, contracts and cycles are already known: all other rules run.
pub(crate) fn beside_layers(cx: &Context<'_>, layers: &[Finding]) -> Vec<Finding> {
    let mut ignores = Ignores::of(cx);
    let mut findings = unignored(&mut ignores, layers);
    let others = |rule: &&Rule| !ignores::is_own(rule) && !is_about_layers(rule);
    for rule in ALL.iter().copied().filter(others) {
        findings.extend(run(cx, rule, &[]).into_iter().filter(|finding| !ignores.covers(finding)));
    }
    let unused = ignores.unused(cx);
    for rule in ALL.iter().copied().filter(|rule| ignores::is_own(rule)) {
        findings
            .extend(run(cx, rule, &unused).into_iter().filter(|finding| !ignores.covers_by_name(finding)));
    }
    sort(&mut findings);
    findings
}

/// Those of the findings about directions, contracts and cycles that no comment ignores, sorted by position.
pub(crate) fn shown_about_layers(cx: &Context<'_>, layers: &[Finding]) -> Vec<Finding> {
    let mut findings = unignored(&mut Ignores::of(cx), layers);
    sort(&mut findings);
    findings
}

fn is_about_layers(rule: &Rule) -> bool {
    rule.group == Group::Layers
}

fn unignored(ignores: &mut Ignores<'_>, findings: &[Finding]) -> Vec<Finding> {
    findings.iter().filter(|finding| !ignores.covers(finding)).cloned().collect()
}

fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| (a.span, a.rule, &a.message).cmp(&(b.span, b.rule, &b.message)));
}

/// The findings of some rules, levels applied and ignored ones left out. Unused ignore comments are not reported: they
/// may be meant for a rule that was not run.
pub(crate) fn with_rules(cx: &Context<'_>, rules: &[&'static Rule]) -> Vec<Finding> {
    let mut ignores = Ignores::of(cx);
    let mut findings = Vec::new();
    for rule in rules {
        let mut covered = |finding: &Finding| {
            if ignores::is_own(rule) { ignores.covers_by_name(finding) } else { ignores.covers(finding) }
        };
        findings.extend(run(cx, rule, &[]).into_iter().filter(|finding| !covered(finding)));
    }
    sort(&mut findings);
    findings
}

/// The findings of one rule, ignored or not.
pub(crate) fn run(cx: &Context<'_>, rule: &'static Rule, unused: &[Unused]) -> Vec<Finding> {
    let level = cx.options(rule).level();
    if level == Level::Off || !rule.judges.contains(&cx.role()) {
        return Vec::new();
    }
    let mut out = Findings::new(cx, rule, level);
    out.unused = unused;
    (rule.check)(cx, &mut out);
    out.finish()
}
