"""Labels in S3."""

import boto3

from parcels.domain.ports import LabelStorage


class S3LabelStorage(LabelStorage):
    def __init__(self, bucket: str) -> None:
        self._bucket = bucket
        self._client = boto3.client("s3")

    def put(self, key: str, content: bytes) -> str:
        self._client.put_object(Bucket=self._bucket, Key=key, Body=content)
        return f"s3://{self._bucket}/{key}"
