from typing import Protocol
from uuid import UUID

from parking.domain.entities.garage import Garage


class GarageRepository(Protocol):
    def add(self, garage: Garage) -> None: ...

    def get(self, garage_id: UUID) -> Garage | None: ...

    def list(self) -> list[Garage]: ...
