"""What the business asks of the outside."""

from collections.abc import Sequence
from typing import Protocol

from parcels.domain.customer import Customer
from parcels.domain.parcel import Parcel


class ParcelRepository(Protocol):
    async def get(self, parcel_id: str) -> Parcel: ...

    async def add(self, parcel: Parcel) -> None: ...

    async def save(self, parcel: Parcel) -> None: ...

    async def of_customer(self, customer_id: str) -> Sequence[Parcel]: ...


class CustomerRepository(Protocol):
    async def get(self, customer_id: str) -> Customer: ...


class Carrier(Protocol):
    async def hand_over(self, parcel: Parcel) -> str: ...

    async def position(self, reference: str) -> str: ...


class LabelStorage(Protocol):
    def put(self, key: str, content: bytes) -> str: ...
