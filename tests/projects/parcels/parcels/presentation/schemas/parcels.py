"""Requests and answers about parcels."""

from decimal import Decimal

from pydantic import BaseModel, Field

from parcels.domain.parcel import Parcel


class AddressIn(BaseModel):
    name: str
    street: str
    postcode: str
    city: str
    country: str = "DE"


class ParcelIn(BaseModel):
    customer_id: str
    recipient: AddressIn
    weight_kg: Decimal = Field(gt=0, le=31)


class ParcelOut(BaseModel):
    id: str
    status: str
    price: Decimal

    @classmethod
    def of(cls, parcel: Parcel) -> "ParcelOut":
        return cls(id=parcel.id, status=parcel.status.value, price=parcel.price().amount)


class ReturnIn(BaseModel):
    reason: str
