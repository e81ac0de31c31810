//! The installed packages, by the files that name them: lock files first, then declarations.

use std::collections::BTreeMap;

use report::deployment::File;
use serde::Serialize;

/// A distribution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Package {
    /// Its normalized name.
    pub name: String,
    /// Its version, if a file pins one.
    pub version: Option<String>,
    /// The file that names it.
    pub file: String,
    /// One-based.
    pub line: u32,
    /// The group of packages for development that it is in: `dev`.
    pub group: Option<String>,
    /// Whether that file contains the resolved version rather than a requirement.
    pub is_locked: bool,
}

/// All packages in files.
#[derive(Debug, Default)]
pub struct Locked {
    /// By name, then in file order: locked ones first.
    pub packages: BTreeMap<String, Vec<Package>>,
    /// The files that were read.
    pub files: Vec<String>,
}

impl Locked {
    /// The installed version, as far as files show it.
    pub fn version(&self, name: &str) -> Option<&Package> {
        self.packages.get(&normalized(name))?.iter().find(|it| it.version.is_some())
    }

    /// Whether there is a distribution that provides the module `first`. Unless known otherwise, both have the same
    /// name.
    pub fn is_installed(&self, first: &str) -> bool {
        let distribution = normalized(&libraries::distribution(first));
        self.packages.contains_key(&distribution) || self.packages.contains_key(&normalized(first))
    }
}

/// Normalized as in the package index (PEP 503).
pub fn normalized(name: &str) -> String {
    let mut out = String::new();
    for letter in name.trim().chars() {
        let letter = if matches!(letter, '_' | '.') { '-' } else { letter.to_ascii_lowercase() };
        if letter != '-' || !out.ends_with('-') {
            out.push(letter);
        }
    }
    out
}

/// Reads all files with requirements.
pub(super) fn locked(files: &[File]) -> Locked {
    let mut found = Locked::default();
    let mut all: Vec<Package> = Vec::new();
    for file in files {
        let name = file.path.rsplit('/').next().unwrap_or(&file.path);
        let packages = match name {
            "uv.lock" | "poetry.lock" | "pdm.lock" | "pylock.toml" => of_tables(file),
            "Pipfile.lock" => of_pipfile(file),
            "pyproject.toml" => of_project(file),
            _ if is_requirements(&file.path) => of_requirements(file),
            _ => continue,
        };
        if !packages.is_empty() {
            found.files.push(file.path.clone());
        }
        all.extend(packages);
    }
    all.sort_by(|one, other| {
        let key = |it: &Package| (!it.is_locked, it.file.matches('/').count(), it.file.clone());
        key(one).cmp(&key(other))
    });
    for package in all {
        found.packages.entry(package.name.clone()).or_default().push(package);
    }
    found
}

/// Whether a file lists requirements, one per line.
pub(super) fn is_requirements(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let folder = path.rsplit('/').nth(1).unwrap_or_default();
    let is_text = name.rsplit_once('.').is_some_and(|(_, ending)| ending == "txt");
    is_text
        && (name.starts_with("requirements")
            || name.ends_with("requirements.txt")
            || folder == "requirements")
}

fn of_tables(file: &File) -> Vec<Package> {
    let mut found = Vec::new();
    let (mut name, mut line) = (None, 0);
    for (index, text) in file.text.lines().enumerate() {
        let value = |key: &str| {
            let rest = text.strip_prefix(key)?.trim_start().strip_prefix('=')?.trim();
            Some(rest.trim_matches('"').to_owned())
        };
        if text.starts_with('[') {
            name = None;
        } else if let Some(it) = value("name") {
            name = Some(it);
            line = index as u32 + 1;
        } else if let (Some(version), Some(known)) = (value("version"), &name) {
            found.push(Package {
                name: normalized(known),
                version: Some(version),
                file: file.path.clone(),
                line,
                group: None,
                is_locked: true,
            });
            name = None;
        }
    }
    found
}

fn of_pipfile(file: &File) -> Vec<Package> {
    let Ok(parsed) = serde_json::from_str::<serde_json::Value>(&file.text) else { return Vec::new() };
    let mut found = Vec::new();
    for section in ["default", "develop"] {
        for (name, said) in parsed.get(section).and_then(|it| it.as_object()).into_iter().flatten() {
            let version = said.get("version").and_then(|it| it.as_str());
            let line =
                file.text.lines().position(|it| it.contains(&format!("\"{name}\":"))).unwrap_or_default();
            found.push(Package {
                name: normalized(name),
                version: version.map(|it| it.trim_start_matches("==").to_owned()),
                file: file.path.clone(),
                line: line as u32 + 1,
                group: (section == "develop").then(|| section.to_owned()),
                is_locked: true,
            });
        }
    }
    found
}

fn of_requirements(file: &File) -> Vec<Package> {
    let mut found = Vec::new();
    for (index, text) in file.text.lines().enumerate() {
        let text = text.split(" #").next().unwrap_or(text).trim();
        if text.is_empty() || text.starts_with(['#', '-']) || text.contains("://") {
            continue;
        }
        if let Some((name, version)) = requirement(text) {
            // A resolver's output states why each is there.
            let is_locked = version.is_some() && file.text.contains("# via");
            found.push(Package {
                name,
                version,
                file: file.path.clone(),
                line: index as u32 + 1,
                group: None,
                is_locked,
            });
        }
    }
    found
}

fn of_project(file: &File) -> Vec<Package> {
    let Ok(parsed) = file.text.parse::<toml::Table>() else { return Vec::new() };
    let mut said: Vec<(String, Option<String>, Option<String>)> = Vec::new();
    let mut listed = |value: Option<&toml::Value>, group: Option<&str>| {
        let items = value.and_then(toml::Value::as_array).into_iter().flatten();
        let all = items.filter_map(toml::Value::as_str).filter_map(requirement);
        said.extend(all.map(|(name, version)| (name, version, group.map(str::to_owned))));
    };
    let project = parsed.get("project");
    listed(project.and_then(|it| it.get("dependencies")), None);
    let extras = project.and_then(|it| it.get("optional-dependencies"));
    for (_, group) in extras.and_then(toml::Value::as_table).into_iter().flatten() {
        listed(Some(group), None);
    }
    let groups = parsed.get("dependency-groups").and_then(toml::Value::as_table);
    for (name, group) in groups.into_iter().flatten() {
        listed(Some(group), is_of_development(name).then_some(name));
    }
    let poetry = parsed.get("tool").and_then(|it| it.get("poetry"));
    let groups = poetry.and_then(|it| it.get("group")).and_then(toml::Value::as_table);
    let tables = [("main", "dependencies"), ("dev", "dev-dependencies")]
        .into_iter()
        .map(|(group, key)| (group, poetry.and_then(|it| it.get(key))))
        .chain(groups.into_iter().flatten().map(|(name, group)| (name.as_str(), group.get("dependencies"))));
    for (group, table) in tables {
        for (name, _) in table.and_then(toml::Value::as_table).into_iter().flatten() {
            if name != "python" {
                said.push((normalized(name), None, is_of_development(group).then(|| group.to_owned())));
            }
        }
    }
    let line_of = |name: &str| {
        // Several may stand on one line.
        let begins = |text: &str| starts(text.trim_start().trim_start_matches(['"', '\'']), name);
        let holds = |text: &str| text.split(['"', '\'']).skip(1).any(|it| starts(it, name));
        let mut lines = file.text.lines();
        let found = lines.clone().position(begins).or_else(|| lines.position(holds));
        found.map_or(1, |it| it as u32 + 1)
    };
    said.into_iter()
        .map(|(name, version, group)| Package {
            line: line_of(&name),
            name,
            version,
            file: file.path.clone(),
            group,
            is_locked: false,
        })
        .collect()
}

/// Whether a text starts with the name of a distribution, and not with a longer one.
fn starts(text: &str, name: &str) -> bool {
    let goes_on = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.');
    let is_whole = !text.get(name.len()..).is_some_and(|rest| rest.starts_with(goes_on));
    is_whole && text.get(..name.len()).is_some_and(|it| normalized(it) == name)
}

/// Whether a group of packages is for those who develop.
fn is_of_development(group: &str) -> bool {
    matches!(
        group,
        "dev" | "development" | "test" | "tests" | "testing" | "lint" | "linting" | "typing" | "docs"
    )
}

/// The name of a requirement, and the version that it is pinned to.
fn requirement(text: &str) -> Option<(String, Option<String>)> {
    let ends = text.find(|it: char| !(it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.')));
    let name = ends.and_then(|at| text.get(..at)).unwrap_or(text);
    if name.is_empty() {
        return None;
    }
    let rest = text.split_once("==").map(|(_, rest)| rest);
    let version =
        rest.and_then(|rest| rest.split([';', ' ', ',', '\\']).next()).map(|it| it.trim().to_owned());
    Some((normalized(name), version.filter(|it| !it.is_empty() && !it.contains('*'))))
}
