//! The calls that a walk observes, for code that follows all of them: a request from its route down to the tables.
//!
//! Recorded only on explicit request. The analysis that rules read doesn't contain it.

use model::{ClassRef, Project};
use python::{ExprId, Name};

use super::Walker;
use crate::interpreter::Arguments;
use crate::types::classes::Member;
use crate::{Analysis, Db, Deps, FunctionRef, Kind, Loop, Path, Site, Value};

/// Something that was called or entered at a position.
#[derive(Debug, Clone)]
pub(crate) enum Seen {
    /// A project function, with its arguments by parameter.
    Call(FunctionRef, Vec<Option<Value>>),
    /// The next call at this position goes through a port.
    Port(ClassRef),
    /// A nested function, whose body was walked along.
    Inner(FunctionRef),
    /// Something from a library, by its full name.
    Library(Name),
    /// A method of a database session, with the entity passed to it.
    Session(Name, Option<ClassRef>),
    /// The query that runs here writes.
    Write,
    /// Unknown.
    Unknown,
    /// A loop begins.
    Loop(Loop),
    /// The call made when leaving the block of a `with`.
    Exit(FunctionRef, Value),
}

/// The results of one walk.
#[derive(Debug, Default)]
pub(crate) struct Observed {
    /// The analysis, as rules see it.
    pub(crate) analysis: Analysis,
    /// The calls, in the order of the walk.
    pub(crate) seen: Vec<(Site, Seen)>,
}

/// Walks a function with the caller's arguments by parameter, and records each call.
pub(crate) fn observe(
    db: &dyn Db,
    project: Project,
    function: FunctionRef,
    given: &[Option<Value>],
) -> Observed {
    let Some(mut walker) = Walker::at(db, project, function) else { return Observed::default() };
    walker.recorder.seen = Some(Vec::new());
    walker.bind_parameters(function.function);
    walker.rebind(given);
    let root = std::sync::Arc::clone(&walker.body);
    walker.block(&root.root);
    let seen = walker.recorder.seen.take().unwrap_or_default();
    Observed { analysis: walker.finish(), seen }
}

impl Walker<'_> {
    /// Records something, if observation is requested.
    pub(super) fn see(&mut self, expr: ExprId, seen: impl FnOnce() -> Seen) {
        let site = self.site(expr);
        if let Some(list) = &mut self.recorder.seen {
            list.push((site, seen()));
        }
    }

    /// Records a method of a library value.
    pub(super) fn see_method(&mut self, expr: ExprId, base: &Value, name: &Name, arguments: &Arguments) {
        match &base.kind {
            Kind::Session { .. } => {
                let given = arguments.positional.first().and_then(|(value, _)| entity_of(value));
                self.see(expr, || Seen::Session(name.clone(), given));
            }
            Kind::ForeignInstance(class) => {
                self.see(expr, || Seen::Library(format!("{class}.{name}").into()));
            }
            _ => {}
        }
    }

    /// Records what leaving a `with` block calls.
    pub(super) fn see_exit(&mut self, expr: ExprId, class: &ClassRef, manager: &Value) {
        if self.recorder.seen.is_none() {
            return;
        }
        let exits = ["__exit__", "__aexit__"];
        let found =
            exits.iter().find_map(|name| crate::types::classes::member(self.db, self.project, class, name));
        if let Some(Member::Method { function, .. }) = found {
            self.see(expr, || Seen::Exit(function, manager.clone()));
        }
    }

    /// Replaces the declared values of parameters by the caller's arguments, where those are more precise.
    fn rebind(&mut self, given: &[Option<Value>]) {
        let definitions = std::sync::Arc::clone(&self.definitions);
        let Some(facts) = definitions.functions.get(self.function.function.0 as usize) else { return };
        for (index, (parameter, value)) in facts.parameters.iter().zip(given).enumerate() {
            let Some(value) = value.as_ref().map(crate::bind::without_paths) else { continue };
            if matches!(
                value.kind,
                Kind::Unknown | Kind::None | Kind::Plain | Kind::Written(_) | Kind::Column(_)
            ) {
                continue;
            }
            let value = value.at(Some(Path::param(index))).with_deps(Deps::param(index));
            self.environment.set(parameter.name.clone(), value);
        }
    }
}

/// The entity that a value is a row or a collection of rows of.
fn entity_of(value: &Value) -> Option<ClassRef> {
    match &value.kind {
        Kind::Entity(entity) => entity.model.class().cloned(),
        Kind::Many(inner) => match &inner.kind {
            Kind::Entity(entity) => entity.model.class().cloned(),
            _ => None,
        },
        _ => None,
    }
}
