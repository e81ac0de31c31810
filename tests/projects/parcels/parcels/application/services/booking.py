"""Book a parcel."""

from uuid import uuid4

from parcels.application.commands import BookParcel
from parcels.domain.errors import UnknownCustomer
from parcels.domain.parcel import Parcel
from parcels.domain.ports import CustomerRepository, ParcelRepository


class BookingService:
    def __init__(self, parcels: ParcelRepository, customers: CustomerRepository) -> None:
        self._parcels = parcels
        self._customers = customers

    async def book(self, command: BookParcel) -> Parcel:
        customer = await self._customers.get(command.customer_id)
        if not customer.may_book():
            raise UnknownCustomer(command.customer_id)
        parcel = Parcel(
            id=uuid4().hex,
            customer_id=customer.id,
            sender=customer.address,
            recipient=command.recipient,
            weight_kg=command.weight_kg,
        )
        await self._parcels.add(parcel)
        return parcel
