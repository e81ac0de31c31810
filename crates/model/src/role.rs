//! What a path says about a file before it is read: code, tests, migrations, or aside.

use camino::Utf8Path;

use crate::PathRole;
use crate::layout::Layout;

/// Folders of tests, at any depth.
const TESTS: &[&str] = &["tests", "test", "testing", "__tests__", "e2e"];

/// Folders that stand beside the code rather than in it, when they lie directly at a root.
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

/// Folders that are aside only beside the one package of a distribution: elsewhere `tools/` may as well hold the
/// tools of an agent, and `utils/` the helpers of layer packages.
const ASIDE_BESIDE_PACKAGE: &[&str] = &["tool", "tools", "devtools", "utils", "util"];

/// Scripts of a distribution, when they lie directly at its root.
const ROOT_SCRIPTS: &[&str] = &["setup", "noxfile", "fabfile", "duties", "pavement", "conf"];

/// The role of the file at `path` (relative to the project's root). `bases` are the folders around it that can be a
/// root: what lies aside lies directly in one of them.
pub(crate) fn role_of<'a>(
    path: &Utf8Path,
    layout: &Layout,
    bases: impl IntoIterator<Item = &'a Utf8Path>,
) -> PathRole {
    let folder = path.parent().unwrap_or(Utf8Path::new(""));
    let stem = path.file_stem().unwrap_or_default();
    if is_test(folder, stem) {
        PathRole::Tests
    } else if is_migration(folder, stem, layout) {
        PathRole::Migrations
    } else if is_generated(folder, stem) || bases.into_iter().any(|base| is_aside(path, base, layout)) {
        PathRole::Aside
    } else {
        PathRole::Code
    }
}

fn is_test(folder: &Utf8Path, stem: &str) -> bool {
    stem.starts_with("test_")
        || stem.ends_with("_test")
        || matches!(stem, "conftest" | "tests")
        || folder.components().any(|component| {
            let name = component.as_str();
            TESTS.contains(&name) || name.ends_with("_tests")
        })
}

/// Migrations: `migrations` folders, and the folders of alembic, whatever they are called: an `env` with `versions`
/// beside it, or a folder of revisions below such a place.
fn is_migration(folder: &Utf8Path, stem: &str, layout: &Layout) -> bool {
    if stem == "migrations" {
        return true;
    }
    folder.ancestors().any(|ancestor| match ancestor.file_name() {
        Some("migrations") => true,
        Some("alembic" | "revisions") => is_alembic(ancestor, layout) || holds_alembic(ancestor, layout),
        Some("versions") => ancestor.parent().is_some_and(|parent| is_alembic(parent, layout)),
        Some(_) => {
            is_alembic(ancestor, layout) && layout.folder(ancestor).is_some_and(|it| it.modules.len() == 1)
        }
        None => false,
    })
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
        || folder.components().any(|component| matches!(component.as_str(), "__generated__" | "node_modules"))
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

/// Whether `name`, no package itself, lies beside the one package of `base`, or beside `src`.
fn is_beside_package(base: &Utf8Path, name: &str, layout: &Layout) -> bool {
    let Some(folder) = layout.folder(base) else { return false };
    let is_code = |child: &str| {
        !TESTS.contains(&child)
            && !ASIDE.contains(&child)
            && (child == "src" || layout.is_package(&base.join(child)))
    };
    !layout.is_package(&base.join(name)) && folder.folders.iter().filter(|child| is_code(child)).count() == 1
}
