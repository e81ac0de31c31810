"""The engine, and a session for each request."""

import os
from collections.abc import Iterator

from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

engine = create_engine(os.environ.get("DATABASE_URL", "sqlite:///orders.db"))
make_session = sessionmaker(engine, expire_on_commit=False)


def get_session() -> Iterator[Session]:
    with make_session() as session:
        yield session
