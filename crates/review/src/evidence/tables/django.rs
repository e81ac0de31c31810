//! Django migrations: their order, and what they create.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::Place;
use crate::evidence::facts::Source;
use crate::evidence::value::{Called, Value};

/// One migration.
#[derive(Debug, Clone)]
pub struct Migration {
    /// Its name, which is that of its file.
    pub name: String,
    /// Its dependencies: app and name.
    pub follows: Vec<(String, String)>,
    /// Those that it replaces.
    pub replaces: Vec<String>,
    /// The module, by index.
    pub source: usize,
    /// Where it names its dependencies.
    pub place: Place,
}

/// The migrations of one app.
#[derive(Debug, Clone)]
pub struct App {
    /// The app's label: as configured or as its migrations call it, otherwise its folder's name.
    pub label: String,
    /// The folder of the app, relative to the project.
    pub folder: String,
    /// Sorted by path.
    pub list: Vec<Migration>,
    /// Whether some are unknown.
    pub is_open: bool,
}

impl App {
    /// Migrations without successors in the app.
    pub fn leaves(&self) -> Vec<&Migration> {
        let replaced: BTreeSet<&String> = self.list.iter().flat_map(|it| &it.replaces).collect();
        let followed: BTreeSet<&String> = self
            .list
            .iter()
            .flat_map(|it| &it.follows)
            .filter(|(app, _)| *app == self.label)
            .map(|(_, name)| name)
            .collect();
        let is_leaf = |it: &&Migration| {
            let stands_for_followed = it.replaces.iter().any(|name| {
                let is_followed_outside = |other: &&Migration| {
                    !it.replaces.contains(&other.name)
                        && other.name != it.name
                        && other.follows.iter().any(|(app, follows)| *app == self.label && follows == name)
                };
                self.list.iter().any(|other| is_followed_outside(&other))
            });
            !followed.contains(&it.name) && !replaced.contains(&it.name) && !stands_for_followed
        };
        self.list.iter().filter(is_leaf).collect()
    }

    /// The models that migrations create, by their lower-case names, with their fields; `None` if unknown.
    pub fn made(&self, sources: &[Source]) -> Option<BTreeMap<String, BTreeSet<String>>> {
        if self.is_open {
            return None;
        }
        let squashed: BTreeSet<&String> = self.list.iter().flat_map(|it| &it.replaces).collect();
        let left: Vec<&Migration> = self.list.iter().filter(|it| !squashed.contains(&it.name)).collect();
        let known: BTreeSet<&String> = left.iter().map(|it| &it.name).collect();
        let mut done: BTreeSet<&String> = BTreeSet::new();
        let mut made = BTreeMap::new();
        while done.len() < left.len() {
            let before = done.len();
            for migration in &left {
                let waits = migration
                    .follows
                    .iter()
                    .any(|(app, name)| *app == self.label && known.contains(name) && !done.contains(name));
                if !waits && done.insert(&migration.name) {
                    let operations = sources[migration.source].assignments.iter();
                    let operations = operations
                        .filter(|it| it.class.as_deref() == Some("Migration") && it.name == "operations");
                    for value in operations.filter_map(|it| it.value.as_ref()) {
                        apply(&mut made, value)?;
                    }
                }
            }
            if done.len() == before {
                return None;
            }
        }
        Some(made)
    }
}

/// All apps with migrations.
pub(super) fn apps(sources: &[Source]) -> Vec<App> {
    let mut found: BTreeMap<String, App> = BTreeMap::new();
    for (at, source) in sources.iter().enumerate() {
        // Django takes any class of this name; its base may be the project's own.
        let is_migration = source.classes.iter().any(|it| it.name == "Migration" && !it.bases.is_empty());
        let Some(folder) = source.folder().strip_suffix("/migrations").filter(|_| is_migration) else {
            continue;
        };
        let value = |name: &str| {
            source.assignments.iter().find(|it| it.class.as_deref() == Some("Migration") && it.name == name)
        };
        let pairs = |name: &str| -> Vec<(String, String)> {
            let items = value(name).and_then(|it| it.value.as_ref()).map(Value::items).unwrap_or_default();
            let pair = |it: &Value| match it.items() {
                [app, name] => Some((app.text()?.to_owned(), name.text()?.to_owned())),
                _ => None,
            };
            items.iter().filter_map(pair).collect()
        };
        let label = folder.rsplit('/').next().unwrap_or(folder).to_owned();
        let app = found.entry(folder.to_owned()).or_insert_with(|| App {
            label,
            folder: folder.to_owned(),
            list: Vec::new(),
            is_open: false,
        });
        app.is_open |= value("dependencies").is_some_and(|it| !matches!(it.value, Some(Value::List(_))));
        app.list.push(Migration {
            name: source.stem().to_owned(),
            follows: pairs("dependencies"),
            replaces: pairs("replaces").into_iter().map(|(_, name)| name).collect(),
            source: at,
            place: Place::new(source.path.clone(), value("dependencies").map_or(1, |it| it.line)),
        });
    }
    let mut apps: Vec<App> = found.into_values().collect();
    for app in &mut apps {
        if let Some(label) = configured(sources, &app.folder).or_else(|| followed(app)) {
            app.label = label;
        }
    }
    apps
}

/// The label in the configuration of the app in a folder, if there is one.
fn configured(sources: &[Source], folder: &str) -> Option<String> {
    let apps = sources.iter().filter(|it| it.folder() == folder && it.stem() == "apps");
    let labels = apps.flat_map(|it| &it.assignments).filter(|it| it.class.is_some() && it.name == "label");
    let mut texts = labels.filter_map(|it| it.value.as_ref()?.text());
    texts.next().filter(|first| texts.all(|it| it == *first)).map(str::to_owned)
}

/// The label that most migrations follow each other by. One of another app may have a name as in this one.
fn followed(app: &App) -> Option<String> {
    let names: BTreeSet<&String> = app.list.iter().map(|it| &it.name).collect();
    let own = || app.list.iter().flat_map(|it| &it.follows).filter(|(_, name)| names.contains(name));
    if own().any(|(label, _)| *label == app.label) {
        return None;
    }
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    for (label, _) in own().filter(|(_, name)| !name.starts_with("0001")) {
        *counts.entry(label).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(label, _)| label.clone())
}

type Models = BTreeMap<String, BTreeSet<String>>;

/// Applies a list of operations; `None` if the effect of one is unknown.
fn apply(made: &mut Models, operations: &Value) -> Option<()> {
    let Value::List(list) = operations else { return None };
    for operation in list {
        operate(made, operation.call()?)?;
    }
    Some(())
}

fn operate(made: &mut Models, call: &Called) -> Option<()> {
    let text = |key: &str, index: usize| {
        call.keyword(key).or_else(|| call.positional(index)).and_then(Value::text).map(str::to_owned)
    };
    let is_own = call.callee.as_deref().is_some_and(|it| !it.starts_with("django."));
    if is_own {
        return None;
    }
    match call.method.as_str() {
        "CreateModel" => {
            let name = text("name", 0)?.to_lowercase();
            let fields = call.keyword("fields").or_else(|| call.positional(1))?;
            let Value::List(fields) = fields else { return None };
            let names: Option<BTreeSet<String>> =
                fields.iter().map(|it| it.items().first()?.text().map(str::to_owned)).collect();
            made.insert(name, names?);
        }
        "DeleteModel" => drop(made.remove(&text("name", 0)?.to_lowercase())),
        "RenameModel" => {
            let (old, new) = (text("old_name", 0)?.to_lowercase(), text("new_name", 1)?.to_lowercase());
            if let Some(fields) = made.remove(&old) {
                made.insert(new, fields);
            }
        }
        "AddField" => {
            let (model, name) = (text("model_name", 0)?.to_lowercase(), text("name", 1)?);
            if let Some(fields) = made.get_mut(&model) {
                fields.insert(name);
            }
        }
        "RemoveField" => {
            let (model, name) = (text("model_name", 0)?.to_lowercase(), text("name", 1)?);
            if let Some(fields) = made.get_mut(&model) {
                fields.remove(&name);
            }
        }
        "RenameField" => {
            let (model, old, new) =
                (text("model_name", 0)?.to_lowercase(), text("old_name", 1)?, text("new_name", 2)?);
            if let Some(fields) = made.get_mut(&model) {
                fields.remove(&old);
                fields.insert(new);
            }
        }
        "SeparateDatabaseAndState" => {
            if let Some(state) = call.keyword("state_operations").or_else(|| call.positional(1)) {
                apply(made, state)?;
            }
        }
        "RunSQL" if call.keyword("state_operations").is_some() => {
            apply(made, call.keyword("state_operations")?)?;
        }
        _ => {}
    }
    Some(())
}
