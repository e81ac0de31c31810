//! Whether a move lets Django load models before its apps are ready.

use std::sync::Arc;

use model::{EdgeKind, Graph, ModuleId, Modules, Orm, Project, Target};
use rustc_hash::FxHashSet;
use view::{Context, Db, wording};

use super::Refusal;

/// Modules that are loaded early, and those that can't be.
#[derive(Clone)]
pub(super) struct Early<'m> {
    modules: &'m Modules,
    before_apps: Arc<flow::import_time::Early>,
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
        Some(Self { modules, before_apps: flow::query::early(db, project), with_models })
    }

    /// Marks the module as containing models, or importing those of a library, afterwards.
    pub(super) fn gets_models(&mut self, id: ModuleId) {
        self.with_models.insert(id);
    }

    /// Why the graph can't become `new`: it would load models early that weren't before.
    pub(super) fn refusal(&self, before: &Self, old: &Graph, new: &Graph) -> Option<Refusal> {
        self.before_apps.starts.iter().find_map(|root| {
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

    /// A path from what Django loads to a module with models, along imports that run at import time.
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

/// Whether a module imports a library's models at import time: `django.contrib.auth.models`.
pub(super) fn imports_models(cx: &Context<'_>) -> bool {
    cx.imports().any(|view| {
        let of_library = matches!(&view.resolved.target, Target::ThirdParty(name)
            if name.split('.').skip(2).any(|segment| segment == "models"));
        of_library && view.import.context.at_import_time()
    })
}
