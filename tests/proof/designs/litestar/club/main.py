from collections.abc import Iterator

from litestar import Litestar
from litestar.di import Provide
from sqlalchemy import StaticPool, create_engine
from sqlalchemy.orm import Session

from club.controllers import MatchController, MemberController
from club.db.base import Base

engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})


def provide_session() -> Iterator[Session]:
    with Session(engine) as session:
        yield session
        session.commit()


def create_app() -> Litestar:
    Base.metadata.create_all(engine)
    return Litestar(
        route_handlers=[MatchController, MemberController],
        dependencies={"session": Provide(provide_session, sync_to_thread=False)},
    )
