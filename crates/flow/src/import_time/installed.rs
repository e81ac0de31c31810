//! Which Django apps are installed: by all settings of the project, or by some of them only.
//!
//! Django refuses to load a model whose app isn't installed. Settings that extend others (`INSTALLED_APPS += [...]`) say
//! nothing of their own: what counts are the lists that begin anew, one for each program, and those of tests.

mod lists;
#[cfg(test)]
mod tests;

use model::{ModuleId, Modules, PathRole, Project};
use python::Name;

use crate::Db;
pub(crate) use lists::lists;

/// One list of installed apps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AppList {
    /// The packages that it surely contains, by their names in the project.
    pub surely: Vec<Name>,
    /// Those that it contains under a condition.
    pub perhaps: Vec<Name>,
    /// Whether it has parts that can't be read.
    pub is_open: bool,
}

/// Whether a list contains the app of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Contains {
    Surely,
    Perhaps,
    No,
}

impl AppList {
    fn contains(&self, module: &str) -> Contains {
        let is_around = |app: &Name| libraries::is_of(module, app);
        if self.surely.iter().any(is_around) {
            Contains::Surely
        } else if self.is_open || self.perhaps.iter().any(is_around) {
            Contains::Perhaps
        } else {
            Contains::No
        }
    }

    /// Whether the innermost app around the module `wanted` is one around `own` too.
    fn has_in_one_app(&self, own: &str, wanted: &str) -> bool {
        let all = self.surely.iter().chain(&self.perhaps);
        let innermost = all.filter(|app| libraries::is_of(wanted, app)).max_by_key(|app| app.len());
        innermost.is_some_and(|app| libraries::is_of(own, app))
    }
}

/// Whether the app of a model is installed where a module runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Installation {
    /// By all settings.
    Sure,
    /// It isn't known.
    Unknown,
    /// These settings don't install it.
    Missing(ModuleId),
}

/// The lists of a project.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Installed {
    lists: Vec<Listed>,
}

/// A list with the module that has it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Listed {
    settings: ModuleId,
    /// Whether it is of tests or examples, which install what the program may not.
    is_of_tests: bool,
    list: AppList,
}

impl Installed {
    /// Reads the lists of all modules.
    pub(crate) fn of(db: &dyn Db, project: Project) -> Self {
        let modules = model::query::modules(db, project);
        let mut lists = Vec::new();
        for (id, info) in modules.iter() {
            let is_of_tests = info.role != PathRole::Code;
            let found = crate::query::app_lists(db, project, id);
            lists.extend(found.iter().map(|list| Listed { settings: id, is_of_tests, list: list.clone() }));
        }
        Self { lists }
    }

    /// Whether the app of the model module `wanted` (its dotted name) is installed wherever `importer` runs.
    pub fn judge(&self, modules: &Modules, importer: ModuleId, wanted: &str) -> Installation {
        let own = modules[importer].name.as_str();
        let is_of_importer = |it: &&Listed| it.list.contains(own) != Contains::No;
        let mut relevant: Vec<&Listed> = self.lists.iter().filter(is_of_importer).collect();
        if relevant.is_empty() {
            relevant.extend(&self.lists);
        }
        let is_known = relevant.iter().any(|it| !it.is_of_tests);
        // Without its app, nothing uses a module of the app.
        relevant.retain(|it| !it.list.has_in_one_app(own, wanted));
        if let Some(without) = relevant.iter().find(|it| it.list.contains(wanted) == Contains::No) {
            return Installation::Missing(without.settings);
        }
        let is_sure = if is_known {
            let mut programs = relevant.iter().filter(|it| !it.is_of_tests);
            programs.all(|it| it.list.contains(wanted) == Contains::Surely)
        } else {
            are_in_one_app(modules, importer, wanted)
        };
        if is_sure { Installation::Sure } else { Installation::Unknown }
    }
}

/// Whether two modules are in one app, judging by the modules that Django looks for in apps.
fn are_in_one_app(modules: &Modules, importer: ModuleId, wanted: &str) -> bool {
    let info = &modules[importer];
    let is_app = |package: &str| {
        ["models", "apps", "migrations"].iter().any(|part| {
            let name = format!("{package}.{part}");
            modules.by_name(&name, info.root).is_some() || modules.is_namespace(&name)
        })
    };
    let around = std::iter::successors(wanted.rsplit_once('.'), |(package, _)| package.rsplit_once('.'));
    let app = around.map(|(package, _)| package).find(|package| is_app(package));
    app.is_some_and(|app| libraries::is_of(&info.name, app))
}
