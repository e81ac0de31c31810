"""Names that mean something to the languages of pictures."""

import enum

from sqlalchemy import Column, Enum, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

from end import style

Base = declarative_base()


class Class(enum.Enum):
    END = 'a"b'
    LOOP = "<|>"


class One(Base):
    __tablename__ = "one"

    id = Column("i\"d; {x} | ${y}", Integer, primary_key=True)
    end = Column(Enum(Class))
    style = Column(String(style.SIZE))


class End(Base):
    __tablename__ = 'e"n; {d} <b>&amp; #35; ${HOME} `x` \\ \n|'

    id = Column(Integer, primary_key=True)
    one_id = Column(ForeignKey("one.id"))
    one = relationship(One, backref="end")
