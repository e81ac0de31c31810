//! Walks a body once with the values of its names and records the effects.

mod apply;
mod arguments;
mod arms;
mod asked_loads;
mod attached;
mod attributes;
mod bounds;
mod callbacks;
mod calls;
mod chunks;
mod closing;
mod compared;
mod comprehensions;
mod constants;
mod each;
mod enclosing;
mod environment;
mod expired;
mod expressions;
mod fallbacks;
mod fields;
mod frames;
mod given;
mod guards;
mod guess;
mod holders;
mod implementations;
mod inner;
mod interpreter;
mod kept;
mod kinds;
mod listed;
mod loaded_checks;
mod made_of_held;
mod memos;
mod modifying;
mod module_queries;
mod nulls;
mod once;
mod operators;
mod pending;
mod record;
mod recorder;
mod relationships;
mod remote;
mod rendering;
mod returned;
mod rows;
mod seen;
mod sometimes;
mod statements;
mod surroundings;
mod targets;
#[cfg(test)]
mod tests;
mod touched;
mod unit_of_work;
mod walks;

use std::sync::Arc;

use model::{ClassRef, Entity, Project};
use python::{Body, BodyId, Definitions, FunctionId, Name};
use rustc_hash::{FxHashMap, FxHashSet};
use source::File;

use crate::types::annotation::Parameter;
use crate::{Analysis, Callee, Db, Deps, FunctionRef, Heir, Path, Site, Summary, Value};
use environment::Environment;
use recorder::Recorder;
pub(crate) use seen::{Observed, Seen, observe};
use surroundings::{Frame, Surroundings};

/// Expressions and statements nested deeper than this are unknown.
const MAX_DEPTH: usize = 96;
/// The maximum work for one function: expressions, statements, calls and effects of callees, each weighted by the size
/// of the resulting value. No function in a dozen large backends needs a tenth of this.
const MAX_STEPS: usize = 50_000;
/// The number of nested values that count as one step.
const NODES_OF_A_STEP: u32 = 32;
/// The maximum number of effects kept for one function.
const MAX_EFFECTS: usize = 48;
/// The maximum number of `self` attributes visible to callers.
const MAX_ATTRIBUTES: usize = 64;
/// The maximum number of problems kept for one function.
const MAX_PROBLEMS: usize = 64;

/// Analyses one function.
pub(crate) fn analyse(db: &dyn Db, project: Project, callee: Callee) -> Analysis {
    let Some(mut walker) = Walker::at(db, project, callee.function) else { return Analysis::default() };
    walker.heir = callee.heir;
    walker.walk();
    walker.finish()
}

/// How many values a generator yields.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Yields {
    /// One, at a single place outside of loops, as in context managers.
    #[default]
    Once,
    /// A number determined by the program: at several places, or in a loop over constants.
    Few,
    /// A number determined by the data.
    Many,
}

/// The maximum number of branches distinguished around one effect; the costs of arms nested deeper are added up.
const MAX_ARMS: usize = 8;

/// Walks one function.
pub(crate) struct Walker<'a> {
    /// The database, for queries about other modules.
    pub(crate) db: &'a dyn Db,
    /// The project.
    pub(crate) project: Project,
    /// The file of the function.
    pub(crate) file: File,
    /// The definitions in that file.
    pub(crate) definitions: Arc<Definitions>,
    /// The function being walked.
    pub(crate) function: FunctionRef,
    /// The class of its receiver, if that makes a difference.
    heir: Option<Heir>,
    /// The body being walked: the function's own, or that of a nested function.
    pub(crate) body: Arc<Body>,
    /// The id of that body.
    pub(crate) body_id: BodyId,
    /// Whether the function is `async`.
    pub(crate) is_async: bool,
    /// Whether the function's return value is rendered, so that returned queries run.
    is_rendered: bool,
    /// The values of names.
    environment: Environment,
    /// Module-level names that were looked up.
    heads: FxHashMap<Name, Value>,
    /// Names that hold a value from a cache.
    cached: FxHashSet<Name>,
    /// Whether the block being walked has asked a cache, and left where it knew the answer.
    asked_cache: bool,
    /// What is in memory of the rows that the last comprehension kept, by its element.
    kept_rows: Option<(python::ExprId, once::Known)>,
    around: Surroundings,
    recorder: Recorder,
    answer: Answer,
    spent: Spent,
}

/// What a walk knows of the function's result.
#[derive(Debug, Default)]
struct Answer {
    returned: Option<Value>,
    yielded: Option<Value>,
    yields: Yields,
    /// The values that the function stores on `self`.
    attributes: Vec<(Name, Value)>,
    /// What parameters stand for where no argument is given.
    fallbacks: Vec<(u16, Value)>,
    /// The relationships that it puts on rows which callers hold.
    gives: Vec<(crate::Path, Name)>,
    /// The columns that it changes of rows which callers hold.
    updates: Vec<(crate::Path, Option<Name>)>,
}

/// The part of its limits that a walk has used up.
#[derive(Debug, Default)]
struct Spent {
    /// The nesting of the expression or statement being walked.
    depth: usize,
    /// The work done so far.
    steps: usize,
}

impl<'a> Walker<'a> {
    /// The state at the start of a function, or of the body of a class or a module.
    fn at(db: &'a dyn Db, project: Project, function: FunctionRef) -> Option<Self> {
        let file = model::query::file_of(db, project, function.module);
        let definitions = python::query::definitions(db, file);
        let facts = definitions.functions.get(function.function.0 as usize);
        let class = function.class_body().and_then(|class| definitions.classes.get(class.0 as usize));
        let module = function.is_module_body().then_some(BodyId(0));
        let body_id = facts.map(|facts| facts.body).or(class.map(|class| class.body)).or(module)?;
        let body = python::query::body(db, file, body_id)?;
        let walker = Walker {
            db,
            project,
            file,
            definitions: Arc::clone(&definitions),
            function,
            heir: None,
            body: Arc::new(body),
            body_id,
            is_async: facts.is_some_and(|facts| facts.is_async),
            is_rendered: facts.is_some() && crate::library::is_rendered(db, project, function),
            environment: Environment::default(),
            heads: FxHashMap::default(),
            cached: FxHashSet::default(),
            asked_cache: false,
            kept_rows: None,
            around: Surroundings::default(),
            recorder: Recorder::default(),
            answer: Answer::default(),
            spent: Spent::default(),
        };
        Some(walker)
    }

    /// Walks the whole body.
    fn walk(&mut self) {
        let root = Arc::clone(&self.body);
        if self.function.is_module_body() {
            self.build_module_queries();
        } else if self.function.class_body().is_some() {
            self.block(&root.root);
            self.keep_names();
            if let Some(class) = listed::class_of_body(self) {
                self.list_columns(&class);
            }
        } else {
            self.bind_parameters(self.function.function);
            let is_listed = self.enter_list();
            self.block(&root.root);
            if is_listed {
                self.leave_list();
            }
        }
    }
}

impl Walker<'_> {
    /// The facts about an entity class.
    pub(crate) fn entity(&self, class: &ClassRef) -> Option<Arc<Entity>> {
        model::query::entity(self.db, self.project, class.module, class.name.clone())
    }

    /// Binds the parameters to their values at the start of the function.
    fn bind_parameters(&mut self, function: FunctionId) {
        let definitions = Arc::clone(&self.definitions);
        for (index, parameter) in definitions[function].parameters.iter().enumerate() {
            let reference = FunctionRef { module: self.function.module, function };
            let value = match crate::types::annotation::parameter(self.db, self.project, reference, index) {
                Parameter::Known(value) if index == 0 && matches!(value.kind, crate::Kind::Instance(..)) => {
                    crate::serializers::received(self.db, self.project, reference).unwrap_or(value)
                }
                // A queryset of an unknown model: callers know it.
                Parameter::Known(value) if crate::library::is_held(&value) => {
                    crate::library::given(self.db, self.project, reference, index).unwrap_or_default()
                }
                Parameter::Known(value) if holds_rows(&value) => {
                    self.provided_rows(reference, index).unwrap_or(value)
                }
                Parameter::Known(value) => value,
                Parameter::Provider(provider) => self.provided(provider),
                Parameter::Unknown => {
                    crate::library::parameter(self.db, self.project, reference, index).unwrap_or_default()
                }
            };
            let value = match self.heir {
                Some(heir) if index == 0 => crate::heir::received(self.db, self.project, heir, value),
                _ => value,
            };
            let value = value.at(Some(Path::param(index))).with_deps(Deps::param(index));
            self.environment.set(parameter.name.clone(), value);
        }
    }

    /// The value that a dependency provider injects: its return value, or for a generator the yielded value.
    fn provided(&self, provider: FunctionRef) -> Value {
        let summary = crate::query::summary(self.db, self.project, provider.module, provider.function);
        let value = match &summary.returns.kind {
            crate::Kind::Many(inner) if self.is_generator(provider) => (**inner).clone(),
            _ => summary.returns.clone(),
        };
        // Paths refer to the provider's own parameters.
        crate::bind::without_paths(&value)
    }

    /// The row, or the rows, that a dependency provider injects as the parameter: the provider knows what was loaded with
    /// them.
    fn provided_rows(&self, function: FunctionRef, index: usize) -> Option<Value> {
        let provider = crate::types::annotation::provider(self.db, self.project, function, index)?;
        let value = self.provided(provider);
        holds_rows(&value).then_some(value)
    }

    fn is_generator(&self, function: FunctionRef) -> bool {
        let definitions = self.definitions_of(function);
        definitions.functions.get(function.function.0 as usize).is_some_and(|facts| facts.is_generator)
    }

    /// The definitions in the module of a function.
    fn definitions_of(&self, function: FunctionRef) -> Arc<Definitions> {
        python::query::definitions(self.db, model::query::file_of(self.db, self.project, function.module))
    }

    /// Counts the work of an operation that produced `value`.
    fn worked_on(&mut self, value: &Value) {
        self.spent.steps += 1 + (value.extent().nodes / NODES_OF_A_STEP) as usize;
        #[cfg(test)]
        crate::effort::add(1);
    }

    /// Whether the work limit is reached, so that the walk stops and nothing is reported for the function.
    fn is_exhausted(&self) -> bool {
        self.spent.steps >= MAX_STEPS
    }

    /// Stores the assignments of a class body as its attributes.
    fn keep_names(&mut self) {
        let body = Arc::clone(&self.body);
        for stmt in &body.root {
            let python::Stmt::Assign { targets, .. } = &body[*stmt] else { continue };
            for target in targets {
                if let python::Expr::Name(name) = &body[*target]
                    && let Some(value) = self.environment.get(name)
                    && !value.is_unknown()
                {
                    let value = crate::bind::without_loops(value);
                    self.answer.attributes.retain(|(known, _)| known != name);
                    self.answer.attributes.push((name.clone(), value));
                }
            }
        }
        self.answer.attributes.truncate(MAX_ATTRIBUTES);
    }

    fn finish(mut self) -> Analysis {
        let definitions = Arc::clone(&self.definitions);
        let facts = definitions.functions.get(self.function.function.0 as usize);
        // Partial results may be wrong.
        if self.is_exhausted() {
            return Analysis::default();
        }
        self.drop_secondary();
        let mut returns = match (self.answer.yielded.take(), self.answer.returned.take()) {
            (Some(value), _) if self.answer.yields == Yields::Few => {
                let deps = value.deps;
                Value::of(crate::Kind::Tuple([value].into())).with_deps(deps)
            }
            (Some(value), _) => value.many(),
            (None, Some(value)) => value,
            (None, None) => Value::of(crate::Kind::None),
        };
        let is_stub = facts.is_some_and(|facts| facts.is_stub);
        let says_nothing =
            returns.is_unknown() && returns.path.is_none() || (is_stub && returns.kind == crate::Kind::None);
        if says_nothing && let Some(annotation) = facts.and_then(|facts| facts.returns) {
            let class = self.own_class();
            let declared = crate::types::annotation::value_in(
                self.db,
                self.project,
                self.function.module,
                &self.definitions.exprs,
                annotation,
                class.as_ref(),
            );
            returns = declared.with_deps(returns.deps);
        }
        returns.deps.loops = 0;
        let Answer { attributes, fallbacks, gives, updates, .. } = self.answer;
        let sends = self.recorder.writes.are_sent;
        let is_remote = self.recorder.remote.is_each_call;
        let returns = crate::bind::without_loops(&returns);
        self.recorder.into_analysis(|effects| Summary {
            returns,
            effects,
            attributes,
            fallbacks,
            gives,
            updates,
            sends,
            is_remote,
        })
    }

    /// The class that the function is a method of.
    pub(crate) fn own_class(&self) -> Option<ClassRef> {
        crate::heir::owner(self.db, self.project, self.function)
    }

    /// Whether the function is a static method, whose first parameter is any value.
    fn is_static_method(&self) -> bool {
        crate::heir::kind_of(self.db, self.project, self.function)
            == Some(crate::types::classes::MethodKind::Static)
    }

    /// Whether the first parameter is the receiver of a method.
    fn has_receiver(&self) -> bool {
        self.own_class().is_some() && !self.is_static_method()
    }

    /// Whether a path is the receiver of the method.
    fn is_receiver(&self, path: Option<&crate::Path>) -> bool {
        path.is_some_and(|path| *path == crate::Path::param(0)) && self.has_receiver()
    }

    /// Whether the body awaits the expression.
    pub(crate) fn is_awaited(&self, expr: python::ExprId) -> bool {
        self.body.exprs.list.iter().any(|outer| matches!(outer, python::Expr::Await(inner) if *inner == expr))
    }

    /// The position of an expression in the body being walked.
    pub(crate) fn site(&self, expr: python::ExprId) -> Site {
        Site { body: self.body_id, expr }
    }
}

/// Whether a value is a row, or a collection of rows.
fn holds_rows(value: &crate::Value) -> bool {
    match &value.kind {
        crate::Kind::Entity(_) => true,
        crate::Kind::Many(row) => matches!(row.kind, crate::Kind::Entity(_)),
        _ => false,
    }
}
