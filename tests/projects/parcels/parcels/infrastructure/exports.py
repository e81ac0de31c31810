"""Exports by format."""

from collections.abc import Iterable
from importlib import import_module

from parcels.domain.parcel import Parcel


def export_csv(parcels: Iterable[Parcel]) -> str:
    return import_module("parcels.infrastructure.csv_export").export(parcels)
