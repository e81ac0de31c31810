"""Runs each function of `shop.shapes` on the same rows and prints its statements and its result, as JSON."""

import json
import warnings

from shop import shapes
from shop.models import Base, City, Customer, Item, Order, Part, Product
from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session

warnings.simplefilter("ignore")
engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
with Session(engine) as session:
    cities = [City(name=f"city {n}") for n in range(2)]
    for n in range(4):
        customer = Customer(name=f"customer {n}", city=cities[n % 2])
        order = Order(number=f"{n}", customer=customer if n else None, payer=customer)
        for m in range(2):
            parts = [Part(name=f"part {n} {m} {k}") for k in range(2)]
            Item(order=order, product=Product(name=f"product {n} {m}"), parts=parts)
        session.add(order)
    session.commit()

statements = 0


def count(*_: object) -> None:
    global statements
    statements += 1


event.listen(engine, "before_cursor_execute", count)
counts = {}
for name, function in sorted(vars(shapes).items()):
    if getattr(function, "__module__", "") == "shop.shapes" and callable(function) and not name.startswith("_"):
        with Session(engine) as session:
            statements = 0
            result = repr(function(session))
            counts[name] = (statements, result)
print(json.dumps(counts))
