"""Where is my parcel?"""

from fastapi import HTTPException, status

from parcels.domain.errors import ParcelNotFound
from parcels.domain.ports import Carrier, ParcelRepository


class TrackingService:
    def __init__(self, parcels: ParcelRepository, carrier: Carrier) -> None:
        self._parcels = parcels
        self._carrier = carrier

    async def position(self, parcel_id: str) -> str:
        try:
            parcel = await self._parcels.get(parcel_id)
        except ParcelNotFound as error:
            raise HTTPException(status.HTTP_404_NOT_FOUND, str(error)) from error
        if parcel.carrier_reference is None:
            raise HTTPException(status.HTTP_409_CONFLICT, "not dispatched yet")
        return await self._carrier.position(parcel.carrier_reference)
