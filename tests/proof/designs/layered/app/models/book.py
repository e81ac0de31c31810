import enum
from datetime import datetime

from sqlalchemy import Enum, ForeignKey, String, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.reader import Reader


class BookState(enum.Enum):
    FREE = "free"
    LENT = "lent"


class Book(Base):
    __tablename__ = "books"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200), index=True)
    isbn: Mapped[str] = mapped_column(String(13), unique=True)
    state: Mapped[BookState] = mapped_column(Enum(BookState), default=BookState.FREE)
    reader_id: Mapped[int | None] = mapped_column(ForeignKey("readers.id"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    reader: Mapped[Reader | None] = relationship(back_populates="books")
