"""A bucket of Amazon S3, or of a host that answers as it does: R2, MinIO, さくら."""

from __future__ import annotations

import base64
import hashlib
import socket
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from posixpath import commonpath
from typing import Any

from ssg.deploy.caching import cache_control
from ssg.deploy.troubles import PassingError, extra, fault
from ssg.media import type_of
from ssg.targets import WrittenS3

_FEW = 8  # names to ask for one by one
_SECONDS = 30
_KEYS = {
    "AuthFailure",
    "ExpiredToken",
    "InvalidAccessKeyId",
    "InvalidClientTokenId",
    "InvalidToken",
    "SignatureDoesNotMatch",
}
_FORBIDDEN = {"AccessDenied", "AccessControlListNotSupported", "AllAccessDisabled", "403", "405"}
_NO_SPACE = {"QuotaExceeded", "XMinioStorageFull", "InsufficientStorage", "507"}
_NO_PLACE = {"NoSuchBucket", "InvalidBucketName", "PermanentRedirect", "IllegalLocationConstraint"}
_MISSING = {"NoSuchKey", "404"}
_PASSING = {
    "BadDigest",
    "IncompleteBody",
    "InternalError",
    "OperationAborted",
    "RequestTimeout",
    "ServiceUnavailable",
    "SlowDown",
    "Throttling",
    "TooManyRequests",
}


class S3Store:
    """The keys below a prefix. The keys to the host are boto's own affair."""

    lines = 8
    batch = 500

    def __init__(self, target: WrittenS3) -> None:
        self.prefix = f"{target.prefix.strip('/')}/".lstrip("/")
        self.where = f"s3://{target.bucket}/{self.prefix}".rstrip("/")
        self.bucket = target.bucket
        self.acl = {"ACL": target.acl} if target.acl else {}
        with self.troubles():
            self.client = _client(target)

    def connect(self) -> S3Line:
        return S3Line(self)

    @contextmanager
    def troubles(self) -> Iterator[None]:
        """Turn what boto and the host say into what a `Line` raises."""
        with extra("s3", self.where):
            from botocore import exceptions
            from botocore.parsers import ResponseParserError
        try:
            yield
        except exceptions.ClientError as e:
            answer = e.response.get("Error", {})
            status = e.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
            self.refused(answer.get("Code", ""), answer.get("Message", ""), status)
        except (
            exceptions.NoCredentialsError,
            exceptions.PartialCredentialsError,
            exceptions.CredentialRetrievalError,
            exceptions.ProfileNotFound,
            exceptions.TokenRetrievalError,
            exceptions.UnauthorizedSSOTokenError,
        ) as e:
            fault("deploy/keys", self.where, str(e))
        except exceptions.SSLError as e:
            if "CERTIFICATE_VERIFY_FAILED" in str(e):
                fault("deploy/untrusted", self.where, str(e), setting="AWS_CA_BUNDLE")
            raise PassingError(str(e)) from None
        except exceptions.EndpointConnectionError as e:
            if _is_unknown(e):
                fault("deploy/no-place", self.where, str(e))
            raise PassingError(str(e)) from None
        except (
            exceptions.HTTPClientError,
            exceptions.IncompleteReadError,
            ResponseParserError,
        ) as e:
            raise PassingError(str(e)) from None
        except (exceptions.BotoCoreError, ValueError) as e:
            fault("deploy/failed", self.where, str(e))

    def refused(self, code: str, message: str, status: int = 0) -> None:
        """Raises what an error of the host means."""
        why = f"{code}: {message}" if message else code
        codes = {code, str(status)}
        if codes & _NO_SPACE:
            fault("deploy/no-space", self.where, why)
        if codes & _PASSING or status >= 500 or status == 429:
            raise PassingError(why)
        if codes & _KEYS:
            fault("deploy/keys", self.where, why)
        if codes & _NO_PLACE:
            fault("deploy/no-place", self.where, why)
        if codes & _FORBIDDEN:
            fault("deploy/forbidden", self.where, why)
        fault("deploy/failed", self.where, why)


class S3Line:
    """boto's client keeps connections for all threads."""

    def __init__(self, store: S3Store) -> None:
        self.store = store
        self.client = store.client
        self.bucket = {"Bucket": store.bucket}

    def get(self, name: str) -> bytes | None:
        with self.store.troubles():
            try:
                answer = self.client.get_object(**self.bucket, Key=self._key(name))
                return bytes(answer["Body"].read())
            except self.client.exceptions.ClientError as e:
                if e.response["Error"]["Code"] in _MISSING:
                    return None
                raise

    def put(self, name: str, data: bytes) -> None:
        with self.store.troubles():
            self.client.put_object(
                **self.bucket,
                **self.store.acl,
                Key=self._key(name),
                Body=data,
                ContentMD5=_md5(data),
                ContentType=type_of(name),
                CacheControl=cache_control(name),
            )

    def remove(self, names: Sequence[str]) -> None:
        keys = [{"Key": self._key(name)} for name in names]
        with self.store.troubles():
            answer = self.client.delete_objects(
                **self.bucket, Delete={"Objects": keys, "Quiet": True}
            )
            for error in answer.get("Errors", ()):
                if error.get("Code") not in _MISSING:
                    self.store.refused(error.get("Code", ""), error.get("Message", ""))

    def present(self, names: Collection[str]) -> set[str]:
        with self.store.troubles():
            if len(names) <= _FEW:
                return {name for name in names if self._is_there(name)}
            folder = commonpath(names)
            return {*names} & {*self._below(f"{folder}/" if folder else "")}

    def close(self) -> None:
        pass

    def _key(self, name: str) -> str:
        return self.store.prefix + name

    def _is_there(self, name: str) -> bool:
        try:
            self.client.head_object(**self.bucket, Key=self._key(name))
        except self.client.exceptions.ClientError as e:
            if e.response["Error"]["Code"] in _MISSING:
                return False
            raise
        return True

    def _below(self, folder: str) -> Iterator[str]:
        pages = self.client.get_paginator("list_objects_v2")
        for page in pages.paginate(**self.bucket, Prefix=self._key(folder)):
            for found in page.get("Contents", ()):
                yield found["Key"].removeprefix(self.store.prefix)


def _client(target: WrittenS3) -> Any:
    import boto3
    from botocore.config import Config

    config = Config(
        retries={"total_max_attempts": 1},
        connect_timeout=_SECONDS,
        read_timeout=_SECONDS,
        max_pool_connections=S3Store.lines,
        # Newer checksums are not known everywhere: Content-MD5 is.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "path" if target.endpoint else "auto"},
    )
    session = boto3.Session(profile_name=target.profile)
    client = session.client(
        "s3", region_name=target.region, endpoint_url=target.endpoint, config=config
    )
    client.meta.events.register("before-sign.s3.PutObject", _at_once)
    client.meta.events.register("before-call.s3.DeleteObjects", _with_md5)
    for call in ("GetObject", "ListObjectsV2", "DeleteObjects"):
        client.meta.events.register(f"after-call.s3.{call}", _refuse_cut)
    return client


def _at_once(request: Any, **_: object) -> None:
    """Without asking first whether the host wants the file: boto would wait for ever for the rest
    of an answer that was cut there.
    """
    del request.headers["Expect"]


def _with_md5(params: dict[str, Any], **_: object) -> None:
    params["headers"]["Content-MD5"] = _md5(params["body"])


def _refuse_cut(http_response: Any, **_: object) -> None:
    """An answer that was cut among its headers looks like one without a body."""
    if not {"content-length", "transfer-encoding"} & {k.lower() for k in http_response.headers}:
        raise PassingError("answer cut short")


def _md5(data: bytes) -> str:
    return base64.b64encode(hashlib.md5(data, usedforsecurity=False).digest()).decode()


def _is_unknown(error: Any) -> bool:
    """Whether there is no host of that name."""
    cause = getattr(error.kwargs.get("error"), "__cause__", None)
    return isinstance(cause, socket.gaierror) and cause.errno == socket.EAI_NONAME
