from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Book


class BookRepository:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, book: Book) -> None:
        self._session.add(book)
        self._session.flush()

    def get(self, book_id: int) -> Book | None:
        return self._session.get(Book, book_id)

    def find_by_isbn(self, isbn: str) -> Book | None:
        return self._session.scalar(select(Book).where(Book.isbn == isbn))

    def list_all(self, limit: int = 100) -> list[Book]:
        return list(self._session.scalars(select(Book).order_by(Book.id).limit(limit)))
