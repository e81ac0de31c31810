"""Where parcels go."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    name: str
    street: str
    postcode: str
    city: str
    country: str = "DE"

    @property
    def is_domestic(self) -> bool:
        return self.country == "DE"
