from uuid import UUID

from parking.domain.entities.garage import Garage
from parking.domain.errors import NotFoundError
from parking.domain.ports.garage_repository import GarageRepository


class GetGarage:
    def __init__(self, garages: GarageRepository) -> None:
        self._garages = garages

    def __call__(self, garage_id: UUID) -> Garage:
        garage = self._garages.get(garage_id)
        if garage is None:
            raise NotFoundError(f"no garage {garage_id}")
        return garage
