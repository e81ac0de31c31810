//! Files and folders that are found by their path, or that mean something else at another one: they can't move, with
//! the reason.

use std::cell::{OnceCell, RefCell};

use camino::{Utf8Path, Utf8PathBuf};
use model::references::{Finder, collected, place_of};
use model::{ModuleInfo, Modules, Orm, PathRole, Project};
use rustc_hash::FxHashMap;
use view::Db;

use super::after::After;
use super::{Refusal, apps, computed, own_place, packaged, packages, tasks};

/// The checks of each file that moves.
struct Places<'m> {
    db: &'m dyn Db,
    project: Project,
    modules: &'m Modules,
    after: &'m After,
    moves: &'m [(Utf8PathBuf, Utf8PathBuf)],
    /// See [`computed::discovered`].
    discovered: OnceCell<Vec<(String, &'static str)>>,
    /// Words already searched for in all files, and whether any has them.
    mentioned: RefCell<FxHashMap<&'static str, bool>>,
}

/// Why the files and folders can't get the paths paired with them (relative to the project's root); `None` if they can.
pub(super) fn refusal(
    db: &dyn Db,
    project: Project,
    modules: &Modules,
    after: &After,
    moves: &[(Utf8PathBuf, Utf8PathBuf)],
) -> Option<Refusal> {
    let it = Places {
        db,
        project,
        modules,
        after,
        moves,
        discovered: OnceCell::new(),
        mentioned: RefCell::default(),
    };
    let moving =
        || modules.iter().map(|(_, info)| info).filter_map(|info| Some((info, it.moved(&info.path)?)));
    it.packages()
        .or_else(|| moves.iter().find_map(|(old, new)| it.name(old, new)))
        .or_else(|| moving().find_map(|(info, new)| it.file(info, &new)))
        .or_else(|| computed::refusal(db, project, modules, &|info| it.moved(&info.path)))
}

impl Places<'_> {
    /// The new path of a file, if it moves.
    fn moved(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        super::after::moved(self.moves, path).filter(|new| new != path)
    }

    fn is_folder_move(&self, path: &Utf8Path) -> bool {
        self.moves.iter().any(|(old, _)| path != old && path.starts_with(old))
    }

    /// Whether some file of the project mentions a word.
    fn mentions(&self, word: &'static str) -> bool {
        let look = || {
            let mut files = self.modules.iter().map(|(_, info)| info.file);
            files.any(|file| source::query::text(self.db, file).as_str().contains(word))
        };
        *self.mentioned.borrow_mut().entry(word).or_insert_with(look)
    }

    fn is_django(&self) -> bool {
        ["from django", "import django", "\"django.", "'django."].iter().any(|word| self.mentions(word))
    }

    fn file(&self, info: &ModuleInfo, new: &Utf8Path) -> Option<Refusal> {
        self.place(info, new)
            .or_else(|| self.taken_for(info, new))
            .or_else(|| self.test(info, new))
            .or_else(|| self.entities(info))
            .or_else(|| self.tasks(info))
            .or_else(|| self.own_place(info, new))
    }

    /// Files that a framework finds by path.
    fn place(&self, info: &ModuleInfo, new: &Utf8Path) -> Option<Refusal> {
        let is_inside = self.is_folder_move(&info.path);
        let stem = |path: &Utf8Path| module_path(path).file_name().map(str::to_owned);
        for place in place_of(&info.path) {
            let still = place_of(new).any(|it| it == place) && stem(&info.path) == stem(new);
            let (is_found, name) = match place.finder {
                Finder::Django => (!still && self.is_django(), "Django"),
                Finder::Celery => (!still && self.mentions("autodiscover_tasks"), "Celery"),
                Finder::DjangoLibrary(name) => (!still && self.mentions(name), name),
                Finder::Pytest => (!is_inside || !still, "pytest"),
                Finder::Tool(name) => (!is_inside || !still, name),
            };
            if is_found {
                return Some(Refusal::new(format!("{name} {}", place.reason)));
            }
        }
        let own = module_path(&info.path);
        let discovered = self.discovered.get_or_init(|| computed::discovered(self.db, self.modules));
        discovered
            .iter()
            .find(|(stem, _)| own.file_name() == Some(stem) && module_path(new).file_name() != Some(stem))
            .map(|(stem, by)| Refusal::new(format!("{by} looks for modules called `{stem}`")))
    }

    /// Files that mean something else in the new folder.
    fn taken_for(&self, info: &ModuleInfo, new: &Utf8Path) -> Option<Refusal> {
        let there = collected(new).filter(|there| collected(&info.path) != Some(there))?;
        let has_it = model::query::exports(self.db, info.file).get(there.wants).is_some();
        (!has_it).then(|| Refusal::new(there.reason))
    }

    /// Tests are collected by the names of their files, and use the fixtures of the folders around them.
    fn test(&self, info: &ModuleInfo, new: &Utf8Path) -> Option<Refusal> {
        let is_test = |path: &Utf8Path| path.file_stem().is_some_and(is_test_file);
        if info.role != PathRole::Tests || !is_test(&info.path) {
            return None;
        }
        if !is_test(new) {
            return Some(Refusal::new(format!("tests are not collected from {new}, by its name")));
        }
        let lost = info.path.ancestors().skip(1).find(|folder| {
            let conftest = folder.join("conftest.py");
            !new.starts_with(folder)
                && self.moved(&conftest).is_none()
                && self.modules.iter().any(|(_, other)| other.path == conftest)
        })?;
        Some(Refusal::new(format!("the fixtures of {lost}/conftest.py hold below {lost} only")))
    }

    /// Django models belong to their app.
    fn entities(&self, info: &ModuleInfo) -> Option<Refusal> {
        let id = self.modules.of_file(info.file)?;
        let new = &self.after.own(info.file)?.name;
        let schema = model::query::schema(self.db, self.project);
        let model = schema
            .entities
            .iter()
            .filter(|(class, entity)| class.module == id && entity.orm == Orm::Django && !entity.is_abstract)
            .map(|(class, _)| &class.name)
            .min()?;
        let app = |name| apps::app_of(self.modules, info.root, name);
        let (old, new) = (app(&info.name), app(new));
        let follows = self.after.renamed(self.modules, info.root, old).is_some();
        (old != new && !follows).then(|| {
            Refusal::new(format!(
                "`{model}` is a model of a Django app: its table and its migrations belong to the app"
            ))
        })
    }

    fn tasks(&self, info: &ModuleInfo) -> Option<Refusal> {
        let new = &self.after.own(info.file)?.name;
        if *new == info.name || !source::query::text(self.db, info.file).as_str().contains("task") {
            return None;
        }
        let cx = view::query::context(self.db, self.project, info.file)?;
        let tasks = tasks::all_named_by_module(&cx);
        let first = tasks.first()?;
        Some(Refusal::new(format!(
            "its task is called `{first}` after it, and messages under way and schedules name it so: give it that name \
             first, in its decorator"
        )))
    }

    fn own_place(&self, info: &ModuleInfo, new: &Utf8Path) -> Option<Refusal> {
        let inner = self
            .moves
            .iter()
            .filter(|(old, _)| info.path.starts_with(old))
            .max_by_key(|(old, _)| old.as_str().len())
            .and_then(|(old, new)| Some((old.parent() == new.parent(), info.path.strip_prefix(old).ok()?)));
        let (is_beside, inside) = inner?;
        // A folder, or a file, whose neighbours stay the same.
        if is_beside && info.path.file_stem() != Some("__init__") && new.file_stem() != Some("__init__")
            || is_beside && inside.components().next().is_some()
        {
            return None;
        }
        let cx = view::query::context(self.db, self.project, info.file)?;
        own_place::refusal(&cx, inside.components().count())
    }

    /// Packages that are Django apps, or that are built by name.
    fn packages(&self) -> Option<Refusal> {
        for (old, new) in self.moves {
            let root_path = self.project.root(self.db);
            for (index, root) in self.modules.roots.iter().enumerate() {
                let root_id = model::RootId(index as u32);
                let Some(name) = root.name_of_folder(old) else { continue };
                let is_package =
                    self.modules.iter().any(|(_, info)| info.path.starts_with(old) && info.path != *old);
                if !is_package {
                    continue;
                }
                if let Some(refusal) = self.apps(root_id, &name, new.file_name()) {
                    return Some(refusal);
                }
                let is_own = self.modules.owns(&name, root_id);
                if is_own && packaged::is_built_by_name(self.db.file_system(), root_path, &name) {
                    return Some(Refusal::new(format!(
                        "pyproject.toml builds the package `{name}` by the name of the project"
                    )));
                }
            }
        }
        None
    }

    /// The new dotted name of a module or folder, if something else has it.
    fn name(&self, old: &Utf8Path, new: &Utf8Path) -> Option<Refusal> {
        let is_source = matches!(new.extension(), Some("py" | "pyi"));
        // A package's `__init__` has the name of its folder.
        if [old, new].iter().any(|path| path.file_stem() == Some("__init__")) {
            return None;
        }
        let root =
            self.modules.iter().find(|(_, info)| info.path.starts_with(old)).map(|(_, info)| info.root)?;
        let at = self.modules.roots.get(root.0 as usize)?;
        let name = if is_source { at.name_of(new) } else { at.name_of_folder(new) }?;
        packages::name_is_taken(self.db, self.modules, root, &name, &|path| self.moved(path).is_none())
    }

    /// The app that a folder is, or those in it.
    fn apps(&self, root: model::RootId, name: &str, last: Option<&str>) -> Option<Refusal> {
        if !self.is_django() {
            return None;
        }
        if apps::is_app(self.modules, root, name) && name.rsplit('.').next() != last {
            return Some(Refusal::new(format!(
                "`{name}` is a Django app: its label, its tables and its migrations are called after it"
            )));
        }
        let is_top = !name.contains('.') && apps::is_app(self.modules, root, name);
        is_top.then(|| Refusal::new(format!("INSTALLED_APPS names the Django app `{name}`")))
    }
}

/// The path of a module without its extension; the folder for a package.
fn module_path(path: &Utf8Path) -> Utf8PathBuf {
    let without = path.with_extension("");
    match without.file_name() {
        Some("__init__") => without.parent().map(Utf8Path::to_owned).unwrap_or_default(),
        _ => without,
    }
}

/// Whether pytest, or Django's runner, collects tests from a file of this name (without its extension).
pub(super) fn is_test_file(stem: &str) -> bool {
    stem.starts_with("test") || stem.ends_with("_test") || stem.ends_with("_tests")
}
