//! Bounded buffers: adding beyond a size evicts something.

use python::{Body, Expr, Name, Stmt};

use super::changes::base;

/// Methods that evict the oldest entry.
const EVICTS: &[&str] = &["pop", "popitem", "popleft"];

/// Containers whose length a body checks and from which it evicts: `if len(x) > limit: x.popitem(last=False)`.
pub(super) fn containers(body: &Body) -> Vec<Name> {
    let mut measured: Vec<&Name> = Vec::new();
    let mut evicted: Vec<&Name> = Vec::new();
    for expr in &body.exprs.list {
        match expr {
            Expr::Compare { first, rest } => {
                for side in std::iter::once(*first).chain(rest.iter().map(|(_, right)| *right)) {
                    if let Expr::Call { callee, args } = &body[side]
                        && matches!(&body[*callee], Expr::Name(name) if name == "len")
                        && let Some(arg) = args.first()
                    {
                        measured.extend(body[arg.value()].last_name());
                    }
                }
            }
            Expr::Call { callee, .. } => {
                if let Expr::Attribute { value, name } = &body[*callee]
                    && EVICTS.contains(&name.as_str())
                {
                    evicted.extend(body[*value].last_name());
                }
            }
            _ => {}
        }
    }
    for stmt in &body.stmts {
        let Stmt::Delete(targets) = stmt else { continue };
        for target in targets {
            if let Expr::Subscript { value, .. } = &body[*target] {
                evicted.extend(body[base(body, *value)].last_name());
            }
        }
    }
    measured.retain(|name| evicted.contains(name));
    measured.into_iter().cloned().collect()
}
