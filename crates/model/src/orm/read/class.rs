//! Module-level classes.

use python::{
    Arg, Class, ClassId, Definitions, Expr, ExprId, Function, FunctionId, Literal, Name, Scope, Variable,
};

use super::call::{Call, boolean, string};
use super::{Source, alchemy, value};
use crate::orm::Column;
use crate::orm::declared::{Declaration, DeclaredClass, Table, Target};

/// The classes with any declarations.
pub(super) fn classes(source: &Source<'_>, tables: &[Table]) -> Box<[DeclaredClass]> {
    let definitions = source.definitions;
    let insides = insides(definitions);
    // A mere annotation is a column in SQLModel; elsewhere it is irrelevant.
    let has_models = source.imports.list.iter().any(|import| import.module.starts_with("sqlmodel"));
    let heads = definitions.classes().filter(|(_, class)| class.scope == Scope::Module);
    heads
        .filter_map(|(id, class)| {
            let mut out = DeclaredClass { name: class.name.clone(), ..DeclaredClass::default() };
            keywords(definitions, class, &mut out);
            let takes_annotations = has_models || out.has_table;
            let has_bases = !class.bases.is_empty();
            let inside = &insides[id.0 as usize];
            for variable in &inside.variables {
                attribute(source, tables, variable, (takes_annotations, has_bases), &mut out);
            }
            methods(source, inside, &mut out);
            if let Some(meta) = inside.meta {
                read_meta(definitions, &insides[meta.0 as usize], &mut out);
            }
            let says_nothing = DeclaredClass { name: class.name.clone(), ..DeclaredClass::default() };
            out.members.shrink_to_fit();
            (out != says_nothing).then_some(out)
        })
        .collect()
}

/// The direct contents of a class body.
#[derive(Clone, Default)]
struct Inside<'a> {
    variables: Vec<&'a Variable>,
    methods: Vec<(FunctionId, &'a Function)>,
    /// `class Meta:`
    meta: Option<ClassId>,
}

/// By [`ClassId`].
fn insides(definitions: &Definitions) -> Vec<Inside<'_>> {
    let mut insides = vec![Inside::default(); definitions.classes.len()];
    for variable in &definitions.variables {
        if let Scope::Class(id) = variable.scope {
            insides[id.0 as usize].variables.push(variable);
        }
    }
    for (method, function) in definitions.functions() {
        if let Scope::Class(id) = function.scope {
            insides[id.0 as usize].methods.push((method, function));
        }
    }
    for (inner, class) in definitions.classes().filter(|(_, class)| class.name == "Meta") {
        if let Scope::Class(id) = class.scope {
            insides[id.0 as usize].meta = Some(inner);
        }
    }
    insides
}

/// `class Order(SQLModel, table=True)`
fn keywords(definitions: &Definitions, class: &Class, out: &mut DeclaredClass) {
    out.has_table = class.bases.iter().any(|base| match base {
        Arg::Keyword(name, value) => name == "table" && boolean(&definitions.exprs, *value) == Some(true),
        _ => false,
    });
}

fn attribute(
    source: &Source<'_>,
    tables: &[Table],
    variable: &Variable,
    (takes_annotations, has_bases): (bool, bool),
    out: &mut DeclaredClass,
) {
    let exprs = &source.definitions.exprs;
    let name = &variable.name;
    if name.starts_with("__") {
        if let Some(value) = variable.value {
            dunder(source, tables, name, value, out);
        }
        return;
    }
    let told = value::declaration(source.names, exprs, variable.annotation, variable.value);
    if let Some((declaration, evidence)) = told {
        out.evidence = out.evidence.or(evidence);
        out.members.push((name.clone(), declaration));
    } else if takes_annotations && variable.annotation.is_some() {
        out.members.push((name.clone(), Declaration::Field));
    } else if name == "_queryset_class" {
        out.queryset = variable
            .value
            .and_then(|value| exprs.dotted(value))
            .and_then(|dotted| source.names.class(&dotted));
    } else if let Some(value) = variable.value.and_then(|value| asked_for(source, name, value)) {
        out.values.push((name.clone(), value));
    } else if has_bases
        && variable.value.is_some_and(|value| matches!(exprs[value], Expr::Literal(Literal::None)))
    {
        out.removed.push(name.clone());
    }
}

/// A string or class that a mixin's `declared_attr` may read from its subclasses, judging by its name.
fn asked_for(source: &Source<'_>, name: &str, value: ExprId) -> Option<Target> {
    let exprs = &source.definitions.exprs;
    let is_text = ["backref", "relation", "back_pop"].iter().any(|part| name.contains(part));
    let is_class = ["_class", "_cls", "_model"].iter().any(|end| name.ends_with(end));
    match string(exprs, value) {
        Some(text) => (is_text || is_class).then(|| Target::Named(text.clone())),
        None if is_class => exprs.dotted(value).map(|dotted| source.names.target(&dotted)),
        None => None,
    }
}

fn dunder(source: &Source<'_>, tables: &[Table], name: &str, value: ExprId, out: &mut DeclaredClass) {
    let exprs = &source.definitions.exprs;
    match name {
        "__tablename__" => {
            out.has_table = true;
            out.table = string(exprs, value).cloned();
        }
        "__table__" => {
            out.has_table = true;
            if let Some(call) = Call::of(exprs, value) {
                let table = super::table::of_call(source.names, call, Name::default());
                if let Some(table) = table {
                    add_table(&table, out);
                }
            } else if let Some(variable) = exprs[value].last_name() {
                out.table_variable = Some(variable.clone());
                if let Some(table) = tables.iter().find(|table| table.variable == *variable) {
                    add_table(table, out);
                }
            }
        }
        "__abstract__" => out.is_abstract = boolean(exprs, value) == Some(true),
        "__table_args__" => {
            out.constraints.extend(alchemy::constraints(source.names, exprs, value));
        }
        "__mapper_args__" => {
            let Some(properties) = super::call::entry(exprs, value, "properties") else { return };
            for (name, declaration) in super::table::properties(source.names, exprs, properties) {
                out.members.push((name.clone(), declaration));
            }
        }
        _ => {}
    }
}

fn add_table(table: &Table, out: &mut DeclaredClass) {
    out.table = Some(table.name.clone());
    for (name, column, key) in &table.columns {
        out.members.push((name.clone(), Declaration::Column(*column, key.clone())));
    }
}

/// Hybrid properties, and `declared_attr` functions.
fn methods(source: &Source<'_>, inside: &Inside<'_>, out: &mut DeclaredClass) {
    let definitions = source.definitions;
    let mut hybrids: Vec<&Name> = Vec::new();
    for &(function_id, function) in &inside.methods {
        if source.assembled.declares(function_id) {
            if function.name == "get_queryset" {
                out.queryset = source.assembled.made(source, function_id);
            } else if function.name == "__tablename__" {
                out.has_table = true;
                out.table = source.assembled.string(function_id).cloned();
            } else if let Some((declaration, evidence)) = source.assembled.declaration(source, function_id) {
                out.evidence = out.evidence.or(evidence);
                out.members.push((function.name.clone(), declaration));
            }
            continue;
        }
        let is_hybrid = function.decorators.iter().any(|decorator| {
            definitions.exprs[*decorator].last_name().is_some_and(|name| name == "hybrid_property")
        });
        // The getter comes first; setters and expressions with the same name follow.
        if is_hybrid && !hybrids.contains(&&function.name) {
            hybrids.push(&function.name);
            out.members.push((function.name.clone(), Declaration::Hybrid(function_id)));
        }
    }
}

/// Django's `class Meta:`.
fn read_meta(definitions: &Definitions, meta: &Inside<'_>, out: &mut DeclaredClass) {
    for variable in &meta.variables {
        let Some(value) = variable.value else { continue };
        match (variable.name.as_str(), &definitions.exprs[value]) {
            ("abstract", Expr::Literal(Literal::Bool(true))) => out.is_abstract = true,
            ("proxy", Expr::Literal(Literal::Bool(true))) => out.is_proxy = true,
            ("app_label", Expr::Literal(Literal::Str(label))) => out.app_label = Some(label.clone()),
            _ => {}
        }
    }
}

/// A column without further information.
pub(super) fn plain_column() -> Declaration {
    Declaration::Column(Column::default(), None)
}
