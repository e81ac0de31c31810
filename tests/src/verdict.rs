//! Compares the findings of a case with the expected ones.

use view::{Applicability, Finding};

use crate::{Case, Expectation, TestProject, differences};

/// The problems of a case: missing findings, unexpected findings, and fixes that produce another text or leave the
/// finding in place. Empty if there are none.
pub fn judge(case: &Case) -> Vec<String> {
    let files = || case.files.iter().map(|file| (file.path.as_str(), file.text.as_str()));
    let mut project = TestProject::new(files());
    let mut wrong: Vec<String> = project.config_problems();
    let found = project.findings();
    let mut unclaimed: Vec<bool> = vec![true; found.len()];
    for (file, expected) in case.expectations() {
        let claimed = found.iter().enumerate().position(|(index, (path, finding))| {
            unclaimed[index] && *path == file.path && answers(&project, path, finding, expected)
        });
        match claimed {
            Some(index) => unclaimed[index] = false,
            None => wrong.push(format!(
                "{}, line {}: no {} with \"{}\"",
                file.path,
                expected.line + 1,
                expected.rule,
                expected.words
            )),
        }
    }
    for ((path, finding), _) in found.iter().zip(&unclaimed).filter(|(_, unclaimed)| **unclaimed) {
        let line = project.line(path, finding.span.start) + 1;
        let (rule, level) = (finding.rule, finding.level.as_str());
        wrong.push(format!("{path}, line {line}: unexpected {rule}[{level}] \"{}\"", finding.message));
    }
    let shown = case.found.as_ref().map_or("", |shown| shown.text.as_str());
    let differences = differences(shown, &crate::found(&project, &found));
    wrong.extend(differences.into_iter().map(|line| format!("what is found differs: {line}")));
    if wrong.is_empty() && !case.after_fix.is_empty() {
        wrong.extend(judge_fix(case, &mut project, &found));
    }
    wrong
}

fn answers(project: &TestProject, path: &str, finding: &Finding, expected: &Expectation) -> bool {
    finding.rule == expected.rule
        && project.line(path, finding.span.start) == expected.line
        && finding.message.contains(&expected.words)
        && expected.level.as_deref().is_none_or(|level| level == finding.level.as_str())
}

/// Applies the first fix of the first finding that has one.
fn judge_fix(case: &Case, project: &mut TestProject, found: &[(String, Finding)]) -> Vec<String> {
    let Some((path, finding)) = found.iter().find(|(_, finding)| !finding.fixes.is_empty()) else {
        return vec!["no finding has a fix".to_owned()];
    };
    let Some(texts) = project.fixed(path, &finding.fixes[0]) else {
        return vec![format!("the fix \"{}\" doesn't fit", finding.fixes[0].title)];
    };
    let mut wrong = Vec::new();
    let applicability = match finding.fixes[0].applicability {
        Applicability::Safe => "safe",
        Applicability::Review => "review",
    };
    let promised = case.after_fix.iter().filter_map(|file| file.applicability.as_deref());
    wrong.extend(
        promised
            .filter(|promised| *promised != applicability)
            .map(|promised| format!("the fix is {applicability}, not {promised}")),
    );
    for (path, text) in &texts {
        match case.after_fix.iter().find(|file| file.path == *path) {
            Some(wanted) if wanted.text == *text => {}
            Some(wanted) => {
                wrong.push(format!("{path} after the fix is\n{text}--- and not\n{}---", wanted.text));
            }
            None => wrong.push(format!("the fix edits {path}, which no block shows")),
        }
        project.type_text(path, text);
    }
    for file in case.after_fix.iter().filter(|file| texts.iter().all(|(path, _)| *path != file.path)) {
        wrong.push(format!("the fix doesn't edit {}", file.path));
    }
    let remains = project.findings().iter().any(|(_, other)| other.fingerprint == finding.fingerprint);
    if remains {
        wrong.push(format!("after the fix {} still says \"{}\"", finding.rule, finding.message));
    }
    wrong
}
