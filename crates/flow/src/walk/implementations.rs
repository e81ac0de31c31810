//! Methods of a base class or a port: called where they are implemented.

use model::ClassRef;
use python::{ExprId, Function as FunctionFacts, Name};

use super::{Seen, Walker};
use crate::interpreter::Arguments;
use crate::types::classes::Member;
use crate::{EffectKind, FunctionRef, Inner, Kind, Parts, Value};

impl Walker<'_> {
    /// Calls a bound method. A method without an implementation is called where it is implemented.
    pub(super) fn call_bound(
        &mut self,
        expr: ExprId,
        function: FunctionRef,
        receiver: &Inner,
        arguments: &Arguments,
    ) -> Value {
        if let Kind::Instance(class, _) = &receiver.kind
            && let Some((implementation, function)) = self.implementation(class, function)
        {
            let instance = Value::of(Kind::Instance(implementation, Parts::default()))
                .at(receiver.path.clone())
                .with_deps(receiver.deps);
            self.see(expr, || Seen::Port(class.clone()));
            return self.call_function(expr, function, Some(&instance), arguments);
        }
        self.call_function(expr, function, Some(receiver), arguments)
    }

    /// Of the implementations of an abstract method, the one with the most effects: of the class as a whole first, so
    /// that all methods of one base are those of one class.
    fn implementation(&self, class: &ClassRef, function: FunctionRef) -> Option<(ClassRef, FunctionRef)> {
        const LOOKED_AT: usize = 6;
        let definitions = self.definitions_of(function);
        let facts = definitions.functions.get(function.function.0 as usize)?;
        if !facts.is_stub {
            return None;
        }
        let implementations = crate::types::classes::implementations(self.db, self.project, class);
        let mut found = Vec::new();
        // A decorator class implements the port that it wraps; the wrapped object is of another class.
        let own_class = self.own_class();
        let others = implementations.iter().filter(|other| Some(*other) != own_class.as_ref());
        for implementation in others.take(LOOKED_AT) {
            let member = crate::types::classes::member(self.db, self.project, implementation, &facts.name);
            if let Some(Member::Method { function: own, .. }) = member
                && own != function
            {
                found.push((implementation.clone(), own));
            }
        }
        let weight_of = |function: FunctionRef| {
            let summary = crate::query::summary(self.db, self.project, function.module, function.function);
            summary
                .effects
                .iter()
                .filter(|effect| matches!(effect.kind, EffectKind::Query { .. } | EffectKind::Touch(_)))
                .count()
        };
        let is_sibling = |other: &&FunctionFacts| other.is_stub && other.scope == facts.scope;
        let siblings: Vec<&Name> = definitions
            .functions
            .iter()
            .filter(is_sibling)
            .take(LOOKED_AT)
            .map(|other| &other.name)
            .collect();
        let weight = |(class, function): &(ClassRef, FunctionRef)| {
            let all = siblings.iter().filter_map(|name| {
                match crate::types::classes::member(self.db, self.project, class, name) {
                    Some(Member::Method { function, .. }) => Some(weight_of(function)),
                    _ => None,
                }
            });
            (all.sum::<usize>(), weight_of(*function))
        };
        // Of equals the first one: classes are ordered by path.
        found.into_iter().rev().max_by_key(weight)
    }
}
