"""What a parcel costs."""

from decimal import Decimal

from sqlalchemy import Row

from parcels.domain.money import Money
from parcels.domain.parcel import Parcel

BASE = Money(Decimal("4.90"))
PER_KG = Money(Decimal("0.80"))
ABROAD = Decimal("2.5")


def price_of(parcel: Parcel) -> Money:
    price = BASE + PER_KG.times(parcel.weight_kg)
    return price if parcel.recipient.is_domestic else price.times(ABROAD)


def tariff_from_row(row: Row) -> Money:
    return Money(row.amount, row.currency)
