//! Fixtures: the messages of a project, with their handlers and the functions that create them.
#![allow(clippy::unwrap_used)]

use std::fmt::Write;

use expect_test::{Expect, expect};
use python::Scope;

use crate::fixture::Fixture;
use crate::{ModuleId, query};

fn check(text: &str, expected: &Expect) {
    let fixture = Fixture::new(text);
    let modules = fixture.modules();
    let named = |module: ModuleId, function: python::FunctionId| {
        let definitions = python::query::definitions(&fixture.db, modules[module].file);
        let facts = &definitions[function];
        match facts.scope {
            Scope::Class(class) => format!("{}.{}", definitions[class].name, facts.name),
            _ => facts.name.to_string(),
        }
    };
    let mut out = String::new();
    for (class, message) in &query::messages(&fixture.db, fixture.project).by_class {
        let _ = writeln!(out, "{} ({})", class.name, message.kind.as_str());
        for handler in &message.handlers {
            let marks = format!("{:?}", handler.marks).to_lowercase();
            let _ = writeln!(out, "  handled by {} {marks}", named(handler.module, handler.function));
        }
        for (module, function) in query::message_makers(&fixture.db, fixture.project, class.clone()).iter() {
            let name = function.map_or_else(|| "import".to_owned(), |it| named(*module, it));
            let _ = writeln!(out, "  made by {name}");
        }
    }
    expected.assert_eq(&out);
}

#[test]
fn a_bus_with_dictionaries() {
    check(
        r#"
//- shop/events.py
from dataclasses import dataclass
class Event: pass
@dataclass
class Placed(Event):
    order: int
@dataclass
class Refused(Event):
    order: int
@dataclass
class Shipped(Event):
    order: int
//- shop/commands.py
from dataclasses import dataclass
@dataclass
class Place:
    order: int
//- shop/handlers.py
from shop import commands, events
def place(command: commands.Place, uow):
    uow.events.append(events.Placed(command.order))
    uow.events.append(events.Shipped(command.order))
def tell(event: events.Placed, mail): ...
def log(event):
    print(event)
def refuse(event: events.Refused, mail):
    mail.send()
EVENT_HANDLERS = {events.Placed: [tell, log], events.Refused: [refuse]}
COMMAND_HANDLERS = {commands.Place: place}
//- shop/api.py
from shop.commands import Place
from shop.bus import bus
def endpoint(order):
    bus.handle(Place(order))
"#,
        &expect![[r#"
            Place (command)
              handled by place [takes, registered]
              made by endpoint
            Placed (event)
              handled by tell [takes, registered, descends]
              handled by log [registered, descends]
              made by place
            Refused (event)
              handled by refuse [takes, registered, descends]
            Shipped (event)
              made by place
        "#]],
    );
}

#[test]
fn handlers_that_are_classes() {
    check(
        r#"
//- shop/base.py
from abc import ABC, abstractmethod
class Query(ABC): ...
class QueryHandler[Q, R](ABC):
    @abstractmethod
    def handle(self, query: Q) -> R: ...
class Command: ...
//- shop/orders.py
from shop.base import Command, Query, QueryHandler
class GetOrder(Query):
    id: int
class GetOrderHandler(QueryHandler[GetOrder, int]):
    def __init__(self, orders): ...
    async def handle(self, query):
        return 1
class Place(Command): ...
class Event: ...
class Late(Event): ...
class Saga:
    @dispatch
    def handle(self, event): ...
    @handle.register(Late)
    def late(self, event: Late):
        return event
    @handle.register(Event)
    def other(self, event: Event):
        return event
class Paid: ...
class PaidHandler:
    def handle(self, event: Paid):
        return event
def make_paid_handler(container) -> PaidHandler:
    return PaidHandler()
class PlaceHandler:
    async def __call__(self, command: Place):
        return command
class Bus:
    def handle(self, command: Command):
        return self.handlers[type(command)](command)
def wire(mediator, container):
    handler = PlaceHandler()
    mediator.register_command(Place, [handler])
    mediator.register_event(Paid, make_paid_handler(container))
    mediator.register_query(GetOrder, lambda: container.get(GetOrderHandler))
"#,
        &expect![[r#"
            GetOrder (query)
              handled by GetOrderHandler.handle [registered, generic, descends]
            Late (event)
              handled by Saga.late [takes, registered, descends]
            Paid (event)
              handled by PaidHandler.handle [takes, registered]
            Place (command)
              handled by PlaceHandler.__call__ [takes, registered, descends]
        "#]],
    );
}

#[test]
fn decorators() {
    check(
        r#"
//- shop/events.py
from pydantic import BaseModel
class OrderPlacedEvent(BaseModel):
    id: int
class Paid(BaseModel):
    id: int
//- shop/consumers.py
from faststream.kafka import KafkaBroker
from shop.events import OrderPlacedEvent, Paid
from shop.module import orders
broker = KafkaBroker()
@broker.subscriber("orders")
async def on_order(event: OrderPlacedEvent):
    await broker.publish(Paid(id=event.id), "paid")
@orders.handler(Paid)
def on_paid(event: Paid): ...
@orders.handler(Paid)
def on_paid_too(event: Paid):
    print(event)
"#,
        &expect![[r#"
            OrderPlacedEvent (event)
              handled by on_order [takes, decorated]
            Paid (event)
              handled by on_paid [takes, registered, decorated]
              handled by on_paid_too [takes, registered, decorated]
              made by on_order
        "#]],
    );
}

/// Tables of classes that are not messages: two marks, but no word indicates that they are dispatched.
#[test]
fn tables_of_other_things() {
    check(
        r#"
//- shop/shapes.py
class Circle: ...
class Square: ...
def draw_circle(circle: Circle):
    print(circle)
def draw_square(square: Square):
    print(square)
DRAW = {Circle: draw_circle, Square: draw_square}
//- shop/errors.py
class NotFound(Exception): ...
def not_found(error: NotFound):
    return 404
HANDLERS = {NotFound: not_found}
//- shop/users.py
from shop.shapes import Circle
class Event:
    name: str
def on_click(event: Event):
    print(event)
class Service:
    def handle(self, circle: Circle):
        print(circle)
class EventRow: ...
class Repository[T]: ...
class EventRepository(Repository[EventRow]):
    def handle(self, row: EventRow):
        print(row)
"#,
        &expect![[r#""#]],
    );
}
