from decimal import Decimal

from parcels.domain.address import Address
from parcels.domain.parcel import Parcel


def test_abroad_costs_more() -> None:
    from parcels.domain.pricing import price_of

    home = Address("A", "S 1", "10115", "Berlin")
    abroad = Address("B", "R 2", "75001", "Paris", "FR")
    near = price_of(Parcel("1", "c", home, home, Decimal(2)))
    far = price_of(Parcel("2", "c", home, abroad, Decimal(2)))
    assert far.amount > near.amount
