//! The section of an import: as its tool would determine it, from settings and files.

use camino::{Utf8Path, Utf8PathBuf};
use config::{ImportSection as Section, ImportStyle, Sorter};
use view::Context;

use super::ImportLine;

/// The section of `line` in the file of `cx`. With `is_resolved` the project's modules are first party wherever they
/// are.
pub(super) fn of(cx: &Context<'_>, style: &ImportStyle, is_resolved: bool, line: &ImportLine) -> Section {
    let found = find(cx, style, is_resolved, line);
    if style.sections.contains(&found) { found } else { style.default_section.clone() }
}

fn find(cx: &Context<'_>, style: &ImportStyle, is_resolved: bool, line: &ImportLine) -> Section {
    if line.level == 0 && line.module == "__future__" {
        return Section::Future;
    }
    if style.no_sections {
        return Section::FirstParty;
    }
    if line.level > 0 {
        return Section::Local;
    }
    if let Some(section) = style.declared(&line.module) {
        return section.clone();
    }
    if is_resolved {
        let modules = &cx.architecture.modules;
        let (base, root) = (line.base(), cx.info().root);
        return if modules.by_name(base, root).is_some() || modules.namespaces.contains_key(base) {
            Section::FirstParty
        } else if model::is_standard(base) {
            Section::Standard
        } else {
            style.default_section.clone()
        };
    }
    let base = line.base();
    if model::is_standard(base) {
        Section::Standard
    } else if style.detects_same_package && package(cx).is_some_and(|package| package == base)
        || style.src.iter().any(|folder| holds(cx, style, folder, base))
    {
        Section::FirstParty
    } else {
        style.default_section.clone()
    }
}

/// The outermost package around the file.
fn package(cx: &Context<'_>) -> Option<String> {
    let mut found = None;
    for folder in cx.info().path.ancestors().skip(1) {
        if folder.as_str().is_empty() || !is_file(cx, &folder.join("__init__.py")) {
            break;
        }
        found = folder.file_name().map(str::to_owned);
    }
    found
}

/// Whether `base` is a module or a package in `folder` (absolute).
fn holds(cx: &Context<'_>, style: &ImportStyle, folder: &Utf8Path, base: &str) -> bool {
    let root = cx.project.root(cx.db);
    if style.sorter == Sorter::Isort && folder.file_name() == Some(base) {
        return true;
    }
    match folder.strip_prefix(root) {
        Ok(relative) => {
            is_folder(cx, &relative.join(base)) || is_file(cx, &relative.join(format!("{base}.py")))
        }
        // The folder is above the project: it may be a parent of it.
        Err(_) => root.starts_with(folder.join(base)),
    }
}

fn is_file(cx: &Context<'_>, path: &Utf8Path) -> bool {
    cx.project.files(cx.db).list().binary_search_by(|(member, _)| member.as_path().cmp(path)).is_ok()
}

/// Whether sources of the project are below `path`.
fn is_folder(cx: &Context<'_>, path: &Utf8PathBuf) -> bool {
    let list = cx.project.files(cx.db).list();
    let at = list.partition_point(|(member, _)| member < path);
    list.get(at).is_some_and(|(member, _)| member.starts_with(path))
}
