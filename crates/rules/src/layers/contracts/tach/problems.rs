//! Problems of tach's configuration in view of the existing modules.

use camino::Utf8Path;
use config::{Config, Level, Problem, TACH_ROOT, Tach, TachDependency};
use model::Project;
use source::Span;
use view::Db;

use super::nearest::declared;

/// Modules and dependencies that match nothing, and dependencies on modules that aren't visible. `path` is the
/// configuration file; problems of a domain's file are reported there.
pub(in super::super) fn problems(
    db: &dyn Db,
    project: Project,
    config: &Config,
    tach: &Tach,
    path: &Utf8Path,
) -> Vec<Problem> {
    let modules = model::query::modules(db, project);
    let declared = declared(db, project, config.folder.clone());
    let mut found = Vec::new();
    for (index, module) in tach.modules.iter().enumerate() {
        let mut add = |span: Span, message: String| {
            let path = if module.file.as_str().is_empty() { path } else { module.file.as_path() };
            let level = Level::Warning;
            found.push(Problem { path: path.to_owned(), span, message, level, suggestion: None });
        };
        if !declared.declares_any(index) && module.glob.is_none() {
            let is_repeated = tach.modules[index + 1..].iter().any(|other| other.path == module.path);
            if !is_repeated {
                add(module.span, format!("`{}` is no module", module.path));
            }
        }
        let names_nothing = |dependency: &&TachDependency| {
            let exists =
                |name: &str| modules.by_name.contains_key(name) || modules.namespaces.contains_key(name);
            dependency.is_literal() && dependency.path != TACH_ROOT && !exists(&dependency.path)
        };
        let allowed = module.depends_on.iter().flatten();
        for dependency in allowed.clone().chain(&module.cannot_depend_on).filter(names_nothing) {
            add(dependency.span, format!("`{}` is no module", dependency.path));
        }
        for dependency in allowed {
            let mut others = tach.modules.iter();
            let other = others.find(|other| other.path == dependency.path && other.path != module.path);
            if other.is_some_and(|other| !other.is_visible_to(&module.path)) {
                add(dependency.span, format!("`{}` is not visible to `{}`", dependency.path, module.path));
            }
        }
    }
    found
}
