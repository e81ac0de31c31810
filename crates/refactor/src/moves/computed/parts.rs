//! Texts that name a part of a module's dotted name: its beginning, with a computed rest (`f"shop.tasks.{name}"`), or its
//! end, for a loader that adds the rest (`get_class("forum.visibility", "Visibility")`).

use model::{ModuleInfo, Modules};
use python::{Arg, Body, Expr, ExprId, FStringPart, Literal};
use view::Db;

use crate::moves::Refusal;

/// Why `moving` can't move, or what is in them. `open` finds a file that imports by names of which nothing is known.
pub(super) fn refusal<'m>(
    db: &dyn Db,
    modules: &'m Modules,
    moving: &[&ModuleInfo],
    open: impl Fn() -> Option<&'m ModuleInfo>,
) -> Option<Refusal> {
    for info in moving {
        let start = format!("{}.", info.name);
        for (_, user) in modules.iter().filter(|(_, user)| user.file != info.file) {
            let text = source::query::text(db, user.file);
            if text.as_str().contains(&start) && bodies(db, user).any(|body| begins(&body, &start)) {
                return Some(Refusal::new(format!("{} computes names in `{}`", user.path, info.name)));
            }
        }
    }
    let loader = open()?;
    for info in moving {
        let ends = ends(&info.name);
        let Some(shortest) = ends.last() else { continue };
        for (_, user) in modules.iter() {
            let text = source::query::text(db, user.file);
            if !text.as_str().contains(shortest) {
                continue;
            }
            if let Some(end) = bodies(db, user).find_map(|body| passes(&body, &ends)) {
                let (user, loader) = (&user.path, &loader.path);
                return Some(Refusal::new(format!(
                    "{user} calls it `{end}`, and {loader} imports by names that it computes"
                )));
            }
        }
    }
    None
}

fn bodies(db: &dyn Db, user: &ModuleInfo) -> impl Iterator<Item = std::sync::Arc<Body>> {
    let bodies = python::query::bodies(db, user.file);
    (0..bodies.list.len()).map(move |index| bodies.list[index].clone())
}

/// The ends of a dotted name that have at least two words, without the whole, the longest first.
fn ends(name: &str) -> Vec<&str> {
    let dots: Vec<usize> = name.match_indices('.').map(|(at, _)| at + 1).collect();
    let with_two = dots.len().saturating_sub(1);
    dots[..with_two].iter().map(|at| &name[*at..]).collect()
}

/// Whether a text of `body` is computed that begins with `start`.
fn begins(body: &Body, start: &str) -> bool {
    let is_start = |id: ExprId| matches!(&body[id], Expr::Literal(Literal::Str(text)) if text == start);
    body.exprs.list.iter().any(|expr| match expr {
        Expr::FString(parts) => {
            parts.len() > 1 && matches!(parts.first(), Some(FStringPart::Text(text)) if text == start)
        }
        Expr::Binary { left, .. } => {
            is_start(*left)
                || matches!(&body[*left], Expr::Literal(Literal::Str(text)) if text.strip_suffix("%s") == Some(start))
        }
        Expr::Call { callee, .. } => matches!(&body[*callee], Expr::Attribute { value, name }
            if name == "format" && matches!(&body[*value], Expr::Literal(Literal::Str(text))
                if text.strip_suffix("{}") == Some(start))),
        _ => false,
    })
}

/// The text among `ends` that is an argument of a call.
fn passes<'e>(body: &Body, ends: &[&'e str]) -> Option<&'e str> {
    let calls = body.exprs.list.iter().filter_map(|expr| match expr {
        Expr::Call { args, .. } => Some(args),
        _ => None,
    });
    let texts = calls.flatten().map(Arg::value).filter_map(|id| match &body[id] {
        Expr::Literal(Literal::Str(text)) => Some(text),
        _ => None,
    });
    let mut found = texts.filter_map(|text| ends.iter().find(|end| text == **end));
    found.next().copied()
}
