from uuid import UUID

from parking.domain.entities.driver import Driver
from parking.domain.errors import NotFoundError
from parking.domain.ports.driver_repository import DriverRepository


class GetDriver:
    def __init__(self, drivers: DriverRepository) -> None:
        self._drivers = drivers

    def __call__(self, driver_id: UUID) -> Driver:
        driver = self._drivers.get(driver_id)
        if driver is None:
            raise NotFoundError(f"no driver {driver_id}")
        return driver
