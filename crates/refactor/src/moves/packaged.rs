//! Packages that a build backend finds by the project's name.

use camino::Utf8Path;
use source::{FileSystem, Text};

/// Backends that by default look for a package named like the project.
const BY_NAME: [&str; 6] = ["flit", "hatch", "maturin", "pdm", "poetry", "uv_build"];

/// Whether the `pyproject.toml` in `root` finds the package `name` by the name of the project.
pub(super) fn is_built_by_name(fs: &dyn FileSystem, root: &Utf8Path, name: &str) -> bool {
    let text = Text::read(fs, &root.join("pyproject.toml"));
    let lines = || text.as_str().lines().map(str::trim);
    let value = |line: &str, key: &str| {
        let rest = line.strip_prefix(key)?.trim_start().strip_prefix('=')?;
        Some(rest.trim().trim_matches(['"', '\'']).to_lowercase().replace(['-', '.'], "_"))
    };
    let backend = lines().find_map(|line| value(line, "build-backend"));
    let is_by_name = backend.is_some_and(|backend| BY_NAME.iter().any(|it| backend.starts_with(it)));
    is_by_name && lines().any(|line| value(line, "name").is_some_and(|it| it == name.to_lowercase()))
}
