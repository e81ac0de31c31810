from dataclasses import dataclass

from parking.domain.entities.driver import Driver
from parking.domain.ports.driver_repository import DriverRepository


@dataclass(frozen=True)
class CreateDriverCommand:
    name: str
    license_plate: str


class CreateDriver:
    def __init__(self, drivers: DriverRepository) -> None:
        self._drivers = drivers

    def __call__(self, command: CreateDriverCommand) -> Driver:
        driver = Driver(name=command.name, license_plate=command.license_plate)
        self._drivers.add(driver)
        return driver
