//! What the standard library preserves, iterates over and calls, one case per line.

use crate::library::shown::check;

const MODELS: &str = "\
//- models.py
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
class Base(DeclarativeBase): ...
class Customer(Base):
    __tablename__ = 'customer'
    id: Mapped[int] = mapped_column(primary_key=True)
class Order(Base):
    __tablename__ = 'order'
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey('customer.id'))
    customer: Mapped[Customer] = relationship()
    def __str__(self):
        return f'{self.customer.id}'
    def customer_id_of(self, number):
        return self.customer.id
";

const HEAD: &str = "\
import asyncio
import collections
import functools
import heapq
import itertools
import operator
import random
from collections import defaultdict
from copy import deepcopy
from functools import partial
from itertools import chain, groupby, islice
from operator import attrgetter
from sqlalchemy.orm import Session
from models import Customer, Order
import time
def load(session: Session, id):
    return session.get(Order, id)
async def load_async(session, id):
    return session.get(Order, id)
def nap():
    time.sleep(1)
";

const PARAMETERS: &str = "session: Session, order: Order, orders: list[Order], unknown, ids: list[int]";

fn run(cases: &[(&str, &str)]) {
    check(MODELS, HEAD, PARAMETERS, cases);
}

#[test]
fn collections_keep_their_elements() {
    run(&[
        ("list(orders)", "many Order"),
        ("set(orders)", "many Order"),
        ("list()", "()"),
        ("list((order, 1))", "(Order, plain)"),
        ("sorted(orders)", "many Order"),
        ("reversed(orders)", "many Order"),
        ("enumerate(orders)", "many (plain, Order)"),
        ("zip(orders, ids)", "many (Order, plain)"),
        ("zip(orders, (1, 2))", "((Order, plain), (Order, plain))"),
        ("next(iter(orders))", "Order"),
        ("next((one for one in orders), None)", "Order"),
        ("max(orders)", "Order"),
        ("min(order, order)", "Order"),
        ("len(orders)", "plain"),
        ("list(session.query(Order))", "many Order | a query for Order"),
        ("sorted(session.query(Order))", "many Order | a query for Order"),
        ("filter(None, orders)", "many Order"),
        ("chain(orders, orders)", "many Order"),
        ("list(chain.from_iterable([orders]))", "many Order"),
        ("groupby(orders, key=unknown)", "many (plain, many Order) | calls #3 per order"),
        ("list(islice(orders, 3))", "many Order"),
        ("itertools.batched(orders, 100)", "(many Order)"),
        ("deepcopy(order)", "Order"),
        ("range(3)", "(plain, plain, plain)"),
        ("range(0, len(ids), 100)", "(plain)"),
        ("range(len(ids))", "many plain"),
    ]);
}

#[test]
fn mappings() {
    run(&[
        ("dict()", "{}"),
        ("dict(a=order)", "{a: Order}"),
        ("dict((one.id, one) for one in orders)", "map Order"),
        ("dict(zip(ids, orders))", "map Order"),
        ("dict.fromkeys(ids, order)", "map Order"),
        ("{one.id: one for one in orders}.get(1)", "Order"),
        ("{one.id: one for one in orders}.values()", "many Order"),
        ("{one.id: one for one in orders}.items()", "many (plain, Order)"),
        ("{one.id: one for one in orders}.keys()", "many plain"),
        ("{'a': order}.get('a')", "Order"),
        ("{'a': order}.get('b')", "none"),
        ("{'a': order}.items()", "(('a', Order))"),
        ("collections.Counter(ids)", "map plain"),
        ("defaultdict(list)", "map ()"),
        (
            "found = defaultdict(list)\nfor one in orders:\n    found[one.id].append(one)\nfound",
            "map many Order",
        ),
        (
            "found = {}\nfor one in orders:\n    found.setdefault(one.id, []).append(one)\nfound",
            "map many Order",
        ),
    ]);
}

#[test]
fn functions_are_called_for_each() {
    run(&[
        ("list(map(lambda id: session.get(Order, id), ids))", "many Order | session.get(Order) per id"),
        ("list(map(partial(load, session), ids))", "many Order | session.get(Order) per id"),
        ("sorted(ids, key=lambda id: session.get(Order, id))", "many plain | session.get(Order) per id"),
        (
            "sorted(orders, key=lambda one: one.customer.id)",
            "many Order | the lazy load of Order.customer per order",
        ),
        (
            "sorted(orders, key=attrgetter('customer.id'))",
            "many Order | the lazy load of Order.customer per order",
        ),
        (
            "max(orders, key=operator.attrgetter('customer.id'))",
            "Order | the lazy load of Order.customer per order",
        ),
        (
            "heapq.nlargest(3, orders, key=lambda one: one.customer.id)",
            "many Order | the lazy load of Order.customer per order",
        ),
        ("random.sample(orders, 3)", "many Order"),
        ("random.choice(orders)", "Order"),
        (
            "list(map(operator.methodcaller('customer_id_of', 1), orders))",
            "many plain | the lazy load of Order.customer per order",
        ),
        ("any(session.get(Order, id) for id in ids)", "plain | session.get(Order) per id"),
        ("partial(load, session)(1)", "Order | session.get(Order)"),
        ("functools.reduce(lambda a, b: a, orders)", "Order"),
        ("getattr(order, 'id')", "plain"),
        ("str(order)", "plain | touch #1.customer"),
    ]);
}

#[test]
fn concurrency() {
    run(&[
        (
            "await asyncio.gather(load_async(session, 1), load_async(session, 2))",
            "(Order, Order) | session.get(Order) | session.get(Order)",
        ),
        (
            "await asyncio.gather(*[load_async(session, id) for id in ids])",
            "many Order | session.get(Order) per id",
        ),
        ("await asyncio.create_task(load_async(session, 1))", "Order | session.get(Order)"),
        ("await asyncio.wait_for(load_async(session, 1), 3)", "Order | session.get(Order)"),
        (
            "async with asyncio.TaskGroup() as group:\n    task = group.create_task(load_async(session, 1))\ntask.result()",
            "Order | session.get(Order)",
        ),
        ("await asyncio.to_thread(load, session, 1)", "Order | session.get(Order)"),
        (
            "await asyncio.get_running_loop().run_in_executor(None, load, session, 1)",
            "Order | session.get(Order)",
        ),
        ("nap()", "none | blocks time.sleep"),
        ("await asyncio.to_thread(nap)", "none"),
        ("await asyncio.to_thread(time.sleep, 1)", "?"),
    ]);
}

#[test]
fn texts() {
    run(&[
        ("'a,b'.split(',')", "many plain"),
        ("', '.join(one.customer.id for one in orders)", "plain | the lazy load of Order.customer per one"),
        ("'a'.upper()", "plain"),
    ]);
}

#[test]
fn functions_that_callers_give_are_told_of_at_the_call() {
    let text = format!(
        "{MODELS}
//- app.py
{HEAD}
def each(values, function):
    return [function(value) for value in values]
def page(values, function):
    found = values.paginate(1, 20)
    return [function(value) for value in found.items]
def load_order(id):
    return Session().get(Order, id)
def once(value, function):
    return function(value)
def in_list(ids):
    return each(ids, load_order)
def in_page(unknown):
    return page(unknown, load_order)
def alone(ids):
    return once(ids, load_order)
"
    );
    let fixture = crate::fixture::Fixture::new(&text);
    for (function, wanted) in [("each", 0), ("in_list", 1), ("in_page", 1), ("alone", 0)] {
        let problems = &fixture.analysis("app.py", function).problems;
        assert_eq!(problems.len(), wanted, "{function}: {problems:?}");
    }
}
