//! A statement over several lines, in the style of Black and ruff: only what is too long is broken, at the outermost
//! place that makes it fit (<https://black.readthedocs.io/en/stable/the_black_code_style/current_style.html>).
//!
//! Handles statements without comments and without multi-line strings; anything else is left unchanged.

mod split;
mod token;

use split::Line;
use token::tokens;

pub(super) use token::head;

/// One level of indentation.
const INDENTATION: &str = "    ";

/// The statement, or the header of a compound one, in lines of at most `limit` characters. `None` if it can't be
/// tokenized. `text` begins at the statement and may have several lines; `indentation` is that of its first line, which
/// the result doesn't repeat.
pub(crate) fn written(text: &str, indentation: &str, limit: usize, ending: &str) -> Option<String> {
    let tokens = tokens(text)?;
    let line = Line::whole(token::with_optional_brackets(tokens));
    let depth = indentation.chars().count();
    let lines = split::transformed(line, &split::Room { indentation: depth, limit }, 0);
    let mut out = String::new();
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            out += ending;
            out += indentation;
        }
        out += &INDENTATION.repeat(line.depth);
        out += &line.text();
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// Expectations are ruff's output for the flat text, at 60 characters.
    #[track_caller]
    fn check(flat: &str, expected: &str) {
        let made = written(flat, "", 60, "\n").unwrap();
        assert_eq!(made, expected);
        assert_eq!(written(expected, "", 60, "\n").unwrap(), expected, "again");
    }

    #[test]
    fn what_fits_stays() {
        check("x = f(a, b)", "x = f(a, b)");
        check("for a in b.c():", "for a in b.c():");
    }

    #[test]
    fn conditions() {
        check(
            "for ticket in queue.tickets.filter(number=1).exclude(priority=1).filter(Q(escalated_at__lte=day) | Q(escalated_at__isnull=True, at__lte=day)):",
            "for ticket in (\n    queue.tickets.filter(number=1)\n    .exclude(priority=1)\n    .filter(\n        Q(escalated_at__lte=day)\n        | Q(escalated_at__isnull=True, at__lte=day)\n    )\n):",
        );
        check(
            "x = queue.tickets.filter(number=1).filter(Q(escalated_at__lte=day) & ~Q(at__isnull=True) | Q(at__lte=day))",
            "x = queue.tickets.filter(number=1).filter(\n    Q(escalated_at__lte=day) & ~Q(at__isnull=True)\n    | Q(at__lte=day)\n)",
        );
    }

    #[test]
    fn chains() {
        check(
            "orders = Order.objects.select_related(\"payer\").filter(number=1).order_by(\"id\")",
            "orders = (\n    Order.objects.select_related(\"payer\")\n    .filter(number=1)\n    .order_by(\"id\")\n)",
        );
        check(
            "return Order.objects.filter(number__startswith=prefix).prefetch(\"items\")",
            "return Order.objects.filter(\n    number__startswith=prefix\n).prefetch(\"items\")",
        );
        check(
            "rows = session.scalars(select(Order).options(joinedload(Order.payer))).all()",
            "rows = session.scalars(\n    select(Order).options(joinedload(Order.payer))\n).all()",
        );
    }

    #[test]
    fn comprehensions() {
        check(
            "return [order.payer.name for order in session.scalars(select(Order).options(joinedload(Order.payer)))]",
            "return [\n    order.payer.name\n    for order in session.scalars(\n        select(Order).options(joinedload(Order.payer))\n    )\n]",
        );
        check(
            "return [order.payer.name for order in Order.objects.numbered()]",
            "return [\n    order.payer.name for order in Order.objects.numbered()\n]",
        );
    }

    #[test]
    fn targets_and_displays() {
        check(
            "return [len(order.items) for order, _ in session.execute(select(Order, Order.id).limit(2))]",
            "return [\n    len(order.items)\n    for order, _ in session.execute(\n        select(Order, Order.id).limit(2)\n    )\n]",
        );
        check(
            "options = [joinedload(Order.payer), selectinload(Order.items)]",
            "options = [\n    joinedload(Order.payer),\n    selectinload(Order.items),\n]",
        );
    }

    #[test]
    fn conditions_and_arguments() {
        check(
            "orders = Order.objects.none() if is_empty else Order.objects.all()",
            "orders = (\n    Order.objects.none()\n    if is_empty\n    else Order.objects.all()\n)",
        );
        check(
            "order = session.get(Order, 1, options=[joinedload(Order.payer), selectinload(Order.items)])",
            "order = session.get(\n    Order,\n    1,\n    options=[\n        joinedload(Order.payer),\n        selectinload(Order.items),\n    ],\n)",
        );
    }

    #[test]
    fn what_cant_be_read_is_left() {
        for text in ["x = f(a  # why\n)", "x = \"\"\"a\nb\"\"\"", "x = f(a", "x = a)", "x = a \\\n + b"] {
            assert_eq!(written(text, "", 10, "\n"), None, "{text}");
        }
    }
}
