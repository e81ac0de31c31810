"""Print labels."""

import boto3

from parcels.domain.parcel import Parcel
from parcels.domain.ports import LabelStorage


class LabelService:
    def __init__(self, storage: LabelStorage) -> None:
        self._storage = storage

    def print_label(self, parcel: Parcel) -> str:
        from parcels.application.rendering import render_label

        return self._storage.put(f"{parcel.id}.txt", render_label(parcel))

    def buckets(self) -> list[str]:
        return [bucket["Name"] for bucket in boto3.client("s3").list_buckets()["Buckets"]]
