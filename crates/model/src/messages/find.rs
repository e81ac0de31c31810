//! Resolves the names in message facts, and matches messages with their handlers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use python::{Definitions, FunctionId, Name, Scope};
use rustc_hash::{FxHashMap, FxHashSet};

use super::facts::Handler;
use super::{Maker, Makes, Mark, Message, MessageFacts, MessageHandler, MessageKind, Messages, kind};
use crate::ports::Names;
use crate::{ClassHierarchy, ClassRef, Head, InjectionPlace, InjectionSite, ModuleId, Via};

/// The inputs of the search for messages.
pub(crate) struct Source<'a> {
    pub(crate) names: &'a Names<'a>,
    pub(crate) hierarchy: &'a ClassHierarchy,
    /// The modules of code, in order.
    pub(crate) files: &'a [SourceFile],
    /// The dotted name of a module.
    pub(crate) name: &'a dyn Fn(ModuleId) -> Name,
}

/// The message facts of one module.
pub(crate) struct SourceFile {
    pub(crate) module: ModuleId,
    pub(crate) facts: Arc<MessageFacts>,
    pub(crate) sites: Arc<[InjectionSite]>,
}

/// Evidence about one pair of class and function before it is decided.
#[derive(Default)]
struct Candidate {
    marks: BTreeSet<Mark>,
    /// Names of tables, methods, decorators and bases, from which the kind is derived.
    words: Vec<Name>,
}

type Candidates = BTreeMap<ClassRef, BTreeMap<(ModuleId, FunctionId), Candidate>>;

/// Finds the messages of a project.
pub(crate) fn find(source: &Source<'_>) -> Messages {
    let by_module = source.files.iter().enumerate().map(|(index, it)| (it.module, index)).collect();
    let finder = Finder { source, parents: parents(source.hierarchy), by_module };
    let mut candidates = Candidates::new();
    let mut otherwise: BTreeSet<ClassRef> = BTreeSet::new();
    for file in source.files {
        finder.registered(file, &mut candidates, &mut otherwise);
        finder.generic(file, &mut candidates);
        finder.takes(file, &mut candidates);
    }
    let mut found = Messages::default();
    for (class, handlers) in candidates {
        let mut words: Vec<Name> = Vec::new();
        let mut sure = Vec::new();
        for ((module, function), mut candidate) in handlers {
            let definitions = (source.names.definitions)(module);
            let facts = &definitions[function];
            let can = candidate.marks.contains(&Mark::Registered)
                || candidate.marks.contains(&Mark::Generic)
                || (kind::HANDLES.contains(&facts.name.as_str()) && !finder.parents.contains(&class));
            if can && finder.is_message_by_base(&class) {
                candidate.marks.insert(Mark::Descends);
            }
            // A stub to be overridden is not a handler, unless it is registered: then it is one even if it does
            // nothing.
            let is_left_to_others = facts.is_stub && !candidate.marks.contains(&Mark::Registered);
            if candidate.marks.len() > 1 && !is_left_to_others {
                words.extend(candidate.words);
                let marks: Vec<Mark> = candidate.marks.into_iter().collect();
                sure.push(MessageHandler { module, function, marks: marks.into() });
            }
        }
        let Some(kind) = finder.kind(&class, &words).filter(|_| !sure.is_empty()) else { continue };
        found.by_class.insert(
            class.clone(),
            Message {
                kind,
                base: finder.base(&class),
                handlers: sure.into(),
                is_registered_otherwise: otherwise.contains(&class),
            },
        );
    }
    finder.unhandled(&mut found, &otherwise);
    found
}

/// Classes that have subclasses.
fn parents(hierarchy: &ClassHierarchy) -> BTreeSet<ClassRef> {
    let all = hierarchy.by_class.values().flat_map(|it| it.own.iter());
    all.map(|(module, name)| ClassRef::new(*module, name.clone())).collect()
}

struct Finder<'a> {
    source: &'a Source<'a>,
    parents: BTreeSet<ClassRef>,
    by_module: FxHashMap<ModuleId, usize>,
}

impl Finder<'_> {
    fn class(&self, module: ModuleId, dotted: &str) -> Option<ClassRef> {
        match self.source.names.path(module, dotted) {
            Head::Class(class) if !self.is_error(&class) => Some(class),
            _ => None,
        }
    }

    /// An exception is caught, not dispatched: it is not a message.
    fn is_error(&self, class: &ClassRef) -> bool {
        let ancestors = self.source.hierarchy.of(class.module, &class.name);
        ancestors.is_some_and(|it| {
            it.descends_from("builtins.Exception") || it.descends_from("builtins.BaseException")
        })
    }

    fn registered(&self, file: &SourceFile, out: &mut Candidates, otherwise: &mut BTreeSet<ClassRef>) {
        for registered in &file.facts.registered {
            let Some(class) = self.class(file.module, &registered.message) else { continue };
            // `@emit.register(Event)` belongs to a method that dispatches by the class of its argument: for a base
            // class it is not a handler.
            let dispatches = registered.by.ends_with(".register") && self.parents.contains(&class);
            let at = self.function(file.module, &registered.handler, &class).filter(|_| !dispatches);
            let Some(at) = at else {
                otherwise.insert(class);
                continue;
            };
            let candidate = out.entry(class).or_default().entry(at).or_default();
            candidate.marks.insert(Mark::Registered);
            candidate.words.push(registered.by.clone());
        }
    }

    fn generic(&self, file: &SourceFile, out: &mut Candidates) {
        for (handler, message, base) in &file.facts.generic {
            let Some(class) = self.class(file.module, message) else { continue };
            let Some(function) = self.method(file.module, handler, &class) else { continue };
            let takes = file.sites.iter().any(|site| {
                site.class == class
                    && matches!(site.place, InjectionPlace::Parameter { function: of, .. } if of == function)
            });
            let candidate = out.entry(class).or_default().entry((file.module, function)).or_default();
            candidate.marks.insert(Mark::Generic);
            if takes {
                candidate.marks.insert(Mark::Takes);
            }
            candidate.words.push(base.clone());
        }
    }

    fn takes(&self, file: &SourceFile, out: &mut Candidates) {
        let definitions = (self.source.names.definitions)(file.module);
        for site in file.sites.iter().filter(|it| it.via == Via::Annotation) {
            let InjectionPlace::Parameter { function, parameter } = site.place else { continue };
            let facts = &definitions[function];
            if usize::from(parameter) != receivers(&definitions, function) || self.is_error(&site.class) {
                continue;
            }
            if matches!(facts.scope, Scope::Function(_)) || facts.name == "__init__" {
                continue;
            }
            let candidate =
                out.entry(site.class.clone()).or_default().entry((file.module, function)).or_default();
            candidate.marks.insert(Mark::Takes);
            if let Scope::Class(class) = facts.scope {
                let ancestors = self.source.hierarchy.of(file.module, &definitions[class].name);
                candidate
                    .words
                    .extend(ancestors.into_iter().flat_map(|it| it.own.iter().map(|(_, name)| name.clone())));
            }
            for (_, by) in file.facts.decorated.iter().filter(|(decorated, _)| *decorated == function) {
                candidate.marks.insert(Mark::Decorated);
                candidate.words.push(by.clone());
            }
        }
    }

    /// The function that a registered value refers to.
    fn function(
        &self,
        module: ModuleId,
        handler: &Handler,
        message: &ClassRef,
    ) -> Option<(ModuleId, FunctionId)> {
        match handler {
            Handler::Own(function) => Some((module, *function)),
            Handler::OwnClass(class) => Some((module, self.method(module, class, message)?)),
            Handler::Named(name) => match self.source.names.path(module, name) {
                Head::Function(module, function) => Some((module, function)),
                Head::Class(class) => Some((class.module, self.method(class.module, &class.name, message)?)),
                _ => {
                    let (owner, method) = name.rsplit_once('.')?;
                    let Head::Class(class) = self.source.names.path(module, owner) else { return None };
                    let definitions = (self.source.names.definitions)(class.module);
                    let id = definitions.class_named(&class.name)?;
                    let mut all = definitions.functions();
                    all.find(|(_, it)| it.scope == Scope::Class(id) && it.name == method)
                        .map(|(function, _)| (class.module, function))
                }
            },
            Handler::Made(name) => {
                let class = match self.source.names.path(module, name) {
                    Head::Class(class) => class,
                    Head::Function(module, function) => (self.source.names.supplied)(module, function)?,
                    _ => return None,
                };
                Some((class.module, self.method(class.module, &class.name, message)?))
            }
            Handler::Unknown => None,
        }
    }

    /// The method of a class that takes a message: the one whose parameter is annotated with it, else one with the name
    /// of a handler method.
    fn method(&self, module: ModuleId, class: &str, message: &ClassRef) -> Option<FunctionId> {
        let definitions = (self.source.names.definitions)(module);
        let id = definitions.class_named(class)?;
        let file = &self.source.files[*self.by_module.get(&module)?];
        let takes = |function: FunctionId| {
            file.sites.iter().any(|site| {
                let InjectionPlace::Parameter { function: of, .. } = site.place else { return false };
                of == function && site.class == *message
            })
        };
        let is_method = |it: &python::Function| it.scope == Scope::Class(id) && it.name != "__init__";
        let methods = || definitions.functions().filter(|(_, it)| is_method(it));
        methods()
            .find(|(function, _)| takes(*function))
            .or_else(|| methods().find(|(_, it)| kind::HANDLES.contains(&it.name.as_str())))
            .map(|(function, _)| function)
    }

    fn is_message_by_base(&self, class: &ClassRef) -> bool {
        self.kind_of_base(class).is_some()
    }

    fn kind_of_base(&self, class: &ClassRef) -> Option<MessageKind> {
        let ancestors = self.source.hierarchy.of(class.module, &class.name)?;
        let own = ancestors.own.iter().find_map(|(_, name)| kind::of_base(name));
        own.or_else(|| ancestors.foreign.iter().find_map(|name| kind::of_base(name)))
    }

    /// The kind of a message: by its bases, by its registration, by its module, by its name.
    fn kind(&self, class: &ClassRef, words: &[Name]) -> Option<MessageKind> {
        self.kind_of_base(class)
            .or_else(|| words.iter().find_map(|it| kind::of_base(it)))
            .or_else(|| words.iter().find_map(|it| kind::of_registration(it)))
            .or_else(|| kind::of_words(&(self.source.name)(class.module)))
            .or_else(|| kind::of_words(&class.name))
    }

    /// The nearest base class of the project that has the name of a message base.
    fn base(&self, class: &ClassRef) -> Option<ClassRef> {
        let ancestors = self.source.hierarchy.of(class.module, &class.name)?;
        let mut own = ancestors.own.iter().filter(|(_, name)| kind::of_base(name).is_some());
        own.next().map(|(module, name)| ClassRef::new(*module, name.clone()))
    }

    /// Adds messages without a handler, if at least two messages of the same base are handled.
    fn unhandled(&self, found: &mut Messages, otherwise: &BTreeSet<ClassRef>) {
        let mut handled: BTreeMap<ClassRef, usize> = BTreeMap::new();
        for base in found.by_class.values().filter_map(|it| it.base.clone()) {
            *handled.entry(base).or_default() += 1;
        }
        for (module, name) in self.source.hierarchy.by_class.keys() {
            let class = ClassRef::new(*module, name.clone());
            if found.by_class.contains_key(&class) || self.parents.contains(&class) || self.is_error(&class) {
                continue;
            }
            let is_code = self.by_module.contains_key(&class.module);
            let Some(base) =
                self.base(&class).filter(|base| is_code && handled.get(base).is_some_and(|it| *it > 1))
            else {
                continue;
            };
            let Some(kind) = self.kind_of_base(&class) else { continue };
            let message = Message {
                kind,
                base: Some(base),
                handlers: Box::default(),
                is_registered_otherwise: otherwise.contains(&class),
            };
            found.by_class.insert(class, message);
        }
    }
}

/// The functions that create messages, by class.
pub(crate) fn makers(
    names: &Names<'_>,
    messages: &Messages,
    made: impl Iterator<Item = (ModuleId, Arc<Makes>)>,
) -> FxHashMap<ClassRef, Arc<[Maker]>> {
    let wanted: FxHashSet<&str> = messages.by_class.keys().map(|it| it.name.as_str()).collect();
    let mut found: BTreeMap<ClassRef, BTreeSet<Maker>> = BTreeMap::new();
    for (module, makes) in made {
        for (name, function) in &makes.list {
            if !wanted.contains(name.rsplit('.').next().unwrap_or(name)) {
                continue;
            }
            let Head::Class(class) = names.path(module, name) else { continue };
            if messages.by_class.contains_key(&class) {
                found.entry(class).or_default().insert((module, *function));
            }
        }
    }
    found.into_iter().map(|(class, all)| (class, all.into_iter().collect())).collect()
}

/// How many leading parameters of a function are its receiver (`self`, `cls`).
fn receivers(definitions: &Definitions, function: FunctionId) -> usize {
    let facts = &definitions[function];
    let is_static =
        facts.decorators.iter().any(|it| definitions.exprs.decorator_name(*it) == Some("staticmethod"));
    usize::from(matches!(facts.scope, Scope::Class(_)) && !is_static)
}
