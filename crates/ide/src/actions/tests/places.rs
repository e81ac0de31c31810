//! Actions beyond the finding under the cursor: fixes for findings elsewhere, all fixes of a rule, and what is shown
//! after one was applied.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use source::apply_edits;

use super::*;

/// A loop that runs a query for each row, and the query that could have loaded what it reads.
const LAZY: &str = "
//- /shop/models.py
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
class Base(DeclarativeBase): ...
class Customer(Base):
    __tablename__ = 'customers'
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
class Order(Base):
    __tablename__ = 'orders'
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey('customers.id'))
    customer: Mapped[Customer] = relationship()
";

#[test]
fn a_fix_is_offered_where_the_finding_is_and_where_it_mends() {
    let repository = |query: &str| {
        format!(
            "//- /shop/repository.py\nfrom sqlalchemy import select\nfrom sqlalchemy.orm import Session\nfrom shop.models import Order\ndef recent(session: Session) -> list[Order]:\n    return session.scalars({query}).all()\n"
        )
    };
    let report = |read: &str| {
        format!(
            "//- /shop/report.py\nfrom shop.repository import recent\ndef names(session):\n    out = []\n    for order in recent(session):\n        out.append({read}.name)\n    return out\n"
        )
    };
    let at_finding = format!("{LAZY}{}{}", repository("select(Order)"), report("order.cust$0omer"));
    check(
        &at_finding,
        &expect![[r#"
        QuickFix, Review, preferred: Eager-load `Order.customer` in `recent` (review: adds a JOIN or a query)
        QuickFix, Review: Ignore n-plus-one here with a reason
        QuickFix, Review: Accept n-plus-one into the baseline
    "#]],
    );
    let at_query = format!("{LAZY}{}{}", repository("sel$0ect(Order)"), report("order.customer"));
    check(
        &at_query,
        &expect![[r#"
        QuickFix, Review: Eager-load `Order.customer` in `recent`, for n-plus-one at report.py:5 (review: adds a JOIN or a query)
        QuickFix, Review: Ignore unbounded-query here with a reason
        QuickFix, Review: Accept unbounded-query into the baseline
    "#]],
    );
}

/// What is shown after an action: the line, with the selection between `<` and `>`.
#[track_caller]
fn check_shown(files: &str, title: &str, expected: &Expect) {
    let fixture = Fixture::new(&format!("{SHOP}{files}"));
    let snapshot = fixture.workspace.snapshot();
    let action = offered(&fixture, &snapshot).into_iter().find(|action| action.title.starts_with(title));
    let resolved = action.and_then(|action| resolve(&snapshot, &action.data, Abilities::ALL));
    let shown = resolved.and_then(|resolved| resolved.show).map(|show| {
        let (start, end) = (show.span.start as usize, show.span.end as usize);
        let text = &show.contents;
        let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let rest = &text[end..];
        let rest = &rest[..rest.find('\n').unwrap_or(rest.len())];
        format!("{}: {}<{}>{rest}\n", show.path, &text[line..start], &text[start..end])
    });
    expected.assert_eq(&shown.unwrap_or_default());
}

#[test]
fn the_reason_is_there_to_be_typed_over() {
    check_shown(
        "//- /shop/a.py\ndef f():\n    from shop import pri$0ces  # noqa\n    return prices.X\n",
        "Ignore",
        &expect![[r#"
            /project/shop/a.py:     from shop import prices  # noqa  # architrave: ignore[hidden-import] <TODO: reason>
        "#]],
    );
    check_shown(
        "//- /shop/a.py\ndef f():\n    from shop import \\\n        pri$0ces\n    return prices.X\n",
        "Ignore",
        &expect![[r#"
            /project/shop/a.py:     # architrave: ignore[hidden-import] <TODO: reason>
        "#]],
    );
    // An existing reason is kept.
    check_shown(
        "//- /shop/a.py\ndef f():\n    from shop import pri$0ces  # architrave: ignore[dynamic-import] both\n    return prices.X\n",
        "Ignore",
        &expect![],
    );
}

/// All files after the first action whose title begins like this.
#[track_caller]
fn check_everywhere(files: &str, title: &str, expected: &Expect) {
    let fixture = Fixture::new(&format!("{SHOP}{files}"));
    let snapshot = fixture.workspace.snapshot();
    let action = offered(&fixture, &snapshot).into_iter().find(|action| action.title.starts_with(title));
    let resolved = action.and_then(|action| resolve(&snapshot, &action.data, Abilities::ALL));
    let mut after = String::new();
    for edit in resolved.into_iter().flat_map(|resolved| resolved.changes.edits) {
        let text = apply_edits(snapshot.text(edit.file).as_str(), &edit.edits).expect("edits fit");
        let _ = write!(after, "--- {}\n{text}", edit.file.path(snapshot.db()));
    }
    expected.assert_eq(&after);
}

#[test]
fn all_of_a_rule() {
    let files = "
//- /shop/a.py
def f():
    from shop import pri$0ces
    return prices.X
def g():
    from shop import taxes
    return taxes.Y
//- /shop/b.py
def f():
    from shop import prices
    return prices.X
";
    check(
        files,
        &expect![[r#"
        QuickFix, Safe, preferred: Move the import to the top level
        QuickFix, Safe: Fix all `hidden-import` in this file
        QuickFix, Safe: Fix all `hidden-import` in the project
        SourceFixAll, Safe: Fix all safe findings in this file
        QuickFix, Review: Ignore hidden-import here with a reason
        QuickFix, Review: Accept hidden-import into the baseline
    "#]],
    );
    check_everywhere(
        files,
        "Fix all `hidden-import` in this file",
        &expect![[r#"
        --- /project/shop/a.py
        from shop import prices, taxes


        def f():
            return prices.X
        def g():
            return taxes.Y
    "#]],
    );
    check_everywhere(
        files,
        "Fix all `hidden-import` in the project",
        &expect![[r#"
        --- /project/shop/a.py
        from shop import prices, taxes


        def f():
            return prices.X
        def g():
            return taxes.Y
        --- /project/shop/b.py
        from shop import prices


        def f():
            return prices.X
    "#]],
    );
}

/// Each of the two could import the other at its top level, but not both.
#[test]
fn all_of_a_rule_close_no_cycle_together() {
    let files = "
//- /shop/a.py
A = 1
def f():
    from shop.b impo$0rt B
    return B
//- /shop/b.py
B = 1
def f():
    from shop.c import C
    return C
//- /shop/c.py
C = 1
def f():
    from shop.a import A
    return A
";
    check_everywhere(
        files,
        "Fix all `hidden-import` in the project",
        &expect![[r#"
        --- /project/shop/a.py
        from shop.b import B

        A = 1
        def f():
            return B
        --- /project/shop/b.py
        from shop.c import C

        B = 1
        def f():
            return C
    "#]],
    );
}

/// Only the composition root names the adapter, and that is no place for it.
#[test]
fn nobody_moves_an_adapter_into_the_composition_root() {
    check(
        "
//- /shop/infrastructure/__init__.py
//- /shop/infrastructure/orders.py
from sqlalchemy.orm import Session
class Sql$0Orders:
    def __init__(self, session: Session):
        self.session = session
    def get(self, key):
        return self.session.get(object, key)
//- /shop/main.py
from fastapi import FastAPI
from sqlalchemy.orm import Session
from shop.infrastructure.orders import SqlOrders
def create_app() -> FastAPI:
    app = FastAPI()
    app.state.orders = SqlOrders(Session())
    return app
app = create_app()
",
        &expect![[r#"
            RefactorExtract, Review: Extract Protocol from all public members
            RefactorMove, Review: Move SqlOrders to another module…
        "#]],
    );
}

#[test]
fn one_comment_covers_all_findings_of_its_rule_on_a_line() {
    let line = "x = [importlib.import_module('shop.prices'), importlib.import_module('shop.taxes')]";
    let fixture = Fixture::new(&format!("{SHOP}//- /shop/a.py\nimport importlib\n$0{line}\n"));
    let snapshot = fixture.workspace.snapshot();
    let range = Span::new(fixture.offset, fixture.offset + line.len() as u32);
    let offered = actions(&snapshot, fixture.file(), range, &[ActionKind::QuickFix], Reach::File);
    let count = |word: &str| offered.iter().filter(|action| action.title.starts_with(word)).count();
    assert_eq!((count("Ignore"), count("Accept")), (1, 2), "{offered:?}");
    let ignore = offered.iter().find(|action| action.title.starts_with("Ignore")).expect("it is offered");
    let resolved = resolve(&snapshot, &ignore.data, Abilities::ALL).expect("it can be done");
    let text = apply_edits(snapshot.text(fixture.file()).as_str(), &resolved.changes.edits[0].edits);
    let mut workspace = fixture.workspace;
    drop(snapshot);
    workspace.apply(vec![workspace::Change::Open {
        path: fixture.path.clone(),
        version: 1,
        text: text.expect("edits fit").as_str().into(),
    }]);
    let snapshot = workspace.snapshot();
    let (project, file) = snapshot.project_of(&fixture.path).expect("it is code");
    assert_eq!(snapshot.check(project, file).len(), 0);
}
