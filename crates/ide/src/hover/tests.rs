//! Hovers at the cursor (`$0`): the bytes that they are about, then the plain text.

use expect_test::{Expect, expect};

use crate::fixture::Fixture;
use crate::hover;

/// A small backend, to which tests add. Its layers are declared, so that these tests are about the text alone and not
/// about inference.
pub(super) const SHOP: &str = "
//- /architrave.toml
style = \"clean\"

[layers]
domain = [\"shop.domain\"]
presentation = [\"shop.api\"]
shared = [\"shop\"]
//- /pyproject.toml
[project]
name = \"shop\"
//- /shop/__init__.py
//- /shop/domain/__init__.py
from shop.domain.order import Order
//- /shop/domain/order.py
from dataclasses import dataclass

@dataclass
class Order:
    id: int
    def total(self): return 1
//- /shop/ports/prices.py
X = 1
//- /shop/api/__init__.py
//- /shop/api/routes.py
from fastapi import APIRouter
from shop.domain.order import Order
router = APIRouter()

@router.get('/')
def show() -> Order: ...
";

#[track_caller]
fn check(files: &str, expected: &Expect) {
    let fixture = Fixture::new(&format!("{SHOP}{files}"));
    let snapshot = fixture.workspace.snapshot();
    let file = fixture.file();
    let shown = hover(&snapshot, file, fixture.offset);
    let text = snapshot.text(file);
    let words = shown.map(|hover| format!("[{}]\n{}\n", text.slice(hover.span), hover.words.plain()));
    expected.assert_eq(&words.unwrap_or_default());
}

#[test]
fn module_of_an_import() {
    check(
        "//- /shop/api/a.py\nfrom shop.domain.or$0der import Order\n",
        &expect![[r#"
            [order]
            shop.domain.order · domain

            - declared by shop.domain

            Style clean: it is declared

            May be imported by presentation, application, domain and infrastructure, and by composition and tests

            Ca 3 (imported by), Ce 0 (imports), instability 0.00
        "#]],
    );
}

#[test]
fn package_around_an_imported_module() {
    check(
        "//- /shop/api/a.py\nfrom shop.do$0main.order import Order\n",
        &expect![[r#"
            [domain]
            shop.domain · domain

            - declared by shop.domain

            Style clean: it is declared

            May be imported by presentation, application, domain and infrastructure, and by composition and tests

            Ca 2 (imported by), Ce 0 (imports), instability 0.00
        "#]],
    );
    check(
        "//- /shop/api/a.py\nimport sh$0op.domain.order\n",
        &expect![[r#"
            [shop]
            shop · shared

            - declared by shop

            Style clean: it is declared

            Ca 0 (imported by), Ce 0 (imports)
        "#]],
    );
}

#[test]
fn relative_imports() {
    check(
        "//- /shop/api/a.py\nfrom .$0.domain import order\n",
        &expect![[r#"
            [..]
            shop · shared

            - declared by shop

            Style clean: it is declared

            Ca 0 (imported by), Ce 0 (imports)
        "#]],
    );
    check(
        "//- /shop/api/a.py\nfrom ..dom$0ain import order\n",
        &expect![[r#"
            [domain]
            shop.domain · domain

            - declared by shop.domain

            Style clean: it is declared

            May be imported by presentation, application, domain and infrastructure, and by composition and tests

            Ca 2 (imported by), Ce 0 (imports), instability 0.00
        "#]],
    );
    check(
        "//- /shop/api/a.py\nfrom .$0 import routes\n",
        &expect![[r#"
            [.]
            shop.api · presentation

            - declared by shop.api

            Style clean: it is declared

            May be imported by presentation, and by composition and tests

            Ca 0 (imported by), Ce 1 (imports), instability 1.00
        "#]],
    );
    check(
        "//- /shop/api/a.py\nfrom . import rou$0tes\n",
        &expect![[r#"
            [routes]
            shop.api.routes · presentation

            - declared by shop.api

            Style clean: it is declared

            May be imported by presentation, and by composition and tests

            Ca 1 (imported by), Ce 1 (imports), instability 0.50
        "#]],
    );
}

#[test]
fn imported_names() {
    check(
        "//- /shop/api/a.py\nfrom shop.domain import Ord$0er as O\n",
        &expect![[r#"
            [Order as O]
            Order of shop.domain.order, by way of shop.domain

            shop.domain.order · domain

            - declared by shop.domain

            Style clean: it is declared

            May be imported by presentation, application, domain and infrastructure, and by composition and tests

            Ca 2 (imported by), Ce 0 (imports), instability 0.00
        "#]],
    );
    check(
        "//- /shop/api/a.py\nfrom shop.domain import nothing$0\n",
        &expect![[r#"
            [nothing]
            nothing of shop.domain

            shop.domain · domain

            - declared by shop.domain

            Style clean: it is declared

            May be imported by presentation, application, domain and infrastructure, and by composition and tests

            Ca 2 (imported by), Ce 0 (imports), instability 0.00
        "#]],
    );
    check(
        "//- /shop/api/a.py\nfrom shop.domain import *$0\n",
        &expect![[r#"
            [*]
            shop.domain · domain

            - declared by shop.domain

            Style clean: it is declared

            May be imported by presentation, application, domain and infrastructure, and by composition and tests

            Ca 2 (imported by), Ce 0 (imports), instability 0.00
        "#]],
    );
}

#[test]
fn inferred_layers_show_how_sure_they_are() {
    let undeclared = SHOP.replace("//- /architrave.toml", "//- /unread.txt");
    let fixture = Fixture::new(&format!("{undeclared}//- /shop/api/a.py\nimport shop.api.rou$0tes\n"));
    let snapshot = fixture.workspace.snapshot();
    let words =
        hover(&snapshot, fixture.file(), fixture.offset).map(|hover| hover.words.plain()).unwrap_or_default();
    assert!(words.starts_with("shop.api.routes · presentation, "), "{words}");
    assert!(words.contains(" % sure\n\n- "), "{words}");
}

#[test]
fn packages_without_a_file() {
    check(
        "//- /shop/api/a.py\nimport shop.por$0ts.prices\n",
        &expect![[r#"
            [ports]
            shop.ports · a package without __init__.py, 1 module

            Ca 1 (imported by), Ce 0 (imports), instability 0.00
        "#]],
    );
}

#[test]
fn code_of_others() {
    check(
        "//- /shop/api/a.py\nfrom os import pa$0th\n",
        &expect![[r#"
        [path]
        os.path: standard library
    "#]],
    );
    check(
        "//- /shop/api/a.py\nimport ya$0ml\n",
        &expect![[r#"
        [yaml]
        yaml: third party, distribution PyYAML; no code of this project
    "#]],
    );
    check(
        "//- /shop/api/a.py\nimport google.proto$0buf.message\n",
        &expect![[r#"
        [protobuf]
        google.protobuf: third party, distribution protobuf; no code of this project
    "#]],
    );
    check(
        "//- /shop/api/a.py\nimport shop.mis$0sing\n",
        &expect![[r#"
        [missing]
        shop.missing: looks like code of this project, but nothing lies there (generated, or left out?)
    "#]],
    );
}

#[test]
fn dynamic_imports() {
    check(
        "//- /shop/api/a.py\nimport importlib\nimportlib.import_module('shop.domain.or$0der')\n",
        &expect![[r#"
            [order]
            shop.domain.order · domain

            - declared by shop.domain

            Style clean: it is declared

            May be imported by presentation, application, domain and infrastructure, and by composition and tests

            Ca 3 (imported by), Ce 0 (imports), instability 0.00
        "#]],
    );
    check(
        "//- /shop/api/a.py\nimport importlib\nimportlib.import_module('shop.dom$0ain.order')\n",
        &expect![[r#"
            [domain]
            shop.domain · domain

            - declared by shop.domain

            Style clean: it is declared

            May be imported by presentation, application, domain and infrastructure, and by composition and tests

            Ca 2 (imported by), Ce 0 (imports), instability 0.00
        "#]],
    );
}

#[test]
fn names_that_stand_for_modules() {
    check(
        "//- /shop/api/a.py\nfrom shop.domain import order\nprint(ord$0er.Order)\n",
        &expect![[r#"
            [order]
            shop.domain.order · domain

            - declared by shop.domain

            Style clean: it is declared

            May be imported by presentation, application, domain and infrastructure, and by composition and tests

            Ca 3 (imported by), Ce 0 (imports), instability 0.00
        "#]],
    );
    check(
        "//- /shop/api/a.py\nimport shop.domain.order\nprint(shop.dom$0ain.order.Order)\n",
        &expect![[r#"
            [shop.domain]
            shop.domain · domain

            - declared by shop.domain

            Style clean: it is declared

            May be imported by presentation, application, domain and infrastructure, and by composition and tests

            Ca 2 (imported by), Ce 0 (imports), instability 0.00
        "#]],
    );
    check(
        "//- /shop/api/a.py\nimport shop.domain.order as o\nprint(o$0.Order)\n",
        &expect![[r#"
            [o]
            shop.domain.order · domain

            - declared by shop.domain

            Style clean: it is declared

            May be imported by presentation, application, domain and infrastructure, and by composition and tests

            Ca 3 (imported by), Ce 0 (imports), instability 0.00
        "#]],
    );
}

#[test]
fn other_names_are_not_ours() {
    check("//- /shop/api/a.py\nfrom shop.domain import order\nprint(order.Or$0der)\n", &expect![""]);
    check("//- /shop/api/a.py\nimport yaml\n\nx = ya$0ml.load\n", &expect![""]);
    check("//- /shop/api/a.py\nx = 1\ny$0 = 2\n", &expect![""]);
}

#[test]
fn head_of_a_file() {
    check(
        "//- /shop/api/a.py\n\"\"\"Words.\n\nMore$0 words.\n\"\"\"\nx = 1\n",
        &expect![[r#"
            ["""Words.]
            shop.api.a · presentation

            - declared by shop.api

            Style clean: it is declared

            May be imported by presentation, and by composition and tests

            Ca 0 (imported by), Ce 0 (imports)
        "#]],
    );
    check(
        "//- /shop/api/a.py\n$0",
        &expect![[r#"
            []
            shop.api.a · presentation

            - declared by shop.api

            Style clean: it is declared

            May be imported by presentation, and by composition and tests

            Ca 0 (imported by), Ce 0 (imports)
        "#]],
    );
}

#[test]
fn cycles() {
    let files = "
//- /shop/one.py
from shop import t$0wo
//- /shop/two.py
def f():
    from shop import one
";
    check(
        files,
        &expect![[r#"
            [two]
            shop.two · shared

            - declared by shop

            Style clean: it is declared

            Ca 1 (imported by), Ce 1 (imports), instability 0.50

            In a cycle of 2 modules, closed by imports inside functions alone: shop.two → shop.one → shop.two
        "#]],
    );
}

#[test]
fn rule_in_an_ignore_comment() {
    let silenced =
        "//- /shop/domain/a.py\nfrom shop.api import routes  # architrave: ignore[layer-vio$0lation] why\n";
    let fixture = Fixture::new(&format!("{SHOP}{silenced}"));
    let snapshot = fixture.workspace.snapshot();
    let words = hover(&snapshot, fixture.file(), fixture.offset).expect("a rule").words.plain();
    let head: Vec<&str> = words.lines().take(5).collect();
    expect![[r#"
        layer-violation · an import against the direction of the layers

        Silences here

        - line 1: Domain must not import presentation: shop.api.routes; pass plain values, or move it further inside"#]]
    .assert_eq(&head.join("\n"));
    assert!(words.contains("\nWhy\n"), "the page follows: {words}");
    check("//- /shop/api/a.py\nx = 1\ny = 2  # architrave: ignore[no-such-ru$0le]\n", &expect![""]);
}

#[test]
fn an_ignore_comment_for_all_rules() {
    check(
        "//- /shop/domain/a.py\nfrom shop.api import routes  # architrave: ig$0nore\n",
        &expect![[r#"
            [# architrave: ignore]
            Silences here

            - line 1, layer-violation: Domain must not import presentation: shop.api.routes; pass plain values, or move it further inside
        "#]],
    );
    check(
        "//- /shop/api/a.py\nx = 1  # architrave: ignore unu$0sed\n",
        &expect![[r#"
        [# architrave: ignore unused]
        Silences nothing here
    "#]],
    );
}

#[test]
fn no_offset_panics() {
    let fixture = Fixture::new(&format!(
        "{SHOP}//- /shop/api/a.py\n$0\"\"\"\u{e4}\"\"\"\nfrom ..\u{e4} . b import (\u{1f600}, c as d)\nimport a.b\nprint(a.b.\u{e4})"
    ));
    let snapshot = fixture.workspace.snapshot();
    let file = fixture.file();
    for offset in (0..snapshot.text(file).len() + 3).chain([u32::MAX]) {
        let _ = hover(&snapshot, file, offset);
    }
}
