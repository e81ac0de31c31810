"""Mappings of many kinds: what the picture of them must get right."""

import enum
from datetime import datetime
from decimal import Decimal

from sqlalchemy import (
    Column,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    Numeric,
    String,
    Table,
    UniqueConstraint,
    func,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, column_property, declared_attr, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Stamped:
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime | None]


class Kind(enum.Enum):
    ASSET = "asset"
    DEBT = "debt"


account_tag = Table(
    "account_tag",
    Base.metadata,
    Column("account_id", ForeignKey("ledger.accounts.id"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id"), primary_key=True),
)

follow = Table(
    "follow",
    Base.metadata,
    Column("follower_id", ForeignKey("owners.id"), primary_key=True),
    Column("followed_id", ForeignKey("owners.id"), primary_key=True),
    Column("since", Integer, nullable=False),
)


class Owner(Stamped, Base):
    __tablename__ = "owners"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(80), unique=True)
    nick: Mapped[str | None] = mapped_column(String(20))
    referrer_id: Mapped[int | None] = mapped_column(ForeignKey("owners.id"))
    type: Mapped[str] = mapped_column(String(20))
    passport: Mapped["Passport"] = relationship(back_populates="owner")
    accounts: Mapped[list["Account"]] = relationship(back_populates="owner", lazy="selectin")

    __mapper_args__ = {"polymorphic_on": "type", "polymorphic_identity": "owner"}


class Company(Owner):
    __tablename__ = "companies"

    id: Mapped[int] = mapped_column(ForeignKey("owners.id"), primary_key=True)
    register: Mapped[str] = mapped_column(String(20))

    __mapper_args__ = {"polymorphic_identity": "company"}


class Child(Owner):
    guardian: Mapped[str | None] = mapped_column(String(80))

    __mapper_args__ = {"polymorphic_identity": "child"}


class Passport(Base):
    __tablename__ = "passports"

    number: Mapped[str] = mapped_column("no", String(20), primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("owners.id"), unique=True)
    owner: Mapped[Owner] = relationship(back_populates="passport")


class Account(Stamped, Base):
    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("iban"), UniqueConstraint("holder_id", "label"), {"schema": "ledger"})

    id: Mapped[int] = mapped_column(primary_key=True)
    iban = Column(String(34), nullable=False)
    label = Column(String(40))
    shown = column_property(func.upper(label), deferred=True)
    kind: Mapped[Kind] = mapped_column(Enum(Kind))
    balance: Mapped[Decimal] = mapped_column(Numeric(10, 2))
    owner_id: Mapped[int] = mapped_column("holder_id", ForeignKey("owners.id"))
    owner: Mapped[Owner] = relationship(back_populates="accounts")
    tags: Mapped[list["Tag"]] = relationship(secondary=account_tag, back_populates="accounts")


class Tag(Base):
    __tablename__ = "tags"

    id = Column(Integer, primary_key=True)
    name = Column(String(20), unique=True, nullable=False)
    accounts: Mapped[list[Account]] = relationship(secondary=account_tag, back_populates="tags")


class Position(Base):
    __tablename__ = "positions"

    account_id: Mapped[int] = mapped_column(ForeignKey("ledger.accounts.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    amount: Mapped[Decimal]


class Correction(Base):
    __tablename__ = "corrections"
    __table_args__ = (
        ForeignKeyConstraint(["account_id", "line"], ["positions.account_id", "positions.line"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int]
    line: Mapped[int]


class Refund(Base):
    __tablename__ = "refunds"
    __table_args__ = (
        ForeignKeyConstraint(["account_id", "line"], ["positions.account_id", "positions.line"]),
        ForeignKeyConstraint(["tag_id"], ["tags.id"]),
    )

    id = Column(Integer, primary_key=True)
    account_id = Column(Integer)
    line = Column(Integer)
    tag_id = Column(Integer, unique=True)


class Audited:
    @declared_attr
    def author_id(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("owners.id"))

    @declared_attr
    def editor_id(cls):
        return Column(Integer, ForeignKey("owners.id"))


class Note(Audited, Base):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
