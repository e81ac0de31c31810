import os
from collections.abc import AsyncIterator, Iterator
from typing import Annotated

from fastapi import Depends
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import AsyncAttrs, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

engine = create_engine(os.environ["DATABASE_URL"])
factory = sessionmaker(engine)
async_engine = create_async_engine(os.environ["ASYNC_DATABASE_URL"])
async_factory = async_sessionmaker(async_engine, expire_on_commit=False)


class Base(AsyncAttrs, DeclarativeBase):
    pass


def get_session() -> Iterator[Session]:
    with factory() as session:
        yield session


async def get_async_session() -> AsyncIterator[AsyncSession]:
    async with async_factory() as session:
        yield session


Db = Annotated[Session, Depends(get_session)]
AsyncDb = Annotated[AsyncSession, Depends(get_async_session)]
