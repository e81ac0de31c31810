//! Executes the body of a module in order, including the bodies of the functions that it calls.

use std::sync::Arc;

use model::{Head, ModuleId, Modules, Project, Resolved};
use python::{Body, BodyId, Expr, Name, StmtId};
use rustc_hash::{FxHashMap, FxHashSet};

use super::frame::{Frame, FrameKind};
use super::library;
use super::thing::{Locals, Thing, ThingKind};
use super::{SideEffect, Step};
use crate::types::names;
use crate::{Db, FunctionRef};

/// The maximum depth of nested calls.
pub(super) const MAX_CALLS: usize = 12;
/// The maximum number of calls followed for one module.
const MAX_CALLS_IN_ALL: usize = 2_000;
/// The maximum number of expressions evaluated for one module.
const MAX_EXPRESSIONS: usize = 200_000;
/// The maximum nesting of expressions and blocks, across all calls.
const MAX_DEPTH: usize = 300;
/// The maximum number of steps kept for one module.
const MAX_STEPS: usize = 4_000;

/// The steps of loading `module`, without those of the modules that it loads.
pub(crate) fn steps(db: &dyn Db, project: Project, module: ModuleId) -> Vec<Step> {
    placed_steps(db, project, module).into_iter().map(|(step, _)| step).collect()
}

/// Like `steps`, each with the statement of the module's own body in which it happens.
pub fn placed_steps(db: &dyn Db, project: Project, module: ModuleId) -> Vec<(Step, StmtId)> {
    let mut walker = Walker::new(db, project, module);
    let Some(mut frame) = walker.frame(module, BodyId(0), FrameKind::Module) else {
        return vec![(Step::SideEffect(SideEffect::TooMuch), StmtId(0))];
    };
    let body = Arc::clone(&frame.body);
    for stmt in &body.root {
        walker.at = *stmt;
        walker.statement(&mut frame, *stmt, true);
    }
    walker.steps
}

/// What an import of `module` does when it runs at the top level.
pub fn import_steps_of(db: &dyn Db, project: Project, module: ModuleId, import: &Resolved) -> Vec<Step> {
    let mut walker = Walker::new(db, project, module);
    walker.load(import, true);
    walker.steps.into_iter().map(|(step, _)| step).collect()
}

/// The state of a run.
pub(super) struct Walker<'a> {
    pub(super) db: &'a dyn Db,
    pub(super) project: Project,
    pub(super) modules: Arc<Modules>,
    /// The module being loaded.
    pub(super) running: ModuleId,
    /// Its names so far.
    pub(super) globals: Locals,
    steps: Vec<(Step, StmtId)>,
    at: StmtId,
    /// The functions being executed.
    pub(super) stack: Vec<FunctionRef>,
    calls: usize,
    expressions: usize,
    depth: usize,
    variables: FxHashMap<(ModuleId, Name), Thing>,
    /// Whether merely mentioning `os.environ` counts as reading all of it.
    pub(super) reads_whole_environment: bool,
}

impl<'a> Walker<'a> {
    fn new(db: &'a dyn Db, project: Project, module: ModuleId) -> Self {
        Self {
            db,
            project,
            modules: model::query::modules(db, project),
            running: module,
            globals: Locals::default(),
            steps: Vec::new(),
            at: StmtId(0),
            stack: Vec::new(),
            calls: 0,
            expressions: 0,
            depth: 0,
            variables: FxHashMap::default(),
            reads_whole_environment: true,
        }
    }
}

impl Walker<'_> {
    pub(super) fn step(&mut self, step: Step) {
        if self.steps.len() >= MAX_STEPS {
            return;
        }
        if self.steps.len() + 1 == MAX_STEPS {
            self.steps.push((Step::SideEffect(SideEffect::TooMuch), self.at));
        } else if self.steps.last().is_none_or(|(last, _)| *last != step) {
            self.steps.push((step, self.at));
        }
    }

    pub(super) fn side_effect(&mut self, effect: SideEffect) {
        self.step(Step::SideEffect(effect));
    }

    /// Whether one more expression or block may be entered. If so, the caller must call [`Walker::leave`].
    pub(super) fn enter(&mut self) -> bool {
        self.expressions += 1;
        if self.expressions > MAX_EXPRESSIONS || self.depth >= MAX_DEPTH {
            self.side_effect(SideEffect::TooMuch);
            return false;
        }
        self.depth += 1;
        true
    }

    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Whether `function` may be called at this point.
    pub(super) fn may_call(&mut self, function: FunctionRef) -> bool {
        if self.stack.contains(&function) {
            return false;
        }
        self.calls += 1;
        if self.stack.len() >= MAX_CALLS || self.calls > MAX_CALLS_IN_ALL {
            self.side_effect(SideEffect::TooMuch);
            return false;
        }
        true
    }

    /// A frame for a body of `module`; `None` if the body can't be read.
    pub(super) fn frame(&self, module: ModuleId, body: BodyId, kind: FrameKind) -> Option<Frame> {
        let file = self.modules[module].file;
        let body: Body = python::query::body(self.db, file, body)?;
        Some(Frame {
            module,
            body: Arc::new(body),
            definitions: python::query::definitions(self.db, file),
            imports: python::query::imports(self.db, file),
            kind,
            locals: Locals::default(),
            captured: None,
            targets: Vec::new(),
            globals: FxHashSet::default(),
            method_of: None,
            returned: None,
            may_be_left: false,
        })
    }

    /// Binds a name. After a conditional binding, the name may still have its previous value.
    pub(super) fn bind(&mut self, frame: &mut Frame, name: &Name, thing: Thing, is_sure: bool) {
        let is_global = frame.kind == FrameKind::Module || frame.globals.contains(name);
        if is_global && frame.module != self.running {
            let full = format!("{}.{name}", self.modules[frame.module].name);
            self.side_effect(SideEffect::Changes(full.into()));
            return;
        }
        let names = if is_global { &mut self.globals } else { &mut frame.locals };
        let thing = match names.get(name) {
            Some(before) if !is_sure => thing.join(before),
            _ => thing,
        };
        names.insert(name.clone(), thing);
    }

    /// The value of `name` in the code of `frame`.
    pub(super) fn name(&mut self, frame: &Frame, name: &Name) -> Thing {
        if let Some(thing) = frame.local(name) {
            return thing.clone();
        }
        if frame.module == self.running
            && let Some(thing) = self.globals.get(name)
        {
            return thing.clone();
        }
        let head = model::query::head(self.db, self.project, frame.module, name.clone());
        self.head(head)
    }

    /// The value of a module-level name. Reading a variable of another module is a step.
    pub(super) fn head(&mut self, head: Head) -> Thing {
        let Head::Variable(module, name) = head else { return Thing::of_head(head, self.running) };
        if module == self.running {
            return self.globals.get(&name).cloned().unwrap_or_else(|| self.variable(module, &name));
        }
        self.step(Step::Reads { module, name: name.clone() });
        self.variable(module, &name)
    }

    /// The value of a module-level variable, from its assignments.
    fn variable(&mut self, module: ModuleId, name: &Name) -> Thing {
        let key = (module, name.clone());
        if let Some(known) = self.variables.get(&key) {
            return known.clone();
        }
        let is_shared = module != self.running;
        let definitions = python::query::definitions(self.db, self.modules[module].file);
        let kind = match definitions.bound_once(name).map(|value| &definitions.exprs[value]) {
            Some(Expr::Literal(_) | Expr::FString(_)) => ThingKind::Plain,
            Some(
                Expr::List(_) | Expr::Dict(_) | Expr::Set(_) | Expr::Tuple(_) | Expr::Comprehension { .. },
            ) => ThingKind::Container,
            Some(Expr::Call { callee, .. }) => {
                let made = definitions.exprs.dotted(*callee);
                made.and_then(|dotted| self.made_by(module, &dotted)).unwrap_or(ThingKind::Unknown)
            }
            _ => ThingKind::Unknown,
        };
        let thing = if kind == ThingKind::Unknown {
            Thing::of_value(&names::at_top_level(self.db, self.project, module, name), is_shared)
        } else {
            Thing { kind, is_shared }
        };
        self.variables.insert(key, thing.clone());
        thing
    }

    /// The result of calling `dotted` in `module`, if it is a class or from a library.
    fn made_by(&self, module: ModuleId, dotted: &str) -> Option<ThingKind> {
        match self.dotted(module, dotted) {
            Head::Class(class) => Some(ThingKind::Instance(class)),
            Head::Foreign(full) => Some(match library::call(&full) {
                library::Call::Pure => ThingKind::Plain,
                library::Call::Container => ThingKind::Container,
                _ => ThingKind::Made(full),
            }),
            _ => None,
        }
    }

    /// Resolves `a.b.c` at the top level of a module.
    pub(super) fn dotted(&self, module: ModuleId, dotted: &str) -> Head {
        let mut segments = dotted.split('.');
        let first = segments.next().unwrap_or_default();
        let mut head = model::query::head(self.db, self.project, module, first.into());
        for segment in segments {
            head = names::head_attribute(self.db, self.project, &head, segment);
        }
        head
    }
}
