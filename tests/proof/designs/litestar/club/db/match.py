from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.db.base import Base
from club.db.member import Member


class Match(Base):
    __tablename__ = "matches"

    title: Mapped[str]
    played_on: Mapped[date]
    winner_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    winner: Mapped[Member | None] = relationship()
