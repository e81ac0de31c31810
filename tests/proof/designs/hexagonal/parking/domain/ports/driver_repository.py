from typing import Protocol
from uuid import UUID

from parking.domain.entities.driver import Driver


class DriverRepository(Protocol):
    def add(self, driver: Driver) -> None: ...

    def get(self, driver_id: UUID) -> Driver | None: ...

    def list(self) -> list[Driver]: ...
