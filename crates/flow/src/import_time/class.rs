//! Class statements: their bases, their bodies, and the hooks called for a new class.

use std::sync::Arc;

use model::ClassRef;
use python::{Arg, ClassId, Expr, Scope};

use super::apply::Args;
use super::frame::{Frame, FrameKind};
use super::thing::{Thing, ThingKind};
use super::walker::Walker;
use crate::query::types;
use crate::types::classes::{Member, MethodKind, member};

impl Walker<'_> {
    /// A class statement.
    pub(super) fn class(&mut self, frame: &mut Frame, id: ClassId, is_sure: bool) {
        let definitions = Arc::clone(&frame.definitions);
        let class = &definitions[id];
        let exprs = &definitions.exprs;
        let decorators: Vec<Thing> =
            class.decorators.iter().map(|decorator| self.value(frame, exprs, *decorator)).collect();
        let mut bases: Vec<ClassRef> = Vec::new();
        let mut metaclasses: Vec<ClassRef> = Vec::new();
        for base in &class.bases {
            let thing = self.value(frame, exprs, base.value());
            match (base, thing.kind) {
                (Arg::Keyword(name, _), ThingKind::Class(meta)) if name == "metaclass" => {
                    metaclasses.push(meta);
                }
                (Arg::Positional(_), ThingKind::Class(base)) => bases.push(base),
                _ => {}
            }
        }
        if let Some(mut inner) = self.frame(frame.module, class.body, FrameKind::Class) {
            inner.captured = frame.visible();
            let body = Arc::clone(&inner.body);
            self.block(&mut inner, &body.root, true);
            let mut attributes: Vec<_> = inner.locals.into_iter().collect();
            attributes.sort_by(|(left, _), (right, _)| left.cmp(right));
            for (_, thing) in attributes {
                self.special(&thing, "__set_name__", &[]);
            }
        }
        let mut thing = if class.scope == Scope::Module {
            Thing::own(ThingKind::Class(ClassRef::new(frame.module, class.name.clone())))
        } else {
            Thing::own(ThingKind::Unknown)
        };
        metaclasses.extend(bases.iter().filter_map(|base| self.metaclass(base)));
        metaclasses.dedup();
        for meta in &metaclasses {
            for name in ["__prepare__", "__new__", "__init__"] {
                // The name, bases and namespace of the new class.
                let args = [Thing::PLAIN, Thing::FRESH, Thing::FRESH];
                let args = args.map(|thing| (None, thing));
                self.class_method(meta, name, &thing, if name == "__prepare__" { &args[..2] } else { &args });
            }
        }
        for base in &bases {
            self.class_method(base, "__init_subclass__", &thing, &[]);
        }
        for (decorator, expr) in decorators.iter().zip(&class.decorators).rev() {
            thing = self.decorate(frame, exprs, *expr, decorator, thing);
        }
        self.bind(frame, &class.name, thing, is_sure);
    }

    /// Calls the method `name` of `class` with a class as its receiver, if the project defines it.
    fn class_method(&mut self, class: &ClassRef, name: &str, receiver: &Thing, args: &Args) {
        if let Some(Member::Method { function, .. }) = member(self.db, self.project, class, name) {
            self.call_function(function, None, Some(receiver.clone()), args);
        }
    }

    /// The project metaclass of `class`.
    pub(super) fn metaclass(&self, class: &ClassRef) -> Option<ClassRef> {
        let ancestors = types::ancestors(self.db, self.project, class.module, class.name.clone());
        ancestors.iter().find_map(|ancestor| {
            let ClassRef { module, name } = &ancestor.class;
            let file = self.modules[*module].file;
            let definitions = python::query::definitions(self.db, file);
            let own =
                definitions.classes.iter().rev().find(|it| it.name == *name && it.scope == Scope::Module)?;
            let written = own.bases.iter().find_map(|base| match base {
                Arg::Keyword(keyword, value) if keyword == "metaclass" => Some(*value),
                // `with_metaclass(Meta, Base)`
                Arg::Positional(value) => match &definitions.exprs[*value] {
                    Expr::Call { args, .. } => args.first().map(Arg::value),
                    _ => None,
                },
                _ => None,
            })?;
            match self.dotted(*module, &definitions.exprs.dotted(written)?) {
                model::Head::Class(meta) => Some(meta),
                _ => None,
            }
        })
    }

    /// Calls a special method of an instance, if the project defines it.
    pub(super) fn special(&mut self, thing: &Thing, name: &str, args: &[Thing]) {
        let ThingKind::Instance(class) = &thing.kind else { return };
        if let Some(Member::Method { function, kind: MethodKind::Instance }) =
            member(self.db, self.project, class, name)
        {
            let args: Vec<_> = args.iter().map(|arg| (None, arg.clone())).collect();
            self.call_function(function, None, Some(thing.clone()), &args);
        }
    }
}
