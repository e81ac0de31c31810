//! Statistics in place of findings: by rule and level, and how many have a fix.

use std::collections::BTreeMap;
use std::io::Write;

use serde::Serialize;
use view::Applicability;

use crate::findings::Found;
use crate::output::{write_json, write_table};

/// The whole report; its shape is a contract.
#[derive(Debug, Serialize)]
struct Report {
    schema: u32,
    statistics: Vec<Row>,
    total: Counts,
}

#[derive(Debug, Serialize)]
struct Row {
    rule: &'static str,
    group: &'static str,
    level: &'static str,
    #[serde(flatten)]
    counts: Counts,
}

#[derive(Debug, Default, Clone, Copy, Serialize)]
struct Counts {
    findings: usize,
    /// With a fix of any kind.
    fixable: usize,
    /// With a fix that needs no review.
    safely_fixable: usize,
    files: usize,
}

/// Writes the counts, the most frequent first.
///
/// # Errors
/// If the output can't be written.
pub(crate) fn write(out: &mut impl Write, found: &[Found], as_json: bool) -> anyhow::Result<()> {
    let mut by_rule: BTreeMap<(&'static str, config::Level), Vec<&Found>> = BTreeMap::new();
    for one in found {
        by_rule.entry((one.diagnostic.rule, one.diagnostic.level)).or_default().push(one);
    }
    let mut rows: Vec<Row> = by_rule
        .into_iter()
        .map(|((rule, level), found)| Row {
            rule,
            group: rules::by_id(rule).map_or("", |rule| rule.group.as_str()),
            level: level.as_str(),
            counts: count(found.iter().copied()),
        })
        .collect();
    // Stable: ties stay in the order of their names.
    rows.sort_by_key(|row| std::cmp::Reverse(row.counts.findings));
    let total = count(found.iter());
    if as_json {
        return write_json(out, &Report { schema: 1, statistics: rows, total });
    }
    let share = |counts: &Counts| match (counts.fixable * 100).checked_div(counts.findings) {
        Some(percent) => format!("{percent} %"),
        None => "-".to_owned(),
    };
    let cells = |name: [&str; 2], counts: &Counts| {
        let [rule, level] = name.map(str::to_owned);
        vec![counts.findings.to_string(), rule, level, share(counts), counts.files.to_string()]
    };
    let mut lines: Vec<Vec<String>> =
        rows.iter().map(|row| cells([row.rule, row.level], &row.counts)).collect();
    lines.push(cells(["all", ""], &total));
    write_table(out, &["findings", "rule", "level", "fixable", "files"], &lines)
}

fn count<'f>(found: impl Iterator<Item = &'f Found>) -> Counts {
    let mut counts = Counts::default();
    let mut last = None;
    for Found { file, diagnostic } in found {
        counts.findings += 1;
        counts.fixable += usize::from(!diagnostic.fixes.is_empty());
        let is_safe = |fix: &view::Fix| fix.applicability == Applicability::Safe;
        counts.safely_fixable += usize::from(diagnostic.fixes.iter().any(is_safe));
        // Findings are sorted by file.
        counts.files += usize::from(last.replace(*file) != Some(*file));
    }
    counts
}
