"""Sets `shop` up, sync or async: both have the same tables."""

import os
from datetime import date
from pathlib import Path

from adapters.statements import SqlAlchemyApp


def open_app(database: Path, rows: int) -> SqlAlchemyApp:
    """The application on a new database with `rows` orders."""
    from sqlalchemy import create_engine
    from sqlalchemy.orm import Session

    is_async = "async_sessionmaker" in Path("shop/database.py").read_text()
    os.environ["DATABASE_URL"] = f"sqlite+aiosqlite:///{database}" if is_async else f"sqlite:///{database}"

    from shop.main import app
    from shop.models import Base, Customer, Item, Order, Product

    engine = create_engine(f"sqlite:///{database}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        for key in range(1, rows + 1):
            items = [
                Item(quantity=key, product=Product(name=f"Product {key}{letter}", price=10 * key)) for letter in "ab"
            ]
            customer = Customer(name=f"Customer {key}", city="Ulm")
            session.add(
                Order(number=f"A{key}", status="open", placed_on=date(2026, 3, 1), customer=customer, items=items)
            )
            session.flush()
        session.commit()
    engine.dispose()
    return SqlAlchemyApp(app)
