//! Walks a body once with the values of its names and records the effects.

mod apply;
mod arguments;
mod arms;
mod attributes;
mod bounds;
mod callbacks;
mod calls;
mod comprehensions;
mod each;
mod environment;
mod expressions;
mod frames;
mod guards;
mod guess;
mod inner;
mod interpreter;
mod listed;
mod loaded_checks;
mod memos;
mod nulls;
mod once;
mod operators;
mod pending;
mod record;
mod relationships;
mod remote;
mod rendering;
mod rows;
mod seen;
mod statements;
mod targets;
#[cfg(test)]
mod tests;
mod touched;
mod unit_of_work;
mod walks;

use std::sync::Arc;

use model::{ClassRef, Entity, Project};
use python::{Body, BodyId, Definitions, FunctionId, Name, Scope};
use rustc_hash::{FxHashMap, FxHashSet};
use source::File;

use crate::annotation::Parameter;
use crate::{
    Analysis, Arm, Db, Deps, Effect, FunctionRef, Loop, Path, Problem, QueryRef, Site, Summary, Value,
};
use environment::Environment;
pub(crate) use seen::{Observed, Seen, observe};

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
pub(crate) fn analyse(db: &dyn Db, project: Project, function: FunctionRef) -> Analysis {
    let Some(mut walker) = Walker::at(db, project, function) else { return Analysis::default() };
    walker.walk();
    walker.finish()
}

/// How many values a generator yields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Yields {
    /// One, at a single place outside of loops, as in context managers.
    Once,
    /// A number determined by the program: at several places, or in a loop over constants.
    Few,
    /// A number determined by the data.
    Many,
}

/// The maximum number of branches distinguished around one effect; the costs of arms nested deeper are added up.
const MAX_ARMS: usize = 8;

/// A surrounding loop.
#[derive(Debug, Clone)]
struct Frame {
    /// Its number in the function.
    index: usize,
    /// Its description for callers.
    info: Loop,
    /// The iterable; for a loop of a callee, the call.
    site: Site,
    /// Whether it is a loop of a callee. Problems that don't depend on the caller were reported there.
    is_below: bool,
    /// The number of surrounding arms where it begins.
    arms: usize,
    /// The number of surrounding branches where it begins.
    branches: u32,
    /// Whether each round sends a network request.
    is_remote: bool,
    /// Whether rounds write.
    writes: bool,
    /// The relationships of its rows that are read in each round.
    read: Vec<Name>,
}

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
    /// The body being walked: the function's own, or that of a nested function.
    pub(crate) body: Arc<Body>,
    /// The id of that body.
    pub(crate) body_id: BodyId,
    /// Whether the function is `async`.
    pub(crate) is_async: bool,
    environment: Environment,
    /// Module-level names that were looked up.
    heads: FxHashMap<Name, Value>,
    frames: Vec<Frame>,
    /// The number of loops so far.
    loops: usize,
    depth: usize,
    /// The work done so far.
    steps: usize,
    /// The number of surrounding branches.
    branches: u32,
    /// The arms of surrounding branches, and of earlier branches whose other arm leaves the block.
    arms: Vec<Arm>,
    /// The number of branches so far.
    branch_count: u16,
    /// The branches of the callee whose effects are being applied, with their numbers in this function; `None` if the
    /// callee is unknown.
    renamed: Option<Vec<(u16, u16)>>,
    /// The number of surrounding memos. Effects inside one happen once per key.
    memos: u32,
    /// Conditions on arguments under which the current code runs.
    guards: Vec<crate::Guard>,
    /// The values of names before each surrounding loop.
    loop_starts: Vec<Environment>,
    /// Names that hold a value from a cache.
    cached: FxHashSet<Name>,
    yields: Yields,
    /// The number of surrounding memos that outlive the call.
    lasting_memos: u32,
    /// The nesting of the inner function being walked.
    inner: u32,
    /// The number of loops around the inner function being walked. Returning from it leaves none of them.
    outside: usize,
    /// The calls of the inner functions being walked, outermost first.
    callers: Vec<Site>,
    /// Whether rows are awaited individually: `async for`.
    is_awaiting: bool,
    /// The number of surrounding calls that run in another thread.
    threads: u32,
    /// How many calls around run where SQLAlchemy awaits for synchronous code.
    greenlets: u32,
    /// How many blocks around close the session that they made when they are left.
    closing: u32,
    effects: Vec<Effect>,
    hops: Vec<(Site, Option<(FunctionRef, u16)>)>,
    /// Writes that are marked but not sent yet.
    writes: pending::Writes,
    queries: Vec<Site>,
    models: Vec<crate::ModelRef>,
    problems: Vec<Problem>,
    calls: Vec<(Site, FunctionRef)>,
    callbacks: Vec<(FunctionRef, Option<libraries::Entry>)>,
    unresolved: Vec<Name>,
    /// The network requests sent.
    remote: remote::Remote,
    /// The iterables of loops that write in their rounds.
    written: Vec<Site>,
    changes: Vec<(Site, ClassRef, Name)>,
    /// Which queries ran inside which loops. Problems with rows fetched by a query per row are already covered by that
    /// query.
    ran: Vec<(QueryRef, Site)>,
    whole: Vec<QueryRef>,
    returned: Option<Value>,
    /// The querysets among what is returned.
    returned_queries: Vec<crate::QueryState>,
    yielded: Option<Value>,
    attributes: Vec<(Name, Value)>,
    touched: Vec<touched::Touched>,
    /// The serializer whose field is being rendered.
    rendering: Option<(ClassRef, Name)>,
    /// Whether the function's return value is rendered, so that returned queries run.
    is_rendered: bool,
    /// The observed calls, if they are requested.
    seen: Option<Vec<(Site, Seen)>>,
}

impl<'a> Walker<'a> {
    /// The state at the start of a function or of a class body.
    fn at(db: &'a dyn Db, project: Project, function: FunctionRef) -> Option<Self> {
        let file = model::query::file_of(db, project, function.module);
        let definitions = python::query::definitions(db, file);
        let facts = definitions.functions.get(function.function.0 as usize);
        let class = function.class_body().and_then(|class| definitions.classes.get(class.0 as usize));
        let body_id = facts.map(|facts| facts.body).or(class.map(|class| class.body))?;
        let body = python::query::body(db, file, body_id)?;
        let walker = Walker {
            db,
            project,
            file,
            definitions: Arc::clone(&definitions),
            function,
            body: Arc::new(body),
            body_id,
            is_async: facts.is_some_and(|facts| facts.is_async),
            environment: Environment::default(),
            heads: FxHashMap::default(),
            frames: Vec::new(),
            loops: 0,
            depth: 0,
            steps: 0,
            branches: 0,
            arms: Vec::new(),
            branch_count: 0,
            renamed: None,
            memos: 0,
            guards: Vec::new(),
            loop_starts: Vec::new(),
            cached: FxHashSet::default(),
            yields: Yields::Once,
            lasting_memos: 0,
            inner: 0,
            outside: 0,
            callers: Vec::new(),
            threads: 0,
            greenlets: 0,
            closing: 0,
            is_awaiting: false,
            effects: Vec::new(),
            hops: Vec::new(),
            writes: pending::Writes::default(),
            queries: Vec::new(),
            models: Vec::new(),
            problems: Vec::new(),
            calls: Vec::new(),
            callbacks: Vec::new(),
            unresolved: Vec::new(),
            remote: remote::Remote::default(),
            written: Vec::new(),
            changes: Vec::new(),
            ran: Vec::new(),
            whole: Vec::new(),
            returned: None,
            returned_queries: Vec::new(),
            yielded: None,
            attributes: Vec::new(),
            touched: Vec::new(),
            rendering: None,
            seen: None,
            is_rendered: facts.is_some() && crate::library::is_rendered(db, project, function),
        };
        Some(walker)
    }

    /// Walks the whole body.
    fn walk(&mut self) {
        let root = Arc::clone(&self.body);
        if self.function.class_body().is_some() {
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
            let value = match crate::annotation::parameter(self.db, self.project, reference, index) {
                // A queryset of an unknown model: callers know it.
                Parameter::Known(value) if crate::library::is_held(&value) => {
                    crate::library::given(self.db, self.project, reference, index).unwrap_or_default()
                }
                Parameter::Known(value) => value,
                Parameter::Provider(provider) => self.provided(provider),
                Parameter::Unknown => {
                    crate::library::parameter(self.db, self.project, reference, index).unwrap_or_default()
                }
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
        self.steps += 1 + (value.extent().nodes / NODES_OF_A_STEP) as usize;
        #[cfg(test)]
        crate::effort::add(1);
    }

    /// Whether the work limit is reached, so that the walk stops and nothing is reported for the function.
    fn is_exhausted(&self) -> bool {
        self.steps >= MAX_STEPS
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
                    self.attributes.retain(|(known, _)| known != name);
                    self.attributes.push((name.clone(), value));
                }
            }
        }
        self.attributes.truncate(MAX_ATTRIBUTES);
    }

    fn finish(mut self) -> Analysis {
        let definitions = Arc::clone(&self.definitions);
        let facts = definitions.functions.get(self.function.function.0 as usize);
        // Partial results may be wrong.
        if self.is_exhausted() {
            return Analysis::default();
        }
        self.drop_secondary();
        let mut returns = match (self.yielded.take(), self.returned.take()) {
            (Some(value), _) if self.yields == Yields::Few => {
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
            let declared = crate::annotation::value_in(
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
        let summary = Summary {
            returns: crate::bind::without_loops(&returns),
            effects: self.effects,
            attributes: self.attributes,
            sends: self.writes.are_sent,
            is_remote: self.remote.is_each_call,
        };
        Analysis {
            summary: Arc::new(summary),
            hops: self.hops,
            queries: self.queries,
            whole: self.whole,
            models: self.models,
            returned: self.returned_queries,
            problems: self.problems,
            calls: self.calls,
            callbacks: self.callbacks,
            unresolved: self.unresolved,
            remote: self.remote.loops,
            written: self.written,
            changes: self.changes,
        }
    }

    /// The class that the function is a method of.
    pub(crate) fn own_class(&self) -> Option<ClassRef> {
        match self.definitions.functions.get(self.function.function.0 as usize)?.scope {
            Scope::Class(id) if self.definitions[id].scope == Scope::Module => {
                Some(ClassRef::new(self.function.module, self.definitions[id].name.clone()))
            }
            _ => None,
        }
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
