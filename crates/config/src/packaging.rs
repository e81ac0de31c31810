//! The declared dependencies of a project: those of every installation, and those of extras or groups.
//!
//! Read from `pyproject.toml` (`[project]` of PEP 621, `[dependency-groups]` of PEP 735, `[tool.poetry]`, `[tool.pdm]`,
//! `[tool.uv]`), `setup.cfg` and, as far as they are literals there, `setup.py`. Reading never fails: anything that
//! can't be read is missing, which [`Packaging::is_complete`] indicates.

mod literal;

use camino::{Utf8Path, Utf8PathBuf};

use crate::tree::{Table, Value, ini, toml};

/// The distributions that one folder declares as dependencies.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Packaging {
    /// The folder, absolute.
    pub folder: Utf8PathBuf,
    /// The name of its own distribution, as written.
    pub name: Option<String>,
    /// Dependencies of every installation; normalized (PEP 503), sorted.
    pub required: Vec<String>,
    /// Dependencies only of an extra, an optional dependency or a group; normalized, sorted.
    pub optional: Vec<String>,
    /// Whether the required distributions are listed statically, rather than computed by a build.
    pub is_complete: bool,
    /// Whether there are extras for users, not only for development.
    pub has_extras: bool,
}

impl Packaging {
    /// Whether it says anything about dependencies, rather than only its name.
    pub fn has_dependencies(&self) -> bool {
        !self.required.is_empty() || !self.optional.is_empty() || self.is_complete
    }

    /// Adds the declarations of another file of the same folder.
    pub fn merge(&mut self, other: Packaging) {
        self.required.extend(other.required);
        self.optional.extend(other.optional);
        self.name = self.name.take().or(other.name);
        self.is_complete |= other.is_complete;
        self.has_extras |= other.has_extras;
        self.tidy();
    }

    fn tidy(&mut self) {
        for list in [&mut self.required, &mut self.optional] {
            list.sort_unstable();
            list.dedup();
        }
    }
}

/// The declarations of the file at `path`; `None` if it isn't such a file, or declares neither a name nor
/// dependencies.
pub fn packaging(path: &Utf8Path, text: &str) -> Option<Packaging> {
    let mut found = match path.file_name()? {
        "pyproject.toml" => of_pyproject(&toml::parse(text).0),
        "setup.cfg" => of_setup_cfg(&ini::parse(text)),
        "setup.py" => literal::of_setup_py(text),
        _ => return None,
    };
    found.tidy();
    if found.name.is_none() && !found.has_dependencies() {
        return None;
    }
    path.parent()?.clone_into(&mut found.folder);
    Some(found)
}

fn of_pyproject(document: &Table) -> Packaging {
    let mut found = Packaging::default();
    if let Some(project) = document.table("project") {
        let is_dynamic =
            |key: &str| project.get("dynamic").is_some_and(|it| strings(&it.node.value).contains(&key));
        found.is_complete = !is_dynamic("dependencies");
        found.name = name(project);
        if let Some(entry) = project.get("dependencies") {
            found.required.extend(strings(&entry.node.value).iter().filter_map(|text| distribution(text)));
        }
        if let Some(extras) = project.table("optional-dependencies") {
            add_lists(extras, &mut found.optional);
            found.has_extras = extras.entries.iter().any(|entry| is_for_users(&entry.key));
        }
    }
    if let Some(groups) = document.table("dependency-groups") {
        add_lists(groups, &mut found.optional);
    }
    let Some(tool) = document.table("tool") else { return found };
    if let Some(poetry) = tool.table("poetry") {
        of_poetry(poetry, &mut found);
    }
    if let Some(groups) = tool.table("pdm").and_then(|pdm| pdm.table("dev-dependencies")) {
        add_lists(groups, &mut found.optional);
    }
    if let Some(list) = tool.table("uv").and_then(|uv| uv.get("dev-dependencies")) {
        found.optional.extend(strings(&list.node.value).iter().filter_map(|text| distribution(text)));
    }
    found
}

/// `[tool.poetry]`: dependencies by name, optional if marked so; groups are for development.
fn of_poetry(poetry: &Table, found: &mut Packaging) {
    found.name = found.name.take().or_else(|| name(poetry));
    if let Some(dependencies) = poetry.table("dependencies") {
        found.is_complete = true;
        for entry in dependencies.entries.iter().filter(|entry| entry.key != "python") {
            let is_optional = match &entry.node.value {
                Value::Table(table) => {
                    table.get("optional").is_some_and(|it| it.node.value == Value::Boolean(true))
                }
                _ => false,
            };
            found.has_extras |= is_optional;
            let list = if is_optional { &mut found.optional } else { &mut found.required };
            list.push(normalized(&entry.key));
        }
    }
    if let Some(table) = poetry.table("dev-dependencies") {
        found.optional.extend(table.entries.iter().map(|entry| normalized(&entry.key)));
    }
    let groups = poetry.table("group").into_iter().flat_map(|groups| &groups.entries);
    for group in groups {
        if let Value::Table(group) = &group.node.value
            && let Some(table) = group.table("dependencies")
        {
            found.optional.extend(table.entries.iter().map(|entry| normalized(&entry.key)));
        }
    }
}

/// Whether an extra with this name is meant for users of the project rather than its developers.
fn is_for_users(extra: &str) -> bool {
    const FOR_DEVELOPERS: &[&str] = &[
        "build",
        "ci",
        "dev",
        "doc",
        "docs",
        "development",
        "lint",
        "linting",
        "style",
        "test",
        "testing",
        "tests",
        "typing",
    ];
    !FOR_DEVELOPERS.contains(&extra.to_ascii_lowercase().as_str())
}

fn name(table: &Table) -> Option<String> {
    match &table.get("name")?.node.value {
        Value::String(name) if !name.trim().is_empty() => Some(name.trim().to_owned()),
        _ => None,
    }
}

/// A table of lists of requirements.
fn add_lists(table: &Table, to: &mut Vec<String>) {
    for entry in &table.entries {
        to.extend(strings(&entry.node.value).iter().filter_map(|text| distribution(text)));
    }
}

fn strings(value: &Value) -> Vec<&str> {
    let Value::Array(items) = value else { return Vec::new() };
    items
        .iter()
        .filter_map(|item| match &item.value {
            Value::String(text) => Some(text.as_str()),
            _ => None,
        })
        .collect()
}

fn of_setup_cfg(sections: &[ini::Section]) -> Packaging {
    let mut found = Packaging::default();
    let section = |name: &str| sections.iter().find(|section| section.name == name).map(|it| &it.table);
    let lines = |value: &Value| -> Vec<String> {
        match value {
            Value::String(text) => distribution(text).into_iter().collect(),
            list => strings(list).into_iter().filter_map(distribution).collect(),
        }
    };
    found.name = section("metadata").and_then(name);
    if let Some(entry) = section("options").and_then(|options| options.get("install_requires")) {
        // The build reads `file: requirements.txt`.
        let is_file = matches!(&entry.node.value, Value::String(text) if text.trim().starts_with("file:"));
        if !is_file {
            found.is_complete = true;
            found.required = lines(&entry.node.value);
        }
    }
    if let Some(extras) = section("options.extras_require") {
        found.has_extras = extras.entries.iter().any(|entry| is_for_users(&entry.key));
        found.optional = extras.entries.iter().flat_map(|entry| lines(&entry.node.value)).collect();
    }
    found
}

/// The normalized name of the distribution in a requirement (PEP 508); `None` if there is none.
fn distribution(requirement: &str) -> Option<String> {
    let requirement = requirement.trim();
    let end = requirement
        .find(|letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.')))
        .unwrap_or(requirement.len());
    let name = &requirement[..end];
    name.starts_with(|letter: char| letter.is_ascii_alphanumeric()).then(|| normalized(name))
}

/// The name of a distribution, normalized for comparison according to PEP 503.
pub(crate) fn normalized(name: &str) -> String {
    let mut normal = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter {
            '-' | '_' | '.' => {
                if !normal.ends_with('-') {
                    normal.push('-');
                }
            }
            _ => normal.push(letter.to_ascii_lowercase()),
        }
    }
    normal
}

#[cfg(test)]
mod tests;
