//! The architecture of a project as one value: the data for drawing it.
//!
//! It contains everything once, by index, so that clients can fold and unfold packages without another request: folders
//! form a tree, modules are in folders and layers, imports lead from module to module, findings and cycles refer to
//! imports. [`Picture`] is the initial fold. The format is versioned ([`SCHEMA`]) and serialized as is; indices refer
//! to the lists beside them, lines are one-based, and the order of all lists depends on the project alone.

mod cycles;
mod folders;
mod imports;
mod lanes;
mod modules;
mod picture;
#[cfg(test)]
mod tests;
mod violations;

use camino::Utf8PathBuf;
use config::Level;
use model::Project;
use python::Name;
use serde::Serialize;
use workspace::Snapshot;

pub use cycles::Cycle;
pub use folders::Folder;
pub use imports::{Import, ImportTime};
pub use lanes::Lane;
pub use modules::{LeftOut, Module};
pub use picture::{Edge, Item, Picture, PictureBox};
pub use violations::Violation;

/// The version of the format: incremented when a field changes its meaning or is removed, not when one is added.
pub const SCHEMA: u32 = 1;

/// The architecture of one project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Architecture {
    /// [`SCHEMA`]
    pub schema: u32,
    /// The name of the project's folder.
    pub name: String,
    /// The project's folder, absolute. Paths below are relative to it.
    pub root: Utf8PathBuf,
    /// The style of most modules: `layered`, `clean`, `hexagonal`, `modules`.
    pub style: String,
    /// The layers that have modules, from top to bottom: downward imports are fine.
    pub lanes: Vec<Lane>,
    /// The folders of drawn modules, sorted by path; a parent comes before its children.
    pub folders: Vec<Folder>,
    /// The modules, sorted by path. Tests and migrations are counted in `left_out`.
    pub modules: Vec<Module>,
    /// Modules that aren't drawn.
    pub left_out: LeftOut,
    /// The imports, sorted by importer, imported module, and line.
    pub imports: Vec<Import>,
    /// The findings about imports, sorted by module and line.
    pub violations: Vec<Violation>,
    /// The modules with cyclic imports, sorted by their first module.
    pub cycles: Vec<Cycle>,
    /// The initial fold.
    pub picture: Picture,
}

/// The architecture of `project`. Reads the text of each module once, for the lines of its imports, which are memoized.
pub fn architecture(snapshot: &Snapshot, project: Project) -> Architecture {
    let model = snapshot.architecture(project);
    let (modules, drawn, left_out) = modules::modules(snapshot, &model);
    let (folders, modules) = folders::folders(&model, modules);
    let (imports, statements) = imports::imports(snapshot, project, &model, &drawn);
    let violations = violations::violations(snapshot, project, &model, &drawn, (&imports, &statements));
    let cycles = cycles::cycles(&model, &drawn);
    let style = lanes::style(&model, &drawn);
    let lanes = lanes::lanes(style, &modules);
    let picture = picture::picture(&lanes, &folders, &modules, &imports, &violations);
    let root = project.root(snapshot.db()).clone();
    Architecture {
        schema: SCHEMA,
        name: model::name(snapshot.db(), project),
        root,
        style: style.map(|style| style.to_string()).unwrap_or_default(),
        lanes,
        folders,
        modules,
        left_out,
        imports,
        violations,
        cycles,
        picture,
    }
}

/// The dotted name, or the path for a folder that has none.
fn label(name: Option<Name>, path: &camino::Utf8Path) -> String {
    match name {
        Some(name) if !name.is_empty() => name.to_string(),
        _ => path.to_string(),
    }
}

/// The word for a level, as in configuration.
fn level(level: Level) -> &'static str {
    level.as_str()
}
