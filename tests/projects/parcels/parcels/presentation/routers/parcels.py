"""/parcels"""

from fastapi import APIRouter, status

from parcels.application.commands import BookParcel
from parcels.domain.address import Address
from parcels.presentation.dependencies import Booking, Dispatch
from parcels.presentation.schemas.parcels import ParcelIn, ParcelOut

router = APIRouter()


@router.post("", status_code=status.HTTP_201_CREATED)
async def book(body: ParcelIn, booking: Booking) -> ParcelOut:
    recipient = Address(**body.recipient.model_dump())
    parcel = await booking.book(BookParcel(body.customer_id, recipient, body.weight_kg))
    return ParcelOut.of(parcel)


@router.post("/{parcel_id}/dispatch")
async def dispatch(parcel_id: str, dispatching: Dispatch) -> dict[str, str]:
    return {"reference": await dispatching.dispatch(parcel_id)}
