"""A store that speaks the S3 protocol. Needs the extra `s3`."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from journal.config import BadSettings, Media
from journal.media.store import Missing


class S3Store:
    """Objects `<prefix>/<blob>/0007` in one bucket. S3 answers once an object is kept for good."""

    def __init__(self, settings: Media) -> None:
        try:
            import boto3  # noqa: PLC0415 - an extra
            from botocore.config import Config  # noqa: PLC0415
            from botocore.exceptions import ClientError  # noqa: PLC0415
        except ImportError:
            raise BadSettings(
                "JOURNAL_MEDIA_STORE names an S3 store: install integration-journal[s3]"
            ) from None
        self._bucket = settings.bucket
        prefix = urlsplit(settings.store).path.strip("/")
        self._prefix = f"{prefix}/" if prefix else ""
        self._refused = ClientError
        self._client = boto3.client(
            "s3",
            endpoint_url=settings.s3_endpoint,
            region_name=settings.s3_region,
            aws_access_key_id=settings.s3_key,
            aws_secret_access_key=settings.s3_secret,
            config=Config(
                connect_timeout=5, read_timeout=30, retries={"mode": "standard", "max_attempts": 3}
            ),
        )

    def put(self, name: str, piece: int, sealed: bytes) -> None:
        """Keep a piece; what is there already stays as it is."""
        try:
            self._client.put_object(
                Bucket=self._bucket, Key=self._key(name, piece), Body=sealed, IfNoneMatch="*"
            )
        except self._refused as refused:
            if _status(refused) != 412:  # it is there
                raise

    def get(self, name: str, piece: int) -> bytes:
        """Return a piece."""
        try:
            found = self._client.get_object(Bucket=self._bucket, Key=self._key(name, piece))
        except self._refused as refused:
            if _status(refused) == 404:
                raise Missing from None
            raise
        body: bytes = found["Body"].read()
        return body

    def pieces(self, name: str) -> set[int]:
        """The numbers of the pieces that are there."""
        keys = [one["Key"] for one in self._objects(f"{self._prefix}{name}/")]
        return {int(key.rpartition("/")[2]) for key in keys}

    def remove(self, name: str) -> None:
        """Remove a blob, if it is there."""
        keys = [{"Key": one["Key"]} for one in self._objects(f"{self._prefix}{name}/")]
        if keys:  # no medium has more pieces than one request may name
            some = {"Objects": keys, "Quiet": True}
            self._client.delete_objects(Bucket=self._bucket, Delete=some)

    def names(self) -> Iterator[tuple[str, datetime]]:
        """Every blob, and when something was last put into it."""
        newest: dict[str, datetime] = {}
        for one in self._objects(self._prefix):
            name, at = one["Key"].removeprefix(self._prefix).partition("/")[0], one["LastModified"]
            newest[name] = max(at, newest.get(name, at))
        yield from newest.items()

    def _objects(self, prefix: str) -> Iterator[Any]:
        pages = self._client.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self._bucket, Prefix=prefix):
            yield from page.get("Contents", ())

    def _key(self, name: str, piece: int) -> str:
        return f"{self._prefix}{name}/{piece:04}"


def _status(refused: Any) -> int:
    return int(refused.response["ResponseMetadata"]["HTTPStatusCode"])
