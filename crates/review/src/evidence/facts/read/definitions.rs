//! Reads imports, classes, functions and names of a module.

use std::collections::{BTreeMap, BTreeSet};

use flow::FunctionRef;
use flow::ways::Way;
use model::ModuleId;
use python::{BodyId, Expr, ExprArena, ExprId, Scope};

use super::super::super::value::Value;
use super::super::{Class, Function, Parameter};
use super::{Reader, qualified};

impl Reader<'_, '_> {
    pub(super) fn imports(&mut self, index: &BTreeMap<ModuleId, usize>) {
        let cx = self.names.cx;
        let modules = &cx.architecture.modules;
        let mut found = BTreeSet::new();
        for view in cx.imports().filter(|it| !it.import.context.type_checking) {
            if let Some(full) = view.resolved.outside() {
                self.source.outside.insert(full.clone());
                let context = &view.import.context;
                let is_sure = context.function.is_none()
                    && !(context.optional || context.conditional || context.main || context.lazy);
                if is_sure {
                    let line = (self.line)(view.spans.statement);
                    self.source.needs.entry(full.clone()).or_insert(line);
                }
            }
            let Some(module) = view.module() else { continue };
            let around = modules.packages_around(module);
            found.extend(around.into_iter().chain([module]).filter_map(|it| index.get(&it)));
        }
        for view in cx.imports() {
            let is_top = view.import.context.scope == Scope::Module;
            match view.import.bound_name() {
                Some(name) if is_top => {
                    let line = (self.line)(view.spans.statement);
                    self.source.names.entry(name.into()).or_insert(line);
                }
                None if is_top && view.import.kind == python::ImportKind::Star => {
                    // Names from a star import aren't followed.
                    self.source.has_hidden_names = true;
                    self.source.stars.push((self.line)(view.spans.statement));
                }
                _ => {}
            }
        }
        self.source.imports = found.into_iter().collect();
    }

    pub(super) fn definitions(&mut self) {
        let cx = self.names.cx;
        let definitions = cx.module.definitions.clone();
        for (id, class) in definitions.classes() {
            let line = (self.line)(cx.module.spans.class_name(id));
            if class.scope == Scope::Module {
                self.source.names.entry(class.name.clone()).or_insert(line);
                let read = |id: ExprId| {
                    Value::of(&definitions.exprs, id, &|id| self.full(BodyId(0), &definitions.exprs, id))
                };
                let bases = class.bases.iter().map(|it| read(it.value())).collect();
                let ancestors = cx.architecture.hierarchy.of(cx.id, &class.name);
                self.source.classes.push(Class {
                    name: class.name.clone(),
                    bases,
                    foreign: ancestors.map(|it| it.foreign.to_vec()).unwrap_or_default(),
                    own: ancestors.map(|it| it.own.to_vec()).unwrap_or_default(),
                    line,
                });
            }
        }
        for (id, function) in definitions.functions() {
            let line = (self.line)(cx.module.spans.function_name(id));
            if function.scope == Scope::Module {
                self.source.names.entry(function.name.clone()).or_insert(line);
                self.source.has_hidden_names |= function.name == "__getattr__";
            }
            for (site, callee) in &flow::query::analysis(cx.db, cx.project, cx.id, id).calls {
                let known = self.callees.entry((site.body, site.expr)).or_default();
                if !known.contains(callee) {
                    known.push(*callee);
                }
            }
            let decorators = function.decorators.iter().map(|it| {
                Value::of(&definitions.exprs, *it, &|id| self.full(BodyId(0), &definitions.exprs, id))
            });
            let decorators = decorators.collect();
            let way = match flow::query::way_in(cx.db, cx.project, cx.id, id) {
                Way::In(way) => Some(way),
                Way::Nobody | Way::Unknown => None,
            };
            self.source.functions.push(Function {
                name: qualified(&definitions, function.scope, &function.name),
                id: FunctionRef { module: cx.id, function: id },
                calls: flow::query::callees(cx.db, cx.project, cx.id, id).to_vec(),
                is_async: function.is_async,
                decorators,
                parameters: function
                    .parameters
                    .iter()
                    .filter(|it| !is_rest(it))
                    .map(|it| self.parameter(&definitions.exprs, it))
                    .collect(),
                is_empty: function.is_stub && !function.raises_not_implemented,
                blocks: (BodyId(0), Vec::new()),
                takes_any: function.parameters.iter().any(is_rest),
                entry: way.as_ref().filter(|it| !it.is_route).and_then(|it| it.function),
                reached: way.map(|it| it.reached),
                line,
            });
        }
        for (index, variable) in definitions.variables.iter().enumerate() {
            if variable.scope == Scope::Module {
                let span = cx.module.spans.variables.get(index).copied().unwrap_or_default();
                self.source.names.entry(variable.name.clone()).or_insert_with(|| (self.line)(span));
            }
        }
    }

    fn parameter(&self, exprs: &ExprArena, parameter: &python::Parameter) -> Parameter {
        let read = |id: ExprId| Value::of(exprs, id, &|id| self.full(BodyId(0), exprs, id));
        // `Annotated[File, ...]` is a file.
        let parts = |id: ExprId| match &exprs[id] {
            Expr::Subscript { value, index }
                if exprs[*value].last_name().is_some_and(|it| it == "Annotated") =>
            {
                match &exprs[*index] {
                    Expr::Tuple(parts) => parts.split_first(),
                    _ => None,
                }
            }
            _ => None,
        };
        let annotated = parameter.annotation.and_then(parts);
        Parameter {
            name: parameter.name.clone(),
            annotation: annotated.map(|(plain, _)| *plain).or(parameter.annotation).map(read),
            marks: annotated.map_or(&[][..], |(_, marks)| marks).iter().map(|it| read(*it)).collect(),
            default: parameter.default.map(read),
        }
    }
}

fn is_rest(parameter: &python::Parameter) -> bool {
    matches!(parameter.kind, python::ParameterKind::Args | python::ParameterKind::Kwargs)
}
