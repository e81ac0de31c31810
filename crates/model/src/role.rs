//! The role of a file according to its path, before it is read: code, tests, migrations, or aside.

use camino::Utf8Path;

use crate::PathRole;
use crate::layout::Layout;

/// Folders of tests, at any depth.
const TESTS: &[&str] =
    &["tests", "test", "testing", "__tests__", "e2e", "testutils", "test_utils", "mockdata"];

/// Folders beside the code rather than part of it, if they are directly in a root.
const ASIDE: &[&str] = &[
    "doc",
    "docs",
    "docs_src",
    "example",
    "examples",
    "script",
    "scripts",
    "bin",
    "hooks",
    "benchmark",
    "benchmarks",
    "bench",
    "ci",
    "notebooks",
    "packaging",
];

/// Folders that are aside only if they are next to the only package of a distribution. Elsewhere `tools/` may just as
/// well contain the tools of an agent, and `utils/` the helpers of layer packages.
const ASIDE_BESIDE_PACKAGE: &[&str] = &["dev", "devtools", "tool", "tools", "utils", "util"];

/// Scripts of a distribution, if they are directly in its root.
const ROOT_SCRIPTS: &[&str] = &["setup", "noxfile", "fabfile", "duties", "pavement", "conf"];

/// The role of the file at `path` (relative to the project root). `bases` are the enclosing folders that can be a root:
/// anything aside is directly in one of them.
pub(crate) fn role_of<'a>(
    path: &Utf8Path,
    layout: &Layout,
    bases: impl IntoIterator<Item = &'a Utf8Path>,
) -> PathRole {
    let folder = path.parent().unwrap_or(Utf8Path::new(""));
    let stem = path.file_stem().unwrap_or_default();
    // A revision may be called `1f2e3d_test`: in a folder of migrations that is its subject.
    let is_revision = is_numbered(stem) && is_migration(folder, stem, layout);
    if is_test(folder, stem) && (is_test(folder, "") || !is_revision) {
        PathRole::Tests
    } else if is_migration(folder, stem, layout) {
        PathRole::Migrations
    } else if folder.ancestors().any(|ancestor| is_run_by_pytest(ancestor, layout)) {
        PathRole::Tests
    } else if is_generated(folder, stem) || bases.into_iter().any(|base| is_aside(path, base, layout)) {
        PathRole::Aside
    } else {
        PathRole::Code
    }
}

/// Whether a folder beside the code is one of tests, whatever its name: `acceptance/conftest.py`, and no other module
/// but tests in it. A package may be the code itself, with fixtures for all of it, unless that is in `src`.
fn is_run_by_pytest(folder: &Utf8Path, layout: &Layout) -> bool {
    let Some(it) = layout.folder(folder) else { return false };
    let Some(parent) = folder.parent().and_then(|parent| layout.folder(parent)) else { return false };
    let is_code = |sibling: &str| {
        let sibling = folder.with_file_name(sibling);
        sibling != *folder && (sibling.file_name() == Some("src") || layout.is_package(&sibling))
    };
    it.modules.contains("conftest")
        && (!it.is_package || parent.folders.contains("src"))
        && it.modules.iter().all(|stem| is_test_module(stem) || stem.ends_with("_spec") || stem == "__init__")
        && parent.folders.iter().any(|sibling| is_code(sibling))
}

fn is_test_module(stem: &str) -> bool {
    stem.starts_with("test_") || stem.ends_with("_test") || matches!(stem, "conftest" | "tests")
}

fn is_test(folder: &Utf8Path, stem: &str) -> bool {
    is_test_module(stem)
        || folder.components().any(|component| {
            let name = component.as_str();
            TESTS.contains(&name) || name.ends_with("_tests") || name.starts_with("tests_")
        })
}

/// Migrations: `migrations` folders, and alembic's folders with any name: an `env` next to `versions`, or a folder of
/// revisions below such a place.
fn is_migration(folder: &Utf8Path, stem: &str, layout: &Layout) -> bool {
    if stem == "migrations" {
        return true;
    }
    folder.ancestors().any(|ancestor| match ancestor.file_name() {
        Some("migrations") => holds_migrations(ancestor, layout),
        Some("alembic") => {
            layout.folder(ancestor).is_some_and(|it| it.modules.contains("env"))
                || holds_alembic(ancestor, layout)
        }
        Some("revisions") => is_alembic(ancestor, layout) || holds_alembic(ancestor, layout),
        Some("versions") => ancestor.parent().is_some_and(|parent| is_alembic(parent, layout)),
        Some(_) => {
            is_alembic(ancestor, layout) && layout.folder(ancestor).is_some_and(|it| it.modules.len() == 1)
        }
        None => false,
    })
}

/// Whether a folder called `migrations` concerns the schema: its files are numbered in the usual way, or it belongs to
/// models or to alembic. Otherwise it may be a feature that imports users' data from elsewhere.
fn holds_migrations(folder: &Utf8Path, layout: &Layout) -> bool {
    let Some(it) = layout.folder(folder) else { return true };
    let models = folder.parent().and_then(|parent| layout.folder(parent)).is_some_and(|parent| {
        ["models", "apps"].iter().any(|name| parent.modules.contains(*name) || parent.folders.contains(*name))
    });
    let is_plain = |stem: &str| stem == "__init__";
    models
        || it.modules.contains("env")
        || it.folders.contains("versions")
        || holds_alembic(folder, layout)
        || it.modules.iter().all(|stem| is_plain(stem))
        || it.modules.iter().any(|stem| is_numbered(stem))
}

/// `0001_initial`, `20240131_orders`, `b37fb68807ea_add_column`, `v2_orders`.
fn is_numbered(stem: &str) -> bool {
    let head = stem.split('_').next().unwrap_or_default();
    let digits = head.trim_start_matches(['v', 'm', 'V', 'M']);
    let is_number = !digits.is_empty() && digits.chars().all(|letter| letter.is_ascii_digit());
    is_number || (head.len() >= 8 && head.chars().all(|letter| letter.is_ascii_hexdigit()))
}

fn is_alembic(folder: &Utf8Path, layout: &Layout) -> bool {
    layout.folder(folder).is_some_and(|it| it.modules.contains("env") && it.folders.contains("versions"))
}

fn holds_alembic(folder: &Utf8Path, layout: &Layout) -> bool {
    layout.folder(folder).is_some_and(|it| {
        it.folders.contains("versions")
            || it.folders.iter().any(|child| is_alembic(&folder.join(child.as_str()), layout))
    })
}

fn is_generated(folder: &Utf8Path, stem: &str) -> bool {
    stem.ends_with("_pb2")
        || stem.ends_with("_pb2_grpc")
        || folder.components().any(|component| {
            // The second is a project template: cookiecutter's `{{ name }}`.
            component.as_str() == "__generated__" || component.as_str().contains("{{")
        })
}

fn is_aside(path: &Utf8Path, base: &Utf8Path, layout: &Layout) -> bool {
    let Ok(rest) = path.strip_prefix(base) else { return false };
    let mut components = rest.components().map(|component| component.as_str());
    let Some(first) = components.next() else { return false };
    if components.next().is_none() {
        return !layout.is_package(base) && path.file_stem().is_some_and(|stem| ROOT_SCRIPTS.contains(&stem));
    }
    if layout.in_package(base) {
        return false;
    }
    first.starts_with('.')
        || ASIDE.contains(&first)
        || (ASIDE_BESIDE_PACKAGE.contains(&first) && is_beside_package(base, first, layout))
}

/// Whether `name`, not a package itself, is next to the only package of `base`, or next to `src`.
fn is_beside_package(base: &Utf8Path, name: &str, layout: &Layout) -> bool {
    let Some(folder) = layout.folder(base) else { return false };
    let is_code = |child: &str| {
        !TESTS.contains(&child)
            && !ASIDE.contains(&child)
            && !ASIDE_BESIDE_PACKAGE.contains(&child)
            && (child == "src" || layout.is_package(&base.join(child)))
    };
    !layout.is_package(&base.join(name)) && folder.folders.iter().filter(|child| is_code(child)).count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One project; each path is followed by its role.
    const PATHS: &[(&str, PathRole)] = &[
        ("pyproject.py", PathRole::Code),
        ("setup.py", PathRole::Aside),
        ("noxfile.py", PathRole::Aside),
        ("manage.py", PathRole::Code),
        ("docs/conf.py", PathRole::Aside),
        ("scripts/seed.py", PathRole::Aside),
        ("tools/__init__.py", PathRole::Code),
        ("utils/github.py", PathRole::Aside),
        (".github/check.py", PathRole::Aside),
        ("alembic/env.py", PathRole::Migrations),
        ("schema/env.py", PathRole::Migrations),
        ("schema/versions/first.py", PathRole::Migrations),
        ("tests/factories.py", PathRole::Tests),
        ("integration_tests/helpers.py", PathRole::Tests),
        ("tests_integration/fixtures/joint.py", PathRole::Tests),
        ("src/shop/__init__.py", PathRole::Code),
        ("src/shop/handlers/setup.py", PathRole::Code),
        ("src/shop/scripts/seed.py", PathRole::Code),
        ("src/shop/docs/api.py", PathRole::Code),
        ("src/shop/test_orders.py", PathRole::Tests),
        ("src/shop/orders_test.py", PathRole::Tests),
        ("src/shop/conftest.py", PathRole::Tests),
        ("src/shop/orders/tests.py", PathRole::Tests),
        ("src/shop/e2e/run.py", PathRole::Tests),
        ("acceptance/conftest.py", PathRole::Tests),
        ("acceptance/drivers/api.py", PathRole::Tests),
        ("namespace/conftest.py", PathRole::Tests),
        ("namespace/orders.py", PathRole::Code),
        ("src/shop/contest.py", PathRole::Code),
        ("src/shop/latest/api.py", PathRole::Code),
        ("src/shop/migrations.py", PathRole::Migrations),
        ("src/shop/migrations/0001_initial.py", PathRole::Migrations),
        ("src/shop/imports/migrations/__init__.py", PathRole::Code),
        ("src/shop/imports/migrations/from_shopify.py", PathRole::Code),
        ("src/shop/db/migrations/b37fb68807ea_add_column.py", PathRole::Migrations),
        ("src/shop/db/migrations/530fb8533ca4_test.py", PathRole::Migrations),
        ("src/shop/alembic/public/env.py", PathRole::Migrations),
        ("src/shop/alembic/public/versions/a.py", PathRole::Migrations),
        ("src/shop/alembic/public/helpers.py", PathRole::Migrations),
        ("tests/app/migrations/0001_initial.py", PathRole::Tests),
        ("src/shop/db/migrations/helpers.py", PathRole::Migrations),
        ("src/shop/pg/migrations/core/env.py", PathRole::Migrations),
        ("src/shop/pg/migrations/core/versions/a.py", PathRole::Migrations),
        ("src/shop/pg/migrations/core/data/owners.py", PathRole::Migrations),
        ("src/shop/stock/models.py", PathRole::Code),
        ("src/shop/stock/migrations/initial.py", PathRole::Migrations),
        ("src/shop/api/versions/v1.py", PathRole::Code),
        ("src/shop/document/revisions/service.py", PathRole::Code),
        ("src/shop/revisions/core/env.py", PathRole::Migrations),
        ("src/shop/revisions/core/versions/a.py", PathRole::Migrations),
        ("src/shop/proto/orders_pb2.py", PathRole::Aside),
        ("template/{{cookiecutter.name}}/main.py", PathRole::Aside),
    ];

    #[test]
    fn a_package_of_tests_is_beside_src() {
        for (code, role) in [("src/shop/__init__.py", PathRole::Tests), ("shop/__init__.py", PathRole::Code)]
        {
            let paths = [code, "checks/__init__.py", "checks/conftest.py", "checks/services/helpers.py"];
            let layout = Layout::new(paths.iter().map(|path| Utf8Path::new(*path)));
            assert_eq!(role_of(Utf8Path::new(paths[3]), &layout, [Utf8Path::new("")]), role, "{code}");
        }
    }

    #[test]
    fn paths_tell_roles() {
        let layout = Layout::new(PATHS.iter().map(|(path, _)| Utf8Path::new(*path)));
        for (path, role) in PATHS {
            let bases = ["", "src"].map(Utf8Path::new);
            let bases = bases.into_iter().filter(|base| Utf8Path::new(path).starts_with(base));
            assert_eq!(role_of(Utf8Path::new(path), &layout, bases), *role, "{path}");
        }
    }
}
