from uuid import UUID

from parking.domain.entities.driver import Driver


class MemoryDriverRepository:
    def __init__(self) -> None:
        self._drivers: dict[UUID, Driver] = {}

    def add(self, driver: Driver) -> None:
        self._drivers[driver.id] = driver

    def get(self, driver_id: UUID) -> Driver | None:
        return self._drivers.get(driver_id)

    def list(self) -> list[Driver]:
        return list(self._drivers.values())
