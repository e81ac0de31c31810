"""Sets `app` up."""

import os
from pathlib import Path

from adapters.statements import SqlAlchemyApp


def open_app(database: Path, rows: int) -> SqlAlchemyApp:
    """The application on a new database with `rows` orders."""
    os.environ["DATABASE_URL"] = f"sqlite:///{database}"

    from app.database import engine
    from app.main import app
    from app.models import Customer, Item, Label, Order
    from sqlmodel import Session, SQLModel

    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        for key in range(1, rows + 1):
            session.add(
                Order(
                    number=f"A{key}",
                    status="open",
                    customer=Customer(name=f"Customer {key}", city="Ulm"),
                    items=[Item(name=f"Item {key}{letter}", price=10 * key) for letter in "ab"],
                    labels=[Label(text=f"{key}{letter}") for letter in "xy"],
                )
            )
            session.flush()
        session.commit()
    return SqlAlchemyApp(app)
