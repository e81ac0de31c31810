//! The subjects of a project, and the files of each: a slice through its layers.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;

use crate::spelling::{Subject, names, words_of};
use crate::statement::Module;
use crate::survey::{Place, Survey, SurveyedFile};

/// Words for the role of a file or class, as opposed to its subject.
const ROLES: &[&str] = &[
    "abstract",
    "adapter",
    "adapters",
    "admin",
    "api",
    "apis",
    "app",
    "apps",
    "base",
    "bases",
    "blueprint",
    "blueprints",
    "cases",
    "case",
    "cli",
    "client",
    "clients",
    "command",
    "commands",
    "config",
    "conftest",
    "constant",
    "constants",
    "container",
    "containers",
    "context",
    "controller",
    "controllers",
    "core",
    "crud",
    "crudbase",
    "dao",
    "daos",
    "database",
    "db",
    "dependencies",
    "dependency",
    "deps",
    "di",
    "domain",
    "dto",
    "dtos",
    "endpoint",
    "endpoints",
    "entities",
    "entity",
    "enum",
    "enums",
    "error",
    "errors",
    "event",
    "events",
    "exception",
    "exceptions",
    "factories",
    "factory",
    "fake",
    "fakes",
    "filter",
    "filters",
    "fixture",
    "fixtures",
    "form",
    "forms",
    "gateway",
    "gateways",
    "guards",
    "handler",
    "handlers",
    "http",
    "impl",
    "in",
    "init",
    "integration",
    "interactor",
    "interactors",
    "interface",
    "interfaces",
    "ioc",
    "lib",
    "main",
    "mapper",
    "mappers",
    "mapping",
    "mappings",
    "manager",
    "managers",
    "memory",
    "message",
    "messages",
    "mixin",
    "mixins",
    "mock",
    "mocks",
    "model",
    "models",
    "module",
    "modules",
    "object",
    "objects",
    "orm",
    "permissions",
    "port",
    "ports",
    "postgres",
    "protocol",
    "protocols",
    "provider",
    "providers",
    "queries",
    "query",
    "reader",
    "readers",
    "repo",
    "repos",
    "repositories",
    "repository",
    "request",
    "requests",
    "response",
    "responses",
    "rest",
    "route",
    "router",
    "routers",
    "routes",
    "schema",
    "schemas",
    "selectors",
    "serializer",
    "serializers",
    "service",
    "services",
    "settings",
    "shared",
    "signals",
    "sql",
    "sqla",
    "sqlalchemy",
    "sqlite",
    "src",
    "table",
    "tables",
    "tasks",
    "test",
    "tests",
    "type",
    "types",
    "unit",
    "uow",
    "url",
    "urls",
    "use",
    "usecase",
    "usecases",
    "util",
    "utils",
    "v1",
    "v2",
    "v3",
    "validator",
    "validators",
    "value",
    "view",
    "views",
    "viewset",
    "viewsets",
    "web",
    "work",
    "integrations",
    "e2e",
    "functional",
    "common",
    "helpers",
];

/// Verbs in front of their object.
const VERBS: &[&str] = &[
    "create", "update", "delete", "get", "list", "find", "add", "remove", "read", "fetch", "register",
    "save", "load", "search", "retrieve", "edit", "new", "all", "make", "build", "complete", "start",
    "cancel", "change", "set",
];

/// Modules that mark a folder as a feature.
const FEATURES: [&str; 20] = [
    "models",
    "model",
    "views",
    "view",
    "router",
    "routers",
    "routes",
    "service",
    "services",
    "schemas",
    "schema",
    "repository",
    "repositories",
    "controller",
    "controllers",
    "handlers",
    "use_cases",
    "entities",
    "crud",
    "forms",
];

/// The files of one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slice {
    pub(crate) subject: Subject,
    /// Indices into the files of the survey.
    pub(crate) files: Vec<usize>,
    /// Index into the entities of the survey.
    pub(crate) entity: Option<usize>,
}

/// The subject of a name without its role words; `None` if no word remains.
pub(crate) fn subject_of_name(name: &str) -> Option<Subject> {
    let all = words_of(name);
    let lower: Vec<String> = all.iter().map(|word| word.to_lowercase()).collect();
    let mut words: &[String] = &lower;
    loop {
        let is_role = |word: &String| ROLES.contains(&word.as_str());
        let is_verb = |word: &String| VERBS.contains(&word.as_str());
        if let Some((_, rest)) =
            words.split_first().filter(|(first, rest)| is_role(first) || (is_verb(first) && !rest.is_empty()))
        {
            words = rest;
        } else if let Some((_, rest)) = words.split_last().filter(|(last, _)| is_role(last)) {
            words = rest;
        } else {
            break;
        }
    }
    // `todo_by_id`
    let end = words.iter().position(|word| matches!(word.as_str(), "by" | "with" | "for" | "from" | "of"));
    Subject::of(&words[..end.unwrap_or(words.len())].join("_"))
}

/// The slices of a project.
pub(crate) fn slices(survey: &Survey) -> Vec<Slice> {
    let mut subjects: BTreeMap<Subject, Option<usize>> = BTreeMap::new();
    for (index, entity) in survey.entities.iter().enumerate() {
        if let Some(subject) = subject_of_name(&entity.class).or_else(|| Subject::of(&entity.class)) {
            subjects.entry(subject).or_default().get_or_insert(index);
        }
    }
    // A feature can also be a folder or a module without a table.
    let mut counted: BTreeMap<Subject, usize> = BTreeMap::new();
    for file in &survey.files {
        if file.place == Place::Code && !is_package(file) {
            if let Some(subject) = file.path.file_stem().and_then(subject_of_name) {
                *counted.entry(subject).or_default() += 1;
            }
            if let Some(subject) = file.path.parent().and_then(Utf8Path::file_name).and_then(subject_of_name)
                && file.path.file_stem().is_some_and(|stem| FEATURES.contains(&stem))
            {
                *counted.entry(subject).or_default() += 1;
            }
        }
    }
    for (subject, count) in &counted {
        let (subject, count) = (subject.clone(), *count);
        // `todo_already_done` is part of `todo`, which has more files.
        let is_part = counted.iter().any(|(other, more)| {
            other.words().len() < subject.words().len()
                && subject.words().starts_with(other.words())
                && *more > count
        });
        if count >= 2 && !is_part {
            subjects.entry(subject).or_default();
        }
    }
    let roots: BTreeSet<&str> = survey
        .files
        .iter()
        .filter_map(|file| file.path.components().next())
        .map(|part| part.as_str())
        .collect();
    let mut found: Vec<Slice> = subjects
        .iter()
        .filter(|(subject, _)| !is_root(survey, subject, &roots))
        .map(|(subject, entity)| Slice { subject: subject.clone(), files: Vec::new(), entity: *entity })
        .collect();
    for (index, file) in survey.files.iter().enumerate() {
        if matches!(file.place, Place::Migrations | Place::Aside) {
            continue;
        }
        if let Some(owner) = owner(&found, file) {
            found[owner].files.push(index);
        }
    }
    found
}

/// Whether most files are below a folder of this name, which is then the project's root package.
fn is_root(survey: &Survey, subject: &Subject, roots: &BTreeSet<&str>) -> bool {
    roots.iter().any(|root| {
        Subject::of(root).as_ref() == Some(subject)
            && survey.files.iter().filter(|file| file.path.starts_with(root)).count() * 2 > survey.files.len()
    })
}

fn is_package(file: &SurveyedFile) -> bool {
    file.path.file_name() == Some("__init__.py")
}

/// The subject that a file belongs to: the one that matches the most words of its name, or else that of the nearest
/// folder named after a subject.
fn owner(slices: &[Slice], file: &SurveyedFile) -> Option<usize> {
    let stem = file.path.file_stem().unwrap_or_default();
    let longest = |name: &str, whole: bool| {
        let words = words_of(name);
        let fits = slices.iter().enumerate().filter(|(_, slice)| {
            slice.subject.run_in(&words).is_some()
                // A folder is named after a single subject, not after its contents.
                && (!whole || subject_of_name(name).as_ref() == Some(&slice.subject))
        });
        let own = subject_of_name(name);
        let rank = |slice: &Slice| (own.as_ref() == Some(&slice.subject), slice.subject.words().len());
        fits.max_by_key(|(_, slice)| rank(slice)).map(|(index, _)| index)
    };
    if !is_package(file)
        && let Some(found) = longest(stem, false)
    {
        return Some(found);
    }
    let folders = file.path.parent()?.components().rev();
    folders.into_iter().find_map(|folder| longest(folder.as_str(), true))
}

/// Words that make a slice a poor model: it is about people who log in, or is large.
const SPECIAL: [&str; 14] = [
    "user",
    "auth",
    "account",
    "login",
    "token",
    "session",
    "permission",
    "role",
    "password",
    "profile",
    "health",
    "member",
    "group",
    "setting",
];

impl Slice {
    /// The quality of a model; higher is better. Complete slices come first, then plain ones, then small ones.
    pub(crate) fn score(&self, survey: &Survey) -> i64 {
        let files = || self.files.iter().map(|index| &survey.files[*index]);
        let code = || files().filter(|file| file.place == Place::Code && !is_package(file));
        let layers: BTreeSet<&str> = code().filter_map(|file| file.layer).collect();
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX / 64);
        let mut score = 0;
        score += i64::from(files().any(|file| file.has_routes)) * 40;
        score += i64::from(self.entity.is_some()) * 30;
        score += count(layers.len()) * 12;
        score += count(code().count().min(8)) * 2;
        score += i64::from(files().any(|file| file.place == Place::Tests)) * 10;
        let lines: usize = code().map(|file| file.text.lines().count()).sum();
        score -= count(lines / 40);
        if let Some(entity) = self.entity {
            score -= count(survey.entities[entity].relationships.len()) * 3;
            score -= count(survey.entities[entity].columns.len()) / 2;
        }
        if self.subject.words().iter().any(|word| SPECIAL.contains(&word.as_str())) {
            score -= 35;
        }
        score
    }

    /// Whether it spans the project: it handles requests, or has code in several layers.
    pub(crate) fn is_whole(&self, survey: &Survey) -> bool {
        let code = || {
            let files = self.files.iter().map(|index| &survey.files[*index]);
            files.filter(|file| file.place == Place::Code && !is_package(file))
        };
        let layers: BTreeSet<&str> = code().filter_map(|file| file.layer).collect();
        code().any(|file| file.has_routes) || (layers.len() >= 2 && code().count() >= 3)
    }

    /// The styles that it is built in: by its layers, its ports, and whether it is below one folder.
    pub(crate) fn styles(&self, survey: &Survey) -> Vec<&'static str> {
        let files = self.files.iter().map(|index| &survey.files[*index]);
        let code: Vec<&SurveyedFile> =
            files.filter(|file| file.place == Place::Code && !is_package(file)).collect();
        let has = |layer: &str| code.iter().any(|file| file.layer == Some(layer));
        let is_inverted = has("domain") && has("infrastructure");
        let has_port = code.iter().any(|file| defines_port(&file.text));
        let folder = |file: &&SurveyedFile| {
            let is_named = |part: &str| subject_of_name(part).as_ref() == Some(&self.subject);
            file.path.parent().is_some_and(|parent| parent.components().any(|part| is_named(part.as_str())))
        };
        let mut found = Vec::new();
        if is_inverted && has_port {
            found.push("hexagonal");
        }
        found.push(if is_inverted { "clean" } else { "layered" });
        if !code.is_empty() && code.iter().all(folder) {
            found.push("modules");
        }
        found
    }

    /// Whether it is built in a style.
    pub(crate) fn has_style(&self, survey: &Survey, style: &str) -> bool {
        self.styles(survey).contains(&style)
    }

    /// Its files without those that only lie beside them: they don't name the subject, and no file that does uses
    /// them.
    pub(crate) fn about<'s>(&self, survey: &'s Survey) -> Vec<&'s SurveyedFile> {
        let all: Vec<&SurveyedFile> = self.files.iter().map(|index| &survey.files[*index]).collect();
        let is_about = |file: &SurveyedFile| {
            file.place != Place::Code
                || file.has_routes
                || file.path.file_name() == Some("__init__.py")
                || names(&file.text, &self.subject)
        };
        let mut kept: BTreeSet<&Utf8Path> =
            all.iter().filter(|file| is_about(file)).map(|file| file.path.as_path()).collect();
        loop {
            let linked: Vec<&Utf8Path> = all
                .iter()
                .filter(|file| kept.contains(file.path.as_path()))
                .flat_map(|file| file.links.iter().map(|link| link.path.as_path()))
                .filter(|path| !kept.contains(path) && all.iter().any(|file| file.path == *path))
                .collect();
            if linked.is_empty() {
                break;
            }
            kept.extend(linked);
        }
        all.into_iter().filter(|file| kept.contains(file.path.as_path())).collect()
    }

    /// Whether it has code of its own, as files or as definitions in shared modules.
    pub(crate) fn is_something(&self, survey: &Survey) -> bool {
        let own = self.files.iter().any(|index| {
            let file = &survey.files[*index];
            file.place == Place::Code && !Module::parse(&file.text).body.is_empty()
        });
        own && (self.entity.is_some() || self.files.len() > 1)
    }
}

/// Whether a text defines a class of abstract methods.
fn defines_port(text: &str) -> bool {
    text.lines().any(|line| {
        let bases = line.strip_prefix("class ").and_then(|rest| rest.split_once('(')).map(|(_, bases)| bases);
        let names = bases.map(|it| it.split(|c: char| !c.is_alphanumeric() && c != '_'));
        names.is_some_and(|mut names| names.any(|name| matches!(name, "Protocol" | "ABC" | "ABCMeta")))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn names_without_their_roles() {
        for (name, subject) in [
            ("order_repository", Some("order")),
            ("SqlOrderLineRepository", Some("order_line")),
            ("test_find_todo_by_id_usecase", Some("todo")),
            ("create_todo_usecase", Some("todo")),
            ("todos", Some("todo")),
            ("models", None),
            ("__init__", None),
            ("conftest", None),
            ("PostModel", Some("post")),
        ] {
            assert_eq!(subject_of_name(name).map(|it| it.snake()).as_deref(), subject, "{name}");
        }
    }
}
