//! Tests for the results of walking a body.

use std::fmt::Write;

use crate::fixture::Fixture;
use crate::{Deps, Path, ProblemKind, Value};

const MODELS: &str = "\
//- shop/models.py
from django.db import models
class Order(models.Model):
    number = models.CharField()
";

/// The problems per row in a function consisting of these lines.
fn per_row(lines: &str) -> Vec<String> {
    let head = "//- shop/code.py\nfrom shop.models import Order\ndef f(names, is_new):\n";
    let fixture = Fixture::new(&format!("{MODELS}{head}{lines}"));
    let analysis = fixture.analysis("shop/code.py", "f");
    let queries = analysis.problems.iter().filter_map(|problem| match &problem.kind {
        ProblemKind::QueryPerRow { what, .. } => Some(what.to_string()),
        _ => None,
    });
    queries.collect()
}

#[test]
fn what_either_branch_depends_on_the_joined_value_depends_on() {
    for line in [
        "number = name if is_new else 'none'",
        "number = 'none' if is_new else name",
        "number = name or 'none'",
        "number = 'none'\n        if is_new: number = name",
        "number = name\n        if is_new: number = 'none'",
    ] {
        let body =
            format!("    for name in names:\n        {line}\n        Order.objects.get(number=number)\n");
        assert_eq!(per_row(&body), ["Order.objects.get"], "{line}");
    }
    let constant = "    for name in names:\n        Order.objects.get(number='none')\n";
    assert_eq!(per_row(constant), [""; 0]);
}

#[test]
fn what_happens_further_down_than_ten_calls_is_not_followed() {
    let mut text = format!("{MODELS}//- shop/code.py\nfrom shop.models import Order\n");
    text.push_str("def f0(): return Order.objects.get(number='a')\n");
    for depth in 1..13 {
        writeln!(text, "def f{depth}(): return f{}()", depth - 1).expect("a text takes any line");
    }
    let fixture = Fixture::new(&text);
    for depth in 0..13_u8 {
        let summary = fixture.summary("shop/code.py", &format!("f{depth}"));
        let depths: Vec<u8> = summary.effects.iter().map(|effect| effect.depth).collect();
        let wanted = if depth <= 10 { vec![depth] } else { Vec::new() };
        assert_eq!(depths, wanted, "f{depth}");
    }
}

#[test]
fn who_knows_nothing_of_the_parameters_is_given_no_dependency_on_them() {
    let inner = Value::UNKNOWN.at(Some(Path::param(1))).with_deps(Deps::param(1) | Deps::of_loop(2));
    let value = inner.many().at(Some(Path::param(0))).with_deps(Deps::param(0));
    assert_eq!(crate::bind::without_paths(&value), Value::UNKNOWN.many());
}
