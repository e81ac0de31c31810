#![allow(clippy::unwrap_used)]

use super::*;
use crate::fixture::Fixture;

mod django;
mod heirs;
mod kept;
mod paginators;

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

/// The cost of what each handler runs that is written in `handlers`, beside the shop's tables.
fn costs(handlers: &str) -> String {
    let models = SHOP.split("//- shop/repository.py").next().unwrap();
    let head = "//- shop/db.py\nfrom sqlalchemy.orm import Session\ndef get_session():\n    with Session() as session:\n        yield session\n\
                //- shop/api.py\nimport functools\nfrom operator import attrgetter\nfrom fastapi import Depends, FastAPI\n\
                from sqlalchemy import func, select\nfrom sqlalchemy.orm import Session\n\
                from shop.db import get_session\nfrom shop.models import Item, Order, User\napp = FastAPI()\n";
    table(&format!("{models}{head}{handlers}"))
}

#[test]
fn of_branches_that_exclude_each_other_the_dearest_counts() {
    expect_test::expect![[r#"
        GET /called  2
        GET /cases  2
        GET /early  2 + N(orders)
        GET /else  1
        GET /nested  2
    "#]]
    .assert_eq(&costs(
        r#"
def one(session, deep):
    if deep:
        return session.get(Order, 1)
    return session.get(User, 1)
@app.get("/else")
def by_else(deep: bool, session: Session = Depends(get_session)):
    if deep:
        row = session.get(Order, 1)
    else:
        row = session.get(User, 1)
    return row
@app.get("/cases")
def by_cases(kind: str, session: Session = Depends(get_session)):
    match kind:
        case "orders":
            return session.get(Order, 1)
        case "both":
            session.get(User, 1)
            return session.get(Order, 1)
        case _:
            return None
@app.get("/early")
def early(name: str, session: Session = Depends(get_session)):
    if name:
        session.get(User, 1)
        return session.get(User, 2)
    return [order.user.id for order in session.scalars(select(Order))]
@app.get("/nested")
def nested(name: str, session: Session = Depends(get_session)):
    session.get(User, 1)
    if name == "a":
        return session.get(User, 2)
    if name == "b":
        return session.get(User, 3)
    return session.get(User, 4)
@app.get("/called")
def called(deep: bool, session: Session = Depends(get_session)):
    return one(session, deep), one(session, not deep)
"#,
    ));
}

#[test]
fn rounds_that_are_written_down_multiply() {
    expect_test::expect![[r#"
        GET /constant  4
        GET /one-of-them  1
        GET /range  12
        GET /retries  1 + ?
        GET /tuple  3
        GET /while  3
    "#]]
    .assert_eq(&costs(
        r#"
@app.get("/tuple")
def by_tuple(session: Session = Depends(get_session)):
    return [session.scalar(select(func.count()).select_from(model)) for model in (User, Order, Item)]
@app.get("/range")
def by_range(session: Session = Depends(get_session)):
    return [session.scalar(select(func.count(Order.id)).where(Order.id == month)) for month in range(1, 13)]
YEARS = 4
@app.get("/constant")
def by_constant(session: Session = Depends(get_session)):
    return [session.scalar(select(func.count(Order.id)).where(Order.id == year)) for year in range(YEARS)]
@app.get("/one-of-them")
def one_of_them(session: Session = Depends(get_session)):
    for name in ("a", "b", "c"):
        if name == "b":
            session.get(User, 1)
@app.get("/while")
def by_while(session: Session = Depends(get_session)):
    left = 3
    while left:
        session.scalar(select(func.count(Order.id)))
        left -= 1
@app.get("/retries")
def retries(session: Session = Depends(get_session)):
    while session.scalar(select(func.count(Order.id))):
        pass
"#,
    ));
}

#[test]
fn what_is_remembered_or_read_twice_counts_once() {
    expect_test::expect![[r#"
        GET /named  1 + N(orders)
        GET /remembered  2
        GET /twice  1 + N(orders)
    "#]]
    .assert_eq(&costs(
        r#"
@functools.cache
def users() -> int:
    with Session() as session:
        return session.scalar(select(func.count(User.id)))
def owners(orders):
    for order in orders:
        if order.user.id == 1:
            continue
        yield order.user.id
def owner(order: Order) -> int:
    return order.user.id
@app.get("/remembered")
def remembered(session: Session = Depends(get_session)):
    return [users() for order in session.scalars(select(Order))]
@app.get("/twice")
def twice(session: Session = Depends(get_session)):
    return list(owners(session.scalars(select(Order)).all()))
@app.get("/named")
def named(session: Session = Depends(get_session)):
    return list(map(owner, session.scalars(select(Order)).all()))
"#,
    ));
}

#[test]
fn writes_of_a_unit_of_work_count_where_they_are_sent() {
    expect_test::expect![[r#"
        POST /called  2
        POST /each  N(names)
        POST /made  1
        POST /together  1
        POST /updated  1 + N(orders)
    "#]]
    .assert_eq(&costs(
        r#"
def save(session, row):
    session.add(row)
def finish(session):
    session.commit()
@app.post("/made")
def made(session: Session = Depends(get_session)):
    session.add(User(id=1))
    session.commit()
@app.post("/each")
def each(names: list[str], session: Session = Depends(get_session)):
    for name in names:
        session.add(User(id=name))
        session.commit()
@app.post("/together")
def together(names: list[str], session: Session = Depends(get_session)):
    for name in names:
        session.add(User(id=name))
    session.commit()
@app.post("/called")
def called(session: Session = Depends(get_session)):
    save(session, User(id=1))
    save(session, Order(id=1))
    finish(session)
@app.post("/updated")
def updated(session: Session = Depends(get_session)):
    for order in session.scalars(select(Order)).all():
        order.user_id = 2
        finish(session)
"#,
    ));
}

#[test]
fn rows_that_were_read_cost_nothing_again() {
    expect_test::expect![[r#"
        GET /again  1 + N(orders)
        GET /expired  1 + 3·N(orders)
        GET /helpers  1 + N(orders)
        GET /one  2
        GET /sometimes  1 + N(orders)
        GET /sometimes-by-helper  1 + 2·N(orders)
        GET /sorted  1 + N(orders)
    "#]]
    .assert_eq(&costs(
        r#"
@app.get("/one")
def one(session: Session = Depends(get_session)):
    order = session.get(Order, 1)
    return order.user.id, order.user.id
@app.get("/again")
def again(session: Session = Depends(get_session)):
    orders = session.scalars(select(Order)).all()
    first = [order.user.id for order in orders]
    return first, [order.user.id for order in orders]
@app.get("/sorted")
def by_owner(session: Session = Depends(get_session)):
    orders = session.scalars(select(Order)).all()
    ordered = sorted(orders, key=attrgetter("user.id"))
    return [order.user.id for order in ordered]
@app.get("/sometimes")
def sometimes(wanted: int, session: Session = Depends(get_session)):
    found = []
    for order in session.scalars(select(Order)).all():
        if wanted:
            found.append(order.user.id)
        else:
            found.append(order.user)
    return found
def user_of(order: Order) -> int:
    return order.user.id
def user_if(order: Order, wanted: int) -> int:
    return order.user.id if wanted else 0
@app.get("/helpers")
def helpers(session: Session = Depends(get_session)):
    return [(user_of(order), user_of(order), order.user.id) for order in session.scalars(select(Order)).all()]
@app.get("/sometimes-by-helper")
def sometimes_by_helper(wanted: int, session: Session = Depends(get_session)):
    return [(user_if(order, wanted), user_of(order)) for order in session.scalars(select(Order)).all()]
@app.get("/expired")
def expired(session: Session = Depends(get_session)):
    orders = session.scalars(select(Order)).all()
    first = [order.user.id for order in orders]
    session.commit()
    return first, [order.user.id for order in orders]
"#,
    ));
}

#[test]
fn rounds_of_constants_are_counted() {
    let text = r#"
//- shop/settings.py
from enum import Enum
ATTEMPTS = 10
OPEN = int(read())
class State(Enum):
    NEW = "new"
    OPEN = "open"
    CLOSED = "closed"
//- shop/main.py
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session
from shop.models import Order
from shop.settings import ATTEMPTS, OPEN, State
CHANGED = 3
CHANGED = 4
app = FastAPI()
def ask(session: Session, number: int):
    return session.scalar(select(Order.id).where(Order.id == number))
@app.get("/constant")
def constant(session: Session):
    for number in range(ATTEMPTS):
        ask(session, number)
@app.get("/open")
def of_settings(session: Session):
    for number in range(OPEN):
        ask(session, number)
@app.get("/changed")
def changed(session: Session):
    for number in range(CHANGED):
        ask(session, number)
@app.get("/members")
def members(session: Session):
    for state in State:
        ask(session, state)
    return [ask(session, state) for state in list(State)]
"#;
    let models = SHOP.split("//- shop/repository.py").next().unwrap();
    assert_eq!(
        table(&format!("{models}{text}")),
        "\
GET /changed  1 + ?
GET /constant  10
GET /members  6
GET /open  1 + ?
"
    );
}

#[test]
fn one_row_is_updated_by_one_statement_and_loaded_once() {
    let text = r#"
//- shop/main.py
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session
from shop.models import Item, Order, User
app = FastAPI()
@app.patch("/branches")
def branches(session: Session, key: int, user_id: int | None = None, other: int | None = None):
    order = session.get_one(Order, key)
    if user_id is not None:
        order.user_id = user_id
    if other is not None:
        order.id = other
    session.commit()
@app.patch("/flushed")
def flushed(session: Session, key: int, user_id: int):
    order = session.get_one(Order, key)
    order.user_id = user_id
    session.flush()
    order.id = user_id
    session.commit()
@app.get("/outer")
def outer(session: Session, key: int):
    order = session.get_one(Order, key)
    found = []
    for user in session.scalars(select(User)):
        if user.id == order.user.id:
            found.append(user)
    return found
@app.get("/inner")
def inner(session: Session):
    found = []
    for item in session.scalars(select(Item)):
        order = session.get_one(Order, item.order_id)
        found.append(order.user.id)
    return found
def first(order: Order):
    return order.user.id
def second(order: Order):
    return order.user.id
@app.get("/parts")
def parts(session: Session, key: int):
    order = session.get_one(Order, key)
    return first(order) + second(order)
"#;
    let models = SHOP.split("//- shop/repository.py").next().unwrap();
    assert_eq!(
        table(&format!("{models}{text}")),
        "\
PATCH /branches  2
PATCH /flushed  3
GET /inner  1 + 2·N(items)
GET /outer  3
GET /parts  2
"
    );
}
