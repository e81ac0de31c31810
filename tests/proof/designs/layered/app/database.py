from sqlalchemy import StaticPool, create_engine
from sqlalchemy.orm import sessionmaker

from app.models import Base

engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
SessionLocal = sessionmaker(engine, expire_on_commit=False)


def create_tables() -> None:
    Base.metadata.create_all(engine)
