from uuid import UUID, uuid4

from sqlalchemy.orm import Mapped, mapped_column

from monolith.shared.db import Base


class LessonModel(Base):
    __tablename__ = "lessons"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str]
    minutes: Mapped[int] = mapped_column(default=0)
