//! The participants of a request.

use flow::Db;
use flow::trace::{Call, Place};
use model::{ClassRef, Layers, ModuleId, Modules, Project};
use source::PositionEncoding;
use std::sync::Arc;

use super::{Actor, ActorKind};

/// Looks up names and places.
pub(crate) struct Cast<'a> {
    db: &'a dyn Db,
    modules: Arc<Modules>,
    layers: Arc<Layers>,
    pub(crate) actors: Vec<Actor>,
}

impl<'a> Cast<'a> {
    pub(crate) fn new(db: &'a dyn Db, project: Project) -> Self {
        let client = Actor {
            title: "client".to_owned(),
            kind: ActorKind::Client,
            layer: None,
            file: None,
            line: None,
        };
        Self {
            db,
            modules: model::query::modules(db, project),
            layers: model::query::layers(db, project),
            actors: vec![client],
        }
    }

    /// The class or module that a call targets.
    pub(crate) fn of_call(&mut self, call: &Call) -> usize {
        if let Some(class) = &call.class {
            return self.of_class(class.module, &class.name);
        }
        let name = self.modules[call.callee.module].name.to_string();
        let mut parts: Vec<&str> = name.rsplit('.').take(2).collect();
        parts.reverse();
        let title = parts.join(".");
        self.of_module(call.callee.module, title, None)
    }

    fn of_class(&mut self, module: ModuleId, name: &str) -> usize {
        let line = self.line_of_class(module, name);
        self.of_module(module, name.to_owned(), line)
    }

    fn line_of_class(&self, module: ModuleId, name: &str) -> Option<u32> {
        let file = self.modules[module].file;
        let definitions = python::query::definitions(self.db, file);
        let found =
            definitions.classes().find(|(_, it)| it.name == name && it.scope == python::Scope::Module);
        found.map(|(id, _)| {
            let span = python::query::spans(self.db, file).class_name(id);
            self.line(module, span.start)
        })
    }

    fn of_module(&mut self, module: ModuleId, title: String, line: Option<u32>) -> usize {
        let file = self.modules[module].path.to_string();
        let known = self.actors.iter().position(|it| {
            it.kind == ActorKind::Code && it.title == title && it.file.as_ref() == Some(&file)
        });
        known.unwrap_or_else(|| {
            let layer = self.layers.layer(module).map(model::Layer::as_str);
            self.add(Actor { title, kind: ActorKind::Code, layer, file: Some(file), line })
        })
    }

    /// The table of an entity.
    pub(crate) fn of_table(&mut self, class: &ClassRef) -> usize {
        let file = self.modules[class.module].path.to_string();
        let known = self.actors.iter().position(|it| {
            it.kind == ActorKind::Database
                && it.title == class.name.as_str()
                && it.file.as_ref() == Some(&file)
        });
        known.unwrap_or_else(|| {
            let line = self.line_of_class(class.module, &class.name);
            let title = class.name.to_string();
            self.add(Actor { title, kind: ActorKind::Database, layer: None, file: Some(file), line })
        })
    }

    /// The database.
    pub(crate) fn database(&mut self) -> usize {
        self.named("database", ActorKind::Database)
    }

    /// Something outside the project's code.
    pub(crate) fn named(&mut self, title: &str, kind: ActorKind) -> usize {
        let known = self.actors.iter().position(|it| it.kind == kind && it.title == title);
        known.unwrap_or_else(|| {
            self.add(Actor { title: title.to_owned(), kind, layer: None, file: None, line: None })
        })
    }

    fn add(&mut self, actor: Actor) -> usize {
        self.actors.push(actor);
        self.actors.len() - 1
    }

    /// The file and line of a place.
    pub(crate) fn at(&self, place: Option<Place>) -> (Option<String>, Option<u32>) {
        let Some(place) = place else { return (None, None) };
        let info = &self.modules[place.module];
        let spans = python::query::spans(self.db, info.file);
        let span = spans.expr(place.site.body, place.site.expr);
        (Some(info.path.to_string()), Some(self.line(place.module, span.start)))
    }

    fn line(&self, module: ModuleId, offset: u32) -> u32 {
        let text = source::query::text(self.db, self.modules[module].file);
        text.position(offset, PositionEncoding::Utf8).line + 1
    }
}
