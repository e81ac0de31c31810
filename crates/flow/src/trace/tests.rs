#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;

use super::*;
use crate::fixture::Fixture;

/// The steps of a request to the only route, one per line.
fn steps(text: &str) -> String {
    let fixture = Fixture::new(text);
    let routes = model::query::routes(&fixture.db, fixture.project);
    let [route] = &routes.list[..] else { panic!("{} routes", routes.list.len()) };
    let trace = of_route(&fixture.db, fixture.project, route);
    let mut out = String::new();
    for step in trace.before.iter().chain(&trace.handler).chain(&trace.rendering).chain(&trace.after) {
        write_step(&mut out, step, 0);
    }
    out
}

fn write_step(out: &mut String, step: &Step, depth: usize) {
    let pad = "  ".repeat(depth);
    let (line, inner): (String, &[Step]) = match &step.kind {
        StepKind::Call(call) => {
            let class = call.class.as_ref().map(|class| format!("{}.", class.name)).unwrap_or_default();
            let port = call.port.as_ref().map(|port| format!(" by {}", port.name)).unwrap_or_default();
            let cut = call.cut.map(|cut| format!(" {cut:?}")).unwrap_or_default();
            (format!("{class}{}{port}{cut}", call.name), &call.steps)
        }
        StepKind::Query { what, is_write, .. } => {
            (format!("query {what}{}", if *is_write { " (writes)" } else { "" }), &[])
        }
        StepKind::Session { method, entity } => {
            (format!("session {method} {:?}", entity.as_ref().map(|it| it.name.as_str())), &[])
        }
        StepKind::Library(name) => (format!("library {name}"), &[]),
        StepKind::Unknown(name) => (format!("unknown {name}"), &[]),
        StepKind::Loop { label, steps, .. } => (format!("loop {label}"), steps),
        StepKind::Transaction(steps) => ("transaction".to_owned(), steps),
        StepKind::Raise(name) => (format!("raise {name}"), &[]),
        StepKind::Yield => ("yield".to_owned(), &[]),
        StepKind::Branch(arms) => {
            for arm in arms {
                writeln!(out, "{pad}if {}", arm.condition).unwrap();
                for step in &arm.steps {
                    write_step(out, step, depth + 1);
                }
            }
            return;
        }
    };
    writeln!(out, "{pad}{line}").unwrap();
    for step in inner {
        write_step(out, step, depth + 1);
    }
}

const MODELS: &str = r#"
//- shop/__init__.py
//- shop/models.py
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
class Base(DeclarativeBase): ...
class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship()
"#;

#[test]
fn a_request_is_followed_through_what_is_injected_and_a_port_down_to_the_queries() {
    let text = format!(
        "{MODELS}{}",
        r#"
//- shop/ports.py
from typing import Protocol
class Orders(Protocol):
    def recent(self) -> list: ...
//- shop/repository.py
from sqlalchemy import select
from sqlalchemy.orm import Session
from shop.models import Order
from shop.ports import Orders
class SqlOrders(Orders):
    def __init__(self, session: Session):
        self.session = session
    def recent(self):
        return list(self.session.scalars(select(Order)))
//- shop/service.py
from shop.ports import Orders
class Service:
    def __init__(self, orders: Orders):
        self.orders = orders
    def names(self):
        return [order.customer.name for order in self.orders.recent()]
//- shop/api.py
from fastapi import Depends, FastAPI
from sqlalchemy.orm import Session, sessionmaker
from shop.repository import SqlOrders
from shop.service import Service
make = sessionmaker()
def session():
    with make() as session:
        yield session
        session.commit()
def service(session: Session = Depends(session)) -> Service:
    return Service(SqlOrders(session))
app = FastAPI()
@app.get("/orders")
def orders(service: Service = Depends(service)):
    return service.names()
"#
    );
    let steps = steps(&text);
    let expected = "orders
  Service.names
    SqlOrders.recent by Orders
      library sqlalchemy.select
      query a query for Order
      library builtins.list
    loop orders
      query the lazy load of Order.customer
";
    assert!(steps.contains(expected), "{steps}");
    assert!(steps.contains("service\n  SqlOrders.__init__\n  Service.__init__\n"), "{steps}");
    let (before, after) = steps.split_once(expected).unwrap();
    assert!(!before.contains("session commit"), "the commit comes after the handler: {steps}");
    assert!(after.contains("session commit"), "{steps}");
}

#[test]
fn branches_writes_errors_and_what_nobody_can_resolve_are_steps() {
    let text = format!(
        "{MODELS}{}",
        r#"
//- shop/api.py
import httpx
from fastapi import FastAPI
from sqlalchemy.orm import Session
from shop.models import Order
app = FastAPI()
def find(session: Session, key: int, strict: bool):
    order = session.get(Order, key)
    if strict:
        raise LookupError(key)
    return order
@app.post("/orders")
def place(session: Session, key: int, plugins):
    with session.begin():
        if key > 3:
            session.add(Order(id=key))
        else:
            find(session, key, False)
    plugins.run(key)
    httpx.post("https://example.org")
    return again(key)
def again(key):
    return again(key - 1)
"#
    );
    assert_eq!(
        steps(&text),
        "place
  transaction
    if key > 3
      query the INSERT of Order (writes)
    if not (key > 3)
      find
        query session.get(Order)
  unknown plugins.run
  library httpx.post
  again
    again Recursion
"
    );
}

#[test]
fn what_happens_otherwise_is_said_without_two_negations() {
    let text = format!(
        "{MODELS}{}",
        r#"
//- shop/api.py
from fastapi import FastAPI
from sqlalchemy.orm import Session
from shop.models import Order
app = FastAPI()
@app.get("/orders")
def show(session: Session, key: int, known, order):
    if order is not None:
        pass
    else:
        session.get(Order, 1)
    if not known:
        pass
    else:
        session.get(Order, 2)
    if known.all:
        pass
    else:
        session.get(Order, 3)
    if key < 3:
        pass
    else:
        session.get(Order, 4)
    return order == key or session.get(Order, 5)
"#
    );
    let mut expected = "show\n".to_owned();
    for words in ["order is None", "known", "not known.all", "not (key < 3)", "order != key"] {
        writeln!(expected, "  if {words}\n    query session.get(Order)").unwrap();
    }
    assert_eq!(steps(&text), expected);
}
