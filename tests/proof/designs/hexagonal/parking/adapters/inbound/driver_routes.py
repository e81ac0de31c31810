from uuid import UUID

from fastapi import APIRouter, HTTPException, Request
from pydantic import BaseModel

from parking.application.use_cases.create_driver import CreateDriverCommand
from parking.domain.errors import NotFoundError

router = APIRouter(prefix="/drivers", tags=["Drivers"])


class DriverBody(BaseModel):
    name: str
    license_plate: str


@router.post("", status_code=201)
def create_driver(body: DriverBody, request: Request) -> dict[str, str]:
    create = request.app.state.container.create_driver
    driver = create(CreateDriverCommand(name=body.name, license_plate=body.license_plate))
    return {"id": str(driver.id), "name": driver.name}


@router.get("/{driver_id}")
def get_driver(driver_id: UUID, request: Request) -> dict[str, str]:
    try:
        driver = request.app.state.container.get_driver(driver_id)
    except NotFoundError as error:
        raise HTTPException(404, str(error)) from error
    return {"id": str(driver.id), "name": driver.name}
