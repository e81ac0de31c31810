use expect_test::{Expect, expect};

use crate::fixture::Fixture;
use crate::query;

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&Fixture::new(text).graph());
}

#[test]
fn edges_go_to_what_is_named() {
    check(
        r"
//- shop/__init__.py
from .orders import Order
//- shop/a.py
from shop import orders
from shop import Order
import shop.deep.inner
import shop.deep.inner as again
from shop.deep.inner import *
//- shop/orders.py
class Order: ...
//- shop/deep/__init__.py
//- shop/deep/inner.py
from . import inner
",
        &expect![[r#"
            shop -> shop.orders (Import)
            shop.a -> shop (Import), shop.deep.inner (Import), shop.orders (Import)
        "#]],
    );
}

#[test]
fn the_strongest_kind_counts() {
    check(
        r"
//- a.py
from typing import TYPE_CHECKING
import importlib
if TYPE_CHECKING:
    import typed
    import both
def f():
    import late
    import both
    importlib.import_module('dynamic')
importlib.import_module('at_once')
load = lambda: importlib.import_module('dynamic')
class C:
    import early
try:
    import optional
except ImportError:
    pass
//- typed.py
//- both.py
//- late.py
//- dynamic.py
//- at_once.py
//- early.py
//- optional.py
",
        &expect![[r#"
            a -> at_once (Import), both (Deferred), dynamic (Dynamic), early (Import), late (Deferred), optional (Import), typed (TypeChecking)
        "#]],
    );
}

#[test]
fn tests_and_migrations_are_no_sources() {
    check(
        r"
//- shop/__init__.py
//- shop/a.py
import shop.tests.factories
//- shop/tests/__init__.py
//- shop/tests/factories.py
import shop.a
//- shop/migrations/__init__.py
//- shop/migrations/0001_first.py
import shop.a
//- docs/conf.py
import shop.a
//- setup.py
import shop.a
",
        &expect![[r#"
            shop.a -> shop.tests.factories (Import)
        "#]],
    );
}

const COUNTED: &str = r"
//- shop/__init__.py
//- shop/a.py
from shop.b import f
def g():
    return f()
//- shop/b.py
class Base: ...
def f():
    return 1
";

/// Runs all project-wide queries.
fn ask(fixture: &Fixture) {
    query::graph(&fixture.db, fixture.project);
    query::cycles(&fixture.db, fixture.project);
    query::hierarchy(&fixture.db, fixture.project);
    for file in ["shop/a.py", "shop/b.py"] {
        query::resolved(&fixture.db, fixture.project, fixture.file(file));
    }
}

/// The queries of this crate that run again after an edit of `shop/b.py`.
fn rerun(text: &str) -> String {
    let mut fixture = Fixture::new(COUNTED);
    ask(&fixture);
    fixture.executed();
    fixture.edit("shop/b.py", text);
    ask(&fixture);
    let facts = ["text", "module", "imports", "definitions", "bodies", "probes"];
    let counts = fixture.executed();
    let counted = counts.iter().filter(|(name, _)| !facts.contains(&name.as_str()));
    counted.map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join("\n")
}

#[test]
fn typing_inside_a_body_runs_nothing_here_again() {
    expect![[r#""#]].assert_eq(&rerun("class Base: ...\ndef f():\n    x = 2\n    return x\n"));
}

#[test]
fn an_import_of_the_standard_library_stops_at_the_file() {
    expect![[r#"
        edges 1
        exports 1
        resolved 2"#]]
    .assert_eq(&rerun("import os\nclass Base: ...\ndef f():\n    return 1\n"));
}

#[test]
fn a_new_edge_reaches_the_graph() {
    expect![[r#"
        cycles 1
        edge_weights 2
        edges 1
        exports 1
        graph 1
        resolved 2
        roots 1"#]]
    .assert_eq(&rerun("import shop.a\nclass Base: ...\ndef f():\n    return 1\n"));
}

#[test]
fn an_edge_stays_when_an_import_comes_above_it() {
    let mut fixture = Fixture::new(COUNTED);
    let edges = |fixture: &Fixture| query::edges(&fixture.db, fixture.project, fixture.file("shop/a.py"));
    let before = edges(&fixture);
    assert_eq!(before.len(), 1);
    fixture.edit(
        "shop/a.py",
        "import os\nimport requests\nfrom shop.b import f, Base\ndef g():\n    return f()\n",
    );
    assert_eq!(edges(&fixture), before);
}
