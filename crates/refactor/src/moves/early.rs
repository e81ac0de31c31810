//! What Django loads before its apps are ready: the settings, the apps' packages, their configurations, and everything
//! that these import at import time. Models can't be loaded by then.

use libraries::ClassRole;
use model::{ClassRef, EdgeKind, Graph, ModuleId, Modules, Orm, PathRole, Project, Target};
use python::Scope;
use rustc_hash::FxHashSet;
use view::{Context, Db, wording};

use super::{Refusal, apps};

/// Settings that identify a Django settings module.
const SETTINGS: [&str; 2] = ["INSTALLED_APPS", "ROOT_URLCONF"];

/// Modules that are loaded early, and those that can't be.
pub(super) struct Early<'m> {
    modules: &'m Modules,
    roots: Vec<ModuleId>,
    with_models: FxHashSet<ModuleId>,
}

impl<'m> Early<'m> {
    /// `None` if the project has no Django models.
    pub(super) fn of(db: &dyn Db, project: Project, modules: &'m Modules) -> Option<Self> {
        let schema = model::query::schema(db, project);
        let with_models: FxHashSet<ModuleId> = schema
            .entities
            .iter()
            .filter(|(_, entity)| entity.orm == Orm::Django)
            .map(|(class, _)| class.module)
            .collect();
        if with_models.is_empty() {
            return None;
        }
        let is_code = |id: ModuleId| modules[id].role == PathRole::Code;
        let is_root = |id: ModuleId| {
            let info = &modules[id];
            let is_app = |name: &str| apps::is_app(modules, info.root, name);
            let is_configuration = || info.name.strip_suffix(".apps").is_some_and(is_app);
            info.is_package && is_app(&info.name) || is_configuration() || is_settings(db, modules, id)
        };
        let mut roots: Vec<ModuleId> = Vec::new();
        for id in modules.iter().map(|(id, _)| id).filter(|id| is_code(*id)) {
            if configures_an_app(db, project, modules, id) {
                // Its parent packages are imported first.
                roots.extend(modules.packages_around(id));
                roots.push(id);
            } else if is_root(id) {
                if is_settings(db, modules, id) {
                    // Often with the program's Celery app.
                    roots.extend(modules.packages_around(id));
                }
                roots.push(id);
            }
        }
        for named in flow::query::looked_up(db, project).before_models() {
            roots.extend(modules.packages_around(*named));
            roots.push(*named);
        }
        Some(Self { modules, roots, with_models })
    }

    /// Marks the module as containing models, or importing those of a library, afterwards.
    pub(super) fn gets_models(&mut self, id: ModuleId) {
        self.with_models.insert(id);
    }

    /// Why the graph can't become `new`: it would load models early that weren't before.
    pub(super) fn refusal(&self, before: &Self, old: &Graph, new: &Graph) -> Option<Refusal> {
        self.roots.iter().find_map(|root| {
            let way = self.way(new, *root)?;
            before.way(old, *root).is_none().then(|| {
                let names: Vec<&str> = way.iter().map(|id| self.modules[*id].name.as_str()).collect();
                let what = match &names[..] {
                    [only] => format!("`{only}`"),
                    _ => wording::way(&names),
                };
                Refusal::new(format!(
                    "Django loads {what} before its apps are ready, and models can't be loaded by then"
                ))
            })
        })
    }

    /// A path from a root to a module with models, along imports that run at import time.
    fn way(&self, graph: &Graph, root: ModuleId) -> Option<Vec<ModuleId>> {
        let mut seen = FxHashSet::from_iter([root]);
        let mut open = vec![vec![root]];
        while let Some(way) = open.pop() {
            let last = *way.last()?;
            if self.with_models.contains(&last) {
                return Some(way);
            }
            let imported = graph.imports(last).iter().filter(|edge| edge.kind == EdgeKind::Import);
            for to in
                imported.flat_map(|edge| [edge.to].into_iter().chain(self.modules.packages_around(edge.to)))
            {
                if seen.insert(to) {
                    open.push([&way[..], &[to]].concat());
                }
            }
        }
        None
    }
}

impl Clone for Early<'_> {
    fn clone(&self) -> Self {
        Self { modules: self.modules, roots: self.roots.clone(), with_models: self.with_models.clone() }
    }
}

/// Whether a module contains an app configuration: `INSTALLED_APPS` may name it wherever it is.
pub(super) fn configures_an_app(db: &dyn Db, project: Project, modules: &Modules, id: ModuleId) -> bool {
    let definitions = python::query::definitions(db, modules[id].file);
    let mut classes = definitions.classes.iter().filter(|class| class.scope == Scope::Module);
    classes.any(|class| is_configuration(db, project, &ClassRef::new(id, class.name.clone())))
}

/// Whether a class is the configuration of a Django app.
pub(super) fn is_configuration(db: &dyn Db, project: Project, class: &ClassRef) -> bool {
    let bases = flow::types::classes::foreign_ancestors(db, project, class);
    bases.iter().any(|base| libraries::role_of_base(base) == Some(ClassRole::AppConfig))
}

/// Whether a module is a Django settings module.
pub(super) fn is_settings(db: &dyn Db, modules: &Modules, id: ModuleId) -> bool {
    let exports = model::query::exports(db, modules[id].file);
    SETTINGS.iter().any(|setting| exports.get(setting).is_some())
}

/// Whether a module imports a library's models at import time: `django.contrib.auth.models`.
pub(super) fn imports_models(cx: &Context<'_>) -> bool {
    cx.imports().any(|view| {
        let of_library = matches!(&view.resolved.target, Target::ThirdParty(name)
            if name.split('.').skip(2).any(|segment| segment == "models"));
        of_library && view.import.context.at_import_time()
    })
}
