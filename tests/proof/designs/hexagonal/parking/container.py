from parking.adapters.outbound.memory_driver_repository import MemoryDriverRepository
from parking.adapters.outbound.memory_garage_repository import MemoryGarageRepository
from parking.application.use_cases.create_driver import CreateDriver
from parking.application.use_cases.create_garage import CreateGarage
from parking.application.use_cases.get_driver import GetDriver
from parking.application.use_cases.get_garage import GetGarage


class Container:
    def __init__(self) -> None:
        self.drivers = MemoryDriverRepository()
        self.garages = MemoryGarageRepository()
        self.create_driver = CreateDriver(self.drivers)
        self.create_garage = CreateGarage(self.garages)
        self.get_driver = GetDriver(self.drivers)
        self.get_garage = GetGarage(self.garages)
