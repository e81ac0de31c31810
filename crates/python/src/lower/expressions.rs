//! Expressions other than strings, comprehensions and lambdas.

use source::Span;

use super::kinds::Kind;
use super::{DEEPEST_EXPRESSION, Lowering};
use crate::{Arg, Expr, ExprId, Literal, Name};

impl Lowering<'_> {
    /// Lowers the expression under the cursor. Children are added to the arena directly before their parent, so that
    /// each expression is a contiguous range.
    pub(super) fn expr(&mut self) -> ExprId {
        let (kind, span) = self.walk.kind_and_span();
        match kind {
            Kind::Identifier => return self.push(Expr::Name(Name::new(self.walk.slice(span))), span),
            Kind::Integer => {
                let literal = integer(self.walk.slice(span));
                return self.push(Expr::Literal(literal), span);
            }
            // `a.b.c` and plain types are the bulk of all code. Their text is sufficient, without descending into the
            // tree.
            Kind::Attribute => {
                if let Some(id) = self.plain_chain(span) {
                    return id;
                }
            }
            Kind::Type => {
                if let Some(id) = self.plain_type(span) {
                    return id;
                }
            }
            _ => {}
        }
        if self.expression_depth >= DEEPEST_EXPRESSION {
            return self.push(Expr::Missing, span);
        }
        self.expression_depth += 1;
        let id = self.nested_expr(kind, span);
        self.expression_depth -= 1;
        id
    }

    pub(super) fn push(&mut self, expr: Expr, span: Span) -> ExprId {
        self.body.arena.push(expr, span)
    }

    fn nested_expr(&mut self, kind: Kind, span: Span) -> ExprId {
        let expr = match kind {
            Kind::Attribute | Kind::MemberType => self.attribute(span),
            Kind::Call => return self.call(span),
            Kind::String => self.string(),
            Kind::ConcatenatedString => self.concatenated_string(),
            Kind::AsPattern => return self.as_pattern(span),
            Kind::Wrapper | Kind::Tuple if self.type_call == Some(span.start) => self.called_type(kind, span),
            Kind::Wrapper | Kind::Type | Kind::CasePattern | Kind::ConstrainedType | Kind::KeywordPattern => {
                return self.only_child(span);
            }
            Kind::Subscript | Kind::GenericType => self.subscript(span),
            Kind::Binary | Kind::UnionType => self.binary(span),
            Kind::Comparison => self.comparison(),
            Kind::Boolean => self.boolean(),
            Kind::Not | Kind::Unary => self.unary(span),
            Kind::Conditional => self.conditional_expression(),
            Kind::True => Expr::Literal(Literal::Bool(true)),
            Kind::False => Expr::Literal(Literal::Bool(false)),
            Kind::None => Expr::Literal(Literal::None),
            Kind::Float => Expr::Literal(Literal::Number(self.walk.slice(span).into())),
            Kind::Ellipsis => Expr::Literal(Literal::Ellipsis),
            Kind::Tuple => Expr::Tuple(self.elements()),
            Kind::List => Expr::List(self.elements()),
            Kind::Set => Expr::Set(self.elements()),
            Kind::Dictionary => self.dictionary(),
            Kind::ListComprehension | Kind::SetComprehension | Kind::DictComprehension | Kind::Generator => {
                self.comprehension(kind)
            }
            Kind::Lambda => self.lambda(),
            Kind::Await => Expr::Await(self.only_child(span)),
            Kind::Yield => self.yields(),
            Kind::Splat | Kind::DoubleSplat | Kind::SplatType => Expr::Starred(self.only_child(span)),
            Kind::Slice => self.slice(),
            Kind::Named => self.walrus(span),
            Kind::DottedName => return self.dotted_name(span),
            _ => Expr::Missing,
        };
        self.push(expr, span)
    }

    /// The first expression in the node under the cursor, for nodes that merely wrap one.
    pub(super) fn only_child(&mut self, span: Span) -> ExprId {
        let mut found = None;
        self.each(|this, _| {
            if found.is_none() {
                found = Some(this.expr());
            }
        });
        self.or_missing(found, span)
    }

    pub(super) fn or_missing(&mut self, found: Option<ExprId>, span: Span) -> ExprId {
        match found {
            Some(id) => id,
            None => self.push(Expr::Missing, Span::new(span.end, span.end)),
        }
    }

    /// The children as expressions.
    pub(super) fn elements(&mut self) -> Box<[ExprId]> {
        let mark = self.scratch.exprs.len();
        self.each(|this, _| {
            let id = this.expr();
            this.scratch.exprs.push(id);
        });
        self.scratch.exprs.drain(mark..).collect()
    }

    /// The children as one expression: a tuple if there are several.
    pub(super) fn element_or_tuple(&mut self, span: Span) -> Option<ExprId> {
        let elements = self.elements();
        match *elements {
            [] => None,
            [one] => Some(one),
            _ => Some(self.push(Expr::Tuple(elements), span)),
        }
    }

    /// `expression as target`, which the grammar parses as an expression. The target is kept for the enclosing `with`
    /// or `except`, which need not be the direct parent: `with a if b else c as d`.
    fn as_pattern(&mut self, span: Span) -> ExprId {
        let mut value = None;
        self.each(|this, _| {
            if value.is_none() {
                value = Some(this.expr());
            } else {
                this.as_target = Some(this.expr());
            }
        });
        self.or_missing(value, span)
    }

    /// The parentheses of `type(a).b = c`, which the grammar parses as a type alias: a call of `type`.
    fn called_type(&mut self, kind: Kind, span: Span) -> Expr {
        self.type_call = None;
        let name = Span::new(span.start - 4, span.start);
        let callee = self.push(Expr::Name(Name::new_static("type")), name);
        let args: Box<[Arg]> = if kind == Kind::Tuple {
            self.elements().into_iter().map(Arg::Positional).collect()
        } else {
            Box::new([Arg::Positional(self.only_child(span))])
        };
        Expr::Call { callee, args }
    }

    fn call(&mut self, span: Span) -> ExprId {
        let mut callee = None;
        let mut args: Box<[Arg]> = Box::default();
        self.each(|this, kind| {
            if callee.is_none() {
                callee = Some(this.expr());
            } else if kind == Kind::ArgumentList {
                args = this.arguments();
            } else {
                args = Box::new([Arg::Positional(this.expr())]);
            }
        });
        let callee = self.or_missing(callee, span);
        self.dynamic_import(callee, &args, span);
        self.push(Expr::Call { callee, args }, span)
    }

    /// The arguments of a call, the bases of a class.
    pub(super) fn arguments(&mut self) -> Box<[Arg]> {
        if self.walk.text() == "()" {
            return Box::default();
        }
        let mark = self.scratch.args.len();
        self.each(|this, kind| {
            let arg = match kind {
                Kind::KeywordArgument => this.keyword_argument(),
                Kind::Splat => Arg::Star(this.unwrapped()),
                Kind::DoubleSplat => Arg::DoubleStar(this.unwrapped()),
                _ => Arg::Positional(this.expr()),
            };
            this.scratch.args.push(arg);
        });
        self.scratch.args.drain(mark..).collect()
    }

    fn unwrapped(&mut self) -> ExprId {
        let span = self.walk.span();
        self.only_child(span)
    }

    fn keyword_argument(&mut self) -> Arg {
        let span = self.walk.span();
        let mut name = None;
        let mut value = None;
        self.each(|this, _| {
            if name.is_none() {
                name = Some(Name::new(this.walk.text()));
            } else if value.is_none() {
                value = Some(this.expr());
            }
        });
        let value = self.or_missing(value, span);
        Arg::Keyword(name.unwrap_or_default(), value)
    }

    fn subscript(&mut self, span: Span) -> Expr {
        let mut value = None;
        let mark = self.scratch.exprs.len();
        let mut inside = span;
        self.each(|this, kind| {
            if value.is_none() {
                value = Some(this.expr());
                return;
            }
            inside = if this.scratch.exprs.len() == mark {
                this.walk.span()
            } else {
                inside.cover(this.walk.span())
            };
            if kind == Kind::TypeParameters {
                // `List[T]` in an annotation: the brackets are a separate node.
                let elements = this.elements();
                this.scratch.exprs.extend_from_slice(&elements);
            } else {
                let id = this.expr();
                this.scratch.exprs.push(id);
            }
        });
        let value = self.or_missing(value, span);
        let indices: Box<[ExprId]> = self.scratch.exprs.drain(mark..).collect();
        let index = match *indices {
            [] => self.or_missing(None, span),
            [one] => one,
            _ => self.push(Expr::Tuple(indices), inside),
        };
        Expr::Subscript { value, index }
    }

    fn slice(&mut self) -> Expr {
        let mut parts = [None; 3];
        let mut part = 0;
        self.each_node(|this, kind| match kind {
            Kind::Token => part = (part + 1).min(2),
            Kind::Error => {}
            _ => parts[part] = Some(this.expr()),
        });
        Expr::Slice(Box::new(parts))
    }

    fn dictionary(&mut self) -> Expr {
        let mut entries = Vec::new();
        self.each(|this, kind| match kind {
            Kind::Pair => {
                let (key, value) = this.pair();
                entries.push((Some(key), value));
            }
            Kind::DoubleSplat => entries.push((None, this.unwrapped())),
            _ => {}
        });
        Expr::Dict(entries.into())
    }

    pub(super) fn pair(&mut self) -> (ExprId, ExprId) {
        let span = self.walk.span();
        let mut parts = [None; 2];
        self.each(|this, _| {
            let id = this.expr();
            parts[usize::from(parts[0].is_some())] = Some(id);
        });
        let [key, value] = parts.map(|part| self.or_missing(part, span));
        (key, value)
    }

    fn yields(&mut self) -> Expr {
        self.body.yields = true;
        let span = self.walk.span();
        let mut from = false;
        self.each_node(|this, kind| {
            if kind == Kind::Token && this.walk.text() == "from" {
                from = true;
            }
        });
        let value = self.element_or_tuple(span);
        match (from, value) {
            (true, Some(value)) => Expr::YieldFrom(value),
            (_, value) => Expr::Yield(value),
        }
    }
}

/// The value of an integer that fits; complex numbers and larger integers as written.
fn integer(written: &str) -> Literal {
    let digits = written.replace('_', "");
    let (radix, rest) = match digits.get(..2) {
        Some("0x" | "0X") => (16, &digits[2..]),
        Some("0o" | "0O") => (8, &digits[2..]),
        Some("0b" | "0B") => (2, &digits[2..]),
        _ => (10, digits.as_str()),
    };
    match i64::from_str_radix(rest, radix) {
        Ok(value) => Literal::Int(value),
        Err(_) => Literal::Number(written.into()),
    }
}
