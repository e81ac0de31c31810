//! Hovers on relationships (`$0`).

use expect_test::{Expect, expect};

use crate::fixture::Fixture;
use crate::hover;

const MODELS: &str = r#"
//- /pyproject.toml
[project]
name = "shop"
//- /shop/__init__.py
//- /shop/models.py
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
class Base(DeclarativeBase): ...
class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    orders: Mapped[list["Order"]] = relationship(back_populates="customer", lazy="selectin")
class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship(back_populates="orders")
//- /shop/reports.py
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from shop.models import Customer, Order
def loaded(session: Session) -> list[Order]:
    return session.scalars(select(Order).options(selectinload(Order.customer))).all()
def names(session: Session):
    return [order.customer for order in session.scalars(select(Order)).all()]
"#;

#[track_caller]
fn check(path: &str, after: &str, name: &str, expected: &Expect) {
    let fixture = Fixture::new(MODELS);
    let snapshot = fixture.workspace.snapshot();
    let file = snapshot.file(format!("/project/{path}").as_str().into()).expect("a file of the fixture");
    let text = snapshot.text(file);
    let start = text.as_str().find(after).expect("in the text");
    let offset = start + text.as_str()[start..].find(name).expect("behind it");
    let shown = hover(&snapshot, file, offset as u32 + 1);
    let words = shown.map(|hover| format!("[{}]\n{}\n", text.slice(hover.span), hover.words.plain()));
    expected.assert_eq(&words.unwrap_or_default());
}

#[test]
fn where_it_is_declared() {
    check(
        "shop/models.py",
        "customer: M",
        "customer",
        &expect![[r#"
        [customer]
        Order.customer · relationship to one Customer

        Loaded lazily: a query when it is first read, once for each row, unless the query loads it eagerly

        The way back is Customer.orders

        Loaded eagerly at

        - shop/reports.py:5
    "#]],
    );
    check(
        "shop/models.py",
        "orders: M",
        "orders",
        &expect![[r#"
        [orders]
        Customer.orders · relationship to many Order

        Loaded eagerly, by one more statement for all rows (selectin, subquery)

        The way back is Order.customer
    "#]],
    );
}

#[test]
fn where_a_query_names_it() {
    check(
        "shop/reports.py",
        "(Order.customer",
        "customer",
        &expect![[r#"
        [customer]
        Order.customer · relationship to one Customer

        Loaded lazily: a query when it is first read, once for each row, unless the query loads it eagerly

        The way back is Customer.orders

        Loaded eagerly at

        - shop/reports.py:5
    "#]],
    );
}

#[test]
fn where_it_is_read_for_each_row() {
    check(
        "shop/reports.py",
        "[order.customer",
        "customer",
        &expect![[r#"
        [customer]
        Order.customer · relationship to one Customer

        Loaded lazily: a query when it is first read, once for each row, unless the query loads it eagerly

        The way back is Customer.orders

        Loaded eagerly at

        - shop/reports.py:5
    "#]],
    );
}

#[test]
fn columns_say_nothing() {
    check("shop/models.py", "customer_id: M", "customer_id", &expect![[r#""#]]);
}
