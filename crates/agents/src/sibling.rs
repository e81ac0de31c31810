//! The nearest module of the same kind: a pattern to follow.

use config::Level;
use model::{Architecture, ModuleId, ModuleInfo, PathRole, Project};
use serde::Serialize;
use workspace::Snapshot;

use crate::subject;

/// Limit on the nearest modules checked more closely.
const CLOSE: usize = 6;

/// Limit on the names listed.
const NAMES: usize = 6;

/// A module to use as a pattern.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Sibling {
    pub(crate) path: String,
    /// What makes it similar.
    pub(crate) why: Vec<&'static str>,
    /// What it defines at its top level.
    pub(crate) defines: Vec<String>,
    /// Warnings and errors in it: a pattern should have none.
    pub(crate) findings: usize,
}

/// What a sibling is compared with: an existing module, or a new one.
pub(crate) struct Wanted<'a> {
    pub(crate) itself: Option<ModuleId>,
    /// Path relative to the root.
    pub(crate) path: &'a str,
    pub(crate) layer: Option<model::Layer>,
}

/// The best pattern for a module.
pub(crate) fn of_module(
    snapshot: &Snapshot,
    project: Project,
    architecture: &Architecture,
    module: ModuleId,
) -> Option<Sibling> {
    let info = architecture.modules.get(module)?;
    let wanted =
        Wanted { itself: Some(module), path: info.path.as_str(), layer: architecture.layers.layer(module) };
    nearest(snapshot, project, architecture, &wanted)
}

/// The best pattern for something at `wanted`.
pub(crate) fn nearest(
    snapshot: &Snapshot,
    project: Project,
    architecture: &Architecture,
    wanted: &Wanted<'_>,
) -> Option<Sibling> {
    let mut scored: Vec<(u32, Vec<&'static str>, ModuleId, &ModuleInfo)> = Vec::new();
    for (id, info) in architecture.modules.iter() {
        if info.role != PathRole::Code || info.is_package || Some(id) == wanted.itself {
            continue;
        }
        let (score, why) = near(wanted, info, architecture.layers.layer(id));
        if score >= 4 {
            scored.push((score, why, id, info));
        }
    }
    scored.sort_by(|a, b| (b.0, &a.3.path).cmp(&(a.0, &b.3.path)));
    let look = |(score, why, _, info): (u32, Vec<&'static str>, ModuleId, &ModuleInfo)| {
        let definitions = python::query::definitions(snapshot.db(), info.file);
        let mut defines = subject::top_level(&definitions);
        if defines.is_empty() {
            return None;
        }
        defines.truncate(NAMES);
        let findings = snapshot.check(project, info.file);
        let findings = findings.iter().filter(|finding| finding.level >= Level::Warning).count();
        Some((findings, score, Sibling { path: info.path.to_string(), why, defines, findings }))
    };
    let looked = scored.into_iter().take(CLOSE).filter_map(look);
    looked
        .min_by_key(|(findings, score, sibling)| {
            (std::cmp::Reverse(score.saturating_sub(*findings as u32)), sibling.path.clone())
        })
        .map(|(_, _, sibling)| sibling)
}

fn near(wanted: &Wanted<'_>, other: &ModuleInfo, layer: Option<model::Layer>) -> (u32, Vec<&'static str>) {
    let (own, other) = (parts(wanted.path), parts(other.path.as_str()));
    let (mut score, mut why) = (0, Vec::new());
    if own.folder == other.folder {
        score += 3;
        why.push("same folder");
    } else if own.folder_name == other.folder_name {
        score += 3;
        why.push("a folder of the same name");
    }
    if own.stem == other.stem {
        score += 3;
        why.push("a file of the same name");
    } else if own.last_word == other.last_word && own.stem.contains('_') {
        score += 2;
        why.push("the same ending of its name");
    }
    if wanted.layer.is_some() && layer == wanted.layer {
        score += 2;
        why.push("same layer");
    } else if wanted.layer.is_some() && layer.is_some() {
        return (0, Vec::new());
    }
    (score, why)
}

struct Parts<'a> {
    folder: &'a str,
    folder_name: &'a str,
    stem: &'a str,
    last_word: &'a str,
}

fn parts(path: &str) -> Parts<'_> {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    Parts {
        folder,
        folder_name: folder.rsplit('/').next().unwrap_or(folder),
        stem,
        last_word: stem.rsplit('_').next().unwrap_or(stem),
    }
}
