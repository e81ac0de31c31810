//! Queries about full dotted names, answered from the rows of all libraries.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::table::Table;
use crate::{
    AtImport, ClassRole, Decorator, Entry, Handle, Kind, Library, Mark, Rows, Session, Sql, brief, known,
};

/// The rows of one field in all libraries.
fn rows<T: Copy + 'static>(field: fn(&Library) -> Rows<T>) -> impl Iterator<Item = (&'static str, T)> {
    known::ALL.iter().flat_map(move |library| field(library).iter().copied())
}

/// The names of one field in all libraries.
fn names(field: fn(&Library) -> &'static [&'static str]) -> FxHashSet<&'static str> {
    known::ALL.iter().flat_map(move |library| field(library).iter().copied()).collect()
}

/// The rows of a list that is grouped by fact.
fn grouped<T: Copy>(
    list: &'static [(T, &'static [&'static str])],
) -> impl Iterator<Item = (&'static str, T)> {
    list.iter().flat_map(|(value, names)| names.iter().map(|name| (*name, *value)))
}

static KINDS: LazyLock<Table<Kind>> =
    LazyLock::new(|| Table::of(rows(|library| library.kinds).chain(grouped(brief::KINDS))));
static AT_IMPORT: LazyLock<Table<AtImport>> =
    LazyLock::new(|| Table::of(rows(|library| library.at_import).chain(grouped(brief::AT_IMPORT))));
static MODULES: LazyLock<Table<&str>> = LazyLock::new(|| Table::of(rows(|library| library.modules)));
static NAMES: LazyLock<Table<&str>> = LazyLock::new(|| Table::of(rows(|library| library.names)));
static BASES: LazyLock<Table<ClassRole>> = LazyLock::new(|| Table::of(rows(|library| library.bases)));
static CLASS_DECORATORS: LazyLock<Table<ClassRole>> =
    LazyLock::new(|| Table::of(rows(|library| library.class_decorators)));
static CALLS: LazyLock<Table<Mark>> = LazyLock::new(|| Table::of(rows(|library| library.calls)));
static DECORATORS: LazyLock<Table<Decorator>> =
    LazyLock::new(|| Table::of(rows(|library| library.decorators)));
static ENTRIES: LazyLock<Table<Entry>> =
    LazyLock::new(|| Table::of(rows(|library| library.entries).chain(grouped(brief::ENTRIES))));
static MAKES: LazyLock<Table<&str>> = LazyLock::new(|| Table::of(rows(|library| library.makes)));
static SESSIONS: LazyLock<Table<Session>> = LazyLock::new(|| Table::of(rows(|library| library.sessions)));
static HANDLES: LazyLock<Table<Handle>> = LazyLock::new(|| Table::of(rows(|library| library.handles)));
static DEPENDENCIES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| names(|library| library.dependencies));
static SETTINGS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| names(|library| library.settings));
static EFFECTS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| names(|library| library.effects));
static CLOCKS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| names(|library| library.clocks));
static CONTAINERS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| names(|library| library.containers));
static SQL: LazyLock<Table<Sql>> = LazyLock::new(|| Table::of(rows(|library| library.sql)));
static TRANSPARENT: LazyLock<FxHashSet<&str>> = LazyLock::new(|| names(|library| library.transparent));
static MEMOIZING: LazyLock<FxHashSet<&str>> = LazyLock::new(|| names(|library| library.memoizing));
static MEMOIZING_METHODS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| names(|library| library.memoizing_methods));
static STREAMS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| names(|library| library.streams));
static ABSENT: LazyLock<FxHashSet<&str>> = LazyLock::new(|| names(|library| library.absent));
static THREADS: LazyLock<Table<usize>> = LazyLock::new(|| Table::of(rows(|library| library.threads)));
static NEEDS_PROGRAM: LazyLock<Table<()>> =
    LazyLock::new(|| Table::of(names(|library| library.needs_program).into_iter().map(|name| (name, ()))));
static NAMESAKES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let mut all = names(|library| library.namesakes);
    all.extend(brief::NAMESAKES);
    all
});
static OTHER_FIELDS: LazyLock<Table<()>> = LazyLock::new(|| {
    let known = names(|library| library.other_fields).into_iter();
    Table::of(known.chain(brief::OTHER_FIELDS.iter().copied()).map(|name| (name, ())))
});

static IMPORTS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let brief =
        grouped(brief::KINDS).map(|(name, _)| name).chain(grouped(brief::AT_IMPORT).map(|(name, _)| name));
    let brief = brief.chain([brief::DJANGO_MODELS, brief::OTHER_FIELDS].into_iter().flatten().copied());
    let firsts = brief.filter_map(|name| name.split('.').next());
    known::ALL.iter().flat_map(|library| library.imports.iter().copied()).chain(firsts).collect()
});

/// The first segments of the modules of all known libraries, except the standard library.
pub fn imports() -> &'static FxHashSet<&'static str> {
    &IMPORTS
}

/// The purpose of the module or name.
pub fn kind(full_name: &str) -> Option<Kind> {
    KINDS.nearest(full_name)
}

/// The enclosing modules of a name whose kinds apply to it, from the nearest outward. For a composite library, only the
/// nearest counts, and the library as a whole has no kind.
pub fn kinds_around(full_name: &str) -> impl Iterator<Item = (&'static str, Kind)> {
    let first = full_name.split('.').next().unwrap_or_default();
    let is_composite =
        known::ALL.iter().any(|library| library.is_composite && library.imports.contains(&first));
    let around = KINDS.around(full_name).take(if is_composite { 1 } else { usize::MAX });
    around.filter(move |(module, _)| !is_composite || *module != first)
}

/// The canonical name for something that libraries provide under several names: `sqlalchemy.select` for
/// `sqlalchemy.future.select`. Returns the module and the name in it; `None` if `full_name` is already canonical.
pub fn canonical(full_name: &str) -> Option<(&'static str, Option<&str>)> {
    if let Some(name) = NAMES.exact(full_name) {
        return Some((name, None));
    }
    let (module, name) = full_name.rsplit_once('.')?;
    MODULES.exact(module).map(|module| (module, Some(name)))
}

/// The role of a class derived from `full_name`.
pub fn role_of_base(full_name: &str) -> Option<ClassRole> {
    BASES.nearest(full_name)
}

/// The role that the decorator gives a class.
pub fn class_decorator(full_name: &str) -> Option<ClassRole> {
    CLASS_DECORATORS.nearest(full_name)
}

/// What a call implies about the enclosing module.
pub fn call(full_name: &str) -> Option<Mark> {
    CALLS.exact(full_name)
}

/// The meaning of the decorator on a function.
pub fn decorator(full_name: &str) -> Option<Decorator> {
    DECORATORS.exact(full_name)
}

/// The caller of code that is decorated with, passed to, or derived from the name; applies to everything below.
pub(crate) fn entry_row(full_name: &str) -> Option<Entry> {
    ENTRIES.nearest(full_name)
}

/// Whether a call in a signature declares a dependency of a request handler.
pub fn is_dependency(full_name: &str) -> bool {
    DEPENDENCIES.contains(full_name)
}

/// Whether projects often give a module of their own this name, beside the library.
pub fn is_namesake(name: &str) -> bool {
    NAMESAKES.contains(name)
}

/// Whether classes in the `models` modules of a package are Django models.
pub fn has_django_models(package: &str) -> bool {
    brief::DJANGO_MODELS.contains(&package)
        || known::ALL.iter().any(|library| library.django_models && library.imports.contains(&package))
}

/// Whether the class looks like a column but isn't.
pub fn has_other_fields(full_name: &str) -> bool {
    OTHER_FIELDS.nearest(full_name).is_some()
}

/// The effect of a call at import time.
pub fn at_import(full_name: &str) -> AtImport {
    AT_IMPORT.nearest(full_name).unwrap_or(AtImport::Unknown)
}

/// The class of the instance that a function creates.
pub fn makes(full_name: &str) -> Option<&'static str> {
    MAKES.exact(full_name)
}

/// How the methods of a session or connection return results, if the class is one.
pub fn session(full_name: &str) -> Option<Session> {
    SESSIONS.exact(full_name)
}

/// What the class (or an instance that the function creates) talks to outside the process.
pub fn handle(full_name: &str) -> Option<Handle> {
    HANDLES.exact(full_name).or_else(|| {
        let mut families = known::ALL.iter().flat_map(|library| library.families);
        let family =
            families.find(|(start, end, _)| full_name.starts_with(start) && full_name.ends_with(end));
        family.map(|(_, _, handle)| *handle)
    })
}

/// Whether classes derived from this are settings.
pub fn is_settings_base(full_name: &str) -> bool {
    SETTINGS.contains(full_name)
}

/// Whether calling (or reading) this accesses something outside the process. Requests sent by HTTP methods are not
/// considered here.
pub fn is_effect(full_name: &str) -> bool {
    EFFECTS.contains(full_name)
}

/// Whether calling this reads a clock or a random source.
pub fn is_clock(full_name: &str) -> bool {
    CLOCKS.contains(full_name)
}

/// Classes whose methods named like HTTP methods handle requests.
pub fn views() -> impl Iterator<Item = &'static str> {
    known::ALL.iter().flat_map(|library| library.views).copied()
}

/// Whether instances of the class are dependency injection containers.
pub fn is_container(full_name: &str) -> bool {
    CONTAINERS.contains(full_name)
}

/// Base classes whose attributes are providers.
pub fn container_bases() -> impl Iterator<Item = &'static str> {
    known::ALL.iter().flat_map(|library| library.container_bases).copied()
}

/// Whether the function returns something registered in a container.
pub fn is_container_lookup(full_name: &str) -> bool {
    known::ALL.iter().any(|library| library.container_lookups.contains(&full_name))
}

/// The package, if it injects by type.
pub fn wired_by_type(package: &str) -> Option<&'static str> {
    let mut packages = known::ALL.iter().filter(|library| library.wired_by_type).flat_map(|it| it.imports);
    packages.find(|first| **first == package).copied()
}

/// The kind of SQL in the first argument of a function or class.
pub fn sql(full_name: &str) -> Option<Sql> {
    SQL.exact(full_name)
}

/// Whether the class is an HTTP client that can be shared by concurrent tasks.
pub fn is_shared_client(full_name: &str) -> bool {
    known::ALL.iter().any(|library| library.shared_clients.contains(&full_name))
}

/// Whether the decorator preserves the signature of a function.
pub fn keeps_signature(full_name: &str) -> bool {
    TRANSPARENT.contains(full_name)
}

/// Whether the decorator caches the result of a function for the same arguments.
pub fn remembers(full_name: &str) -> bool {
    MEMOIZING.contains(full_name)
}

/// Whether the method of a cache, as a decorator, caches the result of a function for the same arguments.
pub fn method_remembers(name: &str) -> bool {
    MEMOIZING_METHODS.contains(name)
}

/// Whether iterating an instance of `class` receives messages for as long as the program runs: a subscription, a
/// consumer, a socket.
pub fn is_stream(class: &str) -> bool {
    STREAMS.contains(class)
}

/// Whether a cache gives this, or an instance of this, for a key that it doesn't hold.
pub fn is_absent(full_name: &str) -> bool {
    ABSENT.contains(full_name)
}

/// The position of the argument that this function runs in another thread.
pub fn runs_in_thread(full_name: &str) -> Option<usize> {
    THREADS.exact(full_name)
}

/// Whether reading this attribute requires a configured, running program.
pub fn needs_program(full_name: &str) -> bool {
    full_name.rsplit_once('.').is_some_and(|(object, _)| NEEDS_PROGRAM.nearest(object).is_some())
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use super::*;

    fn assert_single<T: Debug>(field: &str, rows: impl Iterator<Item = (&'static str, T)>) {
        let mut seen = FxHashSet::default();
        for (name, row) in rows {
            assert!(seen.insert(name), "{field}: `{name}` has a second row, {row:?}");
        }
    }

    #[test]
    fn no_name_has_two_rows() {
        assert_single("kinds", rows(|library| library.kinds).chain(grouped(brief::KINDS)));
        assert_single("at_import", rows(|library| library.at_import).chain(grouped(brief::AT_IMPORT)));
        assert_single("modules", rows(|library| library.modules));
        assert_single("names", rows(|library| library.names));
        assert_single("bases", rows(|library| library.bases));
        assert_single("class_decorators", rows(|library| library.class_decorators));
        assert_single("calls", rows(|library| library.calls));
        assert_single("decorators", rows(|library| library.decorators));
        assert_single("entries", rows(|library| library.entries).chain(grouped(brief::ENTRIES)));
        assert_single("makes", rows(|library| library.makes));
        assert_single("sessions", rows(|library| library.sessions));
        assert_single("handles", rows(|library| library.handles));
        assert_single("client_methods", rows(|library| library.client_methods));
        assert_single("http_modules", rows(|library| library.http_modules));
    }

    #[test]
    fn no_module_belongs_to_two_libraries() {
        let imports = known::ALL
            .iter()
            .flat_map(|library| library.imports.iter().map(|first| (*first, library.distribution)));
        assert_single("imports", imports);
    }

    #[test]
    fn handles_are_spelled_canonically() {
        for (name, _) in rows(|library| library.handles) {
            assert_eq!(canonical(name), None, "{name}");
        }
    }

    #[test]
    fn kinds_of_dotted_names() {
        assert_eq!(kind("django.db.models"), Some(Kind::Orm));
        assert_eq!(kind("django.urls.path"), Some(Kind::Web));
        assert_eq!(kind("aiohttp.ClientSession"), Some(Kind::Client));
        assert_eq!(kind("aiohttp.web.Application"), Some(Kind::Web));
        assert_eq!(kind("shop.domain"), None);
    }

    #[test]
    fn one_spelling() {
        let spelled = |full| match canonical(full) {
            Some((module, Some(name))) => format!("{module}.{name}"),
            Some((name, None)) => name.to_owned(),
            None => full.to_owned(),
        };
        for (full, wanted) in [
            ("fastapi.params.Depends", "fastapi.Depends"),
            ("fastapi.params.Query", "fastapi.params.Query"),
            ("sqlalchemy", "sqlalchemy"),
            ("sqlalchemy.sql", "sqlalchemy.sql"),
            ("sqlalchemy.sql.select", "sqlalchemy.select"),
            ("sqlalchemy.sql.func.count", "sqlalchemy.sql.func.count"),
            ("typing_extensions.Annotated", "typing.Annotated"),
        ] {
            assert_eq!(spelled(full), wanted);
        }
    }

    #[test]
    fn what_calls_do_at_import() {
        for (name, expected) in [
            ("sqlalchemy.Column", AtImport::Configures),
            ("sqlalchemy.create_engine", AtImport::Acts),
            ("os.path.join", AtImport::Pure),
            ("os.path.exists", AtImport::Acts),
            ("os.makedirs", AtImport::Unknown),
            ("nobody.knows", AtImport::Unknown),
            ("builtins.map", AtImport::CallsArguments),
        ] {
            assert_eq!(at_import(name), expected, "{name}");
        }
    }

    #[test]
    fn handles() {
        for (full, expected) in [
            ("httpx.AsyncClient", Some(Handle::Client)),
            ("httpx.Timeout", None),
            ("google.cloud.storage.Client", Some(Handle::Client)),
            ("google.cloud.storage.Bucket", None),
            ("collections.Counter", None),
            ("sqlalchemy.orm.Session", Some(Handle::Session)),
        ] {
            assert_eq!(handle(full), expected, "{full}");
        }
    }
}
