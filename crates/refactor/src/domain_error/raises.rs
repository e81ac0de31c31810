//! Statements that end a function with an HTTP error of a known status.

use python::{Arg, Body, BodyId, BodyOwner, Expr, ExprId, FunctionId, Literal, Stmt, StmtId};
use source::TextEdit;
use view::scope::{Meaning, Names, chain};

use super::classes::{self, HttpAnswer};
use super::status;
use crate::lines::Lines;

/// The framework of the errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// `raise HTTPException(...)` of FastAPI or Starlette.
    FastApi,
    /// `abort(...)` of Flask, and the errors of Werkzeug.
    Flask,
    /// `raise Http404(...)` of Django.
    Django,
    /// `raise NotFound(...)` of the Django REST framework.
    Rest,
    /// `raise NotFoundException(...)` of Litestar.
    Litestar,
}

/// A statement that raises an HTTP error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpRaise {
    /// The body that contains it.
    pub body: BodyId,
    /// The statement.
    pub stmt: StmtId,
    /// The function that contains it.
    pub function: FunctionId,
    /// The framework of its error.
    pub family: Family,
    pub(super) status: u16,
    /// What an application can recreate, for frameworks that support it.
    pub(super) answer: Option<HttpAnswer>,
    /// The detail.
    pub(super) detail: Option<ExprId>,
    /// Whether the detail is certainly a text.
    pub(super) is_text: bool,
    /// What was not found, according to the text: `Order`.
    pub(super) subject: Option<String>,
    /// The names that the statement needs only for HTTP.
    pub roots: Vec<String>,
    /// The error, or the whole call that raises it.
    expr: ExprId,
}

/// All raises of a module that can be read.
pub fn read(names: &Names<'_>) -> Vec<HttpRaise> {
    let mut found = Vec::new();
    for (id, body) in names.bodies() {
        let BodyOwner::Function(function) = body.owner else { continue };
        for (index, stmt) in body.stmts.iter().enumerate() {
            let expr = match stmt {
                Stmt::Raise { exception: Some(expr), .. } | Stmt::Expr(expr) => *expr,
                _ => continue,
            };
            let is_raise = matches!(stmt, Stmt::Raise { .. });
            let stmt = StmtId(index as u32);
            found.extend(one(names, id, body, expr, is_raise).map(|read| {
                let Read { family, status, answer, detail, mut roots } = read;
                let text = detail.map(|detail| names.span(id, detail));
                let text =
                    text.map(|span| names.cx.text.as_str().get(span.start as usize..span.end as usize));
                // The arguments are passed on unchanged.
                let is_text = answer.is_some() || detail.is_none_or(|detail| is_text(body, detail));
                let subject = if status == 404 { text.flatten().and_then(subject) } else { None };
                roots.sort();
                roots.dedup();
                HttpRaise {
                    body: id,
                    stmt,
                    function,
                    family,
                    status,
                    answer,
                    detail,
                    is_text,
                    subject,
                    roots,
                    expr,
                }
            }));
        }
    }
    found
}

struct Read {
    family: Family,
    status: u16,
    answer: Option<HttpAnswer>,
    detail: Option<ExprId>,
    roots: Vec<String>,
}

fn one(names: &Names<'_>, id: BodyId, body: &Body, expr: ExprId, is_raise: bool) -> Option<Read> {
    let (callee, args): (ExprId, &[Arg]) = match &body[expr] {
        Expr::Call { callee, args } => (*callee, args),
        // `raise Http404`
        Expr::Name(_) | Expr::Attribute { .. } if is_raise => (expr, &[]),
        _ => return None,
    };
    let full = names.outside(id, callee)?;
    let mut roots = vec![chain(body, callee)?.0.to_owned()];
    let last = full.rsplit('.').next()?;
    let plain = |family, status, detail, roots| Some(Read { family, status, answer: None, detail, roots });
    match (full.split('.').next()?, last) {
        ("fastapi" | "starlette", "HTTPException") if is_raise => {
            let given = arguments(args, &["status_code", "detail"], body)?;
            let status = known(status_of(names, id, body, given[0]?, &mut roots)?)?;
            // Without a detail, the phrase of the status is used.
            let is_told = given[1].is_some() || status::phrase(status).is_some();
            is_told.then_some(())?;
            plain(Family::FastApi, status, given[1], roots)
        }
        ("flask" | "werkzeug", "abort") if !is_raise => {
            let given = arguments(args, &["code", "description"], body)?;
            let status = status_of(names, id, body, given[0]?, &mut roots)?;
            status::werkzeug(status)?;
            given[1].is_none_or(|text| is_text(body, text)).then_some(())?;
            plain(Family::Flask, status, given[1], roots)
        }
        ("werkzeug", class) if is_raise && full.starts_with("werkzeug.exceptions.") => {
            let status = status::of_werkzeug(class)?;
            let given = arguments(args, &["description"], body)?;
            given[0].is_none_or(|text| is_text(body, text)).then_some(())?;
            plain(Family::Flask, status, given[0], roots)
        }
        ("django" | "litestar" | "rest_framework", _) if is_raise => {
            let class = classes::find(&full)?;
            let (detail, given) = if class.family == Family::Litestar {
                litestar_arguments(names, id, body, args, &mut roots)?
            } else {
                (arguments(args, &["detail"], body)?[0], None)
            };
            let status = known(given.unwrap_or(class.status))?;
            let answer = Some(HttpAnswer { class, status: given.filter(|status| *status != class.status) });
            Some(Read { family: class.family, status, answer, detail, roots })
        }
        _ => None,
    }
}

/// Detail and status of a Litestar error. A positional detail is always converted to text; a keyword one is kept as it
/// is.
fn litestar_arguments(
    names: &Names<'_>,
    id: BodyId,
    body: &Body,
    args: &[Arg],
    roots: &mut Vec<String>,
) -> Option<(Option<ExprId>, Option<u16>)> {
    let by_position = args.iter().filter(|arg| matches!(arg, Arg::Positional(_))).count();
    let mut given = arguments(args, &["detail", "status_code"], body)?;
    (by_position <= 1).then_some(())?;
    let detail = given[0].take();
    let is_told = by_position == 1 || detail.is_none_or(|detail| is_text(body, detail));
    let status = match given[1] {
        Some(status) => Some(status_of(names, id, body, status, roots)?),
        None => None,
    };
    is_told.then_some((detail, status))
}

fn known(status: u16) -> Option<u16> {
    status::class_name(status).map(|_| status)
}

/// The arguments with these names; `None` if there are others. An argument `None` counts as absent.
fn arguments(args: &[Arg], wanted: &[&str], body: &Body) -> Option<Vec<Option<ExprId>>> {
    let mut found = vec![None; wanted.len()];
    for (index, arg) in args.iter().enumerate() {
        let (at, value) = match arg {
            Arg::Positional(value) => (index, *value),
            Arg::Keyword(name, value) => {
                let is_nothing = matches!(&body[*value], Expr::Literal(Literal::None));
                match wanted.iter().position(|wanted| name == wanted) {
                    Some(at) => (at, *value),
                    None if is_nothing => continue,
                    None => return None,
                }
            }
            Arg::Star(_) | Arg::DoubleStar(_) => return None,
        };
        let is_nothing = matches!(&body[value], Expr::Literal(Literal::None));
        *found.get_mut(at)? = (!is_nothing).then_some(value);
    }
    Some(found)
}

fn status_of(
    names: &Names<'_>,
    id: BodyId,
    body: &Body,
    expr: ExprId,
    roots: &mut Vec<String>,
) -> Option<u16> {
    if let Expr::Literal(Literal::Int(code)) = &body[expr] {
        return u16::try_from(*code).ok();
    }
    let full = names.outside(id, expr)?;
    let status = status::of_constant(&full)?;
    let root = chain(body, expr)?.0;
    // `HTTPStatus` is not specific to a framework.
    if matches!(names.meaning(id, root), Meaning::Import(_)) {
        roots.push(root.to_owned());
    }
    Some(status)
}

/// Whether an expression is a text literal.
fn is_text(body: &Body, expr: ExprId) -> bool {
    match &body[expr] {
        Expr::Literal(Literal::Str(_)) | Expr::FString(_) => true,
        Expr::Binary { op, left, right } if matches!(op.as_str(), "+" | "%") => {
            is_text_here(body, *left) || op == "+" && is_text_here(body, *right)
        }
        Expr::Call { callee, .. } => match &body[*callee] {
            Expr::Name(name) => name == "str" || name == "repr",
            Expr::Attribute { value, name } => name == "format" && is_text_here(body, *value),
            _ => false,
        },
        _ => false,
    }
}

fn is_text_here(body: &Body, expr: ExprId) -> bool {
    matches!(&body[expr], Expr::Literal(Literal::Str(_)) | Expr::FString(_))
}

/// `Order` in `"Order not found"`, `OrderItem` in `f"The order item {id} was not found"`.
fn subject(written: &str) -> Option<String> {
    let text = written.trim_start_matches(['f', 'F', 'r', 'R', '(', ' ']).trim_matches(['"', '\'', ')']);
    let lower = text.to_ascii_lowercase();
    let end = [" not found", " was not found", " does not exist", " doesn't exist"]
        .iter()
        .filter_map(|words| lower.find(words))
        .min()?;
    let mut name = String::new();
    let mut count = 0;
    for word in text.get(..end)?.split_whitespace() {
        let lower = word.to_ascii_lowercase();
        if matches!(
            lower.as_str(),
            "the" | "a" | "an" | "this" | "that" | "no" | "requested" | "specified" | "given"
        ) {
            continue;
        }
        // An identifier follows its subject.
        if word.contains(['{', '%', '#', '\'', '"', ':'])
            || matches!(lower.as_str(), "with" | "id" | "was" | "by")
        {
            break;
        }
        if !word.chars().all(|char| char.is_ascii_alphabetic() || char == '_' || char == '-') {
            return None;
        }
        for part in word.split(['_', '-']).filter(|part| !part.is_empty()) {
            let (head, tail) = part.split_at(1);
            name.push_str(&head.to_ascii_uppercase());
            let is_shouted = part.len() > 3 && part.chars().all(|char| char.is_ascii_uppercase());
            name.push_str(&if is_shouted { tail.to_ascii_lowercase() } else { tail.to_owned() });
        }
        count += 1;
    }
    (1..=3).contains(&count).then_some(name)
}

/// The edit that raises `class` instead.
pub(super) fn edit(names: &Names<'_>, raise: &HttpRaise, class: &str) -> TextEdit {
    let lines = Lines { text: names.cx.text.as_str() };
    let span = names.span(raise.body, raise.expr);
    let detail = match (raise.detail, raise.family) {
        (Some(detail), _) => lines.slice(names.span(raise.body, detail)).to_owned(),
        (None, Family::FastApi) => format!("\"{}\"", status::phrase(raise.status).unwrap_or_default()),
        (None, _) => String::new(),
    };
    let body = names.body(raise.body);
    let is_raise = matches!(&body[raise.stmt], Stmt::Raise { .. });
    let is_called = matches!(body[raise.expr], Expr::Call { .. });
    let arguments = if is_called { format!("({detail})") } else { String::new() };
    let insert = format!("{}{class}{arguments}", if is_raise { "" } else { "raise " });
    TextEdit { span, insert }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_found_is_in_the_words() {
        let table = [
            ("\"Order not found\"", Some("Order")),
            ("f\"The order item {number} was not found\"", Some("OrderItem")),
            ("f\"User with id {id} not found\"", Some("User")),
            ("'API key not found'", Some("APIKey")),
            ("f\"{name} not found\"", None),
            ("\"Not found\"", None),
            ("\"No such order\"", None),
            ("messages.NOT_FOUND", None),
        ];
        for (written, expected) in table {
            assert_eq!(subject(written).as_deref(), expected, "{written}");
        }
    }
}
