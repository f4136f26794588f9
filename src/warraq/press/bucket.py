"""A bucket of an S3-compatible store, which keeps its promises as `folder.FolderStore` keeps them.

    <prefix>pages/news/12/index.html    a page, with its Content-Type and the Cache-Control that the front sends
    <prefix>gone/…, <prefix>moved/…     as in the pressed folder

A file is one object: a store shows a new object whole or the old one, so a page switches in one instant. Its encodings
are no objects of their own. A store does not choose among objects by Accept-Encoding; whatever stands before it and
does (each content delivery network, nginx) packs by itself, and keeps what it packed; and three objects could not
switch together. One packed object (Content-Encoding: br) would break the reader that cannot unpack it.

Where a path moved and no page lies there, its page's key holds a redirect: the header that makes a 301 of it where the
bucket is served as a website, and a small page that leads on where it is served as it is. It is no page: `places`,
`read` and `holds` do not know it.

Each object comes with the MD5 of its bytes, which every such store checks, and carries their SHA-256 for those whose
ETag is not the MD5 (where the store encrypts with keys of its customer's).
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import html
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, PartialCredentialsError
from botocore.parsers import ResponseParserError

from warraq.language.messages import gettext as _
from warraq.press import layout
from warraq.press.encoding import digest_of
from warraq.press.errors import BadPath, StoreError
from warraq.press.layout import MOVED, PAGES
from warraq.press.store import Place, Put
from warraq.press.threads import at_once

THREADS = 8
"""Requests at a time: each waits for a round trip, and needs no core."""
IN_ONE_REQUEST = 1000
"""Keys listed or deleted by one request; the interface's own limit."""
CONNECT_SECONDS, READ_SECONDS, TRIES = 5, 20, 3
REFUSED = {"AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "403", "401", "Forbidden", "ExpiredToken"}
FAILURES = (BotoCoreError, ClientError, ResponseParserError, OSError, ValueError)


class Target(Protocol):
    """Which bucket, and with which keys: the operator's settings."""

    name: str
    endpoint: str
    prefix: str
    region: str
    access_key: str
    secret_key: str


class Listed(NamedTuple):
    """An object as a list of the store names it."""

    key: str
    etag: str
    size: int


class BucketStore:
    """A copy of the pressed folder in a bucket; `store.Store` says what its methods promise."""

    def __init__(self, target: Target, secret_file: Path | None = None) -> None:
        self.target = target
        prefix = target.prefix.strip("/")
        self._prefix = f"{prefix}/" if prefix else ""
        self._secret = target.secret_key
        with self._telling():
            if secret_file is not None:
                self._secret = secret_file.read_text(encoding="utf-8").strip()
            self._client = self._connect()

    def _connect(self) -> Any:
        target = self.target
        client = boto3.session.Session().client(
            "s3",
            endpoint_url=target.endpoint or None,
            region_name=target.region,
            aws_access_key_id=target.access_key or None,
            aws_secret_access_key=self._secret or None,
            config=Config(
                connect_timeout=CONNECT_SECONDS,
                read_timeout=READ_SECONDS,
                retries={"mode": "standard", "total_max_attempts": TRIES},
                max_pool_connections=THREADS,
                s3={"addressing_style": "path" if target.endpoint else "auto"},
                # Newer sums than MD5 are refused by older stores.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )
        client.meta.events.register("before-sign.s3.DeleteObjects", _add_md5)  # older stores want it there
        return client

    def key(self, tree: str, path: str) -> str:
        if tree not in layout.TREES or not layout.is_public_path(path):
            raise BadPath(f"not a public path: {path!r}")
        return f"{self._prefix}{tree}{path}{layout.INDEX if path.endswith('/') else ''}"

    def place_of(self, key: str) -> Place | None:
        """What lies under `key`; None where we would never have put it there."""
        tree, _slash, name = key.removeprefix(self._prefix).partition("/")
        path = layout.path_of(name)
        with contextlib.suppress(BadPath):
            if self.key(tree, path) == key:
                return Place(tree, path)
        return None

    def land(self, puts: Sequence[Put], removals: Sequence[Place]) -> None:
        for tree, path in (*(put[:2] for put in puts), *removals):
            self.key(tree, path)  # what is no public path is refused before anything is sent
        going = set(removals)
        landed = {Place(put.tree, put.path): put.body for put in puts if Place(put.tree, put.path) not in going}
        at_once(self._put, puts, threads=THREADS)
        looked_at = {place.path for place in going if place.tree in (PAGES, MOVED)}
        looked_at |= {place.path for place in landed if place.tree == MOVED}
        settled = at_once(lambda path: self._settle(path, landed, going), sorted(looked_at), threads=THREADS)
        keys = [self.key(*place) for place in sorted(going) if place.tree != PAGES]
        self.delete([*keys, *(key for key in settled if key)])

    def _put(self, put: Put) -> None:
        kind = layout.media_type_of(put.path)
        self._send(self.key(put.tree, put.path), put.path, put.body, kind, {})

    def _settle(self, path: str, landed: Mapping[Place, bytes], going: set[Place]) -> str:
        """Where no page lies at `path` any more, lay the redirect there, or return the key to delete."""
        page, mark = Place(PAGES, path), Place(MOVED, path)
        if page in landed or (page not in going and self.holds(*page)):
            return ""
        body = None if mark in going else landed.get(mark) or self.read(*mark)
        target = target_of(body)
        if not target:
            return self.key(*page)
        body, kind = redirect(target), layout.MEDIA_TYPES[".html"]
        self._send(self.key(*page), path, body, kind, {"moved": target}, WebsiteRedirectLocation=target)
        return ""

    def _send(self, key: str, path: str, body: bytes, kind: str, notes: dict[str, str], **more: str) -> None:
        with self._telling():
            self._client.put_object(
                Bucket=self.target.name,
                Key=key,
                Body=body,
                ContentType=kind,
                ContentMD5=base64.b64encode(_md5(body).digest()).decode(),
                CacheControl=layout.kept_how_long(path),
                Metadata={"sha256": digest_of(body), **notes},
                **more,
            )

    def delete(self, keys: Sequence[str]) -> None:
        """Delete these objects, as far as they are there."""
        for start in range(0, len(keys), IN_ONE_REQUEST):
            objects = [{"Key": key} for key in keys[start : start + IN_ONE_REQUEST]]
            with self._telling():
                answer = self._client.delete_objects(
                    Bucket=self.target.name, Delete={"Objects": objects, "Quiet": True}
                )
            for error in answer.get("Errors", ()):
                raise StoreError(self._sentence(f"{error.get('Code')} {error.get('Key')}", error.get("Code", "")))

    def read(self, tree: str, path: str) -> bytes | None:
        with self._telling():
            try:
                answer = self._client.get_object(Bucket=self.target.name, Key=self.key(tree, path))
            except ClientError as error:
                if _is_absent(error):
                    return None
                raise
            with contextlib.closing(answer["Body"]) as stream:
                return None if "moved" in _notes(answer) else bytes(stream.read())

    def holds(self, tree: str, path: str) -> bool:
        return (notes := self._notes(self.key(tree, path))) is not None and "moved" not in notes

    def is_whole(self, tree: str, path: str, body: bytes) -> bool:
        return self.read(tree, path) == body

    def places(self) -> Iterator[Place]:
        moved = {place.path for one in self.listed(MOVED) if (place := self.place_of(one.key))}
        for tree in layout.TREES:
            found = [place for one in self.listed(tree) if (place := self.place_of(one.key))]
            doubtful = [place for place in found if tree == PAGES and place.path in moved]
            held = at_once(lambda place: self.holds(*place), doubtful, threads=THREADS)
            redirects = {place for place, is_page in zip(doubtful, held, strict=True) if not is_page}
            yield from (place for place in found if place not in redirects)

    def listed(self, tree: str) -> Iterator[Listed]:
        """Every object of a tree, redirects and strange ones too."""
        with self._telling():
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self.target.name, Prefix=f"{self._prefix}{tree}/", PaginationConfig={"PageSize": IN_ONE_REQUEST}
            )
            for page in pages:
                for one in page.get("Contents", ()):
                    yield Listed(one["Key"], one.get("ETag", "").strip('"'), one["Size"])

    def is_same(self, listed: Listed, body: bytes) -> bool:
        """Whether an object holds these bytes: by its ETag, or where that is no MD5, by the sum that came with it."""
        if listed.size != len(body):
            return False
        if listed.etag == _md5(body).hexdigest():
            return True
        return (self._notes(listed.key) or {}).get("sha256") == digest_of(body)

    def _notes(self, key: str) -> dict[str, str] | None:
        """What we said of an object when we sent it; None where it is not there."""
        with self._telling():
            try:
                return _notes(self._client.head_object(Bucket=self.target.name, Key=key))
            except ClientError as error:
                if _is_absent(error):
                    return None
                raise

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        """Every failure as a StoreError that names no key, and hides the library's own error, which may."""
        try:
            yield
        except StoreError:
            raise
        except FAILURES as error:
            code = str(error.response.get("Error", {}).get("Code", "")) if isinstance(error, ClientError) else ""
            if isinstance(error, NoCredentialsError | PartialCredentialsError):
                code = "AccessDenied"
            raise StoreError(self._sentence(str(error), code)) from None

    def _sentence(self, error: str, code: str) -> str:
        for secret in (self._secret, self.target.access_key):
            error = error.replace(secret, "…") if secret else error
        if code in REFUSED:
            todo = _("Look at bucket.access_key, its secret, and what it may do there.")
        elif code == "NoSuchBucket":
            todo = _("Make the bucket, or correct bucket.name.")
        else:
            todo = _("Look at bucket.endpoint and at the store itself.")
        return _(
            "The bucket {name} did not take or give the copy of the pages: {error} The paper's own pages are as they "
            "should be, and what the copy lacks is sent again. {todo}"
        ).format(name=self.target.name, error=f"{error[:300].rstrip('.')}.", todo=todo)


def redirect(target: str) -> bytes:
    """The page that leads on to `target`, for whoever gets the object instead of a 301."""
    to = html.escape(target)
    return (
        f'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={to}">'
        f'<link rel="canonical" href="{to}"><a href="{to}">{to}</a>\n'
    ).encode()


def target_of(mark: bytes | None) -> str:
    """Where the file of a path that moved leads; empty where it is none."""
    text = (mark or b"").decode(errors="replace").strip()
    return text if layout.is_public_path(text) else ""


def _md5(data: bytes) -> Any:
    return hashlib.md5(data, usedforsecurity=False)


def _add_md5(request: Any, **_more: object) -> None:
    body = request.body.encode() if isinstance(request.body, str) else request.body
    request.headers["Content-MD5"] = base64.b64encode(_md5(body).digest()).decode()


def _notes(answer: Mapping[str, Any]) -> dict[str, str]:
    """Some stores give the names back with capitals."""
    return {name.lower(): value for name, value in answer.get("Metadata", {}).items()}


def _is_absent(error: ClientError) -> bool:
    told = error.response.get("Error", {}).get("Code")
    return told in {"NoSuchKey", "404", "NotFound"}
