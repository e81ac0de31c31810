from dataclasses import dataclass

from parking.domain.entities.garage import Garage
from parking.domain.ports.garage_repository import GarageRepository


@dataclass(frozen=True)
class CreateGarageCommand:
    name: str
    street: str


class CreateGarage:
    def __init__(self, garages: GarageRepository) -> None:
        self._garages = garages

    def __call__(self, command: CreateGarageCommand) -> Garage:
        garage = Garage(name=command.name, street=command.street)
        self._garages.add(garage)
        return garage
