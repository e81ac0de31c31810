//! Runs the body of a module in order, and the bodies that are called meanwhile.

use std::sync::Arc;

use model::{Head, ModuleId, Modules, Project, Resolved};
use python::{Body, BodyId, Expr, Name, Scope, StmtId};
use rustc_hash::{FxHashMap, FxHashSet};

use super::frame::{Frame, FrameKind};
use super::library;
use super::thing::{Locals, Thing, ThingKind};
use super::{SideEffect, Step};
use crate::{Db, FunctionRef, names};

/// Calls within calls are followed this deep.
pub(super) const MAX_CALLS: usize = 12;
/// So many calls are followed for one module.
const MAX_CALLS_IN_ALL: usize = 2_000;
/// So many expressions are looked at for one module.
const MAX_EXPRESSIONS: usize = 200_000;
/// Expressions and blocks within each other, over all calls.
const MAX_DEPTH: usize = 300;
/// So many steps are kept of one module.
const MAX_STEPS: usize = 4_000;

/// What happens while `module` is loaded, without what the modules do that it loads.
pub(crate) fn steps(db: &dyn Db, project: Project, module: ModuleId) -> Vec<Step> {
    placed_steps(db, project, module).into_iter().map(|(step, _)| step).collect()
}

/// The same, each with the statement of the module's own body that it happens in.
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
    /// The module that is loaded.
    pub(super) running: ModuleId,
    /// Its names so far.
    pub(super) globals: Locals,
    steps: Vec<(Step, StmtId)>,
    at: StmtId,
    /// The functions that run.
    pub(super) stack: Vec<FunctionRef>,
    calls: usize,
    expressions: usize,
    depth: usize,
    variables: FxHashMap<(ModuleId, Name), Thing>,
    /// Whether naming `os.environ` alone counts as reading all of it.
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

    /// Whether one more expression or block may be entered; [`Walker::leave`] follows.
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

    /// Whether `function` may be called now.
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

    /// A body of `module`; nothing where it can't be read.
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

    /// Binds a name. What is bound under a condition may still be what it was.
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

    /// What `name` is in code of `frame`.
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

    /// What a name at the top level of a module is. Reading a variable of another module is a step.
    pub(super) fn head(&mut self, head: Head) -> Thing {
        let Head::Variable(module, name) = head else { return Thing::of_head(head, self.running) };
        if module == self.running {
            return self.globals.get(&name).cloned().unwrap_or_else(|| self.variable(module, &name));
        }
        self.step(Step::Reads { module, name: name.clone() });
        self.variable(module, &name)
    }

    /// What a variable at the top level of a module is, by what is assigned to it.
    fn variable(&mut self, module: ModuleId, name: &Name) -> Thing {
        let key = (module, name.clone());
        if let Some(known) = self.variables.get(&key) {
            return known.clone();
        }
        let is_shared = module != self.running;
        let definitions = python::query::definitions(self.db, self.modules[module].file);
        let is_it = |variable: &&python::Variable| variable.scope == Scope::Module && variable.name == *name;
        let mut bindings = definitions.variables.iter().filter(is_it);
        let value = bindings.next().filter(|_| bindings.next().is_none()).and_then(|it| it.value);
        let kind = match value.map(|value| &definitions.exprs[value]) {
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
            Thing::of_value(&names::at_head(self.db, self.project, module, name), is_shared)
        } else {
            Thing { kind, is_shared }
        };
        self.variables.insert(key, thing.clone());
        thing
    }

    /// What a call of `dotted` in `module` gives, where that is a class or something of a library.
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

    /// What `a.b.c` is at the top level of a module.
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
