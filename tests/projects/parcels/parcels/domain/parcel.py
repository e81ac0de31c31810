"""The parcel and its life."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from parcels.domain.address import Address
from parcels.domain.errors import NotReturnable
from parcels.domain.money import Money


class Status(StrEnum):
    BOOKED = "booked"
    DISPATCHED = "dispatched"
    DELIVERED = "delivered"
    RETURNED = "returned"


@dataclass
class Parcel:
    id: str
    customer_id: str
    sender: Address
    recipient: Address
    weight_kg: Decimal
    status: Status = Status.BOOKED
    carrier_reference: str | None = None
    history: list[tuple[datetime, Status]] = field(default_factory=list)

    def price(self) -> Money:
        # Pricing needs the parcel for its surcharges, so the two know each other.
        from parcels.domain.pricing import price_of

        return price_of(self)

    def dispatch(self, reference: str, at: datetime) -> None:
        self.carrier_reference = reference
        self._become(Status.DISPATCHED, at)

    def take_back(self, at: datetime) -> None:
        if self.status is not Status.DELIVERED:
            raise NotReturnable(self.id)
        self._become(Status.RETURNED, at)

    def _become(self, status: Status, at: datetime) -> None:
        self.status = status
        self.history.append((at, status))
