from app.models.base import Base
from app.models.book import Book
from app.models.reader import Reader

__all__ = ["Base", "Book", "Reader"]
