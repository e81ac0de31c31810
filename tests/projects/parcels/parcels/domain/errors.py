"""What can go wrong in the business."""


class DomainError(Exception):
    """Base of all business errors."""


class ParcelNotFound(DomainError):
    def __init__(self, parcel_id: str) -> None:
        super().__init__(f"no parcel {parcel_id}")
        self.parcel_id = parcel_id


class NotReturnable(DomainError):
    pass


class UnknownCustomer(DomainError):
    pass
