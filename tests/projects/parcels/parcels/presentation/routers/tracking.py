"""/tracking"""

from fastapi import APIRouter

from parcels.presentation.dependencies import Tracking

router = APIRouter()


@router.get("/{parcel_id}")
async def position(parcel_id: str, tracking: Tracking) -> dict[str, str]:
    return {"position": await tracking.position(parcel_id)}
