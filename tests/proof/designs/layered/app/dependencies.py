from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends
from sqlalchemy.orm import Session

from app.database import SessionLocal
from app.repositories.book_repository import BookRepository
from app.repositories.reader_repository import ReaderRepository
from app.services.book_service import BookService


def get_session() -> Iterator[Session]:
    with SessionLocal.begin() as session:
        yield session


SessionDep = Annotated[Session, Depends(get_session)]


def get_book_service(session: SessionDep) -> BookService:
    return BookService(BookRepository(session), ReaderRepository(session))


BookServiceDep = Annotated[BookService, Depends(get_book_service)]
