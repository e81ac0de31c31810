//! The query before the loop, and the look-up that replaces it in the loop.

use model::{Entity, Orm};
use python::naming::snake;
use python::{Expr, Stmt};
use source::{Span, TextEdit};

use super::Code;
use super::again::Again;
use super::lookup::{Kind, Lookup, Source};
use super::walk::Walk;
use crate::bindings;
use crate::load::{Imports, USUAL_LENGTH, written_in_lines};
use view::scope::{Meaning, Names};

/// The edits. `None` if a name that they need is taken, or a comment would be lost.
pub(super) fn edits(code: &Code<'_>, entity: &Entity, lookup: &Lookup, walk: &Walk) -> Option<Vec<TextEdit>> {
    let lines = code.lines();
    let (ending, place) = (lines.ending(), code.stmt(walk.stmt));
    let indentation = lines.indentation(place.start);
    let one = snake(&entity.class.name);
    let by = if lookup.column == "pk" { "id" } else { &lookup.column };
    let name = format!("{}_by_{by}", plural(&one));
    is_free(code, &name).then_some(())?;
    let mut statements = Vec::new();
    let mut edits = Vec::new();
    let walked = walked(code, walk, &mut statements, &mut edits)?;
    let key = code.text(walk.key);
    let target = code.text(walk.target);
    let keys = if key == target { walked } else { format!("[{key} for {target} in {walked}]") };
    let class = code.text(lookup.class);
    let mut imports = Imports::default();
    statements.push(match &lookup.kind {
        Kind::Django { rows, more, is_async, .. } => {
            let rows = code.text(*rows);
            let filter =
                if more.is_empty() { String::new() } else { format!(".filter({})", more.join(", ")) };
            let field = if lookup.column == "pk" {
                String::new()
            } else {
                format!(", field_name=\"{}\"", lookup.column)
            };
            let (wait, method) = if *is_async { ("await ", "ain_bulk") } else { ("", "in_bulk") };
            format!("{name} = {wait}{rows}{filter}.{method}({keys}{field})")
        }
        Kind::Session { session, is_async, source } => {
            let session = code.text(*session);
            let mut others = String::new();
            for condition in &lookup.conditions {
                others.push_str(", ");
                others.push_str(code.text(*condition));
            }
            let wanted = format!("{class}.{}.in_({keys}){others}", lookup.column);
            let wait = if *is_async { "await " } else { "" };
            let rows = match source {
                Source::Query => format!("{session}.query({class}).filter({wanted})"),
                Source::Class => format!("{class}.query.filter({wanted})"),
                Source::Statement => {
                    let is_exec = entity.orm == Orm::SqlModel && lines.text.contains(".exec(");
                    let (package, method) =
                        if is_exec { ("sqlmodel", "exec") } else { ("sqlalchemy", "scalars") };
                    let select = imports.of_package(code.cx, package, "select")?;
                    format!("{session}.{method}({select}({class}).where({wanted}))")
                }
            };
            format!("{name} = {{{one}.{}: {one} for {one} in {wait}{rows}}}", lookup.column)
        }
    });
    let formatting = code.cx.formatting();
    let limit = formatting.line_length.or(formatting.limit).unwrap_or(USUAL_LENGTH);
    let mut before = String::new();
    for statement in statements {
        let written = written_in_lines(&statement, indentation, limit, ending).unwrap_or(statement);
        before = format!("{before}{indentation}{written}{ending}");
    }
    let at = lines.start(place.start);
    edits.push(TextEdit { span: Span::new(at, at), insert: before });
    edits.extend(taken(code, entity, lookup, walk, &name)?);
    edits.extend(imports.imports(code.cx));
    edits.sort_by_key(|edit| edit.span);
    Some(edits)
}

/// The iterable for both uses, bound to a name or as written.
fn walked(
    code: &Code<'_>,
    walk: &Walk,
    statements: &mut Vec<String>,
    edits: &mut Vec<TextEdit>,
) -> Option<String> {
    let text = code.text(walk.iterable);
    let is_name = matches!(code.body[walk.iterable], Expr::Name(_));
    if walk.again == Again::AsIs {
        return Some(text.to_owned());
    }
    if is_name {
        statements.push(format!("{text} = list({text})"));
        return Some(text.to_owned());
    }
    let each = match &code.body[walk.target] {
        Expr::Name(name) => name.as_str(),
        _ => "element",
    };
    let several = plural(each);
    let name = [several.clone(), format!("all_{several}")]
        .into_iter()
        .find(|name| name != each && is_free(code, name))?;
    let is_queryset = matches!(code.body[walk.iterable], Expr::Call { .. }) && text.contains(".objects.");
    if walk.again == Again::Named || is_queryset {
        statements.push(format!("{name} = {text}"));
    } else {
        statements.push(format!("{name} = list({text})"));
    }
    edits.push(TextEdit { span: code.span(walk.iterable), insert: name.clone() });
    Some(name)
}

/// Whether a name is unused in the body.
fn is_free(code: &Code<'_>, name: &str) -> bool {
    let is_known = matches!(Names::of(code.cx).meaning(code.id, name), Meaning::Free);
    is_known && !bindings::is_builtin_name(name)
}

/// The edits that look the row up in the loop.
fn taken(
    code: &Code<'_>,
    entity: &Entity,
    lookup: &Lookup,
    walk: &Walk,
    name: &str,
) -> Option<Vec<TextEdit>> {
    let lines = code.lines();
    let insert = format!("{name}.get({})", code.text(lookup.key));
    let raises = matches!(lookup.kind, Kind::Django { raises: true, .. });
    if !raises {
        return Some(vec![TextEdit { span: code.span(lookup.whole), insert }]);
    }
    let Stmt::Assign { targets, .. } = &code.body[walk.leaf] else { return None };
    let Expr::Name(row) = &code.body[*targets.first()?] else { return None };
    let leaf = code.stmt(walk.leaf);
    let ending = lines.ending();
    if let Some(guarded) = walk.guarded {
        let Stmt::Try { handlers, .. } = &code.body[guarded] else { return None };
        let handler = handlers.first()?;
        leaves_or_binds(code, handler, row).then_some(())?;
        let place = code.stmt(guarded);
        let after = code.span(handler.exception?).end;
        let colon = after + lines.text.get(after as usize..)?.find(':')? as u32 + 1;
        let span = Span::new(place.start, colon);
        (!lines.slice(span).contains('#')).then_some(())?;
        let indentation = lines.indentation(place.start);
        let insert = format!("{row} = {insert}{ending}{indentation}if {row} is None:");
        return Some(vec![TextEdit { span, insert }]);
    }
    let is_alone = lines.before(leaf.start).trim().is_empty() && !lines.after(leaf.end).contains(';');
    is_alone.then_some(())?;
    let indentation = lines.indentation(leaf.start);
    let step = if indentation.contains('\t') { "\t" } else { "    " };
    let end = lines.end(leaf.end);
    let class = code.text(lookup.class);
    let absent = format!(
        "{ending}{indentation}if {row} is None:{ending}{indentation}{step}raise {class}.DoesNotExist(\"{} matching query does not exist.\")",
        entity.class.name
    );
    Some(vec![
        TextEdit { span: code.span(lookup.whole), insert },
        TextEdit { span: Span::new(end, end), insert: absent },
    ])
}

/// Whether the handler of a missing row leaves the iteration, or rebinds the name: otherwise the name would keep the
/// value of the previous iteration.
fn leaves_or_binds(code: &Code<'_>, handler: &python::Handler, row: &str) -> bool {
    let leaves = |stmt: &python::StmtId| {
        matches!(code.body[*stmt], Stmt::Continue | Stmt::Break | Stmt::Return(_) | Stmt::Raise { .. })
    };
    let binds = |stmt: &python::StmtId| match &code.body[*stmt] {
        Stmt::Assign { targets, .. } => {
            targets.iter().any(|target| matches!(&code.body[*target], Expr::Name(name) if name == row))
        }
        _ => false,
    };
    // A bare `raise` needs the caught error.
    let reraises =
        handler.body.iter().any(|stmt| matches!(code.body[*stmt], Stmt::Raise { exception: None, .. }));
    !reraises && (handler.body.last().is_some_and(leaves) || handler.body.iter().any(binds))
}

/// `orders` for `order`, `addresses` for `address`. For a singular word: `python::naming::plural` keeps words that
/// already look plural.
fn plural(word: &str) -> String {
    let ends_soft = ["s", "x", "ch", "sh"].iter().any(|ending| word.ends_with(ending));
    match word.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if ends_soft => format!("{word}es"),
        _ => format!("{word}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_called_after_their_class() {
        for (class, expected) in [
            ("OrderItem", "order_items"),
            ("Category", "categories"),
            ("Address", "addresses"),
            ("Key", "keys"),
        ] {
            assert_eq!(plural(&snake(class)), expected);
        }
    }
}
