//! Non-Python files that may mention modules: configuration, scripts that start programs, documentation.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use source::{FileSystem, Text, WalkOptions};

/// The maximum number of files read.
const MOST_FILES: usize = 4_000;

/// Larger files are data.
const MOST_BYTES: u64 = 512 * 1024;

/// The purpose of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextKind {
    /// It is processed by tools: packaging, containers, scripts.
    Configuration,
    /// It is read by people, directly or in rendered form.
    Documentation,
}

/// One file.
#[derive(Debug, Clone)]
pub struct TextFile {
    /// The absolute path.
    pub path: Utf8PathBuf,
    /// The purpose.
    pub kind: TextKind,
    /// The contents.
    pub text: Arc<Text>,
}

/// The files below `root` that may mention modules, sorted by path. Reads them, skipping ignored and large ones.
pub fn text_files(fs: &dyn FileSystem, root: &Utf8Path) -> Vec<TextFile> {
    let found = source::walk_texts(fs, root, &WalkOptions::default(), &|name| kind_of(name).is_some());
    found
        .into_iter()
        .filter(|(path, stamp)| {
            let relative = path.strip_prefix(root).unwrap_or(path);
            stamp.size <= MOST_BYTES && !relative.iter().any(|folder| DATA.contains(&folder))
        })
        .take(MOST_FILES)
        .filter_map(|(path, _)| {
            let kind = kind_of(path.file_name()?)?;
            let text = Arc::new(Text::read(fs, &path));
            text.unreadable().is_none().then_some(TextFile { path, kind, text })
        })
        .collect()
}

/// Data folders, in which names with dots aren't modules but labels of models or translation keys.
const DATA: [&str; 9] =
    ["fixtures", "i18n", "locale", "locales", "media", "node_modules", "static", "translations", "vendor"];

/// Extensions of files that tools process.
const CONFIGURATION: [&str; 20] = [
    "bash",
    "bat",
    "cfg",
    "conf",
    "dockerfile",
    "env",
    "hcl",
    "in",
    "ini",
    "json",
    "mk",
    "nix",
    "ps1",
    "service",
    "sh",
    "tf",
    "toml",
    "yaml",
    "yml",
    "zsh",
];

/// Extensions of documentation.
const DOCUMENTATION: [&str; 4] = ["adoc", "md", "mdx", "rst"];

/// Prefixes of complete names of files that tools process.
const NAMED: [&str; 12] = [
    ".coveragerc",
    ".env",
    ".importlinter",
    ".pylintrc",
    "Caddyfile",
    "Containerfile",
    "Dockerfile",
    "Jenkinsfile",
    "Justfile",
    "Makefile",
    "Procfile",
    "justfile",
];

/// Prefixes (in lower case) of the names of files that describe history or are generated.
const LEFT_OUT: [&str; 10] = [
    "changelog",
    "changes",
    "history",
    "news",
    "package-lock",
    "package.json",
    "release",
    "tsconfig",
    "uv.lock",
    "yarn",
];

/// The purpose of a file with this name; `None` if it doesn't mention modules.
fn kind_of(name: &str) -> Option<TextKind> {
    let small = name.to_lowercase();
    if LEFT_OUT.iter().any(|start| small.starts_with(start)) {
        return None;
    }
    let ending = small.rsplit_once('.').map_or("", |(_, ending)| ending);
    if NAMED.iter().any(|start| name.starts_with(start)) || CONFIGURATION.contains(&ending) {
        Some(TextKind::Configuration)
    } else if DOCUMENTATION.contains(&ending) {
        Some(TextKind::Documentation)
    } else {
        (small == "entry_points.txt" || small == "crontab").then_some(TextKind::Configuration)
    }
}

#[cfg(test)]
mod tests {
    use source::MemoryFileSystem;

    use super::*;

    #[test]
    fn what_may_name_modules_is_read() {
        let fs = MemoryFileSystem::with_files([
            ("/p/pyproject.toml", "x"),
            ("/p/Dockerfile.dev", "x"),
            ("/p/.github/workflows/ci.yml", "x"),
            ("/p/.coveragerc", "x"),
            ("/p/docs/api.rst", "x"),
            ("/p/CHANGELOG.md", "x"),
            ("/p/uv.lock", "x"),
            ("/p/shop/cli.py", "x"),
            ("/p/shop/fixtures/data.json", "x"),
            ("/p/logo.svg", "x"),
            ("/p/.venv/lib/x.toml", "x"),
        ]);
        let found = text_files(&fs, Utf8Path::new("/p"));
        let found: Vec<&str> =
            found.iter().filter_map(|file| file.path.as_str().strip_prefix("/p/")).collect();
        assert_eq!(
            found,
            [".coveragerc", ".github/workflows/ci.yml", "Dockerfile.dev", "docs/api.rst", "pyproject.toml"]
        );
    }
}
