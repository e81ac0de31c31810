from app.models import Book
from app.models.book import BookState
from app.repositories.book_repository import BookRepository
from app.repositories.reader_repository import ReaderRepository
from app.schemas.book import BookCreate
from app.services.errors import IsbnTaken, NotFound


class BookService:
    def __init__(self, books: BookRepository, readers: ReaderRepository) -> None:
        self._books = books
        self._readers = readers

    def create(self, data: BookCreate) -> Book:
        if self._books.find_by_isbn(data.isbn) is not None:
            raise IsbnTaken(data.isbn)
        book = Book(title=data.title, isbn=data.isbn)
        self._books.add(book)
        return book

    def get(self, book_id: int) -> Book:
        book = self._books.get(book_id)
        if book is None:
            raise NotFound(f"Book {book_id} not found")
        return book

    def list(self) -> list[Book]:
        return self._books.list_all()

    def lend(self, book_id: int, reader_id: int) -> Book:
        book = self.get(book_id)
        reader = self._readers.get(reader_id)
        if reader is None:
            raise NotFound(f"Reader {reader_id} not found")
        book.state = BookState.LENT
        book.reader = reader
        return book
