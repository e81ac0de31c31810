"""/returns"""

from fastapi import APIRouter

from parcels.application.commands import ReturnParcel
from parcels.presentation.dependencies import Returns
from parcels.presentation.schemas.parcels import ReturnIn

router = APIRouter()


@router.post("/{parcel_id}")
async def take_back(parcel_id: str, body: ReturnIn, returns: Returns) -> dict[str, str]:
    refund = await returns.take_back(ReturnParcel(parcel_id, body.reason))
    return {"refund": str(refund.amount), "currency": refund.currency}
