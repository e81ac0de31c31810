//! The inputs of a rule: one module, and the surrounding architecture.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use config::{Config, Formatting, Layer, Style};
use model::{Architecture, EdgeKind, ModuleId, ModuleInfo, PathRole, Project, Resolved, Target, Verdict};
use python::{FunctionId, Import, ImportId, ImportSpans};
use source::{File, Span, Text};

use crate::facts::{Facts, Lazy};
use crate::rewritten::Rewritten;
use crate::{Db, Options, Rule, wording};

/// The checked module and the surrounding architecture. Read-only.
#[derive(Clone)]
pub struct Context<'a> {
    /// The database, for narrow queries about other modules.
    pub db: &'a dyn Db,
    /// The project.
    pub project: Project,
    /// The file.
    pub file: File,
    /// Its module.
    pub id: ModuleId,
    /// Its text.
    pub text: Lazy<'a, Text>,
    /// Its facts.
    pub module: Facts<'a>,
    /// The targets of its imports, by import id.
    pub resolved: Lazy<'a, [Resolved]>,
    /// The architecture.
    pub architecture: Arc<Architecture>,
    /// The configuration that applies to it.
    pub config: Arc<Config>,
    /// Its text, where that is not the file's.
    pub rewritten: Option<Arc<Rewritten>>,
    /// Whether most files of the project aren't read yet: code that depends on all of them waits.
    pub is_early: bool,
}

/// One import with its target and positions.
#[derive(Debug, Clone, Copy)]
pub struct ImportView<'a> {
    /// Its id in the module.
    pub id: ImportId,
    /// The import as written, with its context.
    pub import: &'a Import,
    /// Its target.
    pub resolved: &'a Resolved,
    /// Its positions.
    pub spans: ImportSpans,
}

impl ImportView<'_> {
    /// The project module that it imports, if it is one.
    pub fn module(&self) -> Option<ModuleId> {
        self.resolved.module()
    }

    /// Where the imported module is named, for a finding about it: after `import` if a package provides one of its
    /// modules (`from shop import orders`, `from . import orders`), otherwise after `from`.
    pub fn mark(&self) -> Span {
        let is_named_last = matches!(self.resolved.target, Target::Module(_));
        let named = if is_named_last { self.spans.name } else { self.spans.module };
        let places = [named, self.spans.name, self.spans.statement];
        places.into_iter().find(|span| !span.is_empty()).unwrap_or_default()
    }
}

impl Context<'_> {
    /// The same module with another text, for chained fixes. Project-wide facts about it (the graph, the layers) are
    /// unchanged.
    #[must_use]
    pub fn with_text(&self, text: &str) -> Self {
        let rewritten = Arc::new(Rewritten::new(text, self.rewritten.clone()));
        let place = (self.db, self.project, self.file);
        Self {
            text: Lazy::ready(Arc::new(Text::from_buffer(text.into()))),
            module: Facts::of_rewritten(place, &rewritten),
            resolved: Lazy::of_rewritten(place, &rewritten, |db, project, file, module| {
                model::query::resolve(db, project, file, &module.imports)
            }),
            rewritten: Some(rewritten),
            ..self.clone()
        }
    }

    /// All imports, in source order.
    pub fn imports(&self) -> impl Iterator<Item = ImportView<'_>> {
        self.module.imports.iter().zip(self.resolved.iter()).map(|((id, import), resolved)| ImportView {
            id,
            import,
            resolved,
            spans: self.import_spans(id),
        })
    }

    fn import_spans(&self, id: ImportId) -> ImportSpans {
        self.module.import_spans.get(id.0 as usize).copied().unwrap_or_default()
    }

    /// One import.
    pub fn import(&self, id: ImportId) -> Option<ImportView<'_>> {
        Some(ImportView {
            id,
            import: self.module.imports.list.get(id.0 as usize)?,
            resolved: self.resolved.get(id.0 as usize)?,
            spans: self.import_spans(id),
        })
    }

    /// The settings of `rule` for this file.
    pub fn options(&self, rule: &'static Rule) -> Options<'_> {
        Options::of(self, rule)
    }

    /// The checked module.
    pub fn info(&self) -> &ModuleInfo {
        &self.architecture.modules[self.id]
    }

    /// The code style of its file, according to the project's formatter settings.
    pub fn formatting(&self) -> Arc<Formatting> {
        model::query::formatting_of(self.db, self.project, self.file)
    }

    /// The dotted name of the checked module.
    pub fn own_name(&self) -> &str {
        &self.info().name
    }

    /// The dotted name of a module.
    pub fn module_name(&self, id: ModuleId) -> &str {
        &self.architecture.modules[id].name
    }

    /// The file of a module.
    pub fn file_of(&self, id: ModuleId) -> File {
        self.architecture.modules[id].file
    }

    /// The role of the checked module according to its path.
    pub fn role(&self) -> PathRole {
        match self.own_layer() {
            Some(Layer::Tests) => PathRole::Tests,
            Some(Layer::Migrations) => PathRole::Migrations,
            _ => self.info().role,
        }
    }

    /// The layer of a module.
    pub fn layer(&self, id: ModuleId) -> Option<Layer> {
        self.architecture.layers.layer(id)
    }

    /// The layer of a module, with the reasons.
    pub fn verdict(&self, id: ModuleId) -> Option<&Verdict> {
        self.architecture.layers.verdict(id)
    }

    /// The layer of the checked module.
    pub fn own_layer(&self) -> Option<Layer> {
        self.layer(self.id)
    }

    /// The style that applies to the checked module.
    pub fn style(&self) -> Option<Style> {
        self.architecture.layers.style(self.id)
    }

    /// The bounded context of a module, by dotted name.
    pub fn bounded_context(&self, id: ModuleId) -> Option<&str> {
        let layers = &self.architecture.layers;
        let index = (*layers.context_of.get(id)?)?;
        layers.contexts.get(index as usize).map(python::Name::as_str)
    }

    /// The path of the checked module, relative to the folder of its configuration (or to the project root without
    /// one).
    pub fn path_in_config(&self) -> Utf8PathBuf {
        let path = self.file.path(self.db);
        let folder: &Utf8Path = &self.config.folder;
        match path.strip_prefix(folder) {
            Ok(relative) if !folder.as_str().is_empty() => relative.to_owned(),
            _ => self.info().path.clone(),
        }
    }

    /// The import with which `importer` imports `imported`; of several the one that takes effect first. Reads only the
    /// importer's imports.
    pub fn import_between(&self, importer: ModuleId, imported: ModuleId) -> Option<ImportId> {
        let file = self.file_of(importer);
        let imports = python::query::imports(self.db, file);
        let resolved = model::query::resolved(self.db, self.project, file);
        imports
            .iter()
            .zip(resolved.iter())
            .filter(|(_, resolved)| resolved.module() == Some(imported))
            .max_by_key(|((id, import), _)| (EdgeKind::of(import), std::cmp::Reverse(*id)))
            .map(|((id, _), _)| id)
    }

    /// Formats a cycle given as `a`, `b` as `` `a → b → a` ``. The middle of a long cycle is omitted.
    pub fn cycle(&self, modules: &[ModuleId]) -> String {
        let names: Vec<&str> =
            modules.iter().chain(modules.first()).map(|id| self.module_name(*id)).collect();
        wording::way(&names)
    }

    /// `Order.total` for a method, `outer.inner` for a nested function.
    pub fn qualified(&self, function: FunctionId) -> String {
        self.module.definitions.qualified(function)
    }
}
