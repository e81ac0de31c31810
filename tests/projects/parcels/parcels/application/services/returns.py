"""Take parcels back."""

from datetime import datetime

from parcels.application.commands import ReturnParcel
from parcels.application.services.refunds import refund_for
from parcels.domain.money import Money
from parcels.domain.parcel import Parcel
from parcels.domain.ports import ParcelRepository

RETURN_FEE_PERCENT = 20


class ReturnService:
    def __init__(self, parcels: ParcelRepository) -> None:
        self._parcels = parcels

    async def take_back(self, command: ReturnParcel) -> Money:
        parcel: Parcel = await self._parcels.get(command.parcel_id)
        parcel.take_back(datetime.now())
        await self._parcels.save(parcel)
        return refund_for(parcel)
