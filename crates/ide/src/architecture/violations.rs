//! Imports against the rules: the findings about directions, contracts and cycles, with their imports.

use std::collections::BTreeMap;

use model::{Architecture, ByModule, ModuleInfo, Project};
use serde::Serialize;
use source::File;
use view::Finding;
use workspace::Snapshot;

use super::imports::{at, index};
use super::{Import, level};

/// A finding about imports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Violation {
    /// The rule's id.
    pub rule: &'static str,
    /// The level of the rule, even if the baseline accepts the finding.
    pub level: &'static str,
    /// Whether the baseline accepts it.
    pub is_accepted: bool,
    /// Whether it is of a level that fails a check of its file; other findings are never accepted, and never new.
    pub fails: bool,
    /// One self-contained sentence.
    pub message: String,
    /// The module that it is reported in, by index.
    pub module: u32,
    /// One-based line.
    pub line: u32,
    /// The imports that it marks, by index.
    pub imports: Vec<u32>,
    /// The modules that it is about in order (the path, the cycle), by index.
    pub modules: Vec<u32>,
}

/// The findings of the rules about layers that mark imports between drawn modules.
pub(super) fn violations(
    snapshot: &Snapshot,
    project: Project,
    model: &Architecture,
    drawn: &ByModule<Option<u32>>,
    (imports, statements): (&[Import], &[u32]),
) -> Vec<Violation> {
    let by_name: BTreeMap<&str, u32> =
        model.modules.iter().filter_map(|(id, info)| Some((info.name.as_str(), index(drawn, id)?))).collect();
    let mut violations = Vec::new();
    let shown: Vec<(u32, &ModuleInfo)> =
        model.modules.iter().filter_map(|(id, info)| Some((index(drawn, id)?, info))).collect();
    let files: Vec<(Project, File)> = shown.iter().map(|(_, info)| (project, info.file)).collect();
    for ((module, info), (_, findings)) in shown.into_iter().zip(snapshot.check_layers(&files)) {
        let path = info.file.path(snapshot.db());
        for finding in findings.iter() {
            let marked = at(snapshot, project, info.file, finding.span);
            let Some(line) = marked.first().map(|marked| marked.line + 1) else { continue };
            let begin = imports.partition_point(|import| import.from < module);
            let end = imports.partition_point(|import| import.from <= module);
            let is_marked = |at: &usize| {
                let (to, statement) = (Some(imports[*at].to), statements[*at]);
                marked.iter().any(|marked| marked.statement == statement && index(drawn, marked.to) == to)
            };
            let imports: Vec<u32> = (begin..end).filter(is_marked).map(|at| at as u32).collect();
            if imports.is_empty() {
                continue;
            }
            let modules =
                finding.modules.iter().filter_map(|name| by_name.get(name.as_str()).copied()).collect();
            violations.push(Violation {
                rule: finding.rule,
                level: level(finding.level),
                is_accepted: is_accepted(snapshot, info.file, finding),
                fails: project.configs(snapshot.db()).fails(path, finding.level),
                message: finding.message.clone(),
                module,
                line,
                imports,
                modules,
            });
        }
    }
    violations.sort_by(|a, b| (a.module, a.line, a.rule).cmp(&(b.module, b.line, b.rule)));
    violations
}

fn is_accepted(snapshot: &Snapshot, file: File, finding: &Finding) -> bool {
    snapshot.accepted(file, &finding.fingerprint.0).is_some()
}
