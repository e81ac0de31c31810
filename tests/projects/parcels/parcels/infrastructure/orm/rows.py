"""Tables."""

from decimal import Decimal

from sqlalchemy import ForeignKey, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from parcels.infrastructure.orm.base import Base


class CustomerRow(Base):
    __tablename__ = "customers"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    email: Mapped[str]
    name: Mapped[str]
    street: Mapped[str]
    postcode: Mapped[str]
    city: Mapped[str]
    country: Mapped[str] = mapped_column(default="DE")
    is_business: Mapped[bool] = mapped_column(default=False)
    parcels: Mapped[list["ParcelRow"]] = relationship(back_populates="customer")


class ParcelRow(Base):
    __tablename__ = "parcels"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"))
    weight_kg: Mapped[Decimal] = mapped_column(Numeric(8, 3))
    status: Mapped[str]
    carrier_reference: Mapped[str | None]
    recipient_name: Mapped[str]
    recipient_street: Mapped[str]
    recipient_postcode: Mapped[str]
    recipient_city: Mapped[str]
    recipient_country: Mapped[str]
    customer: Mapped[CustomerRow] = relationship(back_populates="parcels")
