#![allow(clippy::unwrap_used)]

use super::*;
use crate::fixture::Fixture;

#[test]
fn terms_are_shown_fewest_factors_first() {
    let cost = |terms: &[&[&str]], is_open: bool| {
        let mut cost = Cost { is_open, ..Cost::default() };
        for factors in terms {
            cost.add(factors.iter().map(Name::new).collect());
        }
        cost.to_string()
    };
    assert_eq!(cost(&[], false), "0");
    assert_eq!(cost(&[], true), "?");
    assert_eq!(cost(&[&[], &[]], false), "2");
    assert_eq!(
        cost(&[&["orders", "items"], &["orders"], &[], &["orders"], &["users"]], true),
        "1 + 2·N(orders) + N(users) + N(orders)·N(items) + ?"
    );
}

#[test]
fn words_for_rows() {
    for (class, label) in [
        ("Order", "orders"),
        ("OrderItem", "order_items"),
        ("Category", "categories"),
        ("Address", "addresses"),
        ("Day", "days"),
    ] {
        assert_eq!(label_of(class), label);
    }
}

/// The routes of a project with their cost, one a line.
fn table(text: &str) -> String {
    let fixture = Fixture::new(text);
    let routes = model::query::routes(&fixture.db, fixture.project);
    let line = |route: &Route| {
        let cost = of_route(&fixture.db, fixture.project, route);
        format!("{} {}  {cost}\n", route.methods.join(","), route.path)
    };
    routes.list.iter().map(line).collect()
}

const SHOP: &str = r#"
//- shop/__init__.py
//- shop/models.py
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
class Base(DeclarativeBase): ...
class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    user: Mapped[User] = relationship()
    items: Mapped[list["Item"]] = relationship(back_populates="order")
class Item(Base):
    __tablename__ = "items"
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    order: Mapped[Order] = relationship(back_populates="items")
//- shop/repository.py
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from shop.models import Order, User
class OrderRepository:
    def __init__(self, session: Session):
        self.session = session
    def recent(self) -> list[Order]:
        return self.session.scalars(select(Order)).all()
    def owner(self, order: Order) -> User:
        return self.session.get(User, order.user_id)
//- shop/api.py
from fastapi import APIRouter, Depends, FastAPI
from sqlalchemy.orm import Session
from shop.db import get_session
from shop.models import Order, User
from shop.repository import OrderRepository
def current_user(session: Session = Depends(get_session)) -> User:
    return session.get(User, 1)
router = APIRouter(prefix="/orders")
@router.get("")
def listed(session: Session = Depends(get_session), user: User = Depends(current_user)):
    repository = OrderRepository(session)
    orders = repository.recent()
    return [repository.owner(order) for order in orders]
@router.get("/deep")
def deep(session: Session = Depends(get_session)):
    out = []
    for order in OrderRepository(session).recent():
        for item in order.items:
            out.append(session.get(User, item.id))
    return out
@router.get("/plain")
def plain():
    return 1
app = FastAPI()
app.include_router(router)
//- shop/db.py
from sqlalchemy.orm import Session
def get_session():
    with Session() as session:
        yield session
"#;

#[test]
fn handlers_with_what_they_depend_on() {
    expect_test::expect![[r#"
        GET /orders  2 + N(orders)
        GET /orders/deep  1 + N(orders) + N(orders)·N(items)
        GET /orders/plain  0
    "#]]
    .assert_eq(&table(SHOP));
}
