"""What a customer gets back."""

from decimal import Decimal

from parcels.application.services.returns import RETURN_FEE_PERCENT
from parcels.domain.money import Money
from parcels.domain.parcel import Parcel


def refund_for(parcel: Parcel) -> Money:
    return parcel.price().times(Decimal(100 - RETURN_FEE_PERCENT) / 100)
