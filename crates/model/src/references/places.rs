//! What frameworks find by location: a file by its path, and a name in such a file.
//!
//! Sources: Django (applications, management commands, template tags, migrations, models), Celery
//! (`autodiscover_tasks`, `-A`), pytest (conftest, test discovery, hooks), WSGI and ASGI servers, Alembic, Sphinx, and
//! modules that Django libraries load with `autodiscover_modules`.

use camino::Utf8Path;

/// The tool that finds a file by its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Finder {
    /// Django, in every project that uses it.
    Django,
    /// Celery, if the project discovers its tasks.
    Celery,
    /// A library that looks for a module of this name in each app of a Django project.
    DjangoLibrary(&'static str),
    /// pytest.
    Pytest,
    /// Another tool.
    Tool(&'static str),
}

/// A file that is found by its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// The end of the path without its extension; `*` matches any one segment.
    pattern: &'static str,
    /// The tool that finds it.
    pub finder: Finder,
    /// What breaks elsewhere, as a predicate after "Django": `finds models in `models` only`.
    pub reason: &'static str,
}

const fn django(pattern: &'static str, reason: &'static str) -> Place {
    Place { pattern, finder: Finder::Django, reason }
}

const fn library(pattern: &'static str, name: &'static str) -> Place {
    Place { pattern, finder: Finder::DjangoLibrary(name), reason: "looks for this module in each app" }
}

const fn tool(pattern: &'static str, name: &'static str, reason: &'static str) -> Place {
    Place { pattern, finder: Finder::Tool(name), reason }
}

/// Longest patterns first.
const PLACES: &[Place] = &[
    django("management/commands/*", "names the command after its file"),
    django("templatetags/*", "finds template tags by the name of their file, which `{% load %}` repeats"),
    django("migrations/*", "knows its migrations by the names of their files"),
    django("models", "finds the models of an app in its `models` only"),
    django("apps", "finds the configuration of an app in its `apps` only"),
    django("admin", "finds the admin of an app in its `admin` only"),
    Place { pattern: "tasks", finder: Finder::Celery, reason: "finds tasks in modules called `tasks` only" },
    library("cms_apps", "cms"),
    library("cms_menus", "cms"),
    library("cms_plugins", "cms"),
    library("cms_toolbars", "cms"),
    library("documents", "django_elasticsearch_dsl"),
    library("search_indexes", "haystack"),
    library("translation", "modeltranslation"),
    library("wagtail_hooks", "wagtail"),
    Place {
        pattern: "conftest",
        finder: Finder::Pytest,
        reason: "finds `conftest.py` by its name, and its fixtures hold for its folder",
    },
    tool("manage", "Django", "runs its commands through `manage.py`"),
    tool("__main__", "Python", "runs `__main__.py` for `python -m`"),
    tool("alembic/env", "Alembic", "runs `env.py` by its path"),
    tool("migrations/env", "Alembic", "runs `env.py` by its path"),
    tool("docs/conf", "Sphinx", "reads `conf.py` by its path"),
    tool("docs/source/conf", "Sphinx", "reads `conf.py` by its path"),
    tool("gunicorn.conf", "gunicorn", "reads `gunicorn.conf.py` by its name"),
    tool("noxfile", "nox", "reads `noxfile.py` by its name"),
    tool("locustfile", "locust", "reads `locustfile.py` by its name"),
    tool("fabfile", "fabric", "reads `fabfile.py` by its name"),
    tool("setup", "setuptools", "runs `setup.py` by its name"),
];

/// A folder whose modules are all treated in a special way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Collected {
    /// The end of the path without its extension; `*` matches any one segment.
    pattern: &'static str,
    /// The name that a module there must define, or empty.
    pub wants: &'static str,
    /// The special treatment: `Django takes every module there for a command`.
    pub reason: &'static str,
}

const COLLECTED: &[Collected] = &[
    Collected {
        pattern: "management/commands/*",
        wants: "Command",
        reason: "Django takes every module of that folder for a command",
    },
    Collected {
        pattern: "migrations/*",
        wants: "Migration",
        reason: "every module of that folder is taken for a migration",
    },
    Collected {
        pattern: "alembic/versions/*",
        wants: "revision",
        reason: "Alembic takes every module of that folder for a migration",
    },
    Collected {
        pattern: "migrations/versions/*",
        wants: "revision",
        reason: "Alembic takes every module of that folder for a migration",
    },
];

/// The special treatment of the file at `path` because of its folder; `None` for a file excluded by its name.
pub fn collected(path: &Utf8Path) -> Option<&'static Collected> {
    let module = path.with_extension("");
    let name = module.file_name()?;
    let is_left_out = name.starts_with(['_', '~']) || name == "env";
    COLLECTED.iter().find(|place| !is_left_out && fits(place.pattern, &module))
}

/// The tools that find the file at `path`, as far as the path determines it. `__init__.py` represents its folder.
pub fn place_of(path: &Utf8Path) -> impl Iterator<Item = &'static Place> {
    let without = path.with_extension("");
    let module = if without.file_name() == Some("__init__") {
        without.parent().map(Utf8Path::to_owned).unwrap_or_default()
    } else {
        without
    };
    PLACES.iter().filter(move |place| fits(place.pattern, &module) && !path.as_str().is_empty())
}

/// Whether a path ends with the pattern.
fn fits(pattern: &str, path: &Utf8Path) -> bool {
    let mut segments = path.iter().rev();
    pattern.rsplit('/').all(|wanted| segments.next().is_some_and(|it| wanted == "*" || wanted == it))
}

/// How a module must keep a name that is found there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hold {
    /// The definition itself must stay.
    Stays,
    /// The name must stay, imported from anywhere.
    Bound,
}

/// A name that is found by its module and name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NamedPlace {
    /// The end of the module's path without its extension; `*` matches any one segment.
    pattern: &'static str,
    /// The name; with a final `*` any name with that prefix.
    name: &'static str,
    /// How the module must keep it.
    pub hold: Hold,
    /// The reason, as a clause.
    pub reason: &'static str,
}

const fn stays(pattern: &'static str, name: &'static str, reason: &'static str) -> NamedPlace {
    NamedPlace { pattern, name, hold: Hold::Stays, reason }
}

const fn bound(pattern: &'static str, name: &'static str) -> NamedPlace {
    NamedPlace { pattern, name, hold: Hold::Bound, reason: "" }
}

const NAMED: &[NamedPlace] = &[
    stays("management/commands/*", "Command", "Django runs the `Command` of this module"),
    stays("templatetags/*", "register", "Django reads the `register` of this module"),
    stays("migrations/*", "Migration", "Django reads the `Migration` of this module"),
    stays("versions/*", "*grade", "Alembic runs the functions of this module"),
    stays("*", "pytest_plugins", "pytest reads it from this module"),
    stays("conftest", "collect_ignore*", "pytest reads it from this module"),
    stays("*", "pytestmark", "pytest reads it from this module"),
    bound("*", "pytest_*"),
    bound("urls", "urlpatterns"),
    bound("urls", "app_name"),
    bound("urls", "handler*"),
    bound("apps", "*Config"),
    bound("*", "app"),
    bound("*", "application"),
    bound("*", "asgi"),
    bound("*", "wsgi"),
    bound("*", "celery"),
    bound("*", "create_app"),
    bound("*", "make_app"),
];

/// How `name`, defined at the top level of the module at `path`, must be kept.
pub fn named_place(path: &Utf8Path, name: &str) -> Option<&'static NamedPlace> {
    let module = path.with_extension("");
    let is_it = |wanted: &str| match (wanted.strip_suffix('*'), wanted.strip_prefix('*')) {
        (Some(start), _) => name.starts_with(start),
        (_, Some(end)) => name.ends_with(end),
        _ => name == wanted,
    };
    NAMED.iter().find(|place| is_it(place.name) && fits(place.pattern, &module))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A path, and the patterns of the places that match it.
    const CASES: &[(&str, &[&str])] = &[
        ("shop/management/commands/fill.py", &["management/commands/*"]),
        ("shop/templatetags/money.py", &["templatetags/*"]),
        ("shop/models.py", &["models"]),
        ("shop/models/__init__.py", &["models"]),
        ("shop/models/line.py", &[]),
        ("conftest.py", &["conftest"]),
        ("manage.py", &["manage"]),
        ("shop/orders.py", &[]),
    ];

    #[test]
    fn places() {
        for (path, expected) in CASES {
            let found: Vec<&str> = place_of(Utf8Path::new(path)).map(|place| place.pattern).collect();
            assert_eq!(found, *expected, "{path}");
        }
    }

    /// A path, and the name that a module there must define.
    const FOLDERS: &[(&str, Option<&str>)] = &[
        ("shop/management/commands/fill.py", Some("Command")),
        ("shop/management/commands/_tools.py", None),
        ("shop/management/commands/__init__.py", None),
        ("shop/migrations/0001_initial.py", Some("Migration")),
        ("migrations/env.py", None),
        ("alembic/versions/1_a.py", Some("revision")),
        ("api/versions/one.py", None),
        ("shop/orders.py", None),
    ];

    #[test]
    fn folders() {
        for (path, expected) in FOLDERS {
            assert_eq!(collected(Utf8Path::new(path)).map(|it| it.wants), *expected, "{path}");
        }
    }

    /// A path, a name, and how the module must keep it.
    const NAMES: &[(&str, &str, Option<Hold>)] = &[
        ("shop/management/commands/fill.py", "Command", Some(Hold::Stays)),
        ("shop/fill.py", "Command", None),
        ("shop/urls.py", "urlpatterns", Some(Hold::Bound)),
        ("tests/conftest.py", "pytest_addoption", Some(Hold::Bound)),
        ("alembic/versions/1_a.py", "upgrade", Some(Hold::Stays)),
        ("shop/apps.py", "ShopConfig", Some(Hold::Bound)),
        ("shop/orders.py", "Order", None),
    ];

    #[test]
    fn names() {
        for (path, name, expected) in NAMES {
            let found = named_place(Utf8Path::new(path), name).map(|place| place.hold);
            assert_eq!(found, *expected, "{name} in {path}");
        }
    }
}
