from uuid import UUID

from fastapi import APIRouter, HTTPException, Request
from pydantic import BaseModel

from parking.application.use_cases.create_garage import CreateGarageCommand
from parking.domain.errors import NotFoundError

router = APIRouter(prefix="/garages", tags=["Garages"])


class GarageBody(BaseModel):
    name: str
    street: str


@router.post("", status_code=201)
def create_garage(body: GarageBody, request: Request) -> dict[str, str]:
    create = request.app.state.container.create_garage
    garage = create(CreateGarageCommand(name=body.name, street=body.street))
    return {"id": str(garage.id), "name": garage.name}


@router.get("/{garage_id}")
def get_garage(garage_id: UUID, request: Request) -> dict[str, str]:
    try:
        garage = request.app.state.container.get_garage(garage_id)
    except NotFoundError as error:
        raise HTTPException(404, str(error)) from error
    return {"id": str(garage.id), "name": garage.name}
