//! Conditions on what an object was made with: `if self.deep:`, `if options.items:`. Whoever makes the object knows.

use model::{ClassRef, ModuleId};
use python::{Expr, ExprArena, ExprId, Name, Scope};

use super::Walker;
use super::compared::{constant, constant_in, holds_for};
use super::guards::{Verdict, of_parameter};
use crate::types::classes::{self, Member};
use crate::{Asks, Constant, Guard, Kind, Value};

impl Walker<'_> {
    /// The parameter that a condition asks, and the attribute of it, if it asks for one of an object that the project
    /// makes.
    pub(super) fn subject_at(&self, expr: ExprId) -> Option<(u16, Option<Name>)> {
        if let Some(param) = self.parameter_at(expr) {
            return Some((param, None));
        }
        let Expr::Attribute { value, name } = &self.body[expr] else { return None };
        let param = self.parameter_at(*value)?;
        let held = self.environment.get(&self.body.exprs.dotted(*value)?)?;
        let is_object = matches!(held.kind, Kind::Instance(..) | Kind::Holder(..));
        // What was assigned here is no longer what the object was made with.
        let is_new = self.body.exprs.dotted(expr).is_some_and(|chain| self.environment.get(&chain).is_some());
        (is_object && !is_new).then(|| (param, Some(name.clone())))
    }

    /// What a call's arguments say of a condition on the attribute `name` of a parameter.
    pub(super) fn verdict_of_field(
        &self,
        (name, asks): (&Name, &Asks),
        guard: &Guard,
        default: Option<(ModuleId, &ExprArena, ExprId)>,
        given: Option<&Value>,
    ) -> Verdict {
        if let Some(param) = given.and_then(of_parameter) {
            return Verdict::OfCallers(Guard { param, ..guard.clone() });
        }
        let constant = match (given.map(|given| &given.kind), default) {
            (Some(Kind::Holder(class, fields)), _) => {
                let held = fields.iter().find(|(known, _)| known == name).map(|(_, value)| value);
                if let Some(param) = held.and_then(of_parameter) {
                    return Verdict::OfCallers(Guard { param, asks: asks.clone(), is_given: guard.is_given });
                }
                match held {
                    Some(held) => constant_in(held),
                    None => self.kept_in_body(class, name),
                }
            }
            (Some(Kind::Instance(class, _)), _) => self.kept_in_body(class, name),
            (None, Some((module, exprs, made))) => self.made_with(module, exprs, made, name),
            _ => None,
        };
        let holds = constant.and_then(|constant| match asks {
            Asks::Truth => is_true(&constant),
            Asks::Presence => Some(constant != Constant::None),
            asks => holds_for(asks, &constant),
        });
        match holds {
            Some(holds) if holds == guard.is_given => Verdict::Holds,
            Some(_) => Verdict::Fails,
            None => Verdict::Open,
        }
    }

    /// The constant that the body of a class gives an attribute, if nothing else does: no method, and no class below.
    fn kept_in_body(&self, class: &ClassRef, name: &Name) -> Option<Constant> {
        let (db, project) = (self.db, self.project);
        let is_changed = |class: &ClassRef| !classes::storing(db, project, class, name).is_empty();
        let is_other = |below: &ClassRef| {
            is_changed(below)
                || classes::assigning(db, project, below, name)
                    != classes::assigning(db, project, class, name)
        };
        if is_changed(class) || model::query::descendants(db, project, class.clone()).iter().any(is_other) {
            return None;
        }
        self.default_of_field(class, name)
    }

    /// What the body of a class says of an attribute.
    pub(super) fn default_of_field(&self, class: &ClassRef, name: &Name) -> Option<Constant> {
        let bases = classes::bases(self.db, self.project, class);
        std::iter::once(class).chain(bases.iter()).find_map(|class| {
            let file = model::query::file_of(self.db, self.project, class.module);
            let definitions = python::query::definitions(self.db, file);
            let value = definitions.variables.iter().rev().find(|variable| {
                variable.name == *name
                    && matches!(variable.scope, Scope::Class(id) if definitions[id].name == class.name)
            });
            let value = value?.value?;
            constant(self.db, self.project, class.module, &definitions.exprs, value)
        })
    }

    /// The constant that an object has in an attribute which is written down as a default: `Include()`,
    /// `Include(items=True)`.
    fn made_with(&self, module: ModuleId, exprs: &ExprArena, made: ExprId, name: &Name) -> Option<Constant> {
        let Expr::Call { callee, args } = exprs.list.get(made.0 as usize)? else { return None };
        let Expr::Name(class) = &exprs[*callee] else { return None };
        let Kind::Class(class) = crate::types::names::at_top_level(self.db, self.project, module, class).kind
        else {
            return None;
        };
        let is_written = |arg: &python::Arg| matches!(arg, python::Arg::Keyword(..));
        let is_plain = args.iter().all(is_written)
            && matches!(
                classes::member(self.db, self.project, &class, "__init__"),
                None | Some(Member::Attribute(_))
            );
        if !is_plain {
            return None;
        }
        let given = args.iter().find_map(|arg| match arg {
            python::Arg::Keyword(keyword, value) if keyword == name => Some(*value),
            _ => None,
        });
        match given {
            Some(value) => constant(self.db, self.project, module, exprs, value),
            None => self.default_of_field(&class, name),
        }
    }
}

/// Whether a constant is true.
fn is_true(constant: &Constant) -> Option<bool> {
    match constant {
        Constant::None => Some(false),
        Constant::Flag(flag) => Some(*flag),
        Constant::Number(number) => Some(*number != 0),
        Constant::Text(text) => Some(!text.is_empty()),
        Constant::Member(..) | Constant::Sentinel(..) => None,
    }
}

/// A constant as a value.
pub(super) fn value_of(constant: Constant) -> Value {
    Value::of(match constant {
        Constant::None => Kind::None,
        Constant::Flag(flag) => Kind::Flag(flag),
        Constant::Text(text) => Kind::Text(text),
        other => Kind::Written(other),
    })
}
