"""Parcels as CSV."""

import csv
from collections.abc import Iterable
from io import StringIO

from parcels.domain.parcel import Parcel


def export(parcels: Iterable[Parcel]) -> str:
    out = StringIO()
    writer = csv.writer(out)
    for parcel in parcels:
        writer.writerow([parcel.id, parcel.status, parcel.weight_kg])
    return out.getvalue()
