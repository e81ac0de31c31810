//! The full findings of a case, as its page shows them below the files: the underlined text, the level, the reasons,
//! the fixes and the related places.
//!
//! ````text
//! ```found
//! shop/orders.py:3 n-plus-one[warning] `order.customer` because: It runs under a condition fix[review]: Load
//! `customer` with the query shop/orders.py:2 `orders`: once for each of `orders`
//! ```
//! ````
//!
//! The marks in the files check a part of each message, so messages aren't repeated here.

use std::fmt::Write as _;

use view::{Applicability, Finding};

use crate::TestProject;

/// The text of a block for these findings of a project. Empty without findings.
pub fn found(project: &TestProject, findings: &[(String, Finding)]) -> String {
    let mut out = String::new();
    for (path, finding) in findings {
        let (line, marked) = project.marked(path, finding.span);
        let (rule, level) = (finding.rule, finding.level.as_str());
        let _ = writeln!(out, "{path}:{line} {rule}[{level}]{}", quoted(&marked));
        for reason in finding.evidence.iter().flat_map(|evidence| evidence.lines()) {
            let _ = writeln!(out, "  because: {reason}");
        }
        for fix in &finding.fixes {
            let how = match fix.applicability {
                Applicability::Safe => "safe",
                Applicability::Review => "review",
            };
            let _ = writeln!(out, "  fix[{how}]: {}", fix.title);
        }
        for related in &finding.related {
            let (path, span) = project.related(related);
            let (line, marked) = project.marked(&path, span);
            let _ = writeln!(out, "  {path}:{line}{}: {}", quoted(&marked), related.message);
        }
    }
    out
}

fn quoted(marked: &str) -> String {
    if marked.is_empty() { String::new() } else { format!(" `{marked}`") }
}

/// The differences between a page's block and the actual findings, one per line: `-` for lines that only the page has.
pub fn differences(shown: &str, found: &str) -> Vec<String> {
    let (old, new): (Vec<&str>, Vec<&str>) = (shown.lines().collect(), found.lines().collect());
    let gone = old.iter().filter(|line| !new.contains(line)).map(|line| format!("- {line}"));
    let come = new.iter().filter(|line| !old.contains(line)).map(|line| format!("+ {line}"));
    let mut all: Vec<String> = gone.chain(come).collect();
    if all.is_empty() && old != new {
        all.push("the same lines in another order or number".to_owned());
    }
    all
}
