"""Who sends parcels."""

from dataclasses import dataclass

from parcels.domain.address import Address


@dataclass
class Customer:
    id: str
    email: str
    address: Address
    is_business: bool = False

    def may_book(self) -> bool:
        return bool(self.email)
