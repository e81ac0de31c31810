//! Configuration files: read once per text, kept with their problems.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use config::{Config, FileFormatting, Origin, Packaging, Parsed, Problem};
use model::Configs;
use source::{Content, FileKind};

use super::Workspace;

/// The contents of the configuration files, by path.
#[derive(Debug, Default)]
pub(super) struct Declared {
    read: BTreeMap<Utf8PathBuf, Read>,
    /// The last valid declarations of the files. They stay in force while a file is half typed: otherwise all findings
    /// would come and go with each keystroke.
    pub(super) valid: BTreeMap<Utf8PathBuf, Arc<Config>>,
    /// Files that ruff configurations extend, whatever their names.
    extended: BTreeSet<Utf8PathBuf>,
}

/// One file, as it was read.
#[derive(Debug, Default)]
struct Read {
    config: Option<Arc<Config>>,
    packaging: Option<Packaging>,
    problems: Vec<Problem>,
    /// Whether another file of the folder takes precedence: then its problems are irrelevant.
    outranked: bool,
    /// The problem that another of our configuration files takes precedence, which is never intended.
    conflict: Option<Problem>,
    /// Its settings for formatters.
    formatting: Option<Arc<FileFormatting>>,
}

impl Declared {
    /// Whether `path` was read.
    pub(super) fn knows(&self, path: &Utf8Path) -> bool {
        self.read.contains_key(path)
    }

    /// Read `path` again when it is needed.
    pub(super) fn forget(&mut self, path: &Utf8Path) {
        self.read.remove(path);
    }

    pub(super) fn retain(&mut self, keep: impl Fn(&Utf8Path) -> bool) {
        self.read.retain(|path, _| keep(path));
        self.valid.retain(|path, _| keep(path));
    }

    /// The valid contents of a file that was just read: its declarations, or those from before it was broken.
    fn take(&mut self, path: &Utf8Path, parsed: Parsed) -> Read {
        let Parsed { config, mut problems, broken } = parsed;
        if let (Some(broken), Some(valid)) = (&broken, self.valid.get(path)) {
            let message = format!("{}; the settings of the last valid version stay in force", broken.message);
            let problems = vec![Problem { message, ..broken.clone() }];
            return Read { config: Some(Arc::clone(valid)), problems, ..Read::default() };
        }
        if let Some(config) = &config {
            problems.extend(rules::validate(config));
        }
        let config = config.map(Arc::new);
        if broken.is_none() {
            match &config {
                Some(config) => drop(self.valid.insert(path.to_owned(), Arc::clone(config))),
                None => drop(self.valid.remove(path)),
            }
        }
        Read { config, problems, ..Read::default() }
    }

    /// All problems, by file and position.
    pub(super) fn problems(&self) -> Vec<Problem> {
        let heard = |read: &Read| if read.outranked { Vec::new() } else { read.problems.clone() };
        let mut problems: Vec<Problem> = self
            .read
            .values()
            .flat_map(|read| heard(read).into_iter().chain(read.conflict.clone()))
            .collect();
        problems.sort_by(|a, b| (&a.path, a.span).cmp(&(&b.path, b.span)));
        problems
    }
}

impl Workspace {
    /// The declarations for a folder and its subfolders, from the files it knows.
    pub(super) fn read_configs(&mut self, index: usize) -> Configs {
        let (paths, root) = (self.folders[index].configs.clone(), self.folders[index].root.clone());
        let mut configs = self.read_config_files(&paths, &root);
        configs.formatting = self.read_formatting(&paths, &root);
        self.overlay.apply(&mut configs.list, &root);
        configs
    }

    /// The formatter settings in files at, below and above `root`: above it up to the repository's root, like the
    /// search of those tools, and those that one of these extends.
    fn read_formatting(&mut self, paths: &[Utf8PathBuf], root: &Utf8Path) -> Vec<Arc<FileFormatting>> {
        let mut found: BTreeMap<Utf8PathBuf, Arc<FileFormatting>> = BTreeMap::new();
        let mut queue: Vec<Utf8PathBuf> = paths.to_vec();
        if !self.is_repository(root) {
            for folder in root.ancestors().skip(1) {
                queue.extend(self.formatting_files_in(folder));
                if self.is_repository(folder) {
                    break;
                }
            }
        }
        while let Some(path) = queue.pop() {
            self.read_config(&path);
            let Some(formatting) = self.declared.read.get(&path).and_then(|read| read.formatting.clone())
            else {
                continue;
            };
            let extended = formatting.extended().map(Utf8Path::to_owned);
            found.insert(path, formatting);
            if let Some(path) = extended.filter(|path| !found.contains_key(path))
                && self.watch_config(&path)
            {
                self.declared.extended.insert(path.clone());
                queue.push(path);
            }
        }
        found.into_values().collect()
    }

    /// The files in `folder` itself that may contain formatter settings.
    fn formatting_files_in(&mut self, folder: &Utf8Path) -> Vec<Utf8PathBuf> {
        let names = config::FORMATTING_FILES.iter().chain(&["pyproject.toml", "setup.cfg"]);
        let paths: Vec<Utf8PathBuf> = names.map(|name| folder.join(name)).collect();
        paths.into_iter().filter(|path| self.watch_config(path)).collect()
    }

    /// The declarations of `paths`. Only those at or below `root` mark distributions.
    pub(super) fn read_config_files(&mut self, paths: &[Utf8PathBuf], root: &Utf8Path) -> Configs {
        let mut by_folder: BTreeMap<Utf8PathBuf, Vec<Config>> = BTreeMap::new();
        let mut distributions = Vec::new();
        let mut packaging: Vec<Packaging> = Vec::new();
        // They extend the tach configuration around them and are no configuration by themselves.
        let mut domains: Vec<Arc<Config>> = Vec::new();
        for path in paths {
            let Some(folder) = path.parent() else { continue };
            if path.starts_with(root) && marks_distribution(path) {
                distributions.push(folder.to_owned());
            }
            self.read_config(path);
            let Some(read) = self.declared.read.get(path) else { continue };
            if let Some(found) = read.packaging.clone().filter(|_| path.starts_with(root)) {
                match packaging.iter_mut().find(|it| it.folder == found.folder) {
                    Some(it) => it.merge(found),
                    None => packaging.push(found),
                }
            }
            if let Some(config) = read.config.clone() {
                if matches!(config.origin, Origin::TachDomain(_)) {
                    domains.push(config);
                    continue;
                }
                by_folder.entry(folder.to_owned()).or_default().push((*config).clone());
            }
        }
        distributions.sort();
        distributions.dedup();
        let mut list = Vec::new();
        for configs in by_folder.into_values() {
            let conflicts = config::conflicts(&configs);
            let Some(picked) = config::pick(configs) else { continue };
            let winner = path_of(&picked.origin).map(Utf8Path::to_owned);
            self.outrank(&picked.folder, winner.as_deref(), &conflicts);
            let shared = winner
                .and_then(|winner| self.declared.read.get(&winner)?.config.clone())
                .unwrap_or_else(|| Arc::new(picked));
            list.push(shared);
        }
        for config in &mut list {
            if let Some(whole) = config::with_domains(config, &domains) {
                *config = Arc::new(whole);
            }
        }
        list.sort_by(|a, b| a.folder.cmp(&b.folder));
        packaging.sort_by(|a, b| a.folder.cmp(&b.folder));
        Configs { list, distributions, packaging, formatting: Vec::new() }
    }

    /// Of the files in `folder` only `winner` counts.
    fn outrank(&mut self, folder: &Utf8Path, winner: Option<&Utf8Path>, conflicts: &[Problem]) {
        for (path, read) in &mut self.declared.read {
            let is_domain = config::kind_of(path) == Some(config::ConfigKind::TachDomain);
            if path.parent() == Some(folder) && !is_domain {
                read.outranked = read.config.is_some() && Some(path.as_path()) != winner;
                read.conflict = conflicts.iter().find(|problem| problem.path == *path).cloned();
            }
        }
    }

    fn read_config(&mut self, path: &Utf8Path) {
        if self.declared.knows(path) {
            return;
        }
        let configures = config::kind_of(path).is_some();
        let formats = config::is_formatting(path) || self.declared.extended.contains(path);
        let mut read = Read::default();
        if configures || formats || marks_distribution(path) {
            let text = source::query::text(&self.database, self.file(path));
            if configures {
                read = self.declared.take(path, config::parse(path, text.as_str()));
            }
            if formats {
                read.formatting = config::parse_formatting(path, text.as_str()).map(Arc::new);
            }
            read.packaging = config::packaging(path, text.as_str());
        }
        self.declared.read.insert(path.to_owned(), read);
    }

    /// The configuration files above `root` that govern it if nothing nearer does: those of the nearest folder with
    /// declarations. The search ends at the repository's root.
    pub(super) fn configs_above(&mut self, root: &Utf8Path) -> Vec<Utf8PathBuf> {
        if self.is_repository(root) {
            return Vec::new();
        }
        for folder in root.ancestors().skip(1) {
            let mut found = self.configs_in(folder);
            for path in &found {
                self.read_config(path);
            }
            found.retain(|path| self.declared.read.get(path).is_some_and(|read| read.config.is_some()));
            if !found.is_empty() {
                return found;
            }
            if self.is_repository(folder) {
                break;
            }
        }
        Vec::new()
    }

    /// The configuration files in `folder` itself.
    pub(super) fn configs_in(&mut self, folder: &Utf8Path) -> Vec<Utf8PathBuf> {
        NAMES.iter().map(|name| folder.join(name)).filter(|path| self.watch_config(path)).collect()
    }

    pub(super) fn is_repository(&self, folder: &Utf8Path) -> bool {
        self.database.file_system.metadata(&folder.join(".git")).is_ok()
    }

    /// Updates the input of a configuration file; returns whether the file exists.
    fn watch_config(&mut self, path: &Utf8Path) -> bool {
        let content = match self.buffers.get(path) {
            Some(buffer) => Content::Open(Arc::clone(buffer.text.shared())),
            None => match self.database.file_system.metadata(path) {
                Ok(metadata) if metadata.kind == FileKind::File => Content::Disk(metadata.stamp),
                _ => return false,
            },
        };
        let file = self.file(path);
        if *file.content(&self.database) != content {
            self.declared.forget(path);
            self.set_content(path, content, &mut crate::Applied::default());
        }
        true
    }
}

/// The names of configuration files, in order of precedence.
const NAMES: [&str; 5] = ["architrave.toml", "pyproject.toml", ".importlinter", "setup.cfg", "tach.toml"];

fn path_of(origin: &Origin) -> Option<&Utf8Path> {
    match origin {
        Origin::Inferred => None,
        Origin::Own(path)
        | Origin::Pyproject(path)
        | Origin::ImportLinter(path)
        | Origin::Tach(path)
        | Origin::TachDomain(path) => Some(path),
    }
}

fn marks_distribution(path: &Utf8Path) -> bool {
    matches!(path.file_name(), Some("pyproject.toml" | "setup.py" | "setup.cfg"))
}

/// The exclusions of the configurations, as patterns relative to `root` (gitignore syntax).
pub(super) fn excludes(configs: &Configs, root: &Utf8Path) -> Vec<String> {
    let mut patterns = Vec::new();
    for config in &configs.list {
        for pattern in &config.exclude {
            patterns.extend(relative_to(pattern, &config.folder, root));
        }
    }
    patterns
}

/// `pattern`, relative to `folder`, rewritten relative to `root`; `None` if it can't match anything below.
fn relative_to(pattern: &str, folder: &Utf8Path, root: &Utf8Path) -> Option<String> {
    if folder == root {
        return Some(pattern.to_owned());
    }
    let (bang, bare) = pattern.strip_prefix('!').map_or(("", pattern), |bare| ("!", bare));
    let anchored = bare.trim_end_matches('/').contains('/') && !bare.starts_with("**/");
    if let Ok(below) = folder.strip_prefix(root) {
        return Some(if anchored {
            format!("{bang}/{below}/{}", bare.trim_start_matches('/'))
        } else {
            format!("{bang}/{below}/**/{}", bare.trim_start_matches("**/"))
        });
    }
    if !anchored {
        return Some(pattern.to_owned());
    }
    // The configuration is above: anchored patterns must pass through the root.
    let inner = root.strip_prefix(folder).ok()?;
    let rest = bare.trim_start_matches('/').strip_prefix(inner.as_str())?.strip_prefix('/')?;
    Some(format!("{bang}/{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excludes_are_rewritten_for_the_walked_folder() {
        let cases = [
            ("/p", "/p", "build", Some("build")),
            ("/p/a", "/p", "build", Some("/a/**/build")),
            ("/p/a", "/p", "/build", Some("/a/build")),
            ("/p/a", "/p", "gen/x.py", Some("/a/gen/x.py")),
            ("/p/a", "/p", "!gen/", Some("!/a/**/gen/")),
            ("/p", "/p/a", "build", Some("build")),
            ("/p", "/p/a", "a/build", Some("/build")),
            ("/p", "/p/a", "b/build", None),
            ("/p", "/p/a", "**/x/y", Some("**/x/y")),
        ];
        for (folder, root, pattern, expected) in cases {
            let found = relative_to(pattern, folder.into(), root.into());
            assert_eq!(found.as_deref(), expected, "{pattern} of {folder} for {root}");
        }
    }
}
