//! Follows a dependency from name to name, to attributes and through the methods that read them, and to the callees
//! that it is passed to.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use model::{ClassRef, InjectionPlace, InjectionSite, ModuleId, Project};
use python::{Body, Definitions, Expr, FunctionId, Name, Scope};
use rustc_hash::FxHashSet;

use super::elements::Held;
use super::forwarding::{Caller, Taken};
use super::occurrences::{Surroundings, Use};
use super::{MemberUse, Usage};
use crate::query::types as queries;
use crate::types::classes::{Member, MethodKind, method_kind};
use crate::{Db, FunctionRef, Kind, Site};

/// After being passed on more often than this, it escapes.
const MAX_HOPS: usize = 5;
/// The maximum number of names and attributes that are followed.
const MAX_HOLDERS: usize = 96;
/// Nested functions are searched to this depth.
const MAX_NESTING: usize = 6;

/// A holder of the dependency.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Holder {
    /// A name in a function and its nested functions.
    Local(FunctionRef, Name),
    /// An attribute of the instances of a class.
    Attribute(ClassRef, Name),
}

/// What a holder holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// The dependency.
    Itself,
    /// A collection of such dependencies.
    Several,
}

/// Follows the dependency requested at `place` of `module`.
pub(super) fn follow(db: &dyn Db, project: Project, module: ModuleId, place: InjectionPlace) -> Usage {
    let asked = asked(db, project, module, place);
    let walk = walk(db, project, module, place, &asked, What::Itself);
    finish(walk, asked.iter().any(|ask| !ask.is_alone))
}

/// Follows the elements of the collection requested at `place` of `module`.
pub(super) fn follow_elements(
    db: &dyn Db,
    project: Project,
    module: ModuleId,
    place: InjectionPlace,
) -> Usage {
    finish(walk(db, project, module, place, &[], What::Several), false)
}

fn finish(mut walk: Walk<'_>, keeps_own: bool) -> Usage {
    if keeps_own {
        walk.keep_own();
    }
    walk.finish()
}

fn walk<'a>(
    db: &'a dyn Db,
    project: Project,
    module: ModuleId,
    place: InjectionPlace,
    asked: &[InjectionSite],
    what: What,
) -> Walk<'a> {
    let mut walk = Walk {
        db,
        project,
        asked: asked.iter().map(|ask| ask.class.clone()).collect(),
        open: VecDeque::new(),
        seen: FxHashSet::default(),
        members: BTreeMap::new(),
        takers: BTreeSet::new(),
        escapes: false,
    };
    match start(db, project, module, place) {
        Some(holder) => walk.add_held(holder, 0, what),
        None => walk.escapes = true,
    }
    while let Some((holder, hops, what)) = walk.open.pop_front() {
        match holder {
            Holder::Local(function, name) => walk.local(function, &name, hops, what),
            Holder::Attribute(class, name) => walk.attribute(&class, &name, hops, what),
        }
    }
    walk
}

/// The classes requested at a place.
fn asked(db: &dyn Db, project: Project, module: ModuleId, place: InjectionPlace) -> Vec<InjectionSite> {
    let file = model::query::file_of(db, project, module);
    let asks = model::query::injection_sites(db, project, file);
    asks.iter().filter(|ask| ask.place == place).cloned().collect()
}

/// The first holder.
fn start(db: &dyn Db, project: Project, module: ModuleId, place: InjectionPlace) -> Option<Holder> {
    let file = model::query::file_of(db, project, module);
    let definitions = python::query::definitions(db, file);
    match place {
        InjectionPlace::Parameter { function, parameter } => {
            parameter_of(&definitions, FunctionRef { module, function }, usize::from(parameter))
        }
        InjectionPlace::Field { class, variable } => {
            let field = definitions.variables.get(variable as usize)?;
            let facts = definitions.classes.get(class.0 as usize)?;
            if facts.scope != Scope::Module {
                return None;
            }
            // `InitVar`: it is passed to `__post_init__` and not stored.
            let takes = |function: &python::Function| {
                function.scope == Scope::Class(class)
                    && function.name == "__post_init__"
                    && function.parameters.iter().any(|parameter| parameter.name == field.name)
            };
            if let Some((function, _)) = definitions.functions().find(|(_, function)| takes(function)) {
                return Some(Holder::Local(FunctionRef { module, function }, field.name.clone()));
            }
            Some(Holder::Attribute(ClassRef::new(module, facts.name.clone()), field.name.clone()))
        }
    }
}

/// A parameter as a holder; `None` for a function without an implementation.
pub(super) fn parameter_of(definitions: &Definitions, function: FunctionRef, index: usize) -> Option<Holder> {
    let facts = definitions.functions.get(function.function.0 as usize)?;
    let parameter = facts.parameters.get(index)?;
    (!facts.is_stub).then(|| Holder::Local(function, parameter.name.clone()))
}

struct Walk<'a> {
    db: &'a dyn Db,
    project: Project,
    /// The requested classes.
    asked: Vec<ClassRef>,
    open: VecDeque<(Holder, usize, What)>,
    seen: FxHashSet<Holder>,
    members: BTreeMap<Name, Found>,
    takers: BTreeSet<(ModuleId, InjectionPlace)>,
    escapes: bool,
}

/// The uses of one member found so far.
struct Found {
    is_called: bool,
    is_written: bool,
    places: BTreeSet<(FunctionRef, Site)>,
}

impl Walk<'_> {
    fn add(&mut self, holder: Holder, hops: usize) {
        self.add_held(holder, hops, What::Itself);
    }

    fn add_held(&mut self, holder: Holder, hops: usize, what: What) {
        if self.seen.contains(&holder) {
            return;
        }
        if self.seen.len() == MAX_HOLDERS || hops > MAX_HOPS {
            self.escapes = true;
            return;
        }
        self.seen.insert(holder.clone());
        self.open.push_back((holder, hops, what));
    }

    /// Follows a name in a function and in the nested functions that don't rebind it.
    fn local(&mut self, function: FunctionRef, name: &Name, hops: usize, what: What) {
        self.each_within(function, name, |walk, function, body| {
            // Most bodies don't mention the name, and computing the parents of expressions is more expensive than
            // searching for it.
            if !body.exprs.list.iter().any(|expr| matches!(expr, Expr::Name(own) if own == name)) {
                return;
            }
            let around = Surroundings::of(body);
            let found: Vec<_> = around.of_name(name).collect();
            walk.uses_of(function, body, &around, &found, (hops, what));
        });
    }

    /// Follows an attribute in all methods of the class, its bases and its subclasses.
    fn attribute(&mut self, class: &ClassRef, name: &Name, hops: usize, what: What) {
        let mut family: Vec<ClassRef> = vec![class.clone()];
        family.extend(crate::types::classes::bases(self.db, self.project, class).iter().cloned());
        family.extend(model::query::descendants(self.db, self.project, class.clone()).iter().cloned());
        let mut is_read = false;
        for class in family {
            let file = model::query::file_of(self.db, self.project, class.module);
            let definitions = python::query::definitions(self.db, file);
            let classes = queries::classes(self.db, file);
            let Some(own) = classes.get(&class.name) else { continue };
            for (function, facts) in definitions.functions() {
                let is_method = facts.scope == Scope::Class(own.id)
                    && matches!(
                        method_kind(&definitions, facts),
                        MethodKind::Instance | MethodKind::Property
                    );
                let Some(receiver) = facts.parameters.first().filter(|_| is_method) else { continue };
                let function = FunctionRef { module: class.module, function };
                self.each_within(function, &receiver.name, |walk, function, body| {
                    let is_it =
                        |expr: &Expr| matches!(expr, Expr::Attribute { name: own, .. } if own == name);
                    if !body.exprs.list.iter().any(is_it) {
                        return;
                    }
                    let around = Surroundings::of(body);
                    let found: Vec<_> = around.of_attribute(&receiver.name, name).collect();
                    is_read |= found.iter().any(|expr| !around.is_stored(*expr));
                    walk.uses_of(function, body, &around, &found, (hops, what));
                });
            }
        }
        // A record: it holds the dependency for others to read.
        self.escapes |= !is_read && !name.starts_with('_');
    }

    /// Visits the body of a function and those of its nested functions in which `name` has the same meaning.
    fn each_within(
        &mut self,
        function: FunctionRef,
        name: &Name,
        mut work: impl FnMut(&mut Self, FunctionRef, &Body),
    ) {
        let file = model::query::file_of(self.db, self.project, function.module);
        let definitions = python::query::definitions(self.db, file);
        let mut level = vec![function.function];
        for _ in 0..MAX_NESTING {
            let mut next: Vec<FunctionId> = Vec::new();
            for id in level {
                let Some(facts) = definitions.functions.get(id.0 as usize) else { continue };
                if let Some(body) = python::query::body(self.db, file, facts.body) {
                    work(self, FunctionRef { module: function.module, function: id }, &body);
                }
                next.extend(
                    definitions
                        .functions()
                        .filter(|(_, inner)| {
                            inner.scope == Scope::Function(id)
                                && inner.parameters.iter().all(|parameter| parameter.name != *name)
                        })
                        .map(|(id, _)| id),
                );
            }
            if next.is_empty() {
                return;
            }
            level = next;
        }
    }

    fn uses_of(
        &mut self,
        function: FunctionRef,
        body: &Body,
        around: &Surroundings<'_>,
        found: &[python::ExprId],
        (hops, what): (usize, What),
    ) {
        if found.is_empty() {
            return;
        }
        let caller = Caller::new(self.db, self.project, function, body);
        for expr in found {
            if what == What::Several {
                around.elements_of(*expr, &mut |held| self.held(&caller, held, hops));
                continue;
            }
            around.uses_of(*expr, &mut |used| match used {
                // The name holds several values, so it can't be determined which of them is used.
                Use::Alias(name)
                    if !caller.has_parameter(&name)
                        && !self.seen.contains(&Holder::Local(function, name.clone()))
                        && !around.is_bound_once(&name) =>
                {
                    self.escapes = true;
                }
                used => self.used(&caller, used, hops),
            });
        }
    }

    fn held(&mut self, caller: &Caller<'_>, held: Held, hops: usize) {
        let function = caller.function;
        match held {
            Held::Element(used) => self.used(caller, used, hops),
            Held::Alias(name) => self.add_held(Holder::Local(function, name), hops, What::Several),
            Held::Stored { of, name } => {
                if let Some(class) = caller.class_of_receiver(&of) {
                    self.add_held(Holder::Attribute(class, name), hops, What::Several);
                }
            }
        }
    }

    fn used(&mut self, caller: &Caller<'_>, used: Use, hops: usize) {
        let function = caller.function;
        match used {
            Use::Member { name, at, is_called, is_written } => {
                self.member(name, (function, caller.site(at)), is_called, is_written);
            }
            Use::Alias(name) => self.add(Holder::Local(function, name), hops),
            Use::Stored { of, name } => match caller.class_of_receiver(&of) {
                Some(class) => self.add(Holder::Attribute(class, name), hops),
                None => self.escapes = true,
            },
            Use::Entered { is_async, at, target } => {
                let names = if is_async { ["__aenter__", "__aexit__"] } else { ["__enter__", "__exit__"] };
                for name in names {
                    self.member(Name::new_static(name), (function, caller.site(at)), true, false);
                }
                if let Some(target) = target.filter(|_| self.gives_itself(names[0])) {
                    self.add(Holder::Local(function, target), hops);
                }
            }
            Use::Returned => match caller.own_property() {
                // Code that reads the property gets the dependency.
                Some((class, name)) => {
                    self.escapes |= !name.starts_with('_');
                    self.add(Holder::Attribute(class, name), hops);
                }
                None => self.escapes = true,
            },
            Use::Forwarded { call, arg } => match caller.taken(call, arg) {
                Taken::Nothing => {}
                Taken::Members(names) => {
                    for name in names {
                        self.member(name, (function, caller.site(call)), true, false);
                    }
                }
                Taken::Read { name, is_written } => {
                    self.member(name, (function, caller.site(call)), false, is_written);
                }
                Taken::By(holder, taker) => {
                    self.takers.insert(taker);
                    self.add(holder, hops + 1);
                }
                Taken::Unknown => self.escapes = true,
            },
            Use::Escapes => self.escapes = true,
        }
    }

    /// Whether entering it yields itself, which is assumed unless an annotation declares another type.
    fn gives_itself(&self, enter: &str) -> bool {
        let is_kin = |left: &ClassRef, right: &ClassRef| {
            left == right || crate::types::classes::bases(self.db, self.project, left).contains(right)
        };
        self.asked.iter().all(|asked| {
            let Some(Member::Method { function, .. }) =
                crate::types::classes::member(self.db, self.project, asked, enter)
            else {
                return true;
            };
            match &queries::returned(self.db, self.project, function.module, function.function).kind {
                Kind::Unknown | Kind::None => true,
                Kind::Instance(class, _) => is_kin(class, asked) || is_kin(asked, class),
                _ => false,
            }
        })
    }

    fn member(&mut self, name: Name, place: (FunctionRef, Site), is_called: bool, is_written: bool) {
        let found = self.members.entry(name).or_insert(Found {
            is_called: true,
            is_written: false,
            places: BTreeSet::new(),
        });
        found.is_called &= is_called;
        found.is_written |= is_written;
        found.places.insert(place);
    }

    /// Where other classes may be injected as well, keeps only the members that the requested ones have.
    fn keep_own(&mut self) {
        let (db, project) = (self.db, self.project);
        let asked = &self.asked;
        self.members.retain(|name, _| {
            asked.iter().any(|class| crate::types::classes::member(db, project, class, name).is_some())
        });
    }

    fn finish(self) -> Usage {
        let members = self.members.into_iter().map(|(name, found)| MemberUse {
            name,
            is_called: found.is_called,
            is_written: found.is_written,
            places: found.places.into_iter().collect(),
        });
        let takers = self.takers.into_iter().collect();
        Usage { members: members.collect(), escapes: self.escapes, takers }
    }
}
