//! Completions at the cursor (`$0`): each proposal on one line, with the objection.

use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::{elaborate, offers};
use crate::fixture::Fixture;

/// A small backend with declared layers, so that these tests are about proposals alone and not about inference.
const SHOP: &str = "
//- /architrave.toml
style = \"clean\"
[layers]
domain = [\"shop.domain\"]
application = [\"shop.application\"]
infrastructure = [\"shop.infrastructure\"]
presentation = [\"shop.api\"]
//- /pyproject.toml
[project]
name = \"shop\"
//- /shop/__init__.py
//- /shop/domain/__init__.py
from shop.domain.order import Order
//- /shop/domain/order.py
from typing import Protocol
MAX_LINES = 3
class Order: ...
class OrderRepository(Protocol):
    def add(self, order: Order) -> None: ...
class _Hidden: ...
def order_total(order): ...
//- /shop/infrastructure/__init__.py
//- /shop/infrastructure/orders.py
from shop.domain.order import Order, OrderRepository
class OrderRepositorySql(OrderRepository):
    def add(self, order: Order) -> None:
        print(order)
orders_engine = object()
//- /shop/application/__init__.py
//- /shop/application/place.py
from shop.domain.order import Order
logger = object()
def place_order(order: Order): ...
//- /shop/application/report.py
import shop.application.draft
logger = object()
//- /shop/api/__init__.py
//- /shop/api/routes.py
router = object()
//- /tests/test_order.py
class OrderCase: ...
";

#[track_caller]
fn check(files: &str, expected: &Expect) {
    expected.assert_eq(&offered(files, false).unwrap_or_default());
}

fn offered(files: &str, by_trigger: bool) -> Option<String> {
    let fixture = Fixture::new(&format!("{SHOP}{files}"));
    let snapshot = fixture.workspace.snapshot();
    let file = fixture.file();
    let offers = offers(&snapshot, file, fixture.offset, by_trigger)?;
    let mut out = String::new();
    for offer in offers.list {
        let _ = write!(out, "{} {:?} of {}", offer.label, offer.kind, offer.module);
        if let Some(doubt) = offer.doubt {
            let _ = write!(out, " ! {doubt}");
        }
        out.push('\n');
    }
    if offers.is_partial {
        out.push_str("(partial)\n");
    }
    Some(out)
}

#[test]
fn packages_of_the_project() {
    check(
        "//- /shop/application/draft.py\nfrom $0\n",
        &expect![[r#"
        shop Package of shop
    "#]],
    );
    check(
        "//- /shop/application/draft.py\nimport s$0\n",
        &expect![[r#"
        shop Package of shop
    "#]],
    );
    check(
        "//- /shop/application/draft.py\nfrom shop.$0\n",
        &expect![[r#"
        api Package of shop.api
        application Package of shop.application
        domain Package of shop.domain
        infrastructure Package of shop.infrastructure ! application must not import infrastructure
    "#]],
    );
    check(
        "//- /shop/api/draft.py\nfrom shop.$0\n",
        &expect![[r#"
        api Package of shop.api
        application Package of shop.application
        domain Package of shop.domain
        infrastructure Package of shop.infrastructure
    "#]],
    );
}

#[test]
fn modules_of_a_package() {
    check(
        "//- /shop/application/draft.py\nfrom shop.infrastructure.$0\n",
        &expect![[r#"
        orders Module of shop.infrastructure.orders ! application must not import infrastructure
    "#]],
    );
    check(
        "//- /shop/application/draft.py\nfrom shop.application.$0\n",
        &expect![[r#"
            place Module of shop.application.place
            report Module of shop.application.report ! would close an import cycle
        "#]],
    );
    check(
        "//- /shop/application/draft.py\nfrom .$0\n",
        &expect![[r#"
            place Module of shop.application.place
            report Module of shop.application.report ! would close an import cycle
        "#]],
    );
    check(
        "//- /shop/application/draft.py\nfrom ..$0\n",
        &expect![[r#"
        api Package of shop.api
        application Package of shop.application
        domain Package of shop.domain
        infrastructure Package of shop.infrastructure ! application must not import infrastructure
    "#]],
    );
    check("//- /shop/application/draft.py\nfrom ....$0\n", &expect![[r#""#]]);
    check(
        "//- /tests/draft.py\nimport tests.$0\n",
        &expect![[r#"
        test_order Module of tests.test_order
    "#]],
    );
}

#[test]
fn names_of_a_module() {
    check(
        "//- /shop/application/draft.py\nfrom shop.domain.order import $0\n",
        &expect![[r#"
        OrderRepository Port of shop.domain.order
        Order Class of shop.domain.order
        order_total Function of shop.domain.order
        MAX_LINES Constant of shop.domain.order
    "#]],
    );
    check(
        "//- /shop/application/draft.py\nfrom shop.domain.order import (\n    Order,\n    $0\n)\n",
        &expect![[r#"
            OrderRepository Port of shop.domain.order
            order_total Function of shop.domain.order
            MAX_LINES Constant of shop.domain.order
        "#]],
    );
    check(
        "//- /shop/application/draft.py\nfrom shop.domain.order import _$0\n",
        &expect![[r#"
        OrderRepository Port of shop.domain.order
        Order Class of shop.domain.order
        _Hidden Class of shop.domain.order
        order_total Function of shop.domain.order
        MAX_LINES Constant of shop.domain.order
    "#]],
    );
    check(
        "//- /shop/application/draft.py\nfrom shop.domain import $0\n",
        &expect![[r#"
        Order Class of shop.domain
        order Module of shop.domain.order
    "#]],
    );
    check(
        "//- /shop/application/draft.py\nfrom shop.infrastructure.orders import $0\n",
        &expect![[r#"
        OrderRepositorySql Class of shop.infrastructure.orders ! application must not import infrastructure
        orders_engine Variable of shop.infrastructure.orders ! application must not import infrastructure
    "#]],
    );
    check(
        "//- /shop/application/draft.py\nfrom . import $0\n",
        &expect![[r#"
            place Module of shop.application.place
            report Module of shop.application.report ! would close an import cycle
        "#]],
    );
    check("//- /shop/application/draft.py\nfrom os import $0\n", &expect![[r#""#]]);
}

#[test]
fn names_to_import() {
    check(
        "//- /shop/application/draft.py\ndef f():\n    return Ord$0\n",
        &expect![[r#"
        OrderRepository Port of shop.domain.order
        Order Class of shop.domain
        Order Class of shop.domain.order
        order_total Function of shop.domain.order
        orders_engine Variable of shop.infrastructure.orders ! application must not import infrastructure
        OrderRepositorySql Class of shop.infrastructure.orders ! application must not import infrastructure
    "#]],
    );
    check(
        "//- /shop/application/draft.py\nx = or$0\n",
        &expect![[r#"
        (partial)
    "#]],
    );
    check(
        "//- /shop/application/draft.py\nx = rou$0\n",
        &expect![[r#"
        router Variable of shop.api.routes
    "#]],
    );
    check("//- /shop/application/draft.py\nx = log$0\n", &expect![[r#""#]]);
    check(
        "//- /shop/application/draft.py\nfrom shop.domain import Order\nx = Ord$0\n",
        &expect![[r#"
        OrderRepository Port of shop.domain.order
        order_total Function of shop.domain.order
        orders_engine Variable of shop.infrastructure.orders ! application must not import infrastructure
        OrderRepositorySql Class of shop.infrastructure.orders ! application must not import infrastructure
    "#]],
    );
    check("//- /shop/application/draft.py\nfrom shop.domain import *\nx = Ord$0\n", &expect![[r#""#]]);
    check(
        "//- /shop/domain/draft.py\nx = pla$0\n",
        &expect![[r#"
        place_order Function of shop.application.place ! domain must not import application
    "#]],
    );
    check(
        "//- /shop/main.py\nx = orderrep$0\n",
        &expect![[r#"
        OrderRepository Port of shop.domain.order
        OrderRepositorySql Class of shop.infrastructure.orders
    "#]],
    );
}

#[test]
fn a_dot_or_a_blank_asks_in_imports_alone() {
    assert_eq!(offered("//- /shop/application/draft.py\nx = Ord$0\n", true), None);
    assert!(offered("//- /shop/application/draft.py\nfrom shop.$0\n", true).is_some());
}

#[test]
fn rules_that_are_off_object_to_nothing() {
    let off = SHOP.replace("style = \"clean\"", "style = \"clean\"\nrules = { layer-violation = \"off\" }");
    let fixture = Fixture::new(&format!(
        "{off}//- /shop/application/draft.py\nfrom shop.infrastructure.orders import $0\n"
    ));
    let snapshot = fixture.workspace.snapshot();
    let offers = offers(&snapshot, fixture.file(), fixture.offset, false).expect("names");
    assert!(!offers.list.is_empty() && offers.list.iter().all(|offer| offer.doubt.is_none()));
}

/// The file after the first proposal `label` is applied, and its text.
fn taken(files: &str, label: &str) -> (String, String) {
    let fixture = Fixture::new(&format!("{SHOP}{files}"));
    let snapshot = fixture.workspace.snapshot();
    let file = fixture.file();
    let list = offers(&snapshot, file, fixture.offset, false).expect("offers").list;
    let offer = list.into_iter().find(|offer| offer.label == label).expect("it is offered");
    let elaborated = elaborate(&snapshot, &offer.data).expect("it is still there");
    let mut edits = elaborated.edits;
    edits.push(source::TextEdit { span: offer.span, insert: offer.label });
    let text = source::apply_edits(snapshot.text(file).as_str(), &edits).expect("they don't overlap");
    (text, elaborated.words.plain())
}

#[test]
fn an_import_is_added_where_imports_are() {
    let cases = [
        ("x = Ord$0\n", "from shop.domain import Order\n\nx = Order\n"),
        (
            "from shop.domain.order import MAX_LINES\n\nx = Ord$0\n",
            "from shop.domain.order import MAX_LINES, Order\n\nx = Order\n",
        ),
        (
            "import os\n\n\ndef f():\n    return Ord$0\n",
            "import os\n\nfrom shop.domain import Order\n\n\ndef f():\n    return Order\n",
        ),
        (
            "\"\"\"Words.\"\"\"\nfrom ..domain.order import MAX_LINES\n\nx = Ord$0\n",
            "\"\"\"Words.\"\"\"\nfrom ..domain.order import MAX_LINES, Order\n\nx = Order\n",
        ),
    ];
    for (text, expected) in cases {
        let files = format!("//- /shop/application/draft.py\n{text}");
        assert_eq!(taken(&files, "Order").0, expected, "{text}");
    }
}

#[test]
fn the_reason_is_told_in_full() {
    let files = "//- /shop/application/draft.py\nx = OrderRepositoryS$0\n";
    let (text, words) = taken(files, "OrderRepositorySql");
    expect![[r#"
        from shop.infrastructure.orders import OrderRepositorySql

        x = OrderRepositorySql
    "#]]
    .assert_eq(&text);
    expect![[r#"
        Application must not import infrastructure: OrderRepositorySql; depend on a port

        shop.application.draft is application: declared by shop.application
        shop.infrastructure.orders is infrastructure: declared by shop.infrastructure

        OrderRepositorySql

        Implements

        - OrderRepository of shop.domain.order: inherits from it

        shop.infrastructure.orders · infrastructure

        - declared by shop.infrastructure

        Style clean: it is declared

        May be imported by presentation and infrastructure, and by composition and tests

        Ca 0 (imported by), Ce 1 (imports), instability 1.00"#]]
    .assert_eq(&words);
    let files = "//- /shop/application/draft.py\nfrom shop.application.rep$0\n";
    expect![[r#"
        Would close an import cycle: shop.application.draft → shop.application.report → shop.application.draft

        shop.application.report · application

        - declared by shop.application

        Style clean: it is declared

        May be imported by presentation, application and infrastructure, and by composition and tests

        Ca 0 (imported by), Ce 1 (imports), instability 1.00"#]]
    .assert_eq(&taken(files, "report").1);
}

#[test]
fn no_offset_panics() {
    let text = "from ..\u{e4}. import (b,\n \u{1f600})\nimport shop.\nx = Order\ny = 'Ord'";
    let fixture = Fixture::new(&format!("{SHOP}//- /shop/application/draft.py\n$0{text}"));
    let snapshot = fixture.workspace.snapshot();
    let file = fixture.file();
    for offset in (0..text.len() as u32 + 3).chain([u32::MAX]) {
        let _ = offers(&snapshot, file, offset, false);
    }
}
