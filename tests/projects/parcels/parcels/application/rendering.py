"""Labels as text."""

from parcels.domain.parcel import Parcel


def render_label(parcel: Parcel) -> bytes:
    to = parcel.recipient
    lines = [to.name, to.street, f"{to.postcode} {to.city}", to.country, f"{parcel.weight_kg} kg"]
    return "\n".join(lines).encode()
