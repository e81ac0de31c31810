from uuid import UUID

from parking.domain.entities.garage import Garage


class MemoryGarageRepository:
    def __init__(self) -> None:
        self._garages: dict[UUID, Garage] = {}

    def add(self, garage: Garage) -> None:
        self._garages[garage.id] = garage

    def get(self, garage_id: UUID) -> Garage | None:
        return self._garages.get(garage_id)

    def list(self) -> list[Garage]:
        return list(self._garages.values())
