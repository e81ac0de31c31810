//! Awaits that wait for each other needlessly: in a loop or one after another, where a task group could run them
//! together.

mod read;

use config::Level;
use python::{Arg, Body, BodyId, BodyOwner, Expr, ExprId, Name, Stmt, StmtId};
use source::Span;
use view::scope::Names;
use view::{Context, Findings, Group, InPresets, Key, Place, Rule};

use self::read::{opens_request, reads_alone};

pub(crate) static RULE: Rule = Rule {
    id: "sequential-awaits",
    group: Group::Queries,
    summary: "independent network requests that are awaited one after the other",
    level: Level::Info,
    since: "0.1.0",
    docs: include_str!("sequential_awaits.md"),
    options: &[],
    has_fix: false,
    presets: InPresets { strict: Some(Level::Warning), fastapi: Some(Level::Info), ..InPresets::KEEP },
    judges: Rule::CODE,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let definitions = &*cx.module.definitions;
    if !definitions.functions.iter().any(|function| function.is_async) {
        return;
    }
    let names = Names::of(cx);
    for (id, body) in names.bodies() {
        let BodyOwner::Function(function) = body.owner else { continue };
        if !definitions[function].is_async || paces_itself(body) {
            continue;
        }
        for (index, stmt) in body.stmts.iter().enumerate() {
            if let Stmt::For { is_async: false, target, iterable, body: block, .. } = stmt {
                in_managed(&names, out, id, (*target, *iterable), block);
                in_loop(&names, out, id, StmtId(index as u32), (*target, *iterable));
            }
        }
        in_comprehensions(&names, out, id);
        for block in blocks(body) {
            in_row(&names, out, id, block);
        }
    }
}

/// Whether a function sleeps, retries, or limits rate or concurrency: then the order is intended.
fn paces_itself(body: &Body) -> bool {
    const WORDS: [&str; 9] =
        ["sleep", "semaphore", "limiter", "throttle", "retry", "ratelimit", "lock", "backoff", "attempt"];
    body.exprs.list.iter().any(|expr| match expr {
        Expr::Name(name) | Expr::Attribute { name, .. } => name
            .to_ascii_lowercase()
            .split('_')
            .any(|word| WORDS.contains(&word) || WORDS.iter().any(|it| it.len() > 4 && word.ends_with(it))),
        _ => false,
    })
}

/// `for order in orders: results.append(await fetch(order))`
fn in_loop(
    names: &Names<'_>,
    out: &mut Findings<'_>,
    id: BodyId,
    stmt: StmtId,
    (target, iterable): (ExprId, ExprId),
) {
    let body = names.body(id);
    let whole = names.cx.module.spans.stmt(id, stmt);
    let inside = |span: Span| whole.start < span.start && span.end <= whole.end;
    let stmts = || {
        let spans = &names.cx.module.spans.bodies[id.0 as usize].stmts;
        body.stmts.iter().zip(spans.iter()).filter(|(_, span)| inside(**span)).map(|(stmt, _)| stmt)
    };
    let is_plain = stmts().all(|stmt| {
        matches!(stmt, Stmt::Expr(_) | Stmt::Assign { .. } | Stmt::If { .. } | Stmt::Pass | Stmt::Continue)
    });
    if !is_plain || is_bounded(body, iterable) {
        return;
    }
    let mut awaits = Vec::new();
    for (index, expr) in body.exprs.list.iter().enumerate() {
        let at = ExprId(index as u32);
        match expr {
            Expr::Await(call) if inside(names.span(id, at)) => awaits.push((at, *call)),
            Expr::Yield(_) | Expr::YieldFrom(_) if inside(names.span(id, at)) => return,
            _ => {}
        }
    }
    let [(awaited, call)] = awaits[..] else { return };
    // A value that one iteration leaves behind and the next one reads is a chain: a cursor, a running total.
    let own: Vec<&Name> = bound(body, target);
    let assigned: Vec<&Name> = stmts()
        .flat_map(|stmt| match stmt {
            Stmt::Assign { targets, .. } => targets.iter().flat_map(|target| bound(body, *target)).collect(),
            _ => Vec::new(),
        })
        .collect();
    let mut read = Vec::new();
    used(body, call, &mut read, 0);
    let depends = read.iter().any(|name| own.contains(name));
    let is_chained = read.iter().any(|name| assigned.contains(name) && !own.contains(name));
    if !depends || is_chained || !is_kept(body, awaited) || !reads_alone(names, id, call) {
        return;
    }
    tell_loop(names, out, id, call, own.first().map_or("element", |name| name.as_str()), iterable);
}

/// `for order in orders:` with nothing in it but `async with client.get(url) as response:`, of which only the response
/// is awaited: the usual form with `aiohttp`.
fn in_managed(
    names: &Names<'_>,
    out: &mut Findings<'_>,
    id: BodyId,
    (target, iterable): (ExprId, ExprId),
    block: &[StmtId],
) {
    let body = names.body(id);
    let Some((last, before)) = block.split_last() else { return };
    let Stmt::With { is_async: true, items, body: inner } = &body[*last] else { return };
    let [item] = &items[..] else { return };
    let Some(Expr::Name(response)) = item.target.map(|target| &body[target]) else { return };
    let is_plain = |stmt: &StmtId| matches!(&body[*stmt], Stmt::Expr(_) | Stmt::Assign { .. } | Stmt::Pass);
    if !before.iter().chain(inner.iter()).all(is_plain) || is_bounded(body, iterable) {
        return;
    }
    let whole = names.cx.module.spans.stmt(id, *last);
    let own = bound(body, target);
    // Awaiting the response inside is fine; anything else may need its order.
    let only_response = body.exprs.list.iter().enumerate().all(|(index, expr)| {
        let span = names.span(id, ExprId(index as u32));
        let is_inside = whole.start < span.start && span.end <= whole.end;
        match expr {
            Expr::Await(call) if is_inside => match &body[*call] {
                Expr::Call { callee, .. } => match &body[*callee] {
                    Expr::Attribute { value, .. } => {
                        matches!(&body[*value], Expr::Name(name) if name == response)
                    }
                    _ => false,
                },
                _ => false,
            },
            Expr::Yield(_) | Expr::YieldFrom(_) => !is_inside,
            _ => true,
        }
    });
    let mut read = Vec::new();
    used(body, item.manager, &mut read, 0);
    let assigned = before.iter().chain(inner.iter()).flat_map(|stmt| match &body[*stmt] {
        Stmt::Assign { targets, .. } => targets.iter().flat_map(|target| bound(body, *target)).collect(),
        _ => Vec::new(),
    });
    let is_chained = assigned.into_iter().any(|name| read.contains(&name) && !own.contains(&name));
    let depends = read.iter().any(|name| own.contains(name));
    if only_response && depends && !is_chained && opens_request(names, id, item.manager) {
        tell_loop(
            names,
            out,
            id,
            item.manager,
            own.first().map_or("element", |name| name.as_str()),
            iterable,
        );
    }
}

/// `[await fetch(order) for order in orders]`
fn in_comprehensions(names: &Names<'_>, out: &mut Findings<'_>, id: BodyId) {
    let body = names.body(id);
    for expr in &body.exprs.list {
        let Expr::Comprehension { element, value, clauses, .. } = expr else { continue };
        let [clause] = &clauses[..] else { continue };
        let Expr::Await(call) = &body[inner(body, value.unwrap_or(*element))] else { continue };
        if clause.is_async || is_bounded(body, clause.iterable) {
            continue;
        }
        let own = bound(body, clause.target);
        let mut read = Vec::new();
        used(body, *call, &mut read, 0);
        if read.iter().any(|name| own.contains(name)) && reads_alone(names, id, *call) {
            let one = own.first().map_or("element", |name| name.as_str());
            tell_loop(names, out, id, *call, one, clause.iterable);
        }
    }
}

fn tell_loop(
    names: &Names<'_>,
    out: &mut Findings<'_>,
    id: BodyId,
    call: ExprId,
    one: &str,
    iterable: ExprId,
) {
    let what = callee(names.body(id), call);
    let message = format!(
        "`{what}()` is awaited for one `{one}` after another; a task group could run the calls concurrently"
    );
    let key = Key::new(format!("{} {what}", owner(names, id)));
    let draft = out.add(names.span(id, call), key, message);
    draft.related(names.cx.file, Place::Expr { body: id, expr: iterable }, format!("once for each `{one}`"));
}

/// `rates = await fetch_rates()` followed on the next line by `stock = await fetch_stock()`
fn in_row(names: &Names<'_>, out: &mut Findings<'_>, id: BodyId, block: &[StmtId]) {
    let body = names.body(id);
    let mut row: Vec<(ExprId, Vec<&Name>)> = Vec::new();
    for stmt in block {
        let next = match &body[*stmt] {
            Stmt::Assign { targets, value: Some(value), .. } => match &body[*value] {
                Expr::Await(call) if reads_alone(names, id, *call) => {
                    Some((*call, targets.iter().flat_map(|target| bound(body, *target)).collect::<Vec<_>>()))
                }
                _ => None,
            },
            _ => None,
        };
        let fits = next.as_ref().is_some_and(|(call, bound)| {
            let mut read = Vec::new();
            used(body, *call, &mut read, 0);
            !bound.is_empty() && !row.iter().any(|(_, before)| before.iter().any(|name| read.contains(name)))
        });
        if !fits {
            tell_row(names, out, id, &row);
            row.clear();
        }
        row.extend(next.filter(|(_, bound)| !bound.is_empty()));
    }
    tell_row(names, out, id, &row);
}

fn tell_row(names: &Names<'_>, out: &mut Findings<'_>, id: BodyId, row: &[(ExprId, Vec<&Name>)]) {
    let [(first, _), .., (last, _)] = row else { return };
    let body = names.body(id);
    let (what, then) = (callee(body, *first), callee(body, *last));
    let message = match row.len() {
        2 => {
            format!(
                "`{what}()` and `{then}()` are awaited one after the other; a task group could run them concurrently"
            )
        }
        count => format!(
            "{count} calls from `{what}()` to `{then}()` are awaited one after another; a task group could run them concurrently"
        ),
    };
    let key = Key::new(format!("{} {what} {then}", owner(names, id)));
    let draft = out.add(names.span(id, *first), key, message);
    for (call, _) in &row[1..] {
        let place = Place::Expr { body: id, expr: *call };
        draft.related(names.cx.file, place, "this doesn't depend on what is awaited before");
    }
}

fn owner(names: &Names<'_>, id: BodyId) -> String {
    match names.body(id).owner {
        BodyOwner::Function(function) => names.cx.qualified(function),
        BodyOwner::Class(_) | BodyOwner::Module => String::new(),
    }
}

/// The callee, as written.
fn callee(body: &Body, call: ExprId) -> String {
    let Expr::Call { callee, .. } = &body[call] else { return "this".to_owned() };
    body.exprs.dotted(*callee).unwrap_or_else(|| "this".to_owned())
}

/// Whether the program decides how often the loop runs: pages, attempts, a list display.
fn is_bounded(body: &Body, iterable: ExprId) -> bool {
    match &body[iterable] {
        Expr::Tuple(_) | Expr::List(_) | Expr::Set(_) | Expr::Literal(_) => true,
        Expr::Call { callee, .. } => match &body[*callee] {
            Expr::Name(name) => matches!(name.as_str(), "range" | "count" | "batched" | "chunked" | "iter"),
            Expr::Attribute { name, .. } => {
                matches!(name.as_str(), "count" | "batched" | "chunked" | "pages" | "paginate")
            }
            _ => false,
        },
        _ => false,
    }
}

/// Whether the result of an await is kept: appended, assigned, stored under a key.
fn is_kept(body: &Body, awaited: ExprId) -> bool {
    let in_stmt = body.stmts.iter().any(
        |stmt| matches!(stmt, Stmt::Assign { value: Some(value), .. } if inner(body, *value) == awaited),
    );
    in_stmt
        || body.exprs.list.iter().any(|expr| {
            let Expr::Call { callee, args } = expr else { return false };
            let is_append = matches!(&body[*callee], Expr::Attribute { name, .. } if matches!(name.as_str(), "append" | "add" | "extend"));
            is_append && args.iter().any(|arg| matches!(arg, Arg::Positional(value) if inner(body, *value) == awaited))
        })
}

/// `await client.get(url)` in `(await client.get(url)).json()["rate"]`.
fn inner(body: &Body, expr: ExprId) -> ExprId {
    const MAX_DEPTH: usize = 16;
    let mut at = expr;
    for _ in 0..MAX_DEPTH {
        at = match &body[at] {
            Expr::Attribute { value, .. } | Expr::Subscript { value, .. } => *value,
            Expr::Call { callee, .. } => match &body[*callee] {
                Expr::Attribute { value, .. } => *value,
                _ => return at,
            },
            _ => return at,
        };
    }
    at
}

/// The names that a target binds.
fn bound(body: &Body, target: ExprId) -> Vec<&Name> {
    match &body[target] {
        Expr::Name(name) => vec![name],
        Expr::Tuple(parts) | Expr::List(parts) => parts
            .iter()
            .filter_map(|part| match &body[*part] {
                Expr::Name(name) => Some(name),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// The names that an expression reads.
fn used<'b>(body: &'b Body, expr: ExprId, names: &mut Vec<&'b Name>, depth: usize) {
    const MAX_DEPTH: usize = 64;
    if depth > MAX_DEPTH {
        return;
    }
    if let Expr::Name(name) = &body[expr] {
        names.push(name);
    }
    body[expr].for_each_child(|child| used(body, child, names, depth + 1));
}

/// The blocks of a body.
fn blocks(body: &Body) -> Vec<&[StmtId]> {
    let mut blocks: Vec<&[StmtId]> = vec![&body.root];
    for stmt in &body.stmts {
        match stmt {
            Stmt::If { body, orelse, .. } => blocks.extend([&**body, &**orelse]),
            Stmt::With { body, .. } | Stmt::Try { body, .. } => blocks.push(body),
            _ => {}
        }
    }
    blocks
}
