from sqlalchemy.orm import Mapped

from club.db.base import Base


class Member(Base):
    __tablename__ = "members"

    name: Mapped[str]
