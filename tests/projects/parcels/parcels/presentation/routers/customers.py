"""/customers"""

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse

from parcels.infrastructure.exports import export_csv

router = APIRouter()


@router.get("/{customer_id}/parcels.csv")
async def parcels_of(customer_id: str, request: Request) -> PlainTextResponse:
    repository = request.app.state.container.booking()._parcels
    return PlainTextResponse(export_csv(await repository.of_customer(customer_id)))
