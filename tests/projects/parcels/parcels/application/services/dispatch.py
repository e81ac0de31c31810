"""Hand booked parcels to a carrier."""

from datetime import datetime

from parcels.domain.ports import ParcelRepository
from parcels.infrastructure.carriers.http_carrier import HttpCarrier


class DispatchService:
    def __init__(self, parcels: ParcelRepository, carrier: HttpCarrier | None = None) -> None:
        self._parcels = parcels
        self._carrier = carrier or HttpCarrier("http://localhost:9000")

    async def dispatch(self, parcel_id: str) -> str:
        parcel = await self._parcels.get(parcel_id)
        reference = await self._carrier.hand_over(parcel)
        parcel.dispatch(reference, datetime.now())
        await self._parcels.save(parcel)
        return reference
