//! Whether a module changes where modules are found: `sys.path`, and what is taken for loaded, `sys.modules`.

use python::{Arg, Body, Expr, ExprId, ImportKind, Stmt};
use rustc_hash::FxHashSet;
use view::Context;

/// Methods that only read a list or a dictionary.
const READING: [&str; 7] = ["copy", "count", "get", "index", "items", "keys", "values"];

/// Functions that only read what they are given.
const READERS: [&str; 12] = [
    "any",
    "dict",
    "enumerate",
    "isinstance",
    "len",
    "list",
    "print",
    "repr",
    "reversed",
    "set",
    "sorted",
    "tuple",
];

/// Whether any code of the module does more with them than to read.
pub(super) fn changes_it(cx: &Context<'_>) -> bool {
    let text = cx.text.as_str();
    if !["sys.path", "sys.modules", "import path", "import modules"].iter().any(|word| text.contains(word)) {
        return false;
    }
    // Taken by name, anything may happen to them.
    let is_taken = cx.module.imports.list.iter().any(|import| {
        import.kind == ImportKind::From
            && import.module == "sys"
            && import.name.as_deref().is_some_and(|name| matches!(name, "path" | "modules"))
    });
    is_taken || cx.module.bodies.list.iter().any(|body| changes(body))
}

fn changes(body: &Body) -> bool {
    let is_it = |id: ExprId| {
        matches!(&body[id], Expr::Attribute { value, name } if matches!(name.as_str(), "path" | "modules")
            && matches!(&body[*value], Expr::Name(root) if root == "sys"))
    };
    let mut read: FxHashSet<ExprId> = FxHashSet::default();
    for expr in &body.exprs.list {
        match expr {
            Expr::Subscript { value, .. } => {
                read.insert(*value);
            }
            Expr::Compare { rest, .. } => read.extend(rest.iter().map(|(_, right)| *right)),
            Expr::Comprehension { clauses, .. } => read.extend(clauses.iter().map(|clause| clause.iterable)),
            Expr::Call { callee, args } => match &body[*callee] {
                Expr::Attribute { value, name } if READING.contains(&name.as_str()) => {
                    read.insert(*value);
                }
                Expr::Name(name) if READERS.contains(&name.as_str()) => {
                    read.extend(args.iter().map(Arg::value));
                }
                _ => {}
            },
            _ => {}
        }
    }
    // An entry that is assigned or deleted is no reading.
    for stmt in &body.stmts {
        let targets: Vec<ExprId> = match stmt {
            Stmt::For { iterable, .. } => {
                read.insert(*iterable);
                continue;
            }
            Stmt::Assign { targets, .. } | Stmt::Delete(targets) => targets.to_vec(),
            Stmt::AugAssign { target, .. } => vec![*target],
            _ => continue,
        };
        for target in targets {
            let parts: Vec<ExprId> = match &body[target] {
                Expr::Tuple(parts) | Expr::List(parts) => parts.to_vec(),
                _ => vec![target],
            };
            for part in parts {
                if let Expr::Subscript { value, .. } = &body[part] {
                    read.remove(value);
                }
            }
        }
    }
    (0..body.exprs.list.len()).map(|index| ExprId(index as u32)).any(|id| is_it(id) && !read.contains(&id))
}
