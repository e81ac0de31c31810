//! Our own configuration as a document: completions, hovers, links, and its outline.
//!
//! Everything uses [`config::document::Document`], so that it works while the file is half typed; the meaning of words
//! comes from [`config::schema`], the rules and the project. Files of other tools are left alone.

mod completion;
mod hover;
mod links;
mod meaning;
mod paths;
mod patterns;
mod symbols;

use std::sync::Arc;

use camino::Utf8Path;
use config::{Config, ConfigKind};
use model::{Modules, Project};
use source::{File, Text};
use workspace::Snapshot;

pub(crate) use completion::completions;
pub(crate) use hover::hover;
pub use links::{DocumentLink, LinkTarget, document_links};
pub use symbols::{DocumentSymbol, OutlineKind, document_symbols};

/// One of our configuration files, and the project that it configures.
struct Subject<'s> {
    snapshot: &'s Snapshot,
    /// The folder that it configures.
    folder: &'s Utf8Path,
    text: Arc<Text>,
    /// The keys before ours: `tool`, `architrave` in a `pyproject.toml`.
    prefix: &'static [&'static str],
    /// The opened folder around it, or below it.
    project: Option<Project>,
}

impl<'s> Subject<'s> {
    /// `None` for files of other tools.
    fn of(snapshot: &'s Snapshot, file: File) -> Option<Self> {
        let path = file.path(snapshot.db());
        let prefix: &[&str] = match config::kind_of(path)? {
            ConfigKind::Architrave => &[],
            ConfigKind::Pyproject => &["tool", "architrave"],
            ConfigKind::ImportLinter | ConfigKind::SetupCfg | ConfigKind::Tach | ConfigKind::TachDomain => {
                return None;
            }
        };
        let folder = path.parent()?;
        let root = |project: &&Project| {
            let root = project.root(snapshot.db());
            folder.starts_with(root) || root.starts_with(folder)
        };
        let project = snapshot.projects().iter().find(root).copied();
        Some(Self { snapshot, folder, text: snapshot.text(file), prefix, project })
    }

    /// The keys below ours, in kebab-case; `None` if a path leads to another tool's table.
    fn own_path(&self, path: &[&str]) -> Option<Vec<String>> {
        let below = path.strip_prefix(self.prefix)?;
        Some(below.iter().map(|key| key.replace('_', "-")).collect())
    }

    /// The configuration in force: while the file is broken, its last valid contents.
    fn config(&self) -> Option<Arc<Config>> {
        let configs = self.project?.configs(self.snapshot.db());
        configs.list.iter().find(|config| config.folder == self.folder).map(Arc::clone)
    }

    fn modules(&self) -> Option<Arc<Modules>> {
        Some(model::query::modules(self.snapshot.db(), self.project?))
    }
}

#[cfg(test)]
mod tests;
