//! Walks a body once, with the values of its names, and writes down what happens.

mod apply;
mod arguments;
mod arms;
mod asked_for;
mod attributes;
mod bounds;
mod calls;
mod comprehensions;
mod each;
mod environment;
mod expressions;
mod frames;
mod guards;
mod guess;
mod handed;
mod inner;
mod interpreter;
mod listed;
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

/// Expressions and statements are walked this deep; what lies deeper is unknown.
const MAX_DEPTH: usize = 96;
/// So much work is done for one function: expressions, statements, calls and effects of what it calls, each as heavy as
/// the value that comes of it. No function of a dozen large backends needs a tenth of it.
const MAX_STEPS: usize = 50_000;
/// So many values that lie within one are one step.
const NODES_OF_A_STEP: u32 = 32;
/// So many effects are kept of one function.
const MAX_EFFECTS: usize = 48;
/// So many attributes of `self` are known to callers.
const MAX_ATTRIBUTES: usize = 64;
/// So many problems are kept of one function.
const MAX_PROBLEMS: usize = 64;

/// What one function does.
pub(crate) fn analyse(db: &dyn Db, project: Project, function: FunctionRef) -> Analysis {
    let Some(mut walker) = Walker::at(db, project, function) else { return Analysis::default() };
    walker.walk();
    walker.finish()
}

/// How often a generator yields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Yields {
    /// At one place outside of loops, as context managers do.
    Once,
    /// The program decides: at several places, or in a loop over constants.
    Few,
    /// The data decides.
    Many,
}

/// So many branches are told apart around one effect; what differs further in is added up.
const MAX_ARMS: usize = 8;

/// One loop around.
#[derive(Debug, Clone)]
struct Frame {
    /// Its number in the function.
    index: usize,
    /// What callers are told of it.
    info: Loop,
    /// The expression that is walked; for a loop of a callee the call.
    site: Site,
    /// Whether it is a loop of a callee: what doesn't depend on the caller was told there.
    is_below: bool,
    /// How many arms of branches were around where it began.
    arms: usize,
    /// How many branches were.
    branches: u32,
    /// Whether each round sends a request over the network.
    is_remote: bool,
    /// Whether rounds write.
    writes: bool,
    /// The relationships of its rows that each round reads.
    read: Vec<Name>,
}

/// Walks one function.
pub(crate) struct Walker<'a> {
    /// For what other modules say.
    pub(crate) db: &'a dyn Db,
    /// The project.
    pub(crate) project: Project,
    /// The file of the function.
    pub(crate) file: File,
    /// What that file defines.
    pub(crate) definitions: Arc<Definitions>,
    /// The function that is walked.
    pub(crate) function: FunctionRef,
    /// The body that is walked: the function's own, or that of a function inside it.
    pub(crate) body: Arc<Body>,
    /// The id of that body.
    pub(crate) body_id: BodyId,
    /// Whether the function is `async`.
    pub(crate) is_async: bool,
    environment: Environment,
    /// Names at the head of the module that were looked up.
    heads: FxHashMap<Name, Value>,
    frames: Vec<Frame>,
    /// How many loops there were.
    loops: usize,
    depth: usize,
    /// How much was done.
    steps: usize,
    /// How many branches are around.
    branches: u32,
    /// The arms of the branches around, and of those before that left the block otherwise.
    arms: Vec<Arm>,
    /// How many branches there were.
    branch_count: u16,
    /// The branches of the callee whose effects are done here, with their numbers here; nothing where nobody knows whose
    /// they are.
    renamed: Option<Vec<(u16, u16)>>,
    /// How many memos are around: what happens there, happens once for each key.
    memos: u32,
    /// What callers have to give for what is walked to happen.
    guards: Vec<crate::Guard>,
    /// What the names held before each loop around.
    loop_starts: Vec<Environment>,
    /// Names that hold what a cache remembers.
    cached: FxHashSet<Name>,
    yields: Yields,
    /// How many of them outlive the call.
    lasting_memos: u32,
    /// How many inner functions are walked within each other.
    inner: u32,
    /// How many loops are around the inner function that is walked: returning from it leaves none of them.
    outside: usize,
    /// The calls of the inner functions that are walked, outermost first.
    callers: Vec<Site>,
    /// Whether rows are awaited one by one: `async for`.
    is_awaiting: bool,
    /// How many calls around run in another thread.
    threads: u32,
    /// How many calls around run where SQLAlchemy awaits for synchronous code.
    greenlets: u32,
    /// How many blocks around close the session that they made when they are left.
    closing: u32,
    effects: Vec<Effect>,
    hops: Vec<(Site, Option<(FunctionRef, u16)>)>,
    /// Writes that are marked until they are sent.
    writes: pending::Writes,
    queries: Vec<Site>,
    models: Vec<crate::ModelRef>,
    problems: Vec<Problem>,
    calls: Vec<(Site, FunctionRef)>,
    hands_on: Vec<(FunctionRef, Option<libraries::Entry>)>,
    unresolved: Vec<Name>,
    /// What sends requests over the network.
    remote: remote::Remote,
    /// What the loops walk that write in their rounds.
    written: Vec<Site>,
    changes: Vec<(Site, ClassRef, Name)>,
    /// Which queries ran inside which loops: rows that a query per row fetched are told of already.
    ran: Vec<(QueryRef, Site)>,
    whole: Vec<QueryRef>,
    returned: Option<Value>,
    /// The querysets among what is returned.
    returned_queries: Vec<crate::QueryState>,
    yielded: Option<Value>,
    attributes: Vec<(Name, Value)>,
    touched: Vec<touched::Touched>,
    /// The serializer whose field is rendered.
    rendering: Option<(ClassRef, Name)>,
    /// Whether what the function returns is rendered: queries that it returns run.
    is_rendered: bool,
    /// What was called, where somebody wants to know all of it.
    seen: Option<Vec<(Site, Seen)>>,
}

impl<'a> Walker<'a> {
    /// At the beginning of a function, or of the body of a class.
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
            hands_on: Vec::new(),
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

    /// Walks all of it.
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
    /// The entity that a class is.
    pub(crate) fn entity(&self, class: &ClassRef) -> Option<Arc<Entity>> {
        model::query::entity(self.db, self.project, class.module, class.name.clone())
    }

    /// What the parameters hold when the function is called.
    fn bind_parameters(&mut self, function: FunctionId) {
        let definitions = Arc::clone(&self.definitions);
        for (index, parameter) in definitions[function].parameters.iter().enumerate() {
            let reference = FunctionRef { module: self.function.module, function };
            let value = match crate::annotation::parameter(self.db, self.project, reference, index) {
                // A queryset of nobody knows what: callers know.
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

    /// What a dependency provider gives: what it returns, or for a generator what it yields.
    fn provided(&self, provider: FunctionRef) -> Value {
        let summary = crate::query::summary(self.db, self.project, provider.module, provider.function);
        let value = match &summary.returns.kind {
            crate::Kind::Many(inner) if self.is_generator(provider) => (**inner).clone(),
            _ => summary.returns.clone(),
        };
        // Paths speak of the provider's own parameters.
        crate::bind::without_paths(&value)
    }

    fn is_generator(&self, function: FunctionRef) -> bool {
        let definitions = self.definitions_of(function);
        definitions.functions.get(function.function.0 as usize).is_some_and(|facts| facts.is_generator)
    }

    /// What the module of a function defines.
    fn definitions_of(&self, function: FunctionRef) -> Arc<Definitions> {
        python::query::definitions(self.db, model::query::file_of(self.db, self.project, function.module))
    }

    /// Notes that something was done which gave `value`.
    fn worked_on(&mut self, value: &Value) {
        self.steps += 1 + (value.extent().nodes / NODES_OF_A_STEP) as usize;
        #[cfg(test)]
        crate::effort::add(1);
    }

    /// Whether so much was done that nothing more is looked at, and nothing said of the function.
    fn is_exhausted(&self) -> bool {
        self.steps >= MAX_STEPS
    }

    /// What a class body assigns is what it offers.
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
        // What was found so far may be wrong without the rest.
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
            hands_on: self.hands_on,
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

    /// A place in the body that is walked.
    pub(crate) fn site(&self, expr: python::ExprId) -> Site {
        Site { body: self.body_id, expr }
    }
}
