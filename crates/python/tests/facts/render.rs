//! Renders facts as text for test expectations.

use std::fmt::Write;

use python::{
    Arg, Body, BodyId, BodyOwner, Definitions, DirectiveScope, Expr, ExprArena, ExprId, FStringPart, Import,
    ImportContext, ImportKind, Literal, Module, ParameterKind, Scope, Stmt, StmtId,
};
use source::Span;

pub(crate) fn module(text: &str) -> Module {
    python::lower(text, &python::parse(text))
}

/// A span as the text that it covers.
pub(crate) fn slice(text: &str, span: Span) -> &str {
    text.get(span.start as usize..span.end as usize).unwrap_or("<outside>")
}

pub(crate) fn scope(definitions: &Definitions, scope: Scope) -> String {
    match scope {
        Scope::Module => "module".to_owned(),
        Scope::Class(id) => definitions[id].name.to_string(),
        Scope::Function(id) => format!("{}()", definitions[id].name),
    }
}

pub(crate) fn imports(text: &str) -> String {
    let module = module(text);
    let mut out = String::new();
    for import in &module.imports.list {
        writeln!(out, "{} {}", import.statement, self::import(import)).unwrap();
        let context = context(&module.definitions, &import.context);
        if !context.is_empty() {
            out.pop();
            writeln!(out, "  ({context})").unwrap();
        }
    }
    out
}

pub(crate) fn import(import: &Import) -> String {
    let dots = ".".repeat(import.level.into());
    let module = &import.module;
    let mut out = match import.kind {
        ImportKind::Module => format!("import {dots}{module}"),
        ImportKind::From => {
            format!("from {dots}{module} import {}", import.name.as_deref().unwrap_or("<none>"))
        }
        ImportKind::Star => format!("from {dots}{module} import *"),
        ImportKind::Dynamic => format!("dynamic {dots}{module}"),
    };
    if let Some(alias) = &import.alias {
        write!(out, " as {alias}").unwrap();
    }
    out
}

fn context(definitions: &Definitions, context: &ImportContext) -> String {
    let mut words = Vec::new();
    if context.scope != Scope::Module {
        words.push(format!("in {}", scope(definitions, context.scope)));
    }
    if let Some(function) = context.function
        && context.scope != Scope::Function(function)
    {
        words.push(format!("run by {}()", definitions[function].name));
    }
    for (holds, word) in [
        (context.type_checking, "type checking"),
        (context.optional, "optional"),
        (context.conditional, "conditional"),
        (context.lazy, "lazy"),
        (context.main, "main"),
    ] {
        if holds {
            words.push(word.to_owned());
        }
    }
    words.join(", ")
}

pub(crate) fn definitions(text: &str) -> String {
    let module = module(text);
    let definitions = &module.definitions;
    let exprs = &definitions.exprs;
    let mut out = String::new();
    for class in &definitions.classes {
        decorators(&mut out, exprs, &class.decorators);
        let bases: Vec<_> = class.bases.iter().map(|base| arg(exprs, base)).collect();
        let name = &class.name;
        let types = types(&class.type_parameters);
        writeln!(out, "class {name}{types}({})  in {}", bases.join(", "), scope(definitions, class.scope))
            .unwrap();
    }
    for function in &definitions.functions {
        decorators(&mut out, exprs, &function.decorators);
        let mut parameters = Vec::new();
        for parameter in &function.parameters {
            let kind = match parameter.kind {
                ParameterKind::PositionalOnly => "positional ",
                ParameterKind::Normal => "",
                ParameterKind::KeywordOnly => "keyword ",
                ParameterKind::Args => "*",
                ParameterKind::Kwargs => "**",
            };
            let annotation =
                parameter.annotation.map(|id| format!(": {}", expr(exprs, id))).unwrap_or_default();
            let default = parameter.default.map(|id| format!(" = {}", expr(exprs, id))).unwrap_or_default();
            parameters.push(format!("{kind}{}{annotation}{default}", parameter.name));
        }
        let mut words = vec![format!("in {}", scope(definitions, function.scope))];
        for (holds, word) in
            [(function.is_async, "async"), (function.is_generator, "generator"), (function.is_stub, "stub")]
        {
            if holds {
                words.push(word.to_owned());
            }
        }
        let returns = function.returns.map(|id| format!(" -> {}", expr(exprs, id))).unwrap_or_default();
        let (name, types) = (&function.name, types(&function.type_parameters));
        writeln!(out, "def {name}{types}({}){returns}  {}", parameters.join(", "), words.join(", ")).unwrap();
    }
    for variable in &definitions.variables {
        let annotation = variable.annotation.map(|id| format!(": {}", expr(exprs, id))).unwrap_or_default();
        let value = variable.value.map(|id| format!(" = {}", expr(exprs, id))).unwrap_or_default();
        let kind = if variable.is_type_alias { "type " } else { "" };
        let scope = scope(definitions, variable.scope);
        writeln!(out, "{kind}{}{annotation}{value}  in {scope}", variable.name).unwrap();
    }
    if let Some(all) = &definitions.all {
        writeln!(out, "__all__: {}", all.join(", ")).unwrap();
    }
    if definitions.only_reexports {
        out.push_str("only re-exports\n");
    }
    out
}

fn decorators(out: &mut String, exprs: &ExprArena, decorators: &[ExprId]) {
    for decorator in decorators {
        writeln!(out, "@{}", expr(exprs, *decorator)).unwrap();
    }
}

fn types(names: &[python::Name]) -> String {
    if names.is_empty() { String::new() } else { format!("[{}]", names.join(", ")) }
}

/// All bodies, statements by line.
pub(crate) fn bodies(text: &str) -> String {
    let module = module(text);
    let mut out = String::new();
    for (index, body) in module.bodies.list.iter().enumerate() {
        let owner = match body.owner {
            BodyOwner::Module => "module".to_owned(),
            BodyOwner::Class(id) => module.definitions[id].name.to_string(),
            BodyOwner::Function(id) => format!("{}()", module.definitions[id].name),
        };
        if module.bodies.list.len() > 1 {
            writeln!(out, "{owner}:").unwrap();
        }
        assert_eq!(body.exprs.list.len(), module.spans.bodies[index].exprs.len());
        assert_eq!(body.stmts.len(), module.spans.bodies[index].stmts.len());
        let indent = usize::from(module.bodies.list.len() > 1);
        let body = &module.bodies[BodyId(index as u32)];
        block(&mut out, &module, body, &body.root, indent);
    }
    out
}

fn block(out: &mut String, module: &Module, body: &Body, ids: &[StmtId], indent: usize) {
    for id in ids {
        stmt(out, module, body, *id, indent);
    }
}

fn stmt(out: &mut String, module: &Module, body: &Body, id: StmtId, indent: usize) {
    let e = |id: ExprId| expr(&body.exprs, id);
    let list = |ids: &[ExprId]| ids.iter().map(|id| e(*id)).collect::<Vec<_>>().join(", ");
    let pad = "  ".repeat(indent);
    let mut line = |text: String| writeln!(out, "{pad}{text}").unwrap();
    match &body[id] {
        Stmt::Expr(value) => line(e(*value)),
        Stmt::Assign { targets, annotation, value } => {
            let mut text = targets.iter().map(|id| e(*id)).collect::<Vec<_>>().join(" = ");
            text.push_str(&annotation.map(|id| format!(": {}", e(id))).unwrap_or_default());
            text.push_str(&value.map(|id| format!(" = {}", e(id))).unwrap_or_default());
            line(text);
        }
        Stmt::AugAssign { target, op, value } => line(format!("{} {op}= {}", e(*target), e(*value))),
        Stmt::Return(value) => line(format!("return {}", value.map(e).unwrap_or_default())),
        Stmt::Raise { exception, cause } => {
            line(format!(
                "raise {} from {}",
                exception.map(e).unwrap_or_default(),
                cause.map(e).unwrap_or_default()
            ));
        }
        Stmt::If { test, body: then, orelse } => {
            line(format!("if {}", e(*test)));
            block(out, module, body, then, indent + 1);
            clause(out, module, body, "else", orelse, indent);
        }
        Stmt::For { is_async, target, iterable, body: then, orelse } => {
            let word = if *is_async { "async for" } else { "for" };
            line(format!("{word} {} in {}", e(*target), e(*iterable)));
            block(out, module, body, then, indent + 1);
            clause(out, module, body, "else", orelse, indent);
        }
        Stmt::While { test, body: then, orelse } => {
            line(format!("while {}", e(*test)));
            block(out, module, body, then, indent + 1);
            clause(out, module, body, "else", orelse, indent);
        }
        Stmt::With { is_async, items, body: then } => {
            let items: Vec<_> = items
                .iter()
                .map(|item| {
                    let target = item.target.map(|id| format!(" as {}", e(id))).unwrap_or_default();
                    e(item.manager) + &target
                })
                .collect();
            let word = if *is_async { "async with" } else { "with" };
            line(format!("{word} {}", items.join(", ")));
            block(out, module, body, then, indent + 1);
        }
        Stmt::Try { body: then, handlers, orelse, finally } => {
            line("try".to_owned());
            block(out, module, body, then, indent + 1);
            for handler in handlers {
                let name = handler.name.as_ref().map(|name| format!(" as {name}")).unwrap_or_default();
                writeln!(out, "{pad}except {}{name}", handler.exception.map(e).unwrap_or_default()).unwrap();
                block(out, module, body, &handler.body, indent + 1);
            }
            clause(out, module, body, "else", orelse, indent);
            clause(out, module, body, "finally", finally, indent);
        }
        Stmt::Match { subject, cases } => {
            line(format!("match {}", e(*subject)));
            for case in cases {
                let guard = case.guard.map(|id| format!(" if {}", e(id))).unwrap_or_default();
                let values = list(&case.pattern.values);
                let bindings = case.pattern.bindings.join(", ");
                writeln!(out, "{pad}case {values} binds {bindings}{guard}").unwrap();
                block(out, module, body, &case.body, indent + 1);
            }
        }
        Stmt::Import(ids) => {
            let imports: Vec<_> = ids.iter().map(|id| import(&module.imports[*id])).collect();
            line(format!("<{}>", imports.join(", ")));
        }
        Stmt::Function(id) => line(format!("<def {}>", module.definitions[*id].name)),
        Stmt::Class(id) => line(format!("<class {}>", module.definitions[*id].name)),
        Stmt::Global(names) => line(format!("global {}", names.join(", "))),
        Stmt::Delete(targets) => line(format!("del {}", list(targets))),
        Stmt::Assert { test, message } => {
            line(format!("assert {}, {}", e(*test), message.map(e).unwrap_or_default()));
        }
        Stmt::TypeAlias { name, parameters, bounds, value } => {
            let list = parameters.iter().map(python::Name::to_string);
            let list: Vec<_> = list.chain(bounds.iter().map(|bound| format!(": {}", e(*bound)))).collect();
            let parameters = if list.is_empty() { String::new() } else { format!("[{}]", list.join(", ")) };
            line(format!("type {name}{parameters} = {}", e(*value)));
        }
        Stmt::Break => line("break".to_owned()),
        Stmt::Continue => line("continue".to_owned()),
        Stmt::Pass => line("pass".to_owned()),
    }
}

fn clause(out: &mut String, module: &Module, body: &Body, word: &str, ids: &[StmtId], indent: usize) {
    if !ids.is_empty() {
        writeln!(out, "{}{word}", "  ".repeat(indent)).unwrap();
        block(out, module, body, ids, indent + 1);
    }
}

pub(crate) fn expr(exprs: &ExprArena, id: ExprId) -> String {
    let e = |id: ExprId| expr(exprs, id);
    let list = |ids: &[ExprId]| ids.iter().map(|id| e(*id)).collect::<Vec<_>>().join(", ");
    match &exprs[id] {
        Expr::Missing => "<missing>".to_owned(),
        Expr::Name(name) => name.to_string(),
        Expr::Attribute { value, name } => format!("{}.{name}", e(*value)),
        Expr::Call { callee, args } => {
            let args: Vec<_> = args.iter().map(|it| arg(exprs, it)).collect();
            format!("{}({})", e(*callee), args.join(", "))
        }
        Expr::Subscript { value, index } => format!("{}[{}]", e(*value), e(*index)),
        Expr::Slice(parts) => {
            let parts: Vec<_> = parts.iter().map(|part| part.map(e).unwrap_or_default()).collect();
            parts.join(":")
        }
        Expr::Await(value) => format!("await {}", e(*value)),
        Expr::Yield(value) => format!("yield {}", value.map(e).unwrap_or_default()),
        Expr::YieldFrom(value) => format!("yield from {}", e(*value)),
        Expr::Literal(literal) => self::literal(literal),
        Expr::FString(parts) => format!("f{}", string_parts(exprs, parts)),
        Expr::TString(parts) => format!("t{}", string_parts(exprs, parts)),
        Expr::Tuple(parts) => format!("({},)", list(parts)),
        Expr::List(parts) => format!("[{}]", list(parts)),
        Expr::Set(parts) => format!("{{{}}}", list(parts)),
        Expr::Dict(entries) => {
            let entries: Vec<_> = entries
                .iter()
                .map(|(key, value)| {
                    key.map_or_else(|| format!("**{}", e(*value)), |key| format!("{}: {}", e(key), e(*value)))
                })
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        Expr::Comprehension { kind, element, value, clauses } => {
            let mut out = format!("{kind:?}<{}", e(*element));
            out.push_str(&value.map(|id| format!(": {}", e(id))).unwrap_or_default());
            for clause in clauses {
                let word = if clause.is_async { "async for" } else { "for" };
                write!(out, " {word} {} in {}", e(clause.target), e(clause.iterable)).unwrap();
                clause.conditions.iter().for_each(|id| out.push_str(&format!(" if {}", e(*id))));
            }
            out + ">"
        }
        Expr::Lambda { parameters, body } => format!("<lambda {}: {}>", parameters.join(", "), e(*body)),
        Expr::Binary { op, left, right } => format!("({} {op} {})", e(*left), e(*right)),
        Expr::Unary { op, operand } => format!("({op} {})", e(*operand)),
        Expr::Bool { is_and, left, right } => {
            format!("({} {} {})", e(*left), if *is_and { "and" } else { "or" }, e(*right))
        }
        Expr::Compare { first, rest } => {
            let rest: Vec<_> = rest.iter().map(|(op, id)| format!("{op} {}", e(*id))).collect();
            format!("({} {})", e(*first), rest.join(" "))
        }
        Expr::Conditional { test, body, orelse } => {
            format!("({} if {} else {})", e(*body), e(*test), e(*orelse))
        }
        Expr::Starred(value) => format!("*{}", e(*value)),
        Expr::Walrus { target, value } => format!("({target} := {})", e(*value)),
    }
}

fn arg(exprs: &ExprArena, arg: &Arg) -> String {
    match arg {
        Arg::Positional(id) => expr(exprs, *id),
        Arg::Keyword(name, id) => format!("{name}={}", expr(exprs, *id)),
        Arg::Star(id) => format!("*{}", expr(exprs, *id)),
        Arg::DoubleStar(id) => format!("**{}", expr(exprs, *id)),
    }
}

fn literal(literal: &Literal) -> String {
    match literal {
        Literal::None => "None".to_owned(),
        Literal::Bool(value) => value.to_string(),
        Literal::Int(value) => value.to_string(),
        Literal::Number(written) => format!("<number {written}>"),
        Literal::Str(value) => format!("{value:?}"),
        Literal::Bytes => "<bytes>".to_owned(),
        Literal::Ellipsis => "...".to_owned(),
    }
}

fn string_parts(exprs: &ExprArena, parts: &[FStringPart]) -> String {
    let parts: Vec<_> = parts
        .iter()
        .map(|part| match part {
            FStringPart::Text(text) => format!("{text:?}"),
            FStringPart::Value(id) => format!("{{{}}}", expr(exprs, *id)),
            FStringPart::Repr(id) => format!("{{{}!r}}", expr(exprs, *id)),
        })
        .collect();
    format!("<{}>", parts.join(" "))
}

pub(crate) fn uses(text: &str) -> String {
    let module = module(text);
    let mut out = String::new();
    for used in module.uses.iter() {
        let import = import(&module.imports[used.import]);
        let function =
            used.function.map(|id| format!(" in {}()", module.definitions[id].name)).unwrap_or_default();
        let line = slice(text, Span::new(0, used.span.start)).lines().count().max(1);
        let line = if slice(text, Span::new(0, used.span.start)).ends_with('\n') { line + 1 } else { line };
        let written = slice(text, used.span);
        let attributes =
            if used.attributes.is_empty() { String::new() } else { format!(" .{}", used.attributes) };
        writeln!(out, "{line}: {written}{attributes} {:?}{function} <- {import}", used.context).unwrap();
    }
    out
}

pub(crate) fn directives(text: &str) -> String {
    let module = module(text);
    let mut out = String::new();
    for directive in module.directives.iter() {
        let reach = match directive.scope {
            DirectiveScope::File => "file".to_owned(),
            DirectiveScope::Statement(span) => format!("{:?}", slice(text, span)),
        };
        let rules: Vec<_> = directive
            .rules
            .iter()
            .map(|(rule, span)| {
                assert_eq!(slice(text, *span), rule);
                rule.as_str()
            })
            .collect();
        let comment = slice(text, directive.span);
        writeln!(out, "{comment} | [{}] {:?} | {reach}", rules.join(", "), directive.reason).unwrap();
    }
    out
}
