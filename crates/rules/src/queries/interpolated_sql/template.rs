//! A text as it is built: literal pieces and the values between them, followed through local names.

use std::cell::{Cell, RefCell};

use python::{Arg, BodyId, Expr, ExprId, FStringPart, FunctionId, Literal};
use view::scope::{Binding, Meaning, Names};

use super::checks::function;
use super::constant::{is_constant, returned};
use super::places::{brace_places, percent_places};

/// Texts built in more steps than this are not followed to the end.
const MAX_DEPTH: usize = 12;

/// Longer texts are cut off: their beginning is enough.
const MAX_PARTS: usize = 400;

/// A text that takes more expressions than this is not followed.
const BUDGET: u32 = 4_000;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// Literal text, or a placeholder for a constant whose text is unknown.
    Text(String),
    /// A value that is not constant.
    Hole(Hole),
}

/// An interpolated value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hole {
    /// The body that contains it.
    pub(super) body: BodyId,
    /// The value.
    pub(super) expr: ExprId,
}

/// The parts of the text that `expr` evaluates to; `None` if it is not a text or can't be followed.
pub(super) fn template(names: &Names<'_>, body: BodyId, expr: ExprId) -> Option<Vec<Part>> {
    let reader = Reader { names, open: RefCell::default(), left: Cell::new(BUDGET) };
    reader.text(body, expr, 0)
}

struct Reader<'a> {
    names: &'a Names<'a>,
    /// The names being followed: `sql = sql + "..."` refers to itself.
    open: RefCell<Vec<(BodyId, String)>>,
    /// How many more expressions may be visited.
    left: Cell<u32>,
}

impl Reader<'_> {
    fn text(&self, body: BodyId, expr: ExprId, depth: usize) -> Option<Vec<Part>> {
        let left = self.left.get();
        if depth > MAX_DEPTH || left == 0 {
            return None;
        }
        self.left.set(left - 1);
        let exprs = self.names.body(body);
        let mut parts = match &exprs[expr] {
            Expr::Literal(Literal::Str(text)) => vec![Part::Text(text.to_string())],
            Expr::FString(pieces) => {
                let mut parts = Vec::new();
                for piece in pieces {
                    match piece {
                        FStringPart::Text(text) => parts.push(Part::Text(text.to_string())),
                        FStringPart::Value(value) | FStringPart::Repr(value) => {
                            parts.extend(self.piece(body, *value, depth));
                        }
                    }
                }
                parts
            }
            Expr::Binary { op, left, right } if op == "+" => {
                let (before, after) = (self.text(body, *left, depth + 1), self.text(body, *right, depth + 1));
                if before.is_none() && after.is_none() {
                    return None;
                }
                let mut parts = before.unwrap_or_else(|| self.value(body, *left));
                parts.extend(after.unwrap_or_else(|| self.value(body, *right)));
                parts
            }
            Expr::Binary { op, left, right } if op == "%" => {
                let parts = self.text(body, *left, depth + 1)?;
                self.filled(parts, percent_places, self.operands(body, *right), depth)
            }
            // `"?" * count`
            Expr::Binary { op, left, right } if op == "*" => {
                self.text(body, *left, depth + 1).or_else(|| self.text(body, *right, depth + 1))?
            }
            Expr::Conditional { body: then, orelse, .. } => {
                let mut parts = self.text(body, *then, depth + 1)?;
                parts.extend(self.text(body, *orelse, depth + 1)?);
                parts
            }
            Expr::Call { callee, args } => self.call(body, *callee, args, depth)?,
            Expr::Name(name) => self.name(body, name, depth)?,
            _ => return None,
        };
        parts.truncate(MAX_PARTS);
        Some(parts)
    }

    /// An interpolated value: the parts of a text, a placeholder for a constant, or a hole.
    fn piece(&self, body: BodyId, expr: ExprId, depth: usize) -> Vec<Part> {
        if is_constant(self.names, body, expr) {
            // What was quoted or checked on the way is in the text, too.
            let is_whole = |parts: &Vec<Part>| parts.iter().all(|part| matches!(part, Part::Text(_)));
            return self.text(body, expr, depth + 1).filter(is_whole).unwrap_or_else(|| vec![stand_in()]);
        }
        self.text(body, expr, depth + 1).unwrap_or_else(|| self.value(body, expr))
    }

    fn value(&self, body: BodyId, expr: ExprId) -> Vec<Part> {
        if is_constant(self.names, body, expr) {
            vec![stand_in()]
        } else {
            vec![Part::Hole(Hole { body, expr })]
        }
    }

    fn call(&self, body: BodyId, callee: ExprId, args: &[Arg], depth: usize) -> Option<Vec<Part>> {
        let exprs = self.names.body(body);
        if let Some(function) = function(self.names, body, callee) {
            let is_method = matches!(exprs[callee], Expr::Attribute { .. });
            return self.returned(function, is_method, (body, args), depth);
        }
        match &exprs[callee] {
            Expr::Attribute { value, name } => match name.as_str() {
                "format" => {
                    let parts = self.text(body, *value, depth + 1)?;
                    let operands = args.iter().map(|arg| (body, arg.value())).collect();
                    Some(self.filled(parts, brace_places, operands, depth))
                }
                "join" => {
                    let glue = self.text(body, *value, depth + 1)?;
                    let [Arg::Positional(list)] = args else { return None };
                    let mut parts = Vec::new();
                    for element in self.elements(body, *list, depth + 1)? {
                        parts.extend(element);
                        parts.extend(glue.iter().cloned());
                    }
                    Some(parts)
                }
                "strip" | "lstrip" | "rstrip" | "lower" | "upper" | "replace" | "rstrip_" | "expandtabs" => {
                    self.text(body, *value, depth + 1)
                }
                "dedent" | "cleandoc" => self.text(body, args.first()?.value(), depth + 1),
                _ => None,
            },
            Expr::Name(name) if matches!(name.as_str(), "dedent" | "cleandoc") => {
                self.text(body, args.first()?.value(), depth + 1)
            }
            _ => None,
        }
    }

    /// The text that a function of this module returns: what it puts in of its parameters comes from the call.
    fn returned(
        &self,
        function: FunctionId,
        is_method: bool,
        (body, args): (BodyId, &[Arg]),
        depth: usize,
    ) -> Option<Vec<Part>> {
        let definition = &self.names.cx.module.definitions[function];
        let home = definition.body;
        let key = (home, String::new());
        if self.open.borrow().contains(&key) {
            return None;
        }
        self.open.borrow_mut().push(key);
        let mut parts = Some(Vec::new());
        for value in returned(self.names.body(home)) {
            parts = parts.zip(self.text(home, value, depth + 1)).map(|(mut parts, more)| {
                parts.extend(more);
                parts
            });
        }
        self.open.borrow_mut().pop();
        let given = |hole: Hole| {
            let Expr::Name(name) = &self.names.body(hole.body)[hole.expr] else { return None };
            let index = definition.parameters.iter().position(|parameter| parameter.name == *name)?;
            let by_keyword = args.iter().find_map(|arg| match arg {
                Arg::Keyword(keyword, value) if keyword == name => Some(*value),
                _ => None,
            });
            by_keyword.or_else(|| match args.get(index.checked_sub(usize::from(is_method))?)? {
                Arg::Positional(value) => Some(*value),
                _ => None,
            })
        };
        let mut all = Vec::new();
        for part in parts.filter(|parts| !parts.is_empty())? {
            match part {
                Part::Hole(hole) if hole.body == home => match given(hole) {
                    Some(value) => all.extend(self.piece(body, value, depth + 1)),
                    None => all.push(part),
                },
                part => all.push(part),
            }
        }
        Some(all)
    }

    fn name(&self, body: BodyId, name: &str, depth: usize) -> Option<Vec<Part>> {
        let Meaning::Bound(home, bindings) = self.names.meaning(body, name) else { return None };
        let key = (home, name.to_owned());
        if self.open.borrow().contains(&key) {
            return Some(Vec::new());
        }
        self.open.borrow_mut().push(key);
        let mut parts = Some(Vec::new());
        for binding in bindings {
            let more = match binding {
                Binding::Value(value) => self.text(home, *value, depth + 1),
                Binding::Added(value) => {
                    Some(self.text(home, *value, depth + 1).unwrap_or_else(|| self.value(home, *value)))
                }
                _ => None,
            };
            parts = parts.zip(more).map(|(mut parts, more)| {
                parts.extend(more);
                parts
            });
        }
        self.open.borrow_mut().pop();
        parts
    }

    /// The texts of a list: written out, or collected by `append`.
    fn elements(&self, body: BodyId, list: ExprId, depth: usize) -> Option<Vec<Vec<Part>>> {
        if depth > MAX_DEPTH {
            return None;
        }
        let exprs = self.names.body(body);
        match &exprs[list] {
            Expr::List(items) | Expr::Tuple(items) | Expr::Set(items) => {
                Some(items.iter().map(|item| self.piece(body, *item, depth)).collect())
            }
            Expr::Comprehension { element, value: None, .. } => Some(vec![self.piece(body, *element, depth)]),
            Expr::Binary { op, left, right } if op == "*" => {
                self.elements(body, *left, depth + 1).or_else(|| {
                    self.text(body, *left, depth + 1)
                        .or_else(|| self.text(body, *right, depth + 1))
                        .map(|parts| vec![parts])
                })
            }
            Expr::Binary { op, left, right } if op == "+" => {
                let mut all = self.elements(body, *left, depth + 1)?;
                all.extend(self.elements(body, *right, depth + 1)?);
                Some(all)
            }
            Expr::Name(name) => {
                let Meaning::Bound(home, bindings) = self.names.meaning(body, name) else { return None };
                let key = (home, name.to_string());
                if self.open.borrow().contains(&key) {
                    return Some(Vec::new());
                }
                self.open.borrow_mut().push(key);
                let mut all = Some(Vec::new());
                for binding in bindings {
                    let more = match binding {
                        Binding::Value(value) | Binding::Added(value) => {
                            self.elements(home, *value, depth + 1)
                        }
                        _ => None,
                    };
                    all = all.zip(more).map(|(mut all, more)| {
                        all.extend(more);
                        all
                    });
                }
                let gathered = self.appended(home, name, depth);
                self.open.borrow_mut().pop();
                all.map(|mut all| {
                    all.extend(gathered);
                    all
                })
            }
            _ => None,
        }
    }

    /// The texts that `name.append(text)` and `name.extend([text])` add to a list.
    fn appended(&self, home: BodyId, name: &str, depth: usize) -> Vec<Vec<Part>> {
        let exprs = self.names.body(home);
        let mut all = Vec::new();
        for expr in &exprs.exprs.list {
            let Expr::Call { callee, args } = expr else { continue };
            let Expr::Attribute { value, name: method } = &exprs[*callee] else { continue };
            if !matches!(&exprs[*value], Expr::Name(receiver) if receiver == name) {
                continue;
            }
            let Some(Arg::Positional(item)) = args.last() else { continue };
            match method.as_str() {
                "append" | "add" | "insert" => all.push(self.piece(home, *item, depth + 1)),
                "extend" => match self.elements(home, *item, depth + 1) {
                    Some(more) => all.extend(more),
                    None => all.push(self.value(home, *item)),
                },
                _ => {}
            }
        }
        all
    }

    /// The operands on the right of `%`.
    fn operands(&self, body: BodyId, right: ExprId) -> Vec<(BodyId, ExprId)> {
        match &self.names.body(body)[right] {
            Expr::Tuple(items) => items.iter().map(|item| (body, *item)).collect(),
            Expr::Dict(entries) => entries.iter().map(|(_, value)| (body, *value)).collect(),
            _ => vec![(body, right)],
        }
    }

    /// A text with its placeholders filled, in order; surplus values come at the end.
    fn filled(
        &self,
        parts: Vec<Part>,
        places: fn(&str) -> Vec<(usize, usize, bool)>,
        values: Vec<(BodyId, ExprId)>,
        depth: usize,
    ) -> Vec<Part> {
        let mut values = values.into_iter();
        let mut filled = Vec::new();
        for part in parts {
            let Part::Text(text) = part else {
                filled.push(part);
                continue;
            };
            let mut done = 0;
            for (start, end, is_number) in places(&text) {
                filled.push(Part::Text(text[done..start].to_owned()));
                done = end;
                match values.next() {
                    Some(_) if is_number => filled.push(stand_in()),
                    Some((body, value)) => filled.extend(self.piece(body, value, depth + 1)),
                    None => filled.push(stand_in()),
                }
            }
            filled.push(Part::Text(text[done..].to_owned()));
        }
        filled
    }
}

/// The placeholder for a constant whose text doesn't matter.
fn stand_in() -> Part {
    Part::Text("x".to_owned())
}
