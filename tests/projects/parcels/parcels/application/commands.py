"""What can be asked of the application."""

from dataclasses import dataclass
from decimal import Decimal

from parcels.domain.address import Address


@dataclass(frozen=True)
class BookParcel:
    customer_id: str
    recipient: Address
    weight_kg: Decimal


@dataclass(frozen=True)
class ReturnParcel:
    parcel_id: str
    reason: str
