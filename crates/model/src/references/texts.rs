//! Files that aren't Python and may name modules: configuration, scripts that start programs, documentation.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use source::{FileSystem, Text, WalkOptions};

/// At most so many files are read.
const MOST_FILES: usize = 4_000;

/// Larger ones are data.
const MOST_BYTES: u64 = 512 * 1024;

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextKind {
    /// Something acts on it: packaging, tools, containers, scripts.
    Configuration,
    /// People read it, or what is built from it.
    Documentation,
}

/// One file.
#[derive(Debug, Clone)]
pub struct TextFile {
    /// Where; absolute.
    pub path: Utf8PathBuf,
    /// What it is for.
    pub kind: TextKind,
    /// What is in it.
    pub text: Arc<Text>,
}

/// The files below `root` that may name modules, sorted by path. Reads them; what is ignored or too large is left out.
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

/// Folders of data in which names with dots are no modules: labels of models, keys of translations.
const DATA: [&str; 9] =
    ["fixtures", "i18n", "locale", "locales", "media", "node_modules", "static", "translations", "vendor"];

/// Endings of files that something acts on.
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

/// Endings of documentation.
const DOCUMENTATION: [&str; 4] = ["adoc", "md", "mdx", "rst"];

/// Begins of whole names of files that something acts on.
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

/// Begins of names (small letters) of files that tell of what was, or that tools write.
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

/// What a file of this name is for; nothing where it names no modules.
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
